package dev.portcullis.corpus.reference;

import java.math.BigInteger;
import java.util.Optional;

/**
 * A number of the Numeric operators, exact whatever its length (rule L98): {@code sign * 0.digits * 10^exponent}, where
 * the digits neither begin nor end with a zero. Zero has no digits.
 */
record DecimalNumber(int sign, String digits, BigInteger exponent) implements Comparable<DecimalNumber> {

    private static final DecimalNumber ZERO = new DecimalNumber(0, "", BigInteger.ZERO);

    /** Reads {@code [+-] digits [.digits] [e [+-] digits]}; at least one digit before the exponent. */
    static Optional<DecimalNumber> of(String text) {
        int at = 0;
        int sign = 1;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            sign = text.charAt(at) == '-' ? -1 : 1;
            at++;
        }
        int whole = endOfDigits(text, at);
        String digits = text.substring(at, whole);
        int pointAt = digits.length();
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            int end = endOfDigits(text, at + 1);
            digits += text.substring(at + 1, end);
            at = end;
        }
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        BigInteger exponent = BigInteger.valueOf(pointAt);
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            boolean negative = at < text.length() && text.charAt(at) == '-';
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int end = endOfDigits(text, at);
            if (end == at) {
                return Optional.empty();
            }
            BigInteger shift = new BigInteger(text.substring(at, end));
            exponent = negative ? exponent.subtract(shift) : exponent.add(shift);
            at = end;
        }
        return at == text.length() ? Optional.of(normal(sign, digits, exponent)) : Optional.empty();
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && Digits.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static DecimalNumber normal(int sign, String digits, BigInteger exponent) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        int end = digits.length();
        while (end > start && digits.charAt(end - 1) == '0') {
            end--;
        }
        if (start == end) {
            return ZERO;
        }
        return new DecimalNumber(sign, digits.substring(start, end), exponent.subtract(BigInteger.valueOf(start)));
    }

    @Override
    public int compareTo(DecimalNumber other) {
        if (sign != other.sign) {
            return Integer.compare(sign, other.sign);
        }
        int size = exponent.compareTo(other.exponent);
        if (size == 0) {
            // Both are 0.digits: the order of the texts is the order of the numbers.
            size = digits.compareTo(other.digits);
        }
        return sign * size;
    }
}
