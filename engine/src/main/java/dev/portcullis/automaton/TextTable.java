package dev.portcullis.automaton;

/**
 * A frozen set of texts, numbered from 0: text to number in one probe, mostly.
 *
 * <pre>
 *   slots   [ 0 | hash:32 number + 1:32 | 0 | ... ]    power of two, load at most 1/2; 0 = nothing
 *   starts  [ 0 | 5 | 11 | ... ]                       text i is chars[starts[i] .. starts[i + 1])
 *   chars   [ h e l l o w o r l d s ]
 * </pre>
 *
 * The hash is keyed: a policy author can't choose texts that collide. Small vocabularies have a second index, on {@link
 * String#hashCode} (cached in the String, so free for callers that hold constants). That one isn't keyed; it is left out
 * when any run of it is longer than {@link #LONGEST_FRONT_RUN}.
 */
public final class TextTable {

    /** No such text. */
    public static final int ABSENT = -1;

    static final int LONGEST_FRONT_RUN = 16;

    private final long seed;
    private final long[] slots;
    private final int[] starts;
    private final char[] chars;
    private final String[] frontTexts;
    private final int[] frontIds;

    /**
     * @param seed key of the hash
     * @param texts the texts; the number of each is its place
     * @param spellings further spellings that stand for a text: {@code spellings[i]} for text i; null for a table without
     *     the second index
     */
    public TextTable(long seed, String[] texts, String[][] spellings) {
        this.seed = seed;
        int total = 0;
        for (String text : texts) {
            total = Math.addExact(total, text.length());
        }
        chars = new char[total];
        starts = new int[texts.length + 1];
        slots = new long[tableSize(texts.length)];
        int end = 0;
        for (int id = 0; id < texts.length; id++) {
            String text = texts[id];
            text.getChars(0, text.length(), chars, end);
            starts[id] = end;
            end += text.length();
            int hash = hash(chars, starts[id], text.length());
            int slot = hash & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = (long) hash << 32 | id + 1;
        }
        starts[texts.length] = end;
        if (spellings == null) {
            frontTexts = new String[1];
            frontIds = new int[1];
            return;
        }
        int count = texts.length;
        for (String[] more : spellings) {
            count += more.length;
        }
        String[] front = new String[tableSize(count)];
        int[] ids = new int[front.length];
        int longest = 0;
        for (int id = 0; id < texts.length; id++) {
            longest = Math.max(longest, insertFront(front, ids, texts[id], id));
            for (String spelling : spellings[id]) {
                longest = Math.max(longest, insertFront(front, ids, spelling, id));
            }
        }
        boolean usable = longest <= LONGEST_FRONT_RUN;
        frontTexts = usable ? front : new String[1];
        frontIds = usable ? ids : new int[1];
    }

    private static int tableSize(int count) {
        return Integer.highestOneBit(Math.max(2, count) * 4 - 1);
    }

    private static int insertFront(String[] front, int[] ids, String text, int id) {
        int mask = front.length - 1;
        int slot = spread(text.hashCode()) & mask;
        int run = 1;
        while (front[slot] != null) {
            if (front[slot].equals(text)) {
                return run;
            }
            slot = (slot + 1) & mask;
            run++;
        }
        front[slot] = text;
        ids[slot] = id;
        return run;
    }

    private static int spread(int hash) {
        return ((hash ^ (hash >>> 15)) * 0x9E3779B1) >>> 7;
    }

    /** How many texts there are. */
    public int size() {
        return starts.length - 1;
    }

    /** Bytes held by its arrays. */
    public long bytes() {
        return 8L * slots.length + 4L * (starts.length + frontIds.length) + 2L * chars.length;
    }

    /** Text {@code id}; allocates, for listings and explanations. */
    public String text(int id) {
        return new String(chars, starts[id], starts[id + 1] - starts[id]);
    }

    /** Appends text {@code id} to the frame; its start. It reaches to the frame's end. */
    int put(int id, Frame frame) {
        int from = starts[id];
        int length = starts[id + 1] - from;
        int start = frame.reserve(length);
        System.arraycopy(chars, from, frame.text, start, length);
        return start;
    }

    /** The number of a text, or {@link #ABSENT}; allocates. */
    public int find(String text) {
        char[] units = text.toCharArray();
        return find(units, 0, units.length);
    }

    /** The number of exactly this text, asked by the String's own hash; {@link #ABSENT} also when it must be folded. */
    int findFront(String text) {
        String[] front = frontTexts;
        int mask = front.length - 1;
        int slot = spread(text.hashCode()) & mask;
        String candidate;
        while ((candidate = front[slot]) != null) {
            if (candidate.equals(text)) {
                return frontIds[slot];
            }
            slot = (slot + 1) & mask;
        }
        return ABSENT;
    }

    /** The number of the text {@code buffer[offset .. offset + length)}. */
    int find(char[] buffer, int offset, int length) {
        int hash = hash(buffer, offset, length);
        long[] table = slots;
        int mask = table.length - 1;
        int slot = hash & mask;
        long entry;
        while ((entry = table[slot]) != 0) {
            int id = (int) entry - 1;
            if ((int) (entry >>> 32) == hash && equal(id, buffer, offset, length)) {
                return id;
            }
            slot = (slot + 1) & mask;
        }
        return ABSENT;
    }

    private boolean equal(int id, char[] buffer, int offset, int length) {
        int start = starts[id];
        return starts[id + 1] - start == length
                && java.util.Arrays.equals(chars, start, start + length, buffer, offset, offset + length);
    }

    /** Eight units at a time in two lanes, multiplied by a secret odd key. */
    private int hash(char[] buffer, int offset, int length) {
        long key = seed | 1;
        long even = key ^ length;
        long odd = key;
        int end = offset + length;
        if (length >= 8) {
            // The last words overlap what has been hashed: no loop over the rest, whose length can't be foretold.
            for (int at = offset; at < end - 8; at += 8) {
                even = mix(even ^ word(buffer, at), key);
                odd = mix(odd ^ word(buffer, at + 4), key);
            }
            even = mix(even ^ word(buffer, end - 8), key);
            odd = mix(odd ^ word(buffer, end - 4), key);
        } else if (length >= 4) {
            even = mix(even ^ word(buffer, offset), key);
            odd = mix(odd ^ word(buffer, end - 4), key);
        } else {
            long few = 0;
            for (int at = offset; at < end; at++) {
                few = few << 16 | buffer[at];
            }
            odd = mix(odd ^ few, key);
        }
        long hash = mix(even ^ Long.rotateLeft(odd, 32), key);
        return (int) (hash ^ hash >>> 32);
    }

    private static long word(char[] buffer, int at) {
        return buffer[at] | (long) buffer[at + 1] << 16 | (long) buffer[at + 2] << 32 | (long) buffer[at + 3] << 48;
    }

    private static long mix(long word, long odd) {
        return Math.multiplyHigh(word, odd) ^ word * odd;
    }
}
