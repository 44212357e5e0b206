package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * The values of one request's context keys, numbered in the order in which they are given or supplied. Reused; one thread.
 *
 * <pre>
 *   a value
 *     strings the caller's String, kept until a predicate reads it; null for units that the arena was given
 *     spans   lowered:1 | length:31 | start:32        once the units are in the arena: a bit of inText says so for the first
 *                                                     64 values, a start that isn't {@link #NOT_READ} for the others
 *     lowers  start:32 | length:32                    of the lowered units, if lowered
 *
 *   text    [ ...units that the request brings | ...units written while deciding | free ]
 * </pre>
 */
abstract sealed class RequestValues extends Arena permits RequestContext {

    static final int NOT_READ = -1;

    /** Values, and keys, that the shortest path takes. */
    static final int FEW = Long.SIZE;

    private static final long LOWERED = 1L << 63;
    private static final long START_MASK = 0xFFFF_FFFFL;

    int values;
    /** Where the caller writes the values of the keys that requests begin with, however many others there are. */
    final String[] firstStrings = new String[FEW];

    String[] strings = firstStrings;
    private long inText;
    private long[] spans = new long[FEW];
    private long[] lowers = new long[FEW];

    boolean decided;
    /** Where deciding began to write. */
    private int givenEnd;

    private int givenValues;

    /** Forgets all values and units. */
    final void forgetValues() {
        values = 0;
        inText = 0;
        end = 0;
        decided = false;
    }

    /** Takes the values that the caller has written to {@link #firstStrings}; there are no others yet. */
    @SuppressWarnings("ReferenceEquality") // whether there is another array
    final void takeFirst(int count) {
        values = count;
        if (strings != firstStrings) {
            System.arraycopy(firstStrings, 0, strings, 0, count);
        }
    }

    /** What there is now is what the request brings. */
    final void noteGivenValues() {
        decided = true;
        givenEnd = end;
        givenValues = values;
    }

    /** Forgets what has been supplied and written since. */
    final void keepGivenValues() {
        decided = false;
        end = givenEnd;
        values = givenValues;
        inText &= values < FEW ? (1L << values) - 1 : -1;
        for (int value = 0; value < values; value++) {
            if (isInText(value)) {
                if (strings[value] != null && isLost((int) spans[value])) {
                    forgetText(value);
                } else if (isLost((int) (lowers[value] >>> 32))) {
                    spans[value] &= ~LOWERED;
                }
            }
        }
    }

    private void forgetText(int value) {
        if (value < FEW) {
            inText &= ~(1L << value);
        } else {
            spans[value] = START_MASK;
        }
    }

    private boolean isInText(int value) {
        return value < FEW ? (inText >>> value & 1) != 0 : (int) spans[value] >= 0;
    }

    /** Whether the arena has lost what is written at this place by going back. */
    final boolean isLost(int start) {
        return start >= end;
    }

    /** How many values the request has. */
    public final int valueCount() {
        return decided ? givenValues : values;
    }

    final void add(String value) {
        int number = nextValue();
        strings[number] = value;
        if (number >= FEW) {
            spans[number] = START_MASK;
        }
    }

    final void add(int start, int stop) {
        int number = nextValue();
        strings[number] = null;
        spans[number] = (long) (stop - start) << 32 | start;
        if (number < FEW) {
            inText |= 1L << number;
        }
    }

    private int nextValue() {
        int number = values++;
        if (number == strings.length) {
            strings = Arrays.copyOf(strings, 2 * number);
            spans = Arrays.copyOf(spans, 2 * number);
            lowers = Arrays.copyOf(lowers, 2 * number);
        }
        return number;
    }

    int length(int value) {
        return isInText(value) ? (int) (spans[value] >>> 32) & Integer.MAX_VALUE : strings[value].length();
    }

    /** Where the value's units start in {@link #text}, read there on first use. */
    int start(int value) {
        return isInText(value) ? (int) spans[value] : readValue(value);
    }

    private int readValue(int value) {
        String given = strings[value];
        int start = put(given);
        spans[value] = (long) given.length() << 32 | start;
        if (value < FEW) {
            inText |= 1L << value;
        }
        return start;
    }

    /** The array that holds the value's units once {@link #start} has been called. */
    char[] textOf(int value) {
        start(value);
        return text;
    }

    /** The lowered value (rule L92): start in {@link #text} and length, packed; kept for the request. */
    long lower(int value) {
        int start = start(value);
        if (spans[value] >= 0) {
            lowers[value] = lowerUnits(text, start, length(value));
            spans[value] |= LOWERED;
        }
        return lowers[value];
    }
}
