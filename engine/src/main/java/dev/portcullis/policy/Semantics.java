package dev.portcullis.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the points are read on which AWS's documentation is silent or contradicts itself and no capture of live AWS
 * decides. Each is one {@link Point} with a default; everything else about the language is not a setting. Immutable.
 */
public final class Semantics {

    private static final Semantics DEFAULTS = new Semantics(defaultPoints());

    private final Set<Point> on;

    private Semantics(Set<Point> on) {
        this.on = Collections.unmodifiableSet(on);
    }

    /** Every point at its default. */
    public static Semantics defaults() {
        return DEFAULTS;
    }

    /** The same, but for one point. */
    public Semantics with(Point point, boolean value) {
        EnumSet<Point> points = EnumSet.noneOf(Point.class);
        points.addAll(on);
        if (value) {
            points.add(point);
        } else {
            points.remove(point);
        }
        return new Semantics(points);
    }

    /** Whether the point's reading is in force. */
    public boolean is(Point point) {
        return on.contains(point);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Semantics that && on.equals(that.on);
    }

    @Override
    public int hashCode() {
        return on.hashCode();
    }

    @Override
    public String toString() {
        return on.toString();
    }

    private static Set<Point> defaultPoints() {
        EnumSet<Point> points = EnumSet.noneOf(Point.class);
        for (Point point : Point.values()) {
            if (point.byDefault()) {
                points.add(point);
            }
        }
        return points;
    }

    /** A contested point, named by the reading that "on" stands for. */
    public enum Point {
        OPERATOR_NAMES_IGNORE_CASE("U3", false, "no AWS page states it; the grammar prints fixed literals"),
        EMPTY_CONDITION_HOLDS("U4", true, "`\"Condition\": {}` is said to have no effect on the policy"),
        EMPTY_VALUE_LIST_HOLDS("U5", false, "a positive plain operator with `[]`; AWS's text contradicts itself"),
        SHORT_ARNS_COMPLETED_EVERYWHERE("U8", false, "documented for identity-based policies only (L48)"),
        VARIABLES_IN_ARN_HEAD(
                "U9", true, "a variable in the first five fields of a resource; substituting is harmless"),
        UNRESOLVED_NOT_RESOURCE_FAILS_CLOSED(
                "U10", true, "an unresolved variable in NotResource: an Allow doesn't apply, a Deny does"),
        TRUST_POLICY_STAR_COUNTS("U11", true, "one page reports `\"Principal\": \"*\"` as an error, another takes it"),
        FOUR_DIGITS_ARE_A_YEAR("U17", true, "`2024` in a Date operator could be an epoch second"),
        VARIABLES_WITH_BOOL("U19", false, "two pages of three refuse them"),
        ARN_LIKE_STAR_MATCHES("U23", false, "`*` alone as value of an ARN operator is no ARN"),
        FOR_ANY_VALUE_IGNORES_IF_EXISTS(
                "L123", true, "of an absent key; only a secondary source says so, L121 alone would make it true"),
        UNRESOLVED_VALUE_SPOILS_CONDITION("U24", false, "an unresolved value equals nothing, the others still count"),
        WILDCARDS_IN_VARIABLE_VALUES("U25", false, "text that a variable brings in is literal"),
        IDENTITYSTORE_USER_ID_EITHER_WAY(
                "U26", true, "one page calls identitystore:UserId single-valued, data multivalued"),
        STAR_ENDING_A_FIELD_CROSSES_COLONS("U27", true, "documented (L43); anchoring every field under-matches a Deny"),
        EMPTY_NOT_LIST_HAS_NO_EFFECT("U29", true, "literal logic would make `\"NotAction\": []` mean everything"),
        DIRECT_GRANT_BYPASSES_SESSION_SILENCE("E17, E18, E21", true, "documented; contested by another implementer"),
        STAR_COVERS_SESSIONS_DIRECTLY("E20", true, "documented for users, analogy for sessions"),
        NOT_PRINCIPAL_NEEDS_WHOLE_CHAIN("E30", true, "the account, and a session's role, must be listed to be spared"),
        NOT_PRINCIPAL_ALLOW_GRANTS("E31", true, "supported once, now said not to be; a validator warns"),
        FEDERATED_USER_NEEDS_SESSION_POLICY("E40", true, "without one it has no identity permissions"),
        RCP_REACHES_SERVICES_AND_ANONYMOUS("E56", true, "implied by documented exemption patterns"),
        RCP_NEEDS_RESOURCE_TYPE("E59", false, "a capture shows an RCP reaching sqs:ListQueues"),
        ENDPOINT_ACCOUNT_COVERS_ITS_PRINCIPALS(
                "E86", true, "interface endpoints; gateway endpoints take the account's root user only"),
        ACCOUNT_GRANT_SUFFICES("S6", false, "only the policy simulator is that lenient"),
        BARE_ROLE_IS_A_SESSION("section 10.8", true, "AWS has no such caller; read as a session of the role");

        private final String rule;
        private final boolean byDefault;
        private final String reason;

        Point(String rule, boolean byDefault, String reason) {
            this.rule = rule;
            this.byDefault = byDefault;
            this.reason = reason;
        }

        /** The rule or uncertainty of {@code docs/semantics.md} that it settles. */
        public String rule() {
            return rule;
        }

        /** Whether it is on by default. */
        public boolean byDefault() {
            return byDefault;
        }

        /** Why the default is what it is. */
        public String reason() {
            return reason;
        }
    }
}
