package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * What the store's action lists said of the actions that only their text can be asked of, mostly those that policies name by
 * wildcards alone: requests are for few of them, and asking a list again costs 2 ns instead of 40. Reused; one thread.
 *
 * <pre>
 *   texts     UNITS units a place: "s3:getobject"      lengths   0 = free
 *   numbers   of the action kept there: from 1, each given once
 *   answers   0:1 | action number:31 | list:31 | covered:1         0 = free
 * </pre>
 */
final class ActionAnswers {

    /** Not one that is kept. */
    static final int TOO_LONG = 0;

    private static final int PLACES = 64;
    private static final int UNITS = 64;
    private static final int ANSWER_BITS = 11;
    private static final int LIST_BITS = 31;

    private final char[] texts = new char[PLACES * UNITS];
    private final int[] lengths = new int[PLACES];
    private final int[] numbers = new int[PLACES];
    private final long[] answers = new long[1 << ANSWER_BITS];
    private int last;

    /** Whether all numbers have been given. */
    boolean isFull() {
        return last == Integer.MAX_VALUE;
    }

    /** Forgets everything; numbers begin anew. */
    void forget() {
        Arrays.fill(lengths, 0);
        Arrays.fill(answers, 0);
        last = 0;
    }

    /** The number of a folded action; {@link #TOO_LONG} if it isn't kept. Not if {@link #isFull}. */
    int number(char[] text, int from, int length, int hash) {
        if (length > UNITS) {
            return TOO_LONG;
        }
        int place = hash & (PLACES - 1);
        int kept = place * UNITS;
        if (lengths[place] == length && Units.same(texts, kept, text, from, length)) {
            return numbers[place];
        }
        System.arraycopy(text, from, texts, kept, length);
        lengths[place] = length;
        last++;
        numbers[place] = last;
        return last;
    }

    /** Whether the list covers the frame's action, which has that number. */
    boolean covers(Code code, int list, int number, Frame frame) {
        long asked = (long) number << LIST_BITS | list;
        int at = ((number * 31 + list) * 0x9E3779B1) >>> (Integer.SIZE - ANSWER_BITS);
        long kept = answers[at];
        if (kept >>> 1 == asked) {
            return (kept & 1) != 0;
        }
        boolean covered = Actions.matches(code, list, frame);
        answers[at] = asked << 1 | (covered ? 1 : 0);
        return covered;
    }
}
