package dev.portcullis.automaton;

/**
 * From {@link String#hashCode}, which a String keeps once it has been asked, to the numbers of texts. Whoever asks compares the
 * text. The hash isn't keyed, so no run is longer than {@link #LONGEST_RUN}: texts that somebody chose to collide are left out,
 * all of them, and have to be found otherwise. Immutable.
 *
 * <pre>
 *   slots   [ hash:32 number + 1:32 | 0 | ... ]     power of two, load at most 1/4: mostly the first slot tells; 0 = nothing
 * </pre>
 */
public final class HashIndex {

    static final int LONGEST_RUN = 16;

    final long[] slots;

    private HashIndex(long[] slots) {
        this.slots = slots;
    }

    /** Of texts that differ; the number of each is its place. Empty when some run is too long. */
    public static HashIndex of(String[] texts) {
        long[] slots = new long[Integer.highestOneBit(Math.max(1, texts.length) * 8 - 1)];
        for (int number = 0; number < texts.length; number++) {
            int hash = texts[number].hashCode();
            int slot = slot(hash, slots);
            int run = 1;
            while (slots[slot] != 0 && run < LONGEST_RUN) {
                slot = next(slot, slots);
                run++;
            }
            if (slots[slot] != 0) {
                return new HashIndex(new long[1]);
            }
            slots[slot] = (long) hash << 32 | number + 1;
        }
        return new HashIndex(slots);
    }

    void write(String name, ArraySink out) {
        out.longs(name, slots);
    }

    /** Takes its slots back. One that somebody forged may lead to another text, which won't be the one that is asked for. */
    static HashIndex read(String name, int texts, ArraySource in) {
        long[] slots = in.longs(name);
        long most = 0;
        for (long entry : slots) {
            most = Math.max(most, entry & 0xFFFF_FFFFL);
        }
        in.require(most <= texts, name, "a number out of range");
        in.require(Integer.bitCount(slots.length) == 1, name, "slots that aren't a power of two");
        return new HashIndex(slots);
    }

    /** Where the search for a hash starts. */
    static int slot(int hash, long[] slots) {
        return ((hash ^ (hash >>> 15)) * 0x9E3779B1) >>> 7 & slots.length - 1;
    }

    static int next(int slot, long[] slots) {
        return slot + 1 & slots.length - 1;
    }

    /** Whether an entry is there and has that hash. */
    static boolean isOf(int hash, long entry) {
        return (int) (entry >>> 32) == hash && (int) entry != 0;
    }

    static int number(long entry) {
        return (int) entry - 1;
    }

    /** Bytes held by its slots. */
    long bytes() {
        return 8L * slots.length;
    }
}
