package dev.portcullis.benchmarks;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The least that any engine has to do for a decision: read action and resource once, probe a table once, compare the resource
 * and two context values. It decides nothing.
 */
final class Floor {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final long[] table;
    private final int mask;
    private final byte[] scratch = new byte[4096];
    private final byte[] known = new byte[4096];
    private long last;

    /** @param entries words of the table, a power of two: 256 stay in the first cache, millions in none */
    Floor(int entries) {
        table = new long[entries];
        mask = entries - 1;
        for (int i = 0; i < entries; i++) {
            table[i] = i * ODD;
        }
    }

    /** Reads action and resource, probes, compares the resource and two values. */
    @SuppressWarnings("deprecation") // String.getBytes into an array: the fastest way at a String's bytes
    long leastOf(Ask ask) {
        byte[] bytes = scratch;
        int action = ask.action().length();
        ask.action().getBytes(0, action, bytes, 0);
        int end = action + ask.resource().length();
        ask.resource().getBytes(0, end - action, bytes, action);
        long hash = hash(bytes, 0, end);
        long found = table[(int) (hash >>> 40) & mask];
        int same = Arrays.mismatch(bytes, action, end, known, 0, end - action);
        return found + same + compare(ask.values()[0], end) + compare(ask.values()[1], end);
    }

    /** The same, but the next probe's place depends on what this one found. */
    long waiting(Ask ask) {
        last = leastOf(ask) + table[(int) ((hash(scratch, 0, ask.action().length()) ^ last) >>> 8) & mask];
        return last;
    }

    /** The same as {@link #leastOf}, and all the context values read. */
    @SuppressWarnings("deprecation") // as above
    long allOf(Ask ask) {
        byte[] bytes = scratch;
        int at = 0;
        for (String value : ask.values()) {
            value.getBytes(0, value.length(), bytes, at);
            at += value.length();
        }
        return hash(bytes, 0, at) + leastOf(ask);
    }

    @SuppressWarnings("deprecation") // as above
    private int compare(String value, int at) {
        int length = value.length();
        value.getBytes(0, length, scratch, at);
        return Arrays.mismatch(scratch, at, at + length, known, 0, length);
    }

    private static long hash(byte[] bytes, int from, int to) {
        long hash = to;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) LONGS.get(bytes, at)) * ODD;
            hash ^= hash >>> 29;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * ODD;
        }
        return hash ^ hash >>> 32;
    }
}
