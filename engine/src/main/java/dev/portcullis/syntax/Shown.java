package dev.portcullis.syntax;

import java.util.Locale;

/** Text of strangers as it may stand in a message: nothing in it moves a cursor, breaks a line or fills a screen. */
public final class Shown {

    private static final int QUOTED_UNITS = 60;

    private Shown() {}

    /** The text in backticks, cut after 60 units. */
    static String quoted(String text) {
        return quoted(text, QUOTED_UNITS);
    }

    /** The text in backticks, cut after so many units. */
    public static String quoted(String text, int units) {
        return "`" + cut(text, units) + "`";
    }

    private static String cut(String text, int units) {
        if (text.length() <= units) {
            return escaped(text);
        }
        int end = units;
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return escaped(text.substring(0, end)) + "…";
    }

    /** The text with whatever has no plain appearance (controls, direction marks, lone surrogates) as {@code \\uXXXX}. */
    public static String escaped(String text) {
        StringBuilder shown = null;
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            int next = i + Character.charCount(point);
            if (!isPlain(point)) {
                if (shown == null) {
                    shown = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                for (int unit = i; unit < next; unit++) {
                    shown.append(escape(text.charAt(unit)));
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
        return String.format(Locale.ROOT, "U+%04X", codePoint);
    }

    /** A UTF-16 unit as JSON escape. */
    static String escape(char unit) {
        return String.format(Locale.ROOT, "\\u%04X", (int) unit);
    }

    public static boolean isPlain(int codePoint) {
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
