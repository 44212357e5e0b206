package dev.portcullis.compile;

import java.security.SecureRandom;

/**
 * Hashes of what policies are compiled to, for finding equal ones. Policy authors choose most of the numbers, so the hash
 * is keyed: else they could choose ones that collide, and a document would take the square of its size to compile.
 */
final class KeyedHash {

    /** Nobody must be able to guess it. What is compiled doesn't depend on it. */
    private static final long KEY = new SecureRandom().nextLong() | 1;

    private KeyedHash() {}

    static int of(int[] values) {
        long hash = values.length;
        for (int value : values) {
            hash = mix(hash ^ value);
        }
        return folded(hash);
    }

    static int of(long[] values) {
        long hash = values.length;
        for (long value : values) {
            hash = mix(hash ^ value);
        }
        return folded(hash);
    }

    /** Adding the key keeps a number that equals the hash so far from making it 0. */
    static long mix(long word) {
        long shifted = word + KEY;
        return Math.multiplyHigh(shifted, KEY) ^ shifted * KEY;
    }

    static int folded(long hash) {
        return (int) (hash ^ hash >>> 32);
    }
}
