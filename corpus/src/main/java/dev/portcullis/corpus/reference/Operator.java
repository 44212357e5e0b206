package dev.portcullis.corpus.reference;

import java.util.Optional;

/** A condition operator, as its name says (rule L89). */
record Operator(Quantifier quantifier, Comparison comparison, boolean ifExists) {

    /** How a multivalued key's values are taken together (rules L128 to L133). */
    enum Quantifier {
        NONE,
        FOR_ALL_VALUES,
        FOR_ANY_VALUE
    }

    /** What a comparison reads. */
    enum Kind {
        STRING,
        NUMERIC,
        DATE,
        BOOL,
        BINARY,
        ADDRESS,
        ARN,
        NULL
    }

    /** The 27 base operators. */
    enum Comparison {
        STRING_EQUALS("StringEquals", Kind.STRING, false),
        STRING_NOT_EQUALS("StringNotEquals", Kind.STRING, true),
        STRING_EQUALS_IGNORE_CASE("StringEqualsIgnoreCase", Kind.STRING, false),
        STRING_NOT_EQUALS_IGNORE_CASE("StringNotEqualsIgnoreCase", Kind.STRING, true),
        STRING_LIKE("StringLike", Kind.STRING, false),
        STRING_NOT_LIKE("StringNotLike", Kind.STRING, true),
        NUMERIC_EQUALS("NumericEquals", Kind.NUMERIC, false),
        NUMERIC_NOT_EQUALS("NumericNotEquals", Kind.NUMERIC, true),
        NUMERIC_LESS_THAN("NumericLessThan", Kind.NUMERIC, false),
        NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals", Kind.NUMERIC, false),
        NUMERIC_GREATER_THAN("NumericGreaterThan", Kind.NUMERIC, false),
        NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals", Kind.NUMERIC, false),
        DATE_EQUALS("DateEquals", Kind.DATE, false),
        DATE_NOT_EQUALS("DateNotEquals", Kind.DATE, true),
        DATE_LESS_THAN("DateLessThan", Kind.DATE, false),
        DATE_LESS_THAN_EQUALS("DateLessThanEquals", Kind.DATE, false),
        DATE_GREATER_THAN("DateGreaterThan", Kind.DATE, false),
        DATE_GREATER_THAN_EQUALS("DateGreaterThanEquals", Kind.DATE, false),
        BOOL("Bool", Kind.BOOL, false),
        BINARY_EQUALS("BinaryEquals", Kind.BINARY, false),
        IP_ADDRESS("IpAddress", Kind.ADDRESS, false),
        NOT_IP_ADDRESS("NotIpAddress", Kind.ADDRESS, true),
        ARN_EQUALS("ArnEquals", Kind.ARN, false),
        ARN_NOT_EQUALS("ArnNotEquals", Kind.ARN, true),
        ARN_LIKE("ArnLike", Kind.ARN, false),
        ARN_NOT_LIKE("ArnNotLike", Kind.ARN, true),
        NULL("Null", Kind.NULL, false);

        private final String text;
        private final Kind kind;
        private final boolean negated;

        Comparison(String text, Kind kind, boolean negated) {
            this.text = text;
            this.kind = kind;
            this.negated = negated;
        }

        String text() {
            return text;
        }

        Kind kind() {
            return kind;
        }

        /** NOR over the values (rule L79), true when the key is absent (rule L84). */
        boolean negated() {
            return negated;
        }

        /** L93, L95, L115: the ...Like operators, and ArnEquals too. */
        boolean wildcards() {
            return this == STRING_LIKE || this == STRING_NOT_LIKE || kind == Kind.ARN;
        }
    }

    /**
     * Reads a name.
     *
     * @param ignoreCase whether letter case counts (U3)
     */
    static Optional<Operator> of(String name, boolean ignoreCase) {
        String rest = name;
        Quantifier quantifier = Quantifier.NONE;
        if (starts(rest, "ForAllValues:", ignoreCase)) {
            quantifier = Quantifier.FOR_ALL_VALUES;
            rest = rest.substring("ForAllValues:".length());
        } else if (starts(rest, "ForAnyValue:", ignoreCase)) {
            quantifier = Quantifier.FOR_ANY_VALUE;
            rest = rest.substring("ForAnyValue:".length());
        }
        int base = rest.length() - "IfExists".length();
        boolean ifExists = base >= 0 && starts(rest.substring(base), "IfExists", ignoreCase);
        if (ifExists) {
            rest = rest.substring(0, base);
        }
        for (Comparison comparison : Comparison.values()) {
            if (comparison.text().length() == rest.length() && starts(rest, comparison.text(), ignoreCase)) {
                // L127: there is no NullIfExists.
                boolean legal = comparison != Comparison.NULL || !ifExists;
                return legal ? Optional.of(new Operator(quantifier, comparison, ifExists)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean starts(String text, String start, boolean ignoreCase) {
        return ignoreCase ? Letters.lowerAscii(text).startsWith(Letters.lowerAscii(start)) : text.startsWith(start);
    }
}
