package dev.portcullis.corpus.reference;

import java.util.Locale;

/** Letter case as the rules want it. */
public final class Letters {

    private Letters() {}

    /**
     * The locale-free lower-case mapping, final sigma included; code points above U+FFFF stay as they are, but count as
     * letters for the sigma beside them (rule L92, live).
     */
    public static String lower(String text) {
        String lowered = text.toLowerCase(Locale.ROOT);
        if (!hasHighCodePoint(text)) {
            return lowered;
        }
        // The mapping turns each such code point into one such code point, in the same order.
        int[] kept =
                text.codePoints().filter(Character::isSupplementaryCodePoint).toArray();
        StringBuilder result = new StringBuilder();
        int next = 0;
        for (int codePoint : lowered.codePoints().toArray()) {
            result.appendCodePoint(Character.isSupplementaryCodePoint(codePoint) ? kept[next++] : codePoint);
        }
        return result.toString();
    }

    private static boolean hasHighCodePoint(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** {@code A} to {@code Z} in lower case; the rest as it is. Enough for action names, which are ASCII (rule L30). */
    static String lowerAscii(String text) {
        StringBuilder result = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            result.append(c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c);
        }
        return result.toString();
    }
}
