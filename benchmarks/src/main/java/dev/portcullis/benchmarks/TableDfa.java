package dev.portcullis.benchmarks;

import java.util.SplittableRandom;

/** A textbook automaton over characters: 128 states, a table of 32 KiB, one dependent load a character. Its states mean nothing. */
final class TableDfa {

    private static final int STATES = 128;
    private static final int SYMBOLS = 128;

    private final short[] next = new short[STATES * SYMBOLS];

    TableDfa() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < next.length; i++) {
            next[i] = (short) random.nextInt(STATES);
        }
    }

    int read(String text) {
        short[] table = next;
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = table[state * SYMBOLS + (text.charAt(i) & SYMBOLS - 1)];
        }
        return state;
    }
}
