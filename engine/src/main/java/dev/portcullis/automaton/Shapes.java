package dev.portcullis.automaton;

/** What actions of requests look like (rule L29). */
final class Shapes {

    private Shapes() {}

    /** Where the one colon of {@code service:Name} is, or -1 when the text is no action. */
    static int actionColon(String text) {
        int colon = -1;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit < ' ' || unit > '~' || (unit == ':' && colon >= 0)) {
                return -1;
            }
            if (unit == ':') {
                colon = i;
            }
        }
        return colon < 1 ? -1 : colon;
    }

    /** The same of {@code text[from .. to)}; counted from {@code from}. */
    static int actionColon(char[] text, int from, int to) {
        int colon = -1;
        for (int at = from; at < to; at++) {
            char unit = text[at];
            if (unit < ' ' || unit > '~' || (unit == ':' && colon >= 0)) {
                return -1;
            }
            if (unit == ':') {
                colon = at - from;
            }
        }
        return colon < 1 ? -1 : colon;
    }
}
