package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.PolicyVersion;
import java.util.List;
import java.util.regex.Pattern;

/** Whether values have the form of a type, as the engine's own operators read them. */
final class TypedValues {

    private static final String KEY = "probe:value";
    private static final Pattern BASE64 =
            Pattern.compile("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?");

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
