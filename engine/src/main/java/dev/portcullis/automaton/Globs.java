package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * Runs a pattern program over a text. Two machines:
 *
 * <ul>
 *   <li>greedy, for programs without {@code *_IN_FIELD} tokens: remembers the last star only. Fastest on almost every
 *       pattern; one that has it begin again too often is handed over;
 *   <li>{@link Positions}, for the rest. The greedy machine is wrong there (one star may run over colons and the next may
 *       not, rules L43, L44).
 * </ul>
 *
 * So a text of n units and a pattern of m take at most {@code n * m / 32 + 16 * n} steps and some.
 */
final class Globs {

    private Globs() {}

    /** Whether the program, free of variables and of {@code *_IN_FIELD}, matches all of {@code text[from .. to)}. */
    static boolean greedy(Code code, int program, char[] text, int from, int to, Positions positions) {
        int[] tokens = code.programs;
        char[] pool = code.pool;
        int at = program;
        int position = from;
        int starToken = Code.NONE;
        int starPosition = 0;
        int spent = 0;
        while (true) {
            int token = tokens[at];
            if (token == Code.TEXT) {
                int start = tokens[at + 1];
                int length = tokens[at + 2];
                if (to - position >= length
                        && Arrays.equals(pool, start, start + length, text, position, position + length)) {
                    position += length;
                    at += 3;
                    continue;
                }
                spent += length >> Positions.UNITS_A_STEP_SHIFT;
            } else if (token == Code.ANY) {
                at++;
                if (tokens[at] == Code.END) {
                    return true;
                }
                starToken = at;
                starPosition = position;
                continue;
            } else if (token == Code.ONE) {
                if (position < to) {
                    position++;
                    at++;
                    continue;
                }
            } else if (position == to) {
                return true;
            }
            spent += position - starPosition + 1;
            if (starToken < 0 || ++starPosition > to) {
                return false;
            }
            if (spent > Positions.patience(to - from)) {
                positions.add(spent);
                return exact(code, program, text, from, to, positions);
            }
            at = starToken;
            position = starPosition;
        }
    }

    /** Whether the program, free of variables, matches all of {@code text[from .. to)}, colons minded. */
    static boolean exact(Code code, int program, char[] text, int from, int to, Positions positions) {
        positions.begin(text, from, to);
        boolean left = read(code, program, positions);
        return positions.finish() && left;
    }

    private static boolean read(Code code, int program, Positions positions) {
        int[] tokens = code.programs;
        boolean left = true;
        for (int at = program; left; ) {
            int token = tokens[at++];
            switch (token) {
                case Code.TEXT -> {
                    left = positions.text(code.pool, tokens[at], tokens[at + 1]);
                    at += 2;
                }
                case Code.ONE -> left = positions.one(false);
                case Code.ONE_IN_FIELD -> left = positions.one(true);
                case Code.ANY -> positions.any();
                case Code.ANY_IN_FIELD -> positions.anyInField();
                default -> {
                    return true;
                }
            }
        }
        return false;
    }
}
