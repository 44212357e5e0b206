package dev.portcullis.corpus.reference;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * An instant of the Date operators, in whole milliseconds since 1970 (rules L100 to L103). An ISO text reads {@code
 * YYYY[-MM[-DD[Thh:mm[:ss[.s]][zone]]]]}, where the zone is {@code Z} or {@code ±hh:mm} and UTC when it is left out; an
 * epoch reads as seconds, {@code [+]digits}, up to 2^63 - 1.
 */
public record PointInTime(BigInteger milliseconds) implements Comparable<PointInTime> {

    private static final BigInteger LAST_SECOND = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);

    /**
     * Reads a date.
     *
     * @param fourDigitsAreAYear how {@code 2024} is read (U17)
     */
    public static Optional<PointInTime> of(String text, boolean fourDigitsAreAYear) {
        boolean plainYear = text.length() == 4 && Digits.all(text) && fourDigitsAreAYear;
        String seconds = text.startsWith("+") ? text.substring(1) : text;
        if (Digits.all(seconds) && !plainYear) {
            return epoch(seconds);
        }
        return iso(text);
    }

    /** The same in whole seconds; empty when that is too far in the future for one. */
    public Optional<Instant> instant() {
        BigInteger seconds = milliseconds.subtract(milliseconds.mod(THOUSAND)).divide(THOUSAND);
        boolean far = seconds.compareTo(BigInteger.valueOf(Instant.MAX.getEpochSecond())) > 0;
        return far ? Optional.empty() : Optional.of(Instant.ofEpochSecond(seconds.longValueExact()));
    }

    private static Optional<PointInTime> epoch(String digits) {
        BigInteger seconds = new BigInteger(digits);
        return seconds.compareTo(LAST_SECOND) > 0
                ? Optional.empty()
                : Optional.of(new PointInTime(seconds.multiply(THOUSAND)));
    }

    private static Optional<PointInTime> iso(String text) {
        Cursor cursor = new Cursor(text);
        int year = cursor.digits(4);
        int month = 1;
        int day = 1;
        long secondOfDay = 0;
        int millisecond = 0;
        int offset = 0;
        if (cursor.take('-')) {
            month = cursor.digits(2);
            if (cursor.take('-')) {
                day = cursor.digits(2);
                if (cursor.take('T')) {
                    secondOfDay = cursor.hoursAndMinutes() * 60L;
                    if (cursor.take(':')) {
                        secondOfDay += cursor.limited(59);
                        if (cursor.take('.')) {
                            millisecond = cursor.fraction();
                        }
                    }
                    offset = cursor.zone();
                }
            }
        }
        if (!cursor.finished() || month < 1 || month > 12 || day < 1 || day > daysOf(month, year)) {
            return Optional.empty();
        }
        long seconds = dayNumber(year, month, day) * 86_400 + secondOfDay - offset * 60L;
        return Optional.of(new PointInTime(BigInteger.valueOf(seconds * 1000 + millisecond)));
    }

    private static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    private static int daysOf(int month, int year) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** Days since 1970-01-01, counted one year and one month after the other. */
    private static long dayNumber(int year, int month, int day) {
        long days = day - 1L;
        for (int m = 1; m < month; m++) {
            days += daysOf(m, year);
        }
        for (int y = 1970; y < year; y++) {
            days += isLeap(y) ? 366 : 365;
        }
        for (int y = year; y < 1970; y++) {
            days -= isLeap(y) ? 366 : 365;
        }
        return days;
    }

    @Override
    public int compareTo(PointInTime other) {
        return milliseconds.compareTo(other.milliseconds);
    }

    /** Reads the pieces of an ISO text; once something is wrong it stays wrong. */
    private static final class Cursor {

        private final String text;
        private int at;
        private boolean wrong;

        Cursor(String text) {
            this.text = text;
        }

        boolean finished() {
            return !wrong && at == text.length();
        }

        boolean take(char wanted) {
            boolean found = at < text.length() && text.charAt(at) == wanted;
            if (found) {
                at++;
            }
            return found;
        }

        int digits(int count) {
            int end = at + count;
            if (end > text.length() || !Digits.all(text.substring(at, end))) {
                wrong = true;
                return 0;
            }
            int value = Digits.valueUpTo(10_000, text.substring(at, end));
            at = end;
            return value;
        }

        int limited(int greatest) {
            int value = digits(2);
            wrong = wrong || value > greatest;
            return value;
        }

        /** {@code hh:mm}, in minutes. */
        int hoursAndMinutes() {
            int hours = limited(23);
            wrong = wrong || !take(':');
            return hours * 60 + limited(59);
        }

        /** The digits of a fraction, as milliseconds; what follows the third is cut (rule L101, live). */
        int fraction() {
            int start = at;
            int value = 0;
            while (at < text.length() && Digits.isDigit(text.charAt(at))) {
                if (at - start < 3) {
                    value = value * 10 + (text.charAt(at) - '0');
                }
                at++;
            }
            int count = at - start;
            wrong = wrong || count == 0;
            return count == 1 ? value * 100 : count == 2 ? value * 10 : value;
        }

        /** The zone, in minutes east of UTC; none means UTC (rule L101, live). */
        int zone() {
            if (take('+')) {
                return hoursAndMinutes();
            }
            if (take('-')) {
                return -hoursAndMinutes();
            }
            take('Z');
            return 0;
        }
    }
}
