package dev.portcullis.syntax;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The instant that a text stands for in a Date operator, in whole milliseconds (rules L100 to L103).
 *
 * @param second seconds since 1970-01-01T00:00:00Z
 * @param millisecond 0 to 999, added to {@code second}; further digits are cut
 */
public record DateText(long second, int millisecond) implements Comparable<DateText> {

    // The W3C profile of ISO 8601; a time without zone is UTC.
    private static final Pattern ISO = Pattern.compile("(\\d{4})(?:-(\\d{2})(?:-(\\d{2})"
            + "(?:T(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d+))?)?(Z|[+-]\\d{2}:\\d{2})?)?)?)?");

    private static final Pattern EPOCH = Pattern.compile("\\+?0*(\\d{1,19})");

    private static final long SECONDS_A_MINUTE = 60;

    /**
     * Reads a date. Forms: {@code YYYY}, {@code YYYY-MM}, {@code YYYY-MM-DD}, {@code YYYY-MM-DDThh:mm},
     * {@code …:ss}, {@code …:ss.s…}, each with a time also with {@code Z} or {@code ±hh:mm}; or seconds since 1970, 0 to
     * 2^63-1, also with a leading {@code +}. Four digits alone are a year (U17). Empty for anything else.
     */
    public static Optional<DateText> parse(String text) {
        if (isEpoch(text)) {
            return epoch(text);
        }
        Matcher matcher = ISO.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(matcher, 1, 1), number(matcher, 2, 1), number(matcher, 3, 1));
            LocalTime time = LocalTime.of(number(matcher, 4, 0), number(matcher, 5, 0), number(matcher, 6, 0));
            Optional<Long> offset = offsetSeconds(matcher.group(8));
            return offset.map(
                    seconds -> new DateText(day.toEpochSecond(time, ZoneOffset.UTC) - seconds, millisecond(matcher)));
        } catch (DateTimeException e) {
            return Optional.empty(); // no such day or time
        }
    }

    /** Whether the text is written as seconds since 1970: a number that is not four digits. */
    public static boolean isEpoch(String text) {
        int start = text.startsWith("+") ? 1 : 0;
        return digitsFrom(text, start) && (start == 1 || text.length() != 4);
    }

    private static boolean digitsFrom(String text, int start) {
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return start < text.length();
    }

    private static Optional<DateText> epoch(String text) {
        Matcher matcher = EPOCH.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new DateText(Long.parseLong(matcher.group(1)), 0));
        } catch (NumberFormatException e) {
            return Optional.empty(); // 2^63 and above
        }
    }

    private static int number(Matcher matcher, int group, int absent) {
        String digits = matcher.group(group);
        return digits == null ? absent : Integer.parseInt(digits);
    }

    private static int millisecond(Matcher matcher) {
        String fraction = matcher.group(7);
        return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
    }

    private static Optional<Long> offsetSeconds(String zone) {
        if (zone == null || zone.equals("Z")) {
            return Optional.of(0L);
        }
        int hours = Integer.parseInt(zone.substring(1, 3));
        int minutes = Integer.parseInt(zone.substring(4, 6));
        if (hours > 23 || minutes > 59) {
            return Optional.empty();
        }
        long seconds = (hours * SECONDS_A_MINUTE + minutes) * SECONDS_A_MINUTE;
        return Optional.of(zone.charAt(0) == '-' ? -seconds : seconds);
    }

    @Override
    public int compareTo(DateText other) {
        int bySecond = Long.compare(second, other.second);
        return bySecond != 0 ? bySecond : Integer.compare(millisecond, other.millisecond);
    }
}
