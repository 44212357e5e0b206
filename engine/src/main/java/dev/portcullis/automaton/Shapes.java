package dev.portcullis.automaton;

/** What actions and resources of requests look like (rules L29, L39, L52). */
final class Shapes {

    private static final int ARN_COLONS = 5;

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

    /** Whether the text is {@code *} or an ARN of six fields. */
    static boolean isResource(String text) {
        if (!text.startsWith("arn:")) {
            return text.length() == 1 && text.charAt(0) == '*';
        }
        int at = -1;
        for (int i = 0; i < ARN_COLONS; i++) {
            at = text.indexOf(':', at + 1);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /** The same of {@code text[from .. to)}. */
    static boolean isResource(char[] text, int from, int to) {
        if (to - from == 1) {
            return text[from] == '*';
        }
        if (to - from < 4
                || text[from] != 'a'
                || text[from + 1] != 'r'
                || text[from + 2] != 'n'
                || text[from + 3] != ':') {
            return false;
        }
        int colons = 0;
        for (int at = from; at < to && colons < ARN_COLONS; at++) {
            colons += text[at] == ':' ? 1 : 0;
        }
        return colons == ARN_COLONS;
    }
}
