package dev.portcullis.automaton;

/**
 * Tests an action's text against an action list: for actions that no policy names, and for lists whose service has a
 * wildcard. Both sides are folded to lower case (rule L30).
 */
final class Actions {

    private Actions() {}

    /** Whether the list at {@code list} covers the request's action; NotAction included (rules L34, L35). */
    static boolean matches(Code code, int list, Frame frame) {
        int[] lists = code.lists;
        boolean negated = lists[list] != 0;
        int count = lists[list + 1];
        int start = frame.actionUnits();
        int colon = start + frame.actionColon();
        int end = start + frame.actionLength;
        char[] text = frame.text;
        int entry = list + 2;
        for (int i = 0; i < count; i++, entry += 2) {
            if (Globs.greedy(code, lists[entry], text, start, colon, frame.positions)
                    && Globs.greedy(code, lists[entry + 1], text, colon + 1, end, frame.positions)) {
                return !negated;
            }
        }
        return negated && count > 0;
    }
}
