package dev.portcullis.compile;

import dev.portcullis.automaton.NameTable;
import java.util.function.IntFunction;

/** From a text to its number, where the texts themselves are kept by someone else. Immutable once made. */
final class TextIndex {

    static final int UNKNOWN = -1;

    /** Number + 1, open addressing, power of two, load at most 1/2, 0 = free. */
    private final int[] slots;

    private final IntFunction<String> texts;
    private final int key;

    /**
     * Indexes texts 0 to {@code count} - 1; of equal ones the first is found.
     *
     * @param key of the hash
     */
    TextIndex(int count, int key, IntFunction<String> texts) {
        this.key = key;
        this.slots = new int[Integer.highestOneBit(Math.max(2, count) * 4 - 1)];
        this.texts = texts;
        for (int number = 0; number < count; number++) {
            int slot = NameTable.hash(texts.apply(number), key) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = number + 1;
        }
    }

    /** The number of a text, or {@link #UNKNOWN}. */
    int find(String text) {
        int slot = NameTable.hash(text, key) & (slots.length - 1);
        while (slots[slot] != 0) {
            if (texts.apply(slots[slot] - 1).equals(text)) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return UNKNOWN;
    }
}
