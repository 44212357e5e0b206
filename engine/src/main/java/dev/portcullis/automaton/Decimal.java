package dev.portcullis.automaton;

/**
 * A decimal number read exactly (rule L98): {@code sign * 0.d1d2d3… * 10^magnitude}, the digits without zeros at either
 * end. Two numbers are compared digit by digit, so no precision is ever lost and nothing is allocated. Reused; one
 * thread.
 *
 * <pre>
 *   magnitude   a number between -10^18 and 10^18, or ±(WIDE + n): one of n digits, which stand in wide
 * </pre>
 *
 * So the order of two magnitudes is that of the longs, and between two wide ones of one length that of their digits.
 */
public final class Decimal {

    /** An exponent of more digits is wide. */
    private static final int LONG_DIGITS = 18;

    private static final long LONG_LIMIT = 1_000_000_000_000_000_000L;

    private static final long WIDE = 4 * LONG_LIMIT;

    /** -1, 0 or 1. */
    int sign;
    /** Place of the first digit: 1 for 1 to 9, 2 for 10 to 99, 0 for 0.1 to 0.9 … */
    long magnitude;

    int count;
    char[] digits = new char[64];
    /** The digits of a wide magnitude, without its sign. */
    private char[] wide = new char[32];

    /**
     * Reads {@code [+-] digits [. digits] [e [+-] digits]}, at least one digit.
     *
     * @return false if the text is no number
     */
    public boolean read(char[] text, int from, int to) {
        int at = from;
        boolean minus = false;
        if (at < to && (text[at] == '+' || text[at] == '-')) {
            minus = text[at] == '-';
            at++;
        }
        if (digits.length < to - from) {
            digits = new char[2 * (to - from)];
        }
        count = 0;
        magnitude = 0;
        boolean any = false;
        boolean point = false;
        for (; at < to; at++) {
            char unit = text[at];
            if (unit == '.' && !point) {
                point = true;
            } else if (unit >= '0' && unit <= '9') {
                any = true;
                digit(unit, point);
            } else {
                break;
            }
        }
        if (!any) {
            return false;
        }
        if (at < to && !exponent(text, at, to)) {
            return false;
        }
        while (count > 0 && digits[count - 1] == '0') {
            count--;
        }
        sign = count == 0 ? 0 : minus ? -1 : 1;
        if (count == 0) {
            magnitude = 0;
        }
        return true;
    }

    private void digit(char unit, boolean behindPoint) {
        if (count == 0 && unit == '0') {
            if (behindPoint) {
                magnitude--;
            }
            return;
        }
        digits[count++] = unit;
        if (!behindPoint) {
            magnitude++;
        }
    }

    private boolean exponent(char[] text, int from, int to) {
        int at = from;
        if (text[at] != 'e' && text[at] != 'E') {
            return false;
        }
        at++;
        boolean minus = false;
        if (at < to && (text[at] == '+' || text[at] == '-')) {
            minus = text[at] == '-';
            at++;
        }
        if (at == to) {
            return false;
        }
        for (int i = at; i < to; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return false;
            }
        }
        while (at < to && text[at] == '0') {
            at++;
        }
        if (to - at > LONG_DIGITS) {
            widen(text, at, to, minus);
            return true;
        }
        long exponent = 0;
        for (; at < to; at++) {
            exponent = exponent * 10 + (text[at] - '0');
        }
        magnitude += minus ? -exponent : exponent;
        if (magnitude >= LONG_LIMIT || magnitude <= -LONG_LIMIT) {
            long rest = Math.abs(magnitude);
            // Nineteen digits: the exponent's eighteen, and at most a few thousand more than that.
            for (int i = LONG_DIGITS; i >= 0; i--) {
                wide[i] = (char) ('0' + rest % 10);
                rest /= 10;
            }
            magnitude = magnitude < 0 ? -(WIDE + LONG_DIGITS + 1) : WIDE + LONG_DIGITS + 1;
        }
        return true;
    }

    /** Adds an exponent too long for a long to the magnitude. */
    private void widen(char[] text, int from, int to, boolean minus) {
        int room = to - from + 1;
        if (wide.length < room) {
            wide = new char[2 * room];
        }
        // The magnitude so far is a count of digits: far smaller, so the sum has the exponent's sign.
        long carry = minus ? -magnitude : magnitude;
        for (int i = room - 1; i >= 0; i--) {
            long digit = carry + (i == 0 ? 0 : text[from + i - 1] - '0');
            wide[i] = (char) ('0' + Math.floorMod(digit, 10L));
            carry = Math.floorDiv(digit, 10L);
        }
        int zeros = 0;
        while (wide[zeros] == '0') {
            zeros++;
        }
        int length = room - zeros;
        System.arraycopy(wide, zeros, wide, 0, length);
        long size = WIDE + length;
        if (length <= LONG_DIGITS) {
            size = 0;
            for (int i = 0; i < length; i++) {
                size = size * 10 + (wide[i] - '0');
            }
        }
        magnitude = minus ? -size : size;
    }

    /** Compares with a number whose digits stand in {@code pool}: negative, zero or positive. */
    int compare(int otherSign, long otherMagnitude, char[] pool, int start, int otherCount) {
        if (sign != otherSign) {
            return Integer.compare(sign, otherSign);
        }
        if (sign == 0) {
            return 0;
        }
        int compared = Long.compare(magnitude, otherMagnitude);
        if (compared == 0 && isWide()) {
            compared = compareWide(pool, start + otherCount);
        }
        if (compared == 0) {
            int shared = Math.min(count, otherCount);
            for (int i = 0; i < shared && compared == 0; i++) {
                compared = Character.compare(digits[i], pool[start + i]);
            }
            if (compared == 0) {
                compared = Integer.compare(count, otherCount);
            }
        }
        return sign * compared;
    }

    private boolean isWide() {
        return magnitude > LONG_LIMIT || magnitude < -LONG_LIMIT;
    }

    private int wideDigits() {
        return isWide() ? (int) (Math.abs(magnitude) - WIDE) : 0;
    }

    /** Of two wide magnitudes of one sign and length. */
    private int compareWide(char[] pool, int start) {
        int length = wideDigits();
        for (int i = 0; i < length; i++) {
            int compared = Character.compare(wide[i], pool[start + i]);
            if (compared != 0) {
                return magnitude < 0 ? -compared : compared;
            }
        }
        return 0;
    }

    /** The sign: -1, 0 or 1. */
    public int sign() {
        return sign;
    }

    /** The magnitude. */
    public long magnitude() {
        return magnitude;
    }

    /** How many digits there are, those of a wide magnitude not counted. */
    public int count() {
        return count;
    }

    /** The digits, then those of a wide magnitude; allocates. */
    public String digitText() {
        return new String(digits, 0, count) + (count == 0 ? "" : new String(wide, 0, wideDigits()));
    }
}
