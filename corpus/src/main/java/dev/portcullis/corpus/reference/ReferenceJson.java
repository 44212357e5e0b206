package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reference's own reader of JSON: RFC 8259 to the letter, with the place of every value. Members of an object are
 * kept in order, repeated names too, since rule L13 gives them a meaning.
 */
public final class ReferenceJson {

    private final String text;
    private int at;
    private int depth;

    private ReferenceJson(String text) {
        this.text = text;
    }

    /**
     * Reads one JSON value that fills the whole text (rule L1).
     *
     * @throws Malformed if the text is anything else, or nested deeper than {@link Limits#NESTING}, or a list
     *     or object has more than {@link Limits#LIST_ENTRIES} entries
     */
    public static Node read(String text) {
        ReferenceJson reader = new ReferenceJson(text);
        reader.skipSpace();
        Node node = reader.value();
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.malformed("text after the end of the JSON value", reader.at);
        }
        return node;
    }

    /** A JSON value and where it stands: UTF-16 offsets in the text, the end exclusive. */
    public sealed interface Node permits Obj, Arr, Str, Num, Bool, Nul {
        /** Offset of the first unit. */
        int start();

        /** Offset after the last unit. */
        int end();
    }

    /** An object; its members in order, repeated names kept. */
    public record Obj(List<Member> members, int start, int end) implements Node {
        public Obj {
            members = List.copyOf(members);
        }

        /** The value of the last member of that name. */
        public Optional<Node> get(String name) {
            for (int i = members.size() - 1; i >= 0; i--) {
                if (members.get(i).name().value().equals(name)) {
                    return Optional.of(members.get(i).value());
                }
            }
            return Optional.empty();
        }
    }

    /** A name and its value. */
    public record Member(Str name, Node value) {}

    /** An array. */
    public record Arr(List<Node> elements, int start, int end) implements Node {
        public Arr {
            elements = List.copyOf(elements);
        }
    }

    /** A string, its escapes resolved. */
    public record Str(String value, int start, int end) implements Node {}

    /** A number, as it was written. */
    public record Num(String text, int start, int end) implements Node {}

    /** {@code true} or {@code false}. */
    public record Bool(boolean value, int start, int end) implements Node {}

    /** {@code null}. */
    public record Nul(int start, int end) implements Node {}

    /** Text that is not JSON. */
    public static final class Malformed extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final int offset;
        private final int line;
        private final int column;

        Malformed(String message, int offset, int line, int column) {
            super(line + ":" + column + ": " + message);
            this.offset = offset;
            this.line = line;
            this.column = column;
        }

        /** Where, in UTF-16 units from 0. */
        public int offset() {
            return offset;
        }

        /** The line, from 1. */
        public int line() {
            return line;
        }

        /** The column, in UTF-16 units from 1. */
        public int column() {
            return column;
        }
    }

    /** The line and column of an offset, both from 1; LF, CR and CRLF each end a line (rule S3). */
    static int[] lineAndColumn(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < offset; i++) {
            char c = text.charAt(i);
            boolean insideCrLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !insideCrLf)) {
                line++;
                lineStart = i + 1;
            }
        }
        return new int[] {line, offset - lineStart + 1};
    }

    private Malformed malformed(String message, int offset) {
        int[] place = lineAndColumn(text, offset);
        return new Malformed(message, offset, place[0], place[1]);
    }

    private void skipSpace() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private Node value() {
        if (at == text.length()) {
            throw malformed("a JSON value is missing", at);
        }
        char c = text.charAt(at);
        return switch (c) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> new Bool(true, at, word("true"));
            case 'f' -> new Bool(false, at, word("false"));
            case 'n' -> new Nul(at, word("null"));
            default -> {
                if (c == '-' || isDigit(c)) {
                    yield number();
                }
                throw malformed("not a JSON value", at);
            }
        };
    }

    private int word(String word) {
        if (!text.startsWith(word, at)) {
            throw malformed("not a JSON value", at);
        }
        at += word.length();
        return at;
    }

    private void enter() {
        depth++;
        if (depth > Limits.NESTING) {
            throw malformed("nested deeper than " + Limits.NESTING + " levels", at);
        }
    }

    private Obj object() {
        enter();
        int start = at;
        at++;
        List<Member> members = new ArrayList<>();
        skipSpace();
        if (next() != '}') {
            while (true) {
                skipSpace();
                if (next() != '"') {
                    throw malformed("a member name in double quotes is missing", at);
                }
                Str name = string();
                skipSpace();
                take(':');
                skipSpace();
                members.add(new Member(name, value()));
                bound(members.size(), start);
                skipSpace();
                if (next() == '}') {
                    break;
                }
                take(',');
            }
        }
        at++;
        depth--;
        return new Obj(members, start, at);
    }

    private Arr array() {
        enter();
        int start = at;
        at++;
        List<Node> elements = new ArrayList<>();
        skipSpace();
        if (next() != ']') {
            while (true) {
                skipSpace();
                elements.add(value());
                bound(elements.size(), start);
                skipSpace();
                if (next() == ']') {
                    break;
                }
                take(',');
            }
        }
        at++;
        depth--;
        return new Arr(elements, start, at);
    }

    private void bound(int entries, int start) {
        if (entries > Limits.LIST_ENTRIES) {
            throw malformed("more than " + Limits.LIST_ENTRIES + " entries", start);
        }
    }

    private char next() {
        if (at == text.length()) {
            throw malformed("the text ends too early", at);
        }
        return text.charAt(at);
    }

    private void take(char wanted) {
        if (next() != wanted) {
            throw malformed("`" + wanted + "` is missing", at);
        }
        at++;
    }

    private Str string() {
        int start = at;
        at++;
        StringBuilder value = new StringBuilder();
        while (next() != '"') {
            char c = text.charAt(at);
            if (c < ' ') {
                throw malformed("a control character inside a string", at);
            }
            at++;
            value.append(c == '\\' ? escape() : c);
        }
        at++;
        return new Str(value.toString(), start, at);
    }

    private char escape() {
        char c = next();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> throw malformed("an unknown escape in a string", at - 2);
        };
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            char c = next();
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw malformed("four hexadecimal digits must follow \\u", at);
            }
            unit = unit * 16 + digit;
            at++;
        }
        return (char) unit;
    }

    private Num number() {
        int start = at;
        if (text.charAt(at) == '-') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            digits();
        }
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        return new Num(text.substring(start, at), start, at);
    }

    private void digits() {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw malformed("a digit is missing", at);
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
