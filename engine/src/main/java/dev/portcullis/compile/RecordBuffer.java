package dev.portcullis.compile;

import dev.portcullis.automaton.SourceMap;
import dev.portcullis.policy.Limits;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Growing bytes made of records, equal ones stored once. A record is written behind the others, then kept or dropped by
 * {@link #finish}.
 *
 * <pre>
 *   bytes   [ records kept ... | the one being written | free ]
 *   slots   offset + 1, open addressing, 0 = free, load at most 1/2        hashes   of the record at each
 * </pre>
 *
 * Whoever reads a record knows where it ends, so one that another begins with needs no room of its own.
 */
final class RecordBuffer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int start;
    private int end;
    private int[] slots = new int[128];
    private int[] hashes = new int[128];
    private int count;

    void add(int value) {
        if (end == bytes.length) {
            TooLarge.next(end, Limits.COMPILED_SOURCE_BYTES, "bytes of what explanations need");
            bytes = Arrays.copyOf(bytes, (int) Math.min(end + (long) (end >> 1), Limits.COMPILED_SOURCE_BYTES));
        }
        bytes[end++] = (byte) value;
    }

    /** A number of {@link SourceMap#BITS} bits a byte. */
    void number(int value) {
        if (value < 0) {
            throw new IllegalStateException("not a number of a record: " + value);
        }
        int rest = value;
        while (rest >= SourceMap.MORE) {
            add(rest | SourceMap.MORE);
            rest >>>= SourceMap.BITS;
        }
        add(rest);
    }

    /** Ends the record; where it, or an equal one, stands. */
    int finish() {
        int hash = hash(start, end);
        int mask = slots.length - 1;
        int slot = hash & mask;
        while (slots[slot] != 0) {
            int known = slots[slot] - 1;
            if (hashes[slot] == hash && isAt(known)) {
                end = start;
                return known;
            }
            slot = (slot + 1) & mask;
        }
        int offset = start;
        slots[slot] = offset + 1;
        hashes[slot] = hash;
        start = end;
        if (++count * 2 > slots.length) {
            grow();
        }
        return offset;
    }

    private boolean isAt(int offset) {
        int length = end - start;
        return offset + length <= start && Arrays.equals(bytes, offset, offset + length, bytes, start, end);
    }

    private void grow() {
        int[] oldSlots = slots;
        int[] oldHashes = hashes;
        TooLarge.sum(oldSlots.length, oldSlots.length, 1 << 30, "places for what explanations need");
        slots = new int[2 * oldSlots.length];
        hashes = new int[slots.length];
        int mask = slots.length - 1;
        for (int old = 0; old < oldSlots.length; old++) {
            if (oldSlots[old] != 0) {
                int slot = oldHashes[old] & mask;
                while (slots[slot] != 0) {
                    slot = (slot + 1) & mask;
                }
                slots[slot] = oldSlots[old];
                hashes[slot] = oldHashes[old];
            }
        }
    }

    private int hash(int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = KeyedHash.mix(hash ^ (long) LONGS.get(bytes, at));
        }
        long tail = 0;
        for (; at < to; at++) {
            tail = tail << 8 | (bytes[at] & 0xFF);
        }
        hash = KeyedHash.mix(hash ^ tail);
        return KeyedHash.folded(hash);
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, start);
    }
}
