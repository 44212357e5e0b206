package dev.portcullis.syntax;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The exact number that a text stands for in a Numeric operator (rules L97, L98): {@code 0.digits * 10^magnitude}.
 * Equal numbers are equal records, however they were written.
 *
 * @param sign -1, 0 or 1
 * @param digits without zeros at either end; empty for zero
 * @param magnitude power of ten; zero for zero
 */
public record NumberText(int sign, String digits, BigInteger magnitude) implements Comparable<NumberText> {

    private static final NumberText ZERO = new NumberText(0, "", BigInteger.ZERO);

    /**
     * Reads a number: optional sign, ASCII digits with an optional point, optional exponent. Empty for anything else,
     * {@code NaN} and {@code Infinity} included (rule L98).
     */
    public static Optional<NumberText> parse(String text) {
        int length = text.length();
        int at = 0;
        boolean negative = false;
        if (at < length && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        StringBuilder digits = new StringBuilder();
        int whole = -1;
        while (at < length && (isDigit(text.charAt(at)) || (text.charAt(at) == '.' && whole < 0))) {
            if (text.charAt(at) == '.') {
                whole = digits.length();
            } else {
                digits.append(text.charAt(at));
            }
            at++;
        }
        if (digits.isEmpty()) {
            return Optional.empty();
        }
        if (whole < 0) {
            whole = digits.length();
        }
        BigInteger exponent = BigInteger.ZERO;
        if (at < length) {
            Optional<BigInteger> read = exponent(text, at);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            exponent = read.get();
        }
        return Optional.of(normal(negative, digits, BigInteger.valueOf(whole).add(exponent)));
    }

    private static Optional<BigInteger> exponent(String text, int start) {
        if (text.charAt(start) != 'e' && text.charAt(start) != 'E') {
            return Optional.empty();
        }
        int at = start + 1;
        boolean negative = false;
        if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (at == text.length()) {
            return Optional.empty();
        }
        for (int i = at; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return Optional.empty();
            }
        }
        BigInteger exponent = new BigInteger(text.substring(at));
        return Optional.of(negative ? exponent.negate() : exponent);
    }

    private static NumberText normal(boolean negative, CharSequence digits, BigInteger magnitude) {
        int first = 0;
        int end = digits.length();
        while (first < end && digits.charAt(first) == '0') {
            first++;
        }
        while (end > first && digits.charAt(end - 1) == '0') {
            end--;
        }
        if (first == end) {
            return ZERO;
        }
        String significant = digits.subSequence(first, end).toString();
        return new NumberText(negative ? -1 : 1, significant, magnitude.subtract(BigInteger.valueOf(first)));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    @Override
    public int compareTo(NumberText other) {
        if (sign != other.sign) {
            return Integer.compare(sign, other.sign);
        }
        int larger = magnitude.compareTo(other.magnitude);
        if (larger == 0) {
            larger = digits.compareTo(other.digits);
        }
        return sign * larger;
    }
}
