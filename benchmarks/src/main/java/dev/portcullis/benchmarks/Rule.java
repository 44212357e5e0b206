package dev.portcullis.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement as {@link Naive} and {@link Indexed} keep it, and as the text that Portcullis reads.
 *
 * @param deny its effect
 * @param actions action patterns
 * @param resources resource patterns
 * @param tests conditions
 */
@SuppressWarnings("ArrayRecordComponent") // Read in loops that are timed, never compared.
record Rule(boolean deny, String[] actions, String[] resources, Test[] tests) {

    /**
     * One condition.
     *
     * @param operator name of one of the operators that {@link Naive} knows
     * @param key context key
     * @param values the values wanted
     */
    @SuppressWarnings("ArrayRecordComponent") // Read in loops that are timed, never compared.
    record Test(String operator, String key, String... values) {}

    /** The statement as JSON. */
    String json() {
        StringBuilder text = new StringBuilder("{\"Effect\":\"")
                .append(deny ? "Deny" : "Allow")
                .append("\",\"Action\":")
                .append(list(actions))
                .append(",\"Resource\":")
                .append(list(resources));
        if (tests.length > 0) {
            List<String> all = new ArrayList<>();
            for (Test test : tests) {
                all.add("\"" + test.operator() + "\":{\"" + test.key() + "\":" + list(test.values()) + "}");
            }
            text.append(",\"Condition\":{").append(String.join(",", all)).append('}');
        }
        return text.append('}').toString();
    }

    private static String list(String... texts) {
        return "[\"" + String.join("\",\"", texts) + "\"]";
    }

    /** A document of these statements. */
    static String document(List<Rule> rules) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":["
                + String.join(",", rules.stream().map(Rule::json).toList()) + "]}";
    }
}
