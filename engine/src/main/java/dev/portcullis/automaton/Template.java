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
    boolean greedy(int first, int last, char[] text, int from, int to, Positions positions) {
        int tail = last;
        while (tail > first && kinds[tail - 1] != ANY) {
            tail--;
        }
        if (tail == first) {
            return search(first, last, text, from, to, positions);
        }
        // What stands behind the last star can only be the end of the text: a long variable there is compared once.
        int rest = to - (last - tail);
        if (rest < from) {
            return false;
        }
        for (int at = tail, position = rest; at < last; at++, position++) {
            if (kinds[at] != ONE && units[at] != text[position]) {
                return false;
            }
        }
        return search(first, tail, text, from, rest, positions);
    }

    private boolean search(int first, int last, char[] text, int from, int to, Positions positions) {
        char[] pattern = units;
        byte[] kind = kinds;
        int at = first;
        int position = from;
        int starAt = -1;
        int starPosition = 0;
        int spent = 0;
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
            spent += position - starPosition + 1;
            if (starAt < 0 || ++starPosition > to) {
                return false;
            }
            if (spent > Positions.patience(to - from)) {
                positions.add(spent);
                return exact(first, last, text, from, to, positions);
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
        // Lowering a unit makes one of it, or two.
        if (length > size || size > 2 * length) {
            return false;
        }
        int before = frame.end;
        long lowered = frame.lowerUnits(units, 0, length);
        int at = (int) (lowered >>> 32);
        int count = (int) lowered;
        char[] text = frame.text;
        frame.end = before;
        return count == size && Arrays.equals(text, at, at + count, text, start, start + size);
    }

    /** Whether all units match all of {@code text[from .. to)}, colons minded. */
    boolean exact(char[] text, int from, int to, Positions positions) {
        return exact(0, length, text, from, to, positions);
    }

    private boolean exact(int first, int last, char[] text, int from, int to, Positions positions) {
        positions.begin(text, from, to);
        boolean left = read(first, last, positions);
        return positions.finish() && left;
    }

    private boolean read(int first, int last, Positions positions) {
        boolean left = true;
        for (int at = first; left && at < last; ) {
            byte kind = kinds[at];
            int start = at++;
            // Two stars side by side match what one does.
            while ((kind == LITERAL || kind >= ANY) && at < last && kinds[at] == kind) {
                at++;
            }
            switch (kind) {
                case LITERAL -> left = positions.text(units, start, at - start);
                case ONE -> left = positions.one(false);
                case ONE_IN_FIELD -> left = positions.one(true);
                case ANY -> positions.any();
                default -> positions.anyInField();
            }
        }
        return left;
    }
}
