package dev.portcullis.automaton;

import java.util.Arrays;

/**
 * Which actions requests had lately, and how their ARNs began: what was found out about them needn't be found out again. Belongs
 * to one frame, or to several that one thread fills in turn; reused.
 */
public final class LastTexts {

    static final int ACTION_BITS = 9;
    private static final int ACTIONS_KEPT = 1 << ACTION_BITS;

    final LastHeads heads = new LastHeads();

    /** Actions that were looked up last, by their hashes: callers mostly ask for few. */
    final String[] actions = new String[ACTIONS_KEPT];

    final long[] actionNumbers = new long[ACTIONS_KEPT];
    /** Numbers in {@link #answers} of those that no policy names, {@link Frame#NOT_READ} of others. */
    final int[] actionAnswers = new int[ACTIONS_KEPT];

    final ActionAnswers answers = new ActionAnswers();
    private Frame[] frames = new Frame[1];
    private int users;

    /** A frame that uses it. */
    void add(Frame frame) {
        if (users == frames.length) {
            frames = Arrays.copyOf(frames, 2 * users);
        }
        frames[users++] = frame;
    }

    /** Makes room for one more number of {@link #answers}: when all have been given, nobody may keep one. */
    void makeRoom() {
        if (answers.isFull()) {
            answers.forget();
            Arrays.fill(actions, null);
            for (int i = 0; i < users; i++) {
                frames[i].forgetActionNumber();
            }
        }
    }
}
