package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * Runs a pattern program over a text. Two machines:
 *
 * <ul>
 *   <li>greedy, for programs without {@code *_IN_FIELD} tokens: remembers the last star only, at most
 *       {@code (text + 1) * pattern} steps;
 *   <li>position sets, for the rest: one bit a text position, one pass a token, the same bound. The greedy machine is wrong
 *       there (one star may run over colons and the next may not, rules L43, L44).
 * </ul>
 */
final class Globs {

    private Globs() {}

    /** Whether the program, free of variables and of {@code *_IN_FIELD}, matches all of {@code text[from .. to)}. */
    static boolean greedy(Code code, int program, char[] text, int from, int to) {
        int[] tokens = code.programs;
        char[] pool = code.pool;
        int at = program;
        int position = from;
        int starToken = Code.NONE;
        int starPosition = 0;
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
            if (starToken < 0 || ++starPosition > to) {
                return false;
            }
            at = starToken;
            position = starPosition;
        }
    }

    /** Whether the program, free of variables, matches all of {@code text[from .. to)}, colons minded. */
    static boolean exact(Code code, int program, char[] text, int from, int to, Frame frame) {
        int[] tokens = code.programs;
        int length = to - from;
        long[] now = frame.positions(length);
        now[0] = 1;
        long[] next = frame.otherPositions(length);
        for (int at = program; ; ) {
            int token = tokens[at];
            switch (token) {
                case Code.TEXT -> {
                    text(code.pool, tokens[at + 1], tokens[at + 2], text, from, length, now, next);
                    at += 3;
                }
                case Code.ONE, Code.ONE_IN_FIELD -> {
                    one(text, from, length, token == Code.ONE_IN_FIELD, now, next);
                    at++;
                }
                case Code.ANY -> {
                    any(length, now, next);
                    at++;
                }
                case Code.ANY_IN_FIELD -> {
                    anyInField(text, from, length, now, next);
                    at++;
                }
                default -> {
                    return has(now, length);
                }
            }
            long[] swap = now;
            now = next;
            next = swap;
        }
    }

    private static boolean has(long[] set, int position) {
        return (set[position >> 6] & 1L << position) != 0;
    }

    private static void clear(long[] set, int length) {
        Arrays.fill(set, 0, (length >> 6) + 1, 0);
    }

    private static void text(
            char[] pool, int start, int size, char[] text, int from, int length, long[] now, long[] next) {
        clear(next, length);
        for (int position = 0; position + size <= length; position++) {
            if (has(now, position)
                    && Arrays.equals(pool, start, start + size, text, from + position, from + position + size)) {
                int after = position + size;
                next[after >> 6] |= 1L << after;
            }
        }
    }

    private static void one(char[] text, int from, int length, boolean inField, long[] now, long[] next) {
        clear(next, length);
        for (int position = 0; position < length; position++) {
            if (has(now, position) && !(inField && text[from + position] == ':')) {
                int after = position + 1;
                next[after >> 6] |= 1L << after;
            }
        }
    }

    private static void any(int length, long[] now, long[] next) {
        clear(next, length);
        boolean reached = false;
        for (int position = 0; position <= length; position++) {
            reached |= has(now, position);
            if (reached) {
                next[position >> 6] |= 1L << position;
            }
        }
    }

    private static void anyInField(char[] text, int from, int length, long[] now, long[] next) {
        clear(next, length);
        boolean reached = false;
        for (int position = 0; position <= length; position++) {
            reached |= has(now, position);
            if (reached) {
                next[position >> 6] |= 1L << position;
            }
            if (position < length && text[from + position] == ':') {
                reached = false;
            }
        }
    }
}
