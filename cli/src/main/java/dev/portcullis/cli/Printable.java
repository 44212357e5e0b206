package dev.portcullis.cli;

import dev.portcullis.corpus.JsonText;

/** Text of documents and requests made fit for a terminal: no control character of theirs gets through. */
final class Printable {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char CONTROL_PICTURES = '\u2400';
    private static final char PICTURE_OF_DELETE = '\u2421';

    private Printable() {}

    /** The text as one line of as many UTF-16 units, line ends shown as pictures, a tab as a blank. */
    static String line(String text) {
        return clean(text, false);
    }

    /** The text with its LF line ends; everything else as in {@link #line}. */
    static String lines(String text) {
        return clean(text, true);
    }

    private static String clean(String text, boolean keepLineFeeds) {
        StringBuilder cleaned = null;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            char safe = keepLineFeeds && unit == '\n' ? unit : safe(text, i);
            if (safe != unit && cleaned == null) {
                cleaned = new StringBuilder(text);
            }
            if (cleaned != null) {
                cleaned.setCharAt(i, safe);
            }
        }
        return cleaned == null ? text : cleaned.toString();
    }

    private static char safe(String text, int index) {
        char unit = text.charAt(index);
        if (unit == '\t') {
            return ' ';
        }
        if (unit < ' ') {
            return (char) (CONTROL_PICTURES + unit);
        }
        if (unit == '\u007F') {
            return PICTURE_OF_DELETE;
        }
        return JsonText.isUnprintable(text, index) ? REPLACEMENT : unit;
    }
}
