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
 * </pre>
 *
 * Whoever reads a record knows where it ends, so one that another begins with needs no room of its own.
 */
final class RecordBuffer {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1024];
    private int start;
    private int end;
    private final Places places = new Places();

    void add(int value) {
        if (end == bytes.length) {
            TooLarge.next(end, Limits.COMPILED_SOURCE_BYTES, "bytes of what explanations need");
            bytes = Arrays.copyOf(bytes, (int) Math.min(end + (long) (end >> 1), Limits.COMPILED_SOURCE_BYTES));
        }
        bytes[end++] = (byte) value;
    }

    /** The units of a text, a byte each or two. */
    void units(String text, boolean wide) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (wide) {
                add(unit >>> 8);
            }
            add(unit);
        }
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
        int slot = places.first(hash);
        while (places.isTaken(slot)) {
            int known = places.place(slot);
            if (places.is(slot, hash) && isAt(known)) {
                end = start;
                return known;
            }
            slot = places.next(slot);
        }
        int offset = start;
        places.put(slot, hash, offset);
        start = end;
        return offset;
    }

    private boolean isAt(int offset) {
        int length = end - start;
        return offset + length <= start && Arrays.equals(bytes, offset, offset + length, bytes, start, end);
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
        return KeyedHash.folded(KeyedHash.mix(hash ^ tail));
    }

    byte[] toArray() {
        return Arrays.copyOf(bytes, start);
    }
}
