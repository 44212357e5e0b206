package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
import java.util.Arrays;

/**
 * A frozen set of texts, numbered from 0: text to number in one probe, mostly.
 *
 * <pre>
 *   slots   [ 0 | hash:32 number + 1:32 | 0 | ... ]    power of two, load at most 1/2; 0 = nothing
 *   starts  [ 0 | 5 | 11 | ... ]                       text i is chars[starts[i] .. starts[i + 1])
 *   chars   [ h e l l o w o r l d s ]
 * </pre>
 *
 * The hash is keyed: a policy author can't choose texts that collide. Some tables have a second index, on {@link
 * String#hashCode} (cached in the String, so free for callers that hold constants), laid out like a {@link HashIndex}. That
 * one isn't keyed; it is left out when any run of it is too long.
 *
 * <pre>
 *   frontSlots  [ hash:32 spelling + 1:32 | 0 | ... ]  power of two, load at most 1/4: mostly the first slot tells
 *   frontTexts  spellings; frontIds their texts' numbers
 * </pre>
 */
public final class TextTable {

    /** No such text. */
    public static final int ABSENT = -1;

    private static final String SEED = ".seed";
    private static final String SLOTS = ".slots";
    private static final String STARTS = ".starts";
    private static final String CHARS = ".chars";
    private static final String SPELLINGS = ".spellings";
    private static final String SPELLING_ENDS = ".spelling-ends";
    private static final String SPELLING_CHARS = ".spelling-chars";

