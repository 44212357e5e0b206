package dev.portcullis.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A condition operator: {@code [ForAllValues: | ForAnyValue:] comparison [IfExists]} (rule L89).
 *
 * @param quantifier how the request's values are combined
 * @param comparison what is compared, and how
 * @param ifExists whether an absent key satisfies the condition (rule L121)
 */
public record ConditionOperator(Quantifier quantifier, Comparison comparison, boolean ifExists) {

    private static final String IF_EXISTS = "IfExists";
    private static final Map<String, ConditionOperator> BY_NAME = new HashMap<>();

    static {
        for (Quantifier quantifier : Quantifier.values()) {
            for (Comparison comparison : Comparison.values()) {
                add(new ConditionOperator(quantifier, comparison, false));
                if (comparison != Comparison.NULL) {
                    add(new ConditionOperator(quantifier, comparison, true));
                }
            }
        }
    }

    private static void add(ConditionOperator operator) {
        BY_NAME.put(operator.text(), operator);
    }

    /** Reads an operator's name, exactly as AWS spells it (rule L89, U3). Empty when there is no such operator. */
    public static Optional<ConditionOperator> parse(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The operator's name as AWS spells it. */
    public String text() {
        return quantifier.prefix() + comparison.text() + (ifExists ? IF_EXISTS : "");
    }

    @Override
    public String toString() {
        return text();
    }

    /** How the values of a multivalued key are combined (rules L128 to L133). */
    public enum Quantifier {
        NONE(""),
        FOR_ALL_VALUES("ForAllValues:"),
        FOR_ANY_VALUE("ForAnyValue:");

        private final String prefix;

        Quantifier(String prefix) {
            this.prefix = prefix;
        }

        /** What stands before the operator's name. */
        public String prefix() {
            return prefix;
        }
    }

    /** What kind of values a comparison reads. */
    public enum Family {
        STRING,
        NUMERIC,
        DATE,
        BOOL,
        BINARY,
        IP,
        ARN,
        NULL
    }

    /** The base operators (sections 5.2 to 5.9 of the semantics). */
    public enum Comparison {
        STRING_EQUALS("StringEquals", Family.STRING, false),
        STRING_NOT_EQUALS("StringNotEquals", Family.STRING, true),
        STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Family.STRING, false),
        STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Family.STRING, true),
        STRING_LIKE("StringLike", Family.STRING, false),
        STRING_NOT_LIKE("StringNotLike", Family.STRING, true),
        NUMERIC_EQUALS("NumericEquals", Family.NUMERIC, false),
        NUMERIC_NOT_EQUALS("NumericNotEquals", Family.NUMERIC, true),
        NUMERIC_LESS_THAN("NumericLessThan", Family.NUMERIC, false),
        NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Family.NUMERIC, false),
        NUMERIC_GREATER_THAN("NumericGreaterThan", Family.NUMERIC, false),
        NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Family.NUMERIC, false),
        DATE_EQUALS("DateEquals", Family.DATE, false),
        DATE_NOT_EQUALS("DateNotEquals", Family.DATE, true),
        DATE_LESS_THAN("DateLessThan", Family.DATE, false),
        DATE_LESS_THAN_EQUALS("DateLessThanEquals", Family.DATE, false),
        DATE_GREATER_THAN("DateGreaterThan", Family.DATE, false),
        DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Family.DATE, false),
        BOOL("Bool", Family.BOOL, false),
        BINARY_EQUALS("BinaryEquals", Family.BINARY, false),
        IP_ADDRESS("IpAddress", Family.IP, false),
        NOT_IP_ADDRESS("NotIpAddress", Family.IP, true),
        ARN_EQUALS("ArnEquals", Family.ARN, false),
        ARN_NOT_EQUALS("ArnNotEquals", Family.ARN, true),
        ARN_LIKE("ArnLike", Family.ARN, false),
        ARN_NOT_LIKE("ArnNotLike", Family.ARN, true),
        NULL("Null", Family.NULL, false);

        private final String text;
        private final Family family;
        private final boolean negated;

        Comparison(String text, Family family, boolean negated) {
            this.text = text;
            this.family = family;
            this.negated = negated;
        }

        /** The name as AWS spells it. */
        public String text() {
            return text;
        }

        /** What kind of values it reads. */
        public Family family() {
            return family;
        }

        /** Whether it is the negation of another: NOR over the values, true when the key is absent (L79, L84). */
        public boolean negated() {
            return negated;
        }

        /** Whether {@code *} and {@code ?} are wildcards in its values (rules L93, L95, L115). */
        public boolean wildcards() {
            return this == STRING_LIKE || this == STRING_NOT_LIKE || family == Family.ARN;
        }

        /** Whether policy variables are substituted in its values (rules L137, L148). */
        public boolean variables() {
            return family == Family.STRING || family == Family.ARN;
        }
    }
}
