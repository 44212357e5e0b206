package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * A pattern with its variables filled in from one request: a row of units, each literal or a wildcard. What a variable
 * brings in is literal (rule L136, U25). Reused; one thread.
 *
 * <pre>
 *   units  [ a | r | n | : | * | b | o | b ]
 *   kinds  [ . | . | . | . | A | . | . | . ]      LITERAL, ONE, ONE_IN_FIELD, ANY, ANY_IN_FIELD
 * </pre>
 */
final class Template {

    static final byte LITERAL = 0;
    static final byte ONE = 1;
    static final byte ONE_IN_FIELD = 2;
    static final byte ANY = 3;
    static final byte ANY_IN_FIELD = 4;

    char[] units = new char[512];
    byte[] kinds = new byte[512];
    int length;

    private final boolean wildcardsInValues;

    Template(boolean wildcardsInValues) {
        this.wildcardsInValues = wildcardsInValues;
    }

    /**
     * Fills in the program at {@code program}.
     *
     * @return false if a variable has no value: the key is absent and there is no default, or it is multivalued (L141)
     */
    boolean expand(Code code, int program, Frame frame) {
        length = 0;
        int[] tokens = code.programs;
        for (int at = program; ; ) {
            switch (tokens[at]) {
                case Code.TEXT -> {
                    literal(code.pool, tokens[at + 1], tokens[at + 2]);
                    at += 3;
                }
                case Code.ONE -> {
                    wildcard('?', ONE);
                    at++;
                }
                case Code.ONE_IN_FIELD -> {
                    wildcard('?', ONE_IN_FIELD);
                    at++;
                }
                case Code.ANY -> {
                    wildcard('*', ANY);
                    at++;
                }
                case Code.ANY_IN_FIELD -> {
                    wildcard('*', ANY_IN_FIELD);
                    at++;
                }
                case Code.VARIABLE, Code.VARIABLE_IN_FIELD -> {
                    int from = length;
                    if (!variable(code, tokens[at + 1], tokens[at + 2], tokens[at + 3], frame)) {
                        return false;
                    }
                    if (wildcardsInValues) {
                        markWildcards(from, tokens[at] == Code.VARIABLE_IN_FIELD);
                    }
                    at += 4;
                }
                default -> {
                    return true;
                }
            }
        }
    }

    private boolean variable(Code code, int slot, int fallback, int fallbackLength, Frame frame) {
        int state = frame.state(slot);
        if (state == Frame.SINGLE) {
            int value = frame.first(slot);
            literal(frame.textOf(value), frame.start(value), frame.length(value));
            return true;
        }
        if (state == Frame.MULTIPLE || fallback == Code.NONE) {
            return false;
        }
        literal(code.pool, fallback, fallbackLength);
        return true;
    }

    private void markWildcards(int from, boolean inField) {
        for (int at = from; at < length; at++) {
            if (units[at] == '*') {
                kinds[at] = inField ? ANY_IN_FIELD : ANY;
            } else if (units[at] == '?') {
                kinds[at] = inField ? ONE_IN_FIELD : ONE;
            }
        }
    }

    private void literal(char[] from, int start, int size) {
        room(size);
        System.arraycopy(from, start, units, length, size);
        Arrays.fill(kinds, length, length + size, LITERAL);
        length += size;
    }

    private void wildcard(char unit, byte kind) {
        room(1);
        units[length] = unit;
        kinds[length++] = kind;
    }

    private void room(int more) {
        if (length + more > units.length) {
            int size = Integer.highestOneBit(length + more) * 2;
            units = Arrays.copyOf(units, size);
            kinds = Arrays.copyOf(kinds, size);
        }
    }

    /** Greedy match of {@code units[first .. last)}, which hold no in-field wildcards, with {@code text[from .. to)}. */
    boolean greedy(int first, int last, char[] text, int from, int to) {
        char[] pattern = units;
        byte[] kind = kinds;
        int at = first;
        int position = from;
        int starAt = -1;
        int starPosition = 0;
        while (true) {
            if (at < last && kind[at] == ANY) {
                starAt = ++at;
                starPosition = position;
                continue;
            }
            if (at == last) {
                if (position == to) {
                    return true;
                }
            } else if (position < to && (kind[at] == ONE || pattern[at] == text[position])) {
                at++;
                position++;
                continue;
            }
            if (starAt < 0 || ++starPosition > to) {
                return false;
            }
            at = starAt;
            position = starPosition;
        }
    }

    /** Whether the units are exactly {@code text[from .. to)}. */
    boolean equalsText(char[] text, int from, int to) {
        return to - from == length && Arrays.equals(units, 0, length, text, from, to);
    }

    /** Whether the units, lowered, equal the lowered value {@code frame.text[start ..)} (rule L92). */
    boolean equalsLowered(Frame frame, int start, int size) {
        long lowered = frame.lowerUnits(units, 0, length);
        int at = (int) (lowered >>> 32);
        int count = (int) lowered;
        char[] text = frame.text;
        return count == size && Arrays.equals(text, at, at + count, text, start, start + size);
    }

    /** Position sets over {@code units}, colons minded: the rule of {@link Globs#exact}. */
    boolean exact(char[] text, int from, int to, Frame frame) {
        int size = to - from;
        long[] now = frame.positions(size);
        now[0] = 1;
        long[] next = frame.otherPositions(size);
        for (int at = 0; at < length; at++) {
            Arrays.fill(next, 0, (size >> 6) + 1, 0);
            step(kinds[at], units[at], text, from, size, now, next);
            long[] swap = now;
            now = next;
            next = swap;
        }
        return (now[size >> 6] & 1L << size) != 0;
    }

    private static void step(byte kind, char unit, char[] text, int from, int size, long[] now, long[] next) {
        boolean reached = false;
        for (int position = 0; position <= size; position++) {
            boolean here = (now[position >> 6] & 1L << position) != 0;
            if (kind >= ANY) {
                reached |= here;
                if (reached) {
                    next[position >> 6] |= 1L << position;
                }
                if (kind == ANY_IN_FIELD && position < size && text[from + position] == ':') {
                    reached = false;
                }
            } else if (here && position < size && takes(kind, unit, text[from + position])) {
                int after = position + 1;
                next[after >> 6] |= 1L << after;
            }
        }
    }

    private static boolean takes(byte kind, char unit, char read) {
        if (kind == LITERAL) {
            return unit == read;
        }
        return kind == ONE || read != ':';
    }
}