    private final long seed;
    private final long[] slots;
    private final int[] starts;
    private final char[] chars;
    private final long[] frontSlots;
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
        Front front = spellings == null ? Front.NONE : Front.of(texts, spellings);
        frontSlots = front.slots;
        frontTexts = front.texts;
        frontIds = front.ids;
    }

    private TextTable(long seed, long[] slots, int[] starts, char[] chars, Front front) {
        this.seed = seed;
        this.slots = slots;
        this.starts = starts;
        this.chars = chars;
        this.frontSlots = front.slots;
        this.frontTexts = front.texts;
        this.frontIds = front.ids;
    }

    /** Hands out its arrays. */
    void write(String name, ArraySink out) {
        out.longs(name + SEED, seed);
        out.longs(name + SLOTS, slots);
        out.ints(name + STARTS, starts);
        out.chars(name + CHARS, chars);
    }

    /** The same, with the spellings that its front knows. */
    void writeWithFront(String name, ArraySink out) {
        write(name, out);
        String[][] spellings = spellings();
        int[] counts = new int[spellings.length];
        StringBuilder units = new StringBuilder();
        int total = 0;
        for (int id = 0; id < counts.length; id++) {
            counts[id] = spellings[id].length;
            total += counts[id];
        }
        int[] ends = new int[total];
        int at = 0;
        for (String[] ofText : spellings) {
            for (String spelling : ofText) {
                units.append(spelling);
                ends[at++] = units.length();
            }
        }
        out.ints(name + SPELLINGS, counts);
        out.ints(name + SPELLING_ENDS, ends);
        out.chars(name + SPELLING_CHARS, units.toString().toCharArray());
    }

    /** The front's texts that aren't the texts themselves, in order. */
    private String[][] spellings() {
        String[][] spellings = new String[size()][];
        Arrays.fill(spellings, new String[0]);
        for (int i = 0; i < frontTexts.length; i++) {
            String spelling = frontTexts[i];
            int id = frontIds[i];
            if (!spelling.equals(text(id))) {
                String[] known = spellings[id];
                String[] more = Arrays.copyOf(known, known.length + 1);
                more[known.length] = spelling;
                Arrays.sort(more);
                spellings[id] = more;
            }
        }
        return spellings;
    }

    /** Takes its arrays back. */
    static TextTable read(String name, ArraySource in) {
        long[] seed = in.longs(name + SEED);
        long[] slots = in.longs(name + SLOTS);
        int[] starts = in.ints(name + STARTS);
        char[] chars = in.chars(name + CHARS);
        in.requireLength(name + SEED, seed.length, 1);
        in.require(starts.length > 0, name + STARTS, "is empty");
        in.requireStarts(name + STARTS, starts, starts.length - 1, chars.length);
        in.requireMost(name + STARTS, starts.length - 1L, Limits.COMPILED_TEXTS, "texts");
        in.requireMost(name + CHARS, chars.length, Limits.COMPILED_TEXT_UNITS, "characters");
        boolean free = false;
        long least = 1;
        long most = 0;
        for (long slot : slots) {
            free |= slot == 0;
            long number = slot & 0xFFFF_FFFFL;
            most = Math.max(most, number);
            least = Math.min(least, slot == 0 ? 1 : number);
        }
        in.require(least > 0 && most < starts.length, name + SLOTS, "a number out of range");
        in.requireTable(name + SLOTS, slots.length, free);
        return new TextTable(seed[0], slots, starts, chars, Front.NONE);
    }

    /** Takes its arrays and its spellings back. */
    static TextTable readWithFront(String name, ArraySource in) {
        TextTable table = read(name, in);
        int[] counts = in.ints(name + SPELLINGS);
        int[] ends = in.ints(name + SPELLING_ENDS);
        char[] chars = in.chars(name + SPELLING_CHARS);
        in.requireLength(name + SPELLINGS, counts.length, table.size());
        in.requireRange(name + SPELLINGS, counts, 0, ends.length + 1);
        String[] texts = new String[counts.length];
        String[][] spellings = new String[counts.length][];
        int at = 0;
        int start = 0;
        for (int id = 0; id < counts.length; id++) {
            texts[id] = table.text(id);
            in.require(counts[id] <= ends.length - at, name + SPELLINGS, "more spellings than there are");
            spellings[id] = new String[counts[id]];
            for (int i = 0; i < counts[id]; i++, at++) {
                in.require(
                        start <= ends[at] && ends[at] <= chars.length, name + SPELLING_ENDS, "a number out of range");
                spellings[id][i] = new String(chars, start, ends[at] - start);
                start = ends[at];
            }
        }
        return new TextTable(table.seed, table.slots, table.starts, table.chars, Front.of(texts, spellings));
    }

    private static int tableSize(int count) {
        return Integer.highestOneBit(Math.max(2, count) * 4 - 1);
    }

    /** How many texts there are. */
    public int size() {
        return starts.length - 1;
    }

    /** Bytes held by its arrays. */
    public long bytes() {
        return 8L * (slots.length + frontSlots.length)
                + 4L * (starts.length + frontTexts.length + frontIds.length)
                + 2L * chars.length;
    }

    /** Text {@code id}; allocates, for listings and explanations. */
    public String text(int id) {
        return new String(chars, starts[id], starts[id + 1] - starts[id]);
    }

    /** Asks for the memory of a text. */
    int fetch(int id) {
        return Units.fetch(chars, starts[id], starts[id + 1]);
    }

    /** UTF-16 units of text {@code id}. */
    int length(int id) {
        return starts[id + 1] - starts[id];
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
        long[] table = frontSlots;
        int hash = text.hashCode();
        int slot = HashIndex.slot(hash, table);
        long entry;
        // No text stands further from its slot; runs of different hashes can be longer.
        for (int left = HashIndex.LONGEST_RUN; left > 0 && (entry = table[slot]) != 0; left--) {
            if (HashIndex.isOf(hash, entry) && frontTexts[HashIndex.number(entry)].equals(text)) {
                return frontIds[HashIndex.number(entry)];
            }
            slot = HashIndex.next(slot, table);
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

    /** Whether text {@code id} is {@code buffer[offset .. offset + length)}. */
    boolean equal(int id, char[] buffer, int offset, int length) {
        int start = starts[id];
        return starts[id + 1] - start == length && Units.same(chars, start, buffer, offset, length);
    }

    /** Eight units at a time in two lanes, multiplied by a secret odd key. */
    int hash(char[] buffer, int offset, int length) {
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

    /** The second index while it is made. */
    private static final class Front {

        /** Knows nothing. */
        static final Front NONE = new Front(new long[1], new String[0], new int[0]);

        final long[] slots;
        final String[] texts;
        final int[] ids;

        private Front(long[] slots, String[] texts, int[] ids) {
            this.slots = slots;
            this.texts = texts;
            this.ids = ids;
        }

        /** Of texts and their further spellings; {@link #NONE} when some run is too long. */
        static Front of(String[] texts, String[][] spellings) {
            int count = texts.length;
            for (String[] more : spellings) {
                count += more.length;
            }
            String[] all = Arrays.copyOf(texts, count);
            int[] ids = new int[count];
            int at = texts.length;
            for (int id = 0; id < texts.length; id++) {
                ids[id] = id;
                for (String spelling : spellings[id]) {
                    all[at] = spelling;
                    ids[at++] = id;
                }
            }
            long[] slots = new long[2 * tableSize(count)];
            for (int i = 0; i < count; i++) {
                if (!insert(slots, all, i)) {
                    return NONE;
                }
            }
            return new Front(slots, all, ids);
        }

        private static boolean insert(long[] slots, String[] all, int number) {
            int hash = all[number].hashCode();
            int slot = HashIndex.slot(hash, slots);
            for (int run = 1; run <= HashIndex.LONGEST_RUN; run++) {
                long entry = slots[slot];
                if (entry == 0) {
                    slots[slot] = (long) hash << 32 | number + 1;
                    return true;
                }
                if (HashIndex.isOf(hash, entry) && all[HashIndex.number(entry)].equals(all[number])) {
                    return true;
                }
                slot = HashIndex.next(slot, slots);
            }
            return false;
        }
    }
}
