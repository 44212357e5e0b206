package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * How ARNs began lately, up to the colon behind the region: requests name few services and regions, so one comparison with the
 * beginning kept for its place tells where four colons are and what three look-ups would (9 against 43 ns). Reused; one thread.
 *
 * <pre>
 *   serviceEnds   by units of the service: where the colon behind it was last; it only leads to a place
 *   places        by units of the region too: a beginning's number from 1, 0 = free
 *
 *   of each beginning, forgotten together when there are too many:
 *   texts         UNITS units: "arn:aws:s3:us-east-1:"
 *   colons        behind partition, service and region, from the ARN's start: 8 bits each; the last one ends the text
 *   heads         the head without its account
 * </pre>
 */
final class LastHeads {

    /** No beginning. */
    static final int NONE = 0;

    private static final int UNITS = 48;
    private static final int MOST = 127;
    /** Of an ARN that is looked for: units that finding its place reads. */
    private static final int SHORTEST = 14;

    private static final int REGION_UNITS = 9;
    private static final int GUESS_BITS = 13;
    private static final int PLACE_BITS = 13;
    private static final int COLON_BITS = 8;
    private static final int COLON_MASK = (1 << COLON_BITS) - 1;

    private final byte[] serviceEnds = new byte[1 << GUESS_BITS];
    private final byte[] places = new byte[1 << PLACE_BITS];
    private final char[] texts = new char[(MOST + 1) * UNITS];
    private final int[] colons = new int[MOST + 1];
    private final long[] heads = new long[MOST + 1];
    private int last;

    /** The number of the beginning of the ARN at {@code from}; {@link #NONE} when it isn't kept. */
    int find(char[] text, int from, int length) {
        if (length < SHORTEST || from + UNITS + REGION_UNITS > text.length) {
            return NONE;
        }
        int guess = guess(text, from);
        int number = places[place(guess, text, from + serviceEnds[guess] + 1)];
        int kept = third(colons[number]) + 1;
        int at = number * UNITS;
        return kept <= length && Units.same(texts, at, text, from, kept) ? number : NONE;
    }

    private static int guess(char[] text, int from) {
        int mixed = text[from + 8] + text[from + 9] * 32 + text[from + 12] * 1024 + text[from + 13] * 32768;
        return (mixed * 0x9E3779B1) >>> (Integer.SIZE - GUESS_BITS);
    }

    /** By some units of the region, of which an empty one has none. What stands behind the ARN does no harm. */
    private static int place(int guess, char[] text, int region) {
        int mixed = text[region] + text[region + 3] * 8 + text[region + REGION_UNITS - 1] * 64;
        int both = guess * 0x9E3779B1 + (text[region] == ':' ? 0 : mixed * 0x85EBCA6B);
        return both >>> (Integer.SIZE - PLACE_BITS);
    }

    /** Where the colons behind partition, service and region are, packed, the first one lowest. */
    int colons(int number) {
        return colons[number];
    }

    static int first(int packed) {
        return packed & COLON_MASK;
    }

    static int second(int packed) {
        return (packed >>> COLON_BITS) & COLON_MASK;
    }

    static int third(int packed) {
        return packed >>> (2 * COLON_BITS);
    }

    /** The head without its account. */
    long head(int number) {
        return heads[number];
    }

    /**
     * Keeps the beginning of the ARN from {@code from} to {@code end}, if {@link #find} would look for it.
     *
     * @param at its first four colons at least
     */
    void keep(char[] text, int from, int end, int[] at, long head) {
        int length = at[3] + 1 - from;
        if (end - from < SHORTEST || length > UNITS || from + UNITS + REGION_UNITS > text.length) {
            return;
        }
        if (last == MOST) {
            Arrays.fill(places, (byte) NONE);
            last = 0;
        }
        int guess = guess(text, from);
        int second = at[2] - from;
        serviceEnds[guess] = (byte) second;
        int number = ++last;
        places[place(guess, text, from + second + 1)] = (byte) number;
        System.arraycopy(text, from, texts, number * UNITS, length);
        colons[number] = (at[1] - from) | (second << COLON_BITS) | ((length - 1) << (2 * COLON_BITS));
        heads[number] = head;
    }
}
