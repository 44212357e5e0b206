package dev.portcullis.syntax;

/** Text of strangers as it may stand in a message: nothing in it moves a cursor, breaks a line or fills a screen. */
final class Shown {

    private static final int QUOTED_UNITS = 60;

    private Shown() {}

    /** The text in backticks, cut after 60 units. */
    static String quoted(String text) {
        return "`" + cut(text) + "`";
    }

    private static String cut(String text) {
        if (text.length() <= QUOTED_UNITS) {
            return escaped(text);
        }
        int end = QUOTED_UNITS;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return escaped(text.substring(0, end)) + "…";
    }

    /** The text with whatever has no plain appearance (controls, direction marks, lone surrogates) as {@code \\uXXXX}. */
    static String escaped(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (!isPlain(point)) {
                if (shown == null) {
                    shown = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                for (int unit = i; unit < next; unit++) {
                    shown.append(String.format("\\u%04X", (int) text.charAt(unit)));
                }
            } else if (shown != null) {
                shown.appendCodePoint(point);
            }
            i = next;
        }
        return shown == null ? text : shown.toString();
    }

    /** A character by its number: {@code U+00A0}. */
    static String number(int codePoint) {
        return String.format("U+%04X", codePoint);
    }

    static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
