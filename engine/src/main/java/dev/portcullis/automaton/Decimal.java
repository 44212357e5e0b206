package dev.portcullis.automaton;

/**
 * A decimal number read exactly (rule L98): {@code sign * 0.d1d2d3… * 10^magnitude}, the digits without zeros at either
 * end. Two numbers are compared digit by digit, so no precision is ever lost and nothing is allocated. Reused; one
 * thread.
 */
public final class Decimal {

    /** Larger exponents are read as this large: no two numbers that differ fit into one document. */
    private static final long EXPONENT_CEILING = 1L << 48;

    /** -1, 0 or 1. */
    int sign;
    /** Place of the first digit: 1 for 1 to 9, 2 for 10 to 99, 0 for 0.1 to 0.9 … */
    long magnitude;

    int count;
    char[] digits = new char[64];

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
        long exponent = 0;
        for (; at < to; at++) {
            char unit = text[at];
            if (unit < '0' || unit > '9') {
                return false;
            }
            exponent = Math.min(EXPONENT_CEILING, exponent * 10 + (unit - '0'));
        }
        magnitude += minus ? -exponent : exponent;
        return true;
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

    /** The sign: -1, 0 or 1. */
    public int sign() {
        return sign;
    }

    /** The magnitude. */
    public long magnitude() {
        return magnitude;
    }

    /** The digits; allocates. */
    public String digitText() {
        return new String(digits, 0, count);
    }
}
