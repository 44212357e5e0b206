package dev.portcullis.corpus.reference;

/** Tests for ASCII digits; digits of other scripts are text like any other. */
final class Digits {

    private Digits() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether there is at least one unit and all are digits. */
    static boolean all(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** Whether the text is an account id: twelve digits. */
    static boolean isAccount(String text) {
        return text.length() == 12 && all(text);
    }

    /** The number that digits stand for, or {@code beyond} when it is larger than that. */
    static int valueUpTo(int beyond, String digits) {
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + (digits.charAt(i) - '0');
            if (value >= beyond) {
                return beyond;
            }
        }
        return value;
    }
}
