package dev.portcullis.automaton;

/**
 * A date as the Date operators read it (rules L101 to L103): the W3C profile of ISO 8601, or seconds since 1970 with an
 * optional plus sign; both to whole milliseconds, further digits cut off. Reused; one thread.
 *
 * <pre>
 *   YYYY   YYYY-MM   YYYY-MM-DD   YYYY-MM-DDThh:mm[zone]   …:ss[zone]   …:ss.s+[zone]     zone = Z | ±hh:mm
 * </pre>
 *
 * A date-time without zone is UTC; missing parts mean the start of that year, month or day in UTC. Four digits alone are
 * a year (U17, one setting). Seconds and milliseconds are kept apart: seconds may reach 2^63 - 1.
 */
public final class DateTime {

    private static final int DAYS_BEFORE_1970 = 719_468;

    /** Seconds since 1970. */
    long seconds;
    /** 0 to 999. */
    int millis;

    /** Seconds since 1970. */
    public long seconds() {
        return seconds;
    }

    /** Milliseconds of the second, 0 to 999. */
    public int millis() {
        return millis;
    }

    /** Reads a date; false if the text is none. */
    public boolean read(char[] text, int from, int to, boolean fourDigitsAreYear) {
        seconds = 0;
        millis = 0;
        int start = from < to && text[from] == '+' ? from + 1 : from;
        if (start == to) {
            return false;
        }
        for (int at = start; at < to; at++) {
            if (!isDigit(text[at])) {
                return iso(text, from, to);
            }
        }
        boolean year = start == from && to == from + 4;
        return (year && fourDigitsAreYear) ? day(number(text, from, to), 1, 1) : epoch(text, start, to);
    }

    private boolean epoch(char[] text, int from, int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            int digit = text[at] - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return false;
            }
            value = value * 10 + digit;
        }
        seconds = value;
        return true;
    }

    private boolean iso(char[] text, int from, int to) {
        int length = to - from;
        if (length < 7 || !digits(text, from, 4) || text[from + 4] != '-' || !digits(text, from + 5, 2)) {
            return false;
        }
        int year = number(text, from, from + 4);
        int month = number(text, from + 5, from + 7);
        if (length == 7) {
            return day(year, month, 1);
        }
        if (length < 10
                || text[from + 7] != '-'
                || !digits(text, from + 8, 2)
                || !day(year, month, number(text, from + 8, from + 10))) {
            return false;
        }
        if (length == 10) {
            return true;
        }
        return length >= 16 && text[from + 10] == 'T' && text[from + 13] == ':' && time(text, from + 11, to);
    }

    /** {@code hh:mm[:ss[.s+]][zone]} on the day read before. */
    private boolean time(char[] text, int from, int to) {
        if (!digits(text, from, 2) || !digits(text, from + 3, 2)) {
            return false;
        }
        int hour = number(text, from, from + 2);
        int minute = number(text, from + 3, from + 5);
        int second = 0;
        int at = from + 5;
        if (at < to && text[at] == ':') {
            if (to - at < 3 || !digits(text, at + 1, 2)) {
                return false;
            }
            second = number(text, at + 1, at + 3);
            at += 3;
            if (at < to && text[at] == '.') {
                int first = ++at;
                int scale = 100;
                for (; at < to && isDigit(text[at]); at++) {
                    millis += scale * (text[at] - '0');
                    scale /= 10;
                }
                if (at == first) {
                    return false;
                }
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            return false;
        }
        seconds += (hour * 60L + minute) * 60 + second;
        return zone(text, at, to);
    }

    /** {@code Z}, {@code ±hh:mm}, or none. */
    private boolean zone(char[] text, int at, int to) {
        if (at == to || (text[at] == 'Z' && at + 1 == to)) {
            return true;
        }
        if (to - at != 6
                || (text[at] != '+' && text[at] != '-')
                || !digits(text, at + 1, 2)
                || text[at + 3] != ':'
                || !digits(text, at + 4, 2)) {
            return false;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 4, at + 6);
        if (hours > 23 || minutes > 59) {
            return false;
        }
        long offset = (hours * 60L + minutes) * 60;
        seconds -= text[at] == '-' ? -offset : offset;
        return true;
    }

    /** Start of a day of the proleptic Gregorian calendar, days counted from 1 March of year 0. */
    private boolean day(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
            return false;
        }
        int shifted = month > 2 ? year : year - 1;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        seconds = (era * 146_097L + dayOfEra - DAYS_BEFORE_1970) * 86_400L;
        return true;
    }

    /** Compares with another instant: negative, zero or positive. */
    int compare(long otherSeconds, long otherMillis) {
        int compared = Long.compare(seconds, otherSeconds);
        return compared != 0 ? compared : Long.compare(millis, otherMillis);
    }

    private static int daysOf(int year, int month) {
        if (month == 2) {
            return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }

    private static boolean isDigit(char unit) {
        return unit >= '0' && unit <= '9';
    }

    private static boolean digits(char[] text, int from, int count) {
        for (int at = from; at < from + count; at++) {
            if (!isDigit(text[at])) {
                return false;
            }
        }
        return true;
    }

    private static int number(char[] text, int from, int to) {
        int value = 0;
        for (int at = from; at < to; at++) {
            value = value * 10 + (text[at] - '0');
        }
        return value;
    }
}
