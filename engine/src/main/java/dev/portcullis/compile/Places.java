package dev.portcullis.compile;

/**
 * Where things stand that are stored once: hash to place, open addressing, no boxes. Whoever asks compares what stands at
 * each place of the run:
 *
 * <pre>{@code
 * int slot = places.first(hash);
 * while (places.isTaken(slot) && !(places.is(slot, hash) && same(places.place(slot)))) {
 *     slot = places.next(slot);
 * }
 * }</pre>
 *
 * Hashes must be {@link KeyedHash keyed}, so that policy authors can't make runs long. The load is at most 1/2.
 */
final class Places {

    private int[] places = new int[128];
    private int[] hashes = new int[128];
    private int count;

    static int hash(char[] units, int from, int to) {
        long hash = (long) to - from;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            hash = KeyedHash.mix(hash
                    ^ (units[at]
                            | (long) units[at + 1] << 16
                            | (long) units[at + 2] << 32
                            | (long) units[at + 3] << 48));
        }
        long tail = 0;
        for (; at < to; at++) {
            tail = tail << 16 | units[at];
        }
        return KeyedHash.folded(KeyedHash.mix(hash ^ tail));
    }

    /** Of a part of an array; {@link KeyedHash} has the others. */
    static int hash(long[] values, int from, int to) {
        long hash = (long) to - from;
        for (int at = from; at < to; at++) {
            hash = KeyedHash.mix(hash ^ values[at]);
        }
        return KeyedHash.folded(hash);
    }

    int first(int hash) {
        return hash & places.length - 1;
    }

    int next(int slot) {
        return slot + 1 & places.length - 1;
    }

    boolean isTaken(int slot) {
        return places[slot] != 0;
    }

    boolean is(int slot, int hash) {
        return hashes[slot] == hash;
    }

    int place(int slot) {
        return places[slot] - 1;
    }

    /** Fills a free slot at the end of the run that was searched. */
    void put(int slot, int hash, int place) {
        places[slot] = place + 1;
        hashes[slot] = hash;
        if (++count * 2 > places.length) {
            grow();
        }
    }

    private void grow() {
        int[] oldPlaces = places;
        int[] oldHashes = hashes;
        TooLarge.sum(oldPlaces.length, oldPlaces.length, 1 << 30, "different parts of one kind");
        places = new int[2 * oldPlaces.length];
        hashes = new int[places.length];
        for (int old = 0; old < oldPlaces.length; old++) {
            if (oldPlaces[old] != 0) {
                int slot = first(oldHashes[old]);
                while (isTaken(slot)) {
                    slot = next(slot);
                }
                places[slot] = oldPlaces[old];
                hashes[slot] = oldHashes[old];
            }
        }
    }
}
