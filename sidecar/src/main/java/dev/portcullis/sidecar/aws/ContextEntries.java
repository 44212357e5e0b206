package dev.portcullis.sidecar.aws;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Reads {@code ContextEntries}. */
final class ContextEntries {

    private static final int SHORTEST_NAME = 5;
    private static final int LONGEST_NAME = 256;
    private static final String LIST = "List";

    /** A type of values: which it takes, what the refusal of others says, and which text they become (captured). */
    private record Type(Predicate<String> takes, String expected, UnaryOperator<String> text) {

        private Type(Predicate<String> takes, String expected) {
            this(takes, expected, value -> value);
        }
    }

    /** Boolean values are never refused (section 4.1). */
    private static final Map<String, Type> TYPES = Map.of(
            "string", new Type(value -> true, ""),
            "boolean", new Type(value -> true, ""),
            "numeric", new Type(TypedValues::isNumber, "numeric format", TypedValues::numberText),
            "date", new Type(TypedValues::isDate, "DateTime format", TypedValues::dateText),
            "ip", new Type(TypedValues::isAddress, "IP address"),
            "binary", new Type(TypedValues::isBase64, "base-64 encoded binary format"));

    private ContextEntries() {}

    static SimulatedContext read(QueryForm form) throws AwsError {
        SimulatedContext context = new SimulatedContext();
        List<String> members = form.members("ContextEntries");
        for (int i = 0; i < members.size(); i++) {
            read(form, members.get(i), "contextEntries." + (i + 1) + ".member.", context);
        }
        return context;
    }

    private static void read(QueryForm form, String member, String field, SimulatedContext context) throws AwsError {
        String name = form.rawValue(member + ".ContextKeyName")
                .orElseThrow(() -> AwsError.invalidInput("ContextKeyName cannot be null or empty."));
        if (name.length() < SHORTEST_NAME) {
            throw AwsError.validation(
                    field + "contextKeyName", "Member must have length greater than or equal to " + SHORTEST_NAME);
        }
        if (name.length() > LONGEST_NAME) {
            throw AwsError.validation(
                    field + "contextKeyName", "Member must have length less than or equal to " + LONGEST_NAME);
        }
        List<String> values = form.list(member + ".ContextKeyValues");
        String type = form.rawValue(member + ".ContextKeyType")
                .orElseThrow(() -> AwsError.invalidInput("Context key " + name + " has invalid type null."));
        boolean multivalued = type.endsWith(LIST);
        Type wanted = TYPES.get(multivalued ? type.substring(0, type.length() - LIST.length()) : type);
        if (wanted == null) {
            throw AwsError.validation(
                    field + "contextKeyType",
                    "Member must satisfy enum value set: [binary, ipList, booleanList, ip, boolean, numericList,"
                            + " dateList, numeric, date, stringList, string, binaryList]");
        }
        if (values.isEmpty()) {
            throw AwsError.invalidInput("Context values for context key " + name + " cannot be null or empty.");
        }
        if (!multivalued && values.size() != 1) {
            throw AwsError.invalidInput(
                    "Context key " + type + " expected a single value, but received " + values.size() + ".");
        }
        for (String value : values) {
            if (!wanted.takes().test(value)) {
                throw AwsError.invalidInput(
                        "Invalid context value for key " + name + ": expected " + wanted.expected() + ".");
            }
        }
        if (!context.give(name, values.stream().map(wanted.text()).toList(), multivalued)) {
            throw AwsError.invalidInput("Duplicate context key: " + name + ".");
        }
    }
}
