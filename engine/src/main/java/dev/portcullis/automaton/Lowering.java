package dev.portcullis.automaton;

import java.util.Locale;

/** The lower case of the IgnoreCase operators (rule L92), as compile time computes it. */
public final class Lowering {

    private Lowering() {}

    /** Full locale-free lower case, but code points above U+FFFF stay as they are. */
    public static String lower(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.codePointCount(0, text.length()) == text.length()) {
            return lower;
        }
        StringBuilder result = new StringBuilder();
        int low = 0;
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            int units = Character.charCount(point);
            if (units == 2) {
                result.appendCodePoint(point);
                low += Character.charCount(Character.toLowerCase(point));
            } else {
                int size = point == 0x130 ? 2 : 1;
                result.append(lower, low, low + size);
                low += size;
            }
            at += units;
        }
        return result.toString();
    }
}
