package dev.portcullis.compile;

import dev.portcullis.automaton.Code;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.Arrays;
import java.util.List;

/** Segments of a pattern to the tokens of a program. */
final class ProgramWriter {

    private final CodeBuffer code;
    private final Symbols symbols;
    private int[] tokens = new int[32];
    private int count;
    private final StringBuilder text = new StringBuilder();

    ProgramWriter(CodeBuffer code, Symbols symbols) {
        this.code = code;
        this.symbols = symbols;
    }

    ProgramWriter start() {
        count = 0;
        text.setLength(0);
        return this;
    }

    /** All segments, wildcards free to match anything. */
    ProgramWriter segments(List<Segment> segments) {
        for (Segment segment : segments) {
            segment(segment, Code.ANY, Code.ONE, Code.VARIABLE);
        }
        return this;
    }

    /** One segment; what a wildcard of it and a variable of it are written as. */
    void segment(Segment segment, int any, int one, int variable) {
        if (segment instanceof Literal literal) {
            text.append(literal.text());
        } else if (segment instanceof AnyText) {
            flush();
            // Two stars side by side match what one does.
            if (count == 0 || tokens[count - 1] != any || !lastIsOpcode) {
                token(any);
            }
        } else if (segment instanceof AnyUnit) {
            flush();
            token(one);
        } else if (segment instanceof Variable named) {
            flush();
            int start = Code.NONE;
            int length = 0;
            if (named.fallback().isPresent()) {
                start = code.text(named.fallback().get());
                length = named.fallback().get().length();
            }
            token(variable);
            operands(symbols.key(named.key()), start, length);
        } else {
            throw new IllegalStateException("unhandled segment");
        }
    }

    void literal(String literal) {
        text.append(literal);
    }

    private boolean lastIsOpcode;

    private void token(int token) {
        add(token);
        lastIsOpcode = true;
    }

    private void operands(int... values) {
        for (int value : values) {
            add(value);
        }
        lastIsOpcode = false;
    }

    private void add(int value) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
        }
        tokens[count++] = value;
    }

    private void flush() {
        if (text.length() > 0) {
            String literal = text.toString();
            text.setLength(0);
            token(Code.TEXT);
            operands(code.text(literal), literal.length());
        }
    }

    /** Ends the program; its offset. */
    int end() {
        flush();
        token(Code.END);
        return code.program(Arrays.copyOf(tokens, count), 0);
    }

    /** Ends a program that two ints stand before (see {@link Code}). */
    int endCrossing(int colons, int whole) {
        flush();
        token(Code.END);
        int[] all = new int[count + 2];
        all[0] = colons;
        all[1] = whole;
        System.arraycopy(tokens, 0, all, 2, count);
        return code.program(all, 2);
    }

    /** A program for folded glob text of an action: only {@code *} and {@code ?} are special. */
    int glob(String glob) {
        start();
        for (int i = 0; i < glob.length(); i++) {
            char unit = glob.charAt(i);
            if (unit == '*') {
                segment(new AnyText(), Code.ANY, Code.ONE, Code.VARIABLE);
            } else if (unit == '?') {
                segment(new AnyUnit(), Code.ANY, Code.ONE, Code.VARIABLE);
            } else {
                text.append(unit);
            }
        }
        return end();
    }

    /** Whether a pattern is a literal and then one star: its text, or null. */
    static String prefix(List<Segment> segments) {
        if (segments.isEmpty() || !(segments.get(segments.size() - 1) instanceof AnyText)) {
            return null;
        }
        if (segments.size() == 1) {
            return "";
        }
        return segments.size() == 2 && segments.get(0) instanceof Literal literal ? literal.text() : null;
    }

    /** The text of a pattern without anything special, or null. */
    static String exact(List<Segment> segments) {
        if (segments.isEmpty()) {
            return "";
        }
        return segments.size() == 1 && segments.get(0) instanceof Literal literal ? literal.text() : null;
    }

    static boolean hasVariables(TextPattern pattern) {
        return pattern.hasVariables();
    }
}
