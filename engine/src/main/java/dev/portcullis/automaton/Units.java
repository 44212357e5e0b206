package dev.portcullis.automaton;

import java.util.Arrays;

/** Comparing units. */
final class Units {

    /** Units of a window: a cache line, which the widest registers compare at once. */
    private static final int WINDOW = 32;

    private Units() {}

    /**
     * Whether {@code a[at .. at + length)} and {@code b[from .. from + length)} are the same. Whole windows are compared, and what
     * stands behind the texts doesn't count: branches on lengths, which can't be foretold, cost more than comparing it.
     */
    static boolean same(char[] a, int at, char[] b, int from, int length) {
        int whole = length + WINDOW - 1 & -WINDOW;
        if (at + whole <= a.length && from + whole <= b.length) {
            int differs = Arrays.mismatch(a, at, at + whole, b, from, from + whole);
            return differs < 0 || differs >= length;
        }
        return Arrays.equals(a, at, at + length, b, from, from + length);
    }

    /** Asks for the memory of {@code units[from .. to)}: of its first window, the next one and the last. */
    static int fetch(char[] units, int from, int to) {
        int last = to - 1;
        return from > last ? 0 : units[from] ^ units[Math.min(from + WINDOW, last)] ^ units[last];
    }
}
