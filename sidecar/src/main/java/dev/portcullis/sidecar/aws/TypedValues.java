package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.PolicyVersion;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Whether values have the form of a type, as the engine's own operators read them. */
final class TypedValues {

    private static final String KEY = "probe:value";
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

    private static final int LONGEST_NUMBER = 1_000;
    private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,3}|-?[0-9]{5,18}");
    private static final DateTimeFormatter DATE = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM[-dd['T'HH:mm[:ss]]]")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX]")
            .parseDefaulting(ChronoField.DAY_OF_MONTH, 1)
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT);

    /** Each number and each date is on one side or the other. */
    private static final ConditionProbe PROBE = new ConditionProbe(List.of(
            asked("NumericLessThan", "0"),
            asked("NumericGreaterThanEquals", "0"),
            asked("DateLessThan", "2000-01-01T00:00:00Z"),
            asked("DateGreaterThanEquals", "2000-01-01T00:00:00Z"),
            asked("IpAddress", "0.0.0.0/0", "::/0")));

    private TypedValues() {}

    private static ConditionProbe.Asked asked(String operator, String... values) {
        return new ConditionProbe.Asked(PolicyVersion.V2012_10_17, operator, KEY, List.of(values));
    }

    static boolean isNumber(String value) {
        return holds(0, value) || holds(1, value);
    }

    static boolean isDate(String value) {
        return holds(2, value) || holds(3, value);
    }

    /** A number's text: digits as given, without what doesn't count before them. Endless ones stay. */
    static String numberText(String number) {
        try {
            return number.length() > LONGEST_NUMBER ? number : new BigDecimal(number).toString();
        } catch (NumberFormatException e) {
            return number;
        }
    }

    /** A date's text: in UTC, to the millisecond. Four digits alone may be a year or seconds: they stay. */
    static String dateText(String date) {
        try {
            Instant moment = SECONDS.matcher(date).matches()
                    ? Instant.ofEpochSecond(Long.parseLong(date))
                    : DATE.parse(date, OffsetDateTime::from).toInstant();
            return TEXT.format(moment.atOffset(ZoneOffset.UTC));
        } catch (DateTimeException | NumberFormatException e) {
            return date;
        }
    }

    static boolean isAddress(String value) {
        return holds(4, value);
    }

    static boolean isBase64(String value) {
        return BASE64.matcher(value).matches();
    }

    private static boolean holds(int index, String value) {
        SimulatedContext context = new SimulatedContext();
        context.give(KEY, List.of(value), false);
        return PROBE.holds(index, context);
    }
}
