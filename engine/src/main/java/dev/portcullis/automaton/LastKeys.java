package dev.portcullis.automaton;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Context keys that came as bytes, by their place in the request: callers mostly give the same ones in the same order. Comparing
 * a name with the last one at its place costs 5 ns, reading, folding and finding it 32. Reused; one thread.
 *
 * <pre>
 *   names     WORDS words a place: the name's bytes eight by eight, the last word overlapping the one before
 *   lengths   in bytes, 0 = nothing kept        slots
 * </pre>
 */
final class LastKeys {

    private static final int PLACES = 64;
    private static final int WORDS = 8;
    private static final int LONGEST = WORDS * Long.BYTES;

    private final long[] names = new long[PLACES * WORDS];
    private final int[] lengths = new int[PLACES];
    private final int[] slots = new int[PLACES];

    /** The slot of the key, if it is the one that stood at this place before; else -1. */
    int find(int place, DirectBuffer buffer, int offset, int length) {
        if (place >= PLACES || lengths[place] != length || length < Long.BYTES) {
            return TextTable.ABSENT;
        }
        buffer.boundsCheck(offset, length);
        int at = place * WORDS;
        int last = offset + length - Long.BYTES;
        for (int from = offset; from < last; from += Long.BYTES, at++) {
            if (buffer.getLong(from, ByteOrder.LITTLE_ENDIAN) != names[at]) {
                return TextTable.ABSENT;
            }
        }
        return buffer.getLong(last, ByteOrder.LITTLE_ENDIAN) == names[at] ? slots[place] : TextTable.ABSENT;
    }

    /** Keeps a key of those that policies name. */
    void keep(int place, DirectBuffer buffer, int offset, int length, int slot) {
        if (place >= PLACES) {
            return;
        }
        if (length < Long.BYTES || length > LONGEST) {
            lengths[place] = 0;
            return;
        }
        int at = place * WORDS;
        int last = offset + length - Long.BYTES;
        for (int from = offset; from < last; from += Long.BYTES, at++) {
            names[at] = buffer.getLong(from, ByteOrder.LITTLE_ENDIAN);
        }
        names[at] = buffer.getLong(last, ByteOrder.LITTLE_ENDIAN);
        lengths[place] = length;
        slots[place] = slot;
    }
}
