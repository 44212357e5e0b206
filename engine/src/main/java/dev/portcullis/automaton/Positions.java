package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * The places of a text that a pattern can have reached: one bit each, moved on by one token of the pattern after the
 * other, 64 places a step. A text of n units and a pattern of m take at most {@code n * m / 32 + 16 * n} steps and some,
 * whatever the pattern's author came up with. Reused; one thread.
 *
 * <pre>
 *   now     [ 0 1 0 0 1 | ... ]    bit p: what has been read of the pattern matches the first p units of the text
 *   colons  [ 0 0 1 0 0 | ... ]    bit p: unit p is a colon; made when a token minds them
 *
 *   cells   of each unit that the text has: either MASK and the number of its mask (it has many places),
 *           or 1 + its last place; links leads to the ones before. Made when literal text has been compared place by place
 *           too often, cleared by {@link #finish}
 * </pre>
 */
final class Positions {

    private static final int MASK = 1 << 31;

    /** Many steps for one place of the text: then another machine is better. */
    static final int GENEROUS = 4;
    /** Steps that are always worth trying. */
    static final int ALWAYS = 64;
    /** Units that one step compares. */
    static final int UNITS_A_STEP_SHIFT = 4;

    private char[] text;
    private int from;
    private int length;
    private int words;
    private long[] now = new long[16];
    private long[] next = new long[16];
    private long[] colons = new long[16];
    private boolean minded;

    /** Steps left for comparing place by place. */
    private int room;

    private boolean indexed;
    private int[] cells = new int[0];
    private int[] links = new int[0];
    private long[] masks = new long[0];

    /** Steps taken since the beginning of time, those of comparing place by place not counted. */
    private long steps;

    /** What this machine and the greedy ones may spend on a text before they call it off. */
    static int patience(int length) {
        return GENEROUS * length + ALWAYS;
    }

    /** Stands before the first unit of {@code units[start .. stop)}, with nothing read of the pattern. */
    void begin(char[] units, int start, int stop) {
        if (indexed) {
            // The run before broke off.
            Arrays.fill(cells, 0);
            indexed = false;
        }
        text = units;
        from = start;
        length = stop - start;
        words = (length >> 6) + 1;
        if (now.length < words) {
            now = new long[2 * words];
            next = new long[2 * words];
            colons = new long[2 * words];
        }
        Arrays.fill(now, 0, words, 0);
        now[0] = 1;
        minded = false;
        room = patience(length);
    }

    /** Ends the run; whether all of the text is read. */
    boolean finish() {
        boolean whole = (now[length >> 6] & 1L << length) != 0;
        if (indexed) {
            for (int place = 0; place < length; place++) {
                cells[text[from + place]] = 0;
            }
            steps += length;
            indexed = false;
        }
        return whole;
    }

    /** Steps taken so far. */
    long steps() {
        return steps;
    }

    /** Adds steps that another machine took before it called this one. */
    void add(int more) {
        steps += more;
    }

    /** Reads literal text; false if no place is left. */
    boolean text(char[] pool, int start, int size) {
        if (!indexed) {
            long cost = (long) places() * (1 + (size >> UNITS_A_STEP_SHIFT));
            steps += words;
            if (cost <= room) {
                room -= (int) cost;
                return placeByPlace(pool, start, size);
            }
            index();
        }
        for (int at = start; at < start + size; at++) {
            if (!unit(pool[at])) {
                return false;
            }
        }
        return true;
    }

    private int places() {
        int count = 0;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(now[word]);
        }
        return count;
    }

    private boolean placeByPlace(char[] pool, int start, int size) {
        Arrays.fill(next, 0, words, 0);
        boolean any = false;
        for (int word = 0; word < words; word++) {
            for (long left = now[word]; left != 0; left &= left - 1) {
                int place = (word << 6) + Long.numberOfTrailingZeros(left);
                int after = place + size;
                if (after > length) {
                    break;
                }
                if (Arrays.equals(pool, start, start + size, text, from + place, from + after)) {
                    next[after >> 6] |= 1L << after;
                    any = true;
                }
            }
        }
        swap();
        return any;
    }

    /** Notes where the text has each of its units. */
    private void index() {
        indexed = true;
        if (cells.length == 0) {
            cells = new int[Character.MAX_VALUE + 1];
        }
        if (links.length < length) {
            links = new int[2 * length];
        }
        for (int place = 0; place < length; place++) {
            cells[text[from + place]]++;
        }
        // Fewer than 64 units have more places than there are words.
        int many = 0;
        for (int place = 0; place < length; place++) {
            int unit = text[from + place];
            if (cells[unit] > words) {
                room(++many);
                cells[unit] = MASK | (many - 1);
            }
        }
        for (int place = 0; place < length; place++) {
            int unit = text[from + place];
            if (cells[unit] > 0) {
                cells[unit] = 0;
            }
        }
        for (int place = 0; place < length; place++) {
            int unit = text[from + place];
            int cell = cells[unit];
            if (cell < 0) {
                masks[(cell & ~MASK) * words + (place >> 6)] |= 1L << place;
            } else {
                links[place] = cell;
                cells[unit] = place + 1;
            }
        }
        steps += 4L * length + (long) many * words;
    }

    private void room(int count) {
        int size = count * words;
        if (masks.length < size) {
            masks = Arrays.copyOf(masks, 2 * size);
        }
        Arrays.fill(masks, size - words, size, 0);
    }

    private boolean unit(char unit) {
        int cell = cells[unit];
        if (cell == 0) {
            Arrays.fill(now, 0, words, 0);
            return false;
        }
        boolean any = false;
        if (cell < 0) {
            int mask = (cell & ~MASK) * words;
            long carry = 0;
            for (int word = 0; word < words; word++) {
                long hit = now[word] & masks[mask + word];
                next[word] = hit << 1 | carry;
                carry = hit >>> 63;
                any |= hit != 0;
            }
            steps += words;
        } else {
            Arrays.fill(next, 0, words, 0);
            for (int after = cell; after > 0; after = links[after - 1]) {
                if ((now[(after - 1) >> 6] & 1L << (after - 1)) != 0) {
                    next[after >> 6] |= 1L << after;
                    any = true;
                }
            }
            steps += 2L * words;
        }
        swap();
        return any;
    }

    /** Reads any one unit; in a field, any but a colon. False if no place is left. */
    boolean one(boolean inField) {
        if (inField) {
            mindColons();
        }
        long carry = 0;
        long any = 0;
        for (int word = 0; word < words; word++) {
            long from = inField ? now[word] & ~colons[word] : now[word];
            long to = from << 1 | carry;
            if (word == words - 1) {
                to &= -1L >>> (63 - (length & 63));
            }
            next[word] = to;
            any |= to;
            carry = from >>> 63;
        }
        steps += words;
        swap();
        return any != 0;
    }

    /** Reads any number of units. */
    void any() {
        int word = 0;
        while (word < words && now[word] == 0) {
            word++;
        }
        if (word < words) {
            now[word] |= -Long.lowestOneBit(now[word]);
            Arrays.fill(now, word + 1, words, -1L);
            now[words - 1] &= -1L >>> (63 - (length & 63));
        }
        steps += words;
    }

    /** Reads any number of units up to a colon: an addition's carry runs through every place that may be passed. */
    void anyInField() {
        mindColons();
        long carry = 0;
        for (int word = 0; word < words; word++) {
            long open = ~colons[word];
            if (word == words - 1) {
                open &= (1L << (length & 63)) - 1;
            }
            long set = now[word];
            long sum = (set & open) + open;
            long more = sum + carry;
            carry = Long.compareUnsigned(sum, open) < 0 || Long.compareUnsigned(more, sum) < 0 ? 1 : 0;
            now[word] = (more ^ open) | set;
        }
        steps += words;
    }

    private void mindColons() {
        if (minded) {
            return;
        }
        minded = true;
        Arrays.fill(colons, 0, words, 0);
        for (int place = 0; place < length; place++) {
            if (text[from + place] == ':') {
                colons[place >> 6] |= 1L << place;
            }
        }
        steps += length;
    }

    private void swap() {
        long[] swap = now;
        now = next;
        next = swap;
    }
}
