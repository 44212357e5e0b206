package dev.portcullis.syntax;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import dev.portcullis.syntax.GlobalConditionKeys.GlobalKey;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is sound but questionable in one statement's conditions, as far as global keys and operators tell (section 8). */
final class ConditionLint {

    /** Keys that say who or whose; a loose value lets in strangers (rule L154). */
    private static final Set<String> SENSITIVE = Set.of(
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:resourceaccount",
            "aws:resourceorgid",
            "aws:sourceaccount",
            "aws:sourceorgid",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:vpceaccount",
            "aws:vpceorgid");

    /** Keys whose value is whatever the caller sends (section 7). */
    private static final Set<String> FORGEABLE = Set.of("aws:referer", "aws:useragent");

    private static final Set<String> SERVICE_NAMES = Set.of(
            "aws:principalservicename",
            "aws:principalservicenameslist",
            "aws:calledvia",
            "aws:calledviafirst",
            "aws:calledvialast");

    private static final Pattern SERVICE_PRINCIPAL =
            Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)*\\.amazonaws\\.(com|com\\.cn|eu)");
    private static final Pattern VPC = Pattern.compile("vpc-([0-9a-f]{8}|[0-9a-f]{17})");
    private static final Pattern VPC_ENDPOINT = Pattern.compile("vpce-([0-9a-f]{8}|[0-9a-f]{17})");

    private final Findings findings;

    ConditionLint(Findings findings) {
        this.findings = findings;
    }

    void check(Statement statement) {
        Set<String> keys = new HashSet<>();
        for (Condition condition : statement.conditions()) {
            keys.add(GlobalConditionKeys.folded(condition.key()));
            check(statement.effect(), condition);
        }
        for (Condition condition : statement.conditions()) {
            checkPair(condition, keys);
        }
    }

    private void check(Effect effect, Condition condition) {
        Comparison comparison = condition.operator().comparison();
        if (comparison.family() == Family.NULL) {
            checkNull(condition);
            return;
        }
        GlobalConditionKeys.find(condition.key()).ifPresent(key -> {
            checkType(condition, key);
            checkQuantifier(effect, condition, key);
        });
        String key = GlobalConditionKeys.folded(condition.key());
        if (FORGEABLE.contains(key)) {
            findings.securityWarning(
                    "UNTRUSTWORTHY_CONDITION_KEY",
                    condition.keySpan(),
                    "callers set `" + condition.key() + "` as they like",
                    "use a key that AWS sets");
        }
        if (SENSITIVE.contains(key)) {
            checkSensitive(effect, condition);
        }
        checkFormat(key, condition);
        checkStar(condition);
        checkBounds(condition);
        if (key.equals("aws:sourceip")) {
            PrivateAddresses.check(condition, findings);
        }
    }

    private void checkNull(Condition condition) {
        Quantifier quantifier = condition.operator().quantifier();
        if (quantifier != Quantifier.NONE) {
            findings.suggestion(
                    "NULL_WITH_QUALIFIER",
                    condition.keySpan(),
                    "`" + condition.operator().text() + "` "
                            + (quantifier == Quantifier.FOR_ALL_VALUES ? "always" : "never") + " holds",
                    "write `Null`");
        }
    }

    private void checkType(Condition condition, GlobalKey key) {
        Comparison comparison = condition.operator().comparison();
        if (key.is(comparison.family())) {
            return;
        }
        if (key.is(Family.ARN) && comparison.family() == Family.STRING) {
            if (comparison.wildcards()) {
                findings.securityWarning(
                        "STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS",
                        condition.keySpan(),
                        "in `" + comparison.text() + "` a wildcard runs on over the fields of the ARN `"
                                + condition.key() + "`",
                        "write `" + (comparison.negated() ? "ArnNotLike" : "ArnLike") + "`");
            }
            return;
        }
        findings.warning(
                "TYPE_MISMATCH",
                condition.keySpan(),
                "`" + comparison.text() + "` compares " + plural(comparison.family()) + ", and `" + condition.key()
                        + "` is " + type(key));
    }

    private static String plural(Family family) {
        return switch (family) {
            case STRING -> "strings";
            case NUMERIC -> "numbers";
            case DATE -> "dates";
            case BOOL -> "Booleans";
            case BINARY -> "binary values";
            case IP -> "IP addresses";
            case ARN -> "ARNs";
            case NULL -> "presence";
        };
    }

    private static String type(GlobalKey key) {
        if (key.types().size() > 1) {
            return "a date or a number";
        }
        return switch (key.types().iterator().next()) {
            case NUMERIC -> "a number";
            case DATE -> "a date";
            case BOOL -> "a Boolean";
            case IP -> "an IP address";
            case ARN -> "an ARN";
            default -> "a string";
        };
    }

    private void checkQuantifier(Effect effect, Condition condition, GlobalKey key) {
        Quantifier quantifier = condition.operator().quantifier();
        if (key.multivalued() && quantifier == Quantifier.NONE) {
            findings.warning(
                    "MISSING_QUALIFIER",
                    condition.keySpan(),
                    "`" + condition.key() + "` has many values: without `ForAllValues:` or `ForAnyValue:` the condition"
                            + " fails whenever the key is present",
                    "put one before `" + condition.operator().text() + "`");
        }
        if (!key.multivalued() && quantifier == Quantifier.FOR_ALL_VALUES && effect == Effect.ALLOW) {
            findings.securityWarning(
                    "FORALLVALUES_WITH_SINGLE_VALUED_KEY",
                    condition.keySpan(),
                    "`ForAllValues:` holds where `" + condition.key() + "` is absent",
                    "`" + condition.key() + "` has one value: write `"
                            + condition.operator().comparison().text() + "`");
        }
    }

    private void checkSensitive(Effect effect, Condition condition) {
        boolean widens =
                (effect == Effect.ALLOW) != condition.operator().comparison().negated();
        if (!widens) {
            return;
        }
        for (ConditionValue value : condition.values()) {
            for (Segment segment : value.text().segments()) {
                if (segment instanceof Variable variable && isLoose(variable)) {
                    findings.securityWarning(
                            "VARIABLE_USAGE_TOO_PERMISSIVE",
                            value.span(),
                            "whoever sets `" + variable.key() + "` chooses the value of `" + condition.key() + "`",
                            "write the value out");
                } else if (!(segment instanceof Literal) && !(segment instanceof Variable)) {
                    findings.securityWarning(
                            "WILDCARD_USAGE_TOO_PERMISSIVE",
                            value.span(),
                            "the wildcard in " + Shown.quoted(value.text().source()) + " lets `" + condition.key()
                                    + "` be that of a stranger",
                            "write the value out");
                    break;
                }
            }
        }
    }

    /** A variable that AWS itself fills with a fact about account, organization or network is as good as the fact. */
    private static boolean isLoose(Variable variable) {
        return !SENSITIVE.contains(GlobalConditionKeys.folded(variable.key()));
    }

    private void checkFormat(String key, Condition condition) {
        for (ConditionValue value : condition.values()) {
            if (!value.text().isLiteral()) {
                continue;
            }
            String text = value.text().source();
            if (key.equals("aws:sourcevpc") && !VPC.matcher(text).matches()) {
                format("INVALID_VPC_FORMAT", value, "is no VPC id: `vpc-` and 8 or 17 hexadecimal digits");
            } else if (key.equals("aws:sourcevpce")
                    && !VPC_ENDPOINT.matcher(text).matches()) {
                format("INVALID_VPCE_FORMAT", value, "is no VPC endpoint id: `vpce-` and 8 or 17 hexadecimal digits");
            } else if (SERVICE_NAMES.contains(key)
                    && !SERVICE_PRINCIPAL.matcher(text).matches()) {
                format(
                        "INVALID_SERVICE_PRINCIPAL_FORMAT",
                        value,
                        "doesn't look like a service principal such as `ec2.amazonaws.com`");
            }
        }
    }

    private void format(String code, ConditionValue value, String message) {
        findings.warning(code, value.span(), Shown.quoted(value.text().source()) + " " + message);
    }

    private void checkStar(Condition condition) {
        ConditionOperator operator = condition.operator();
        Comparison comparison = operator.comparison();
        if (comparison != Comparison.STRING_LIKE && comparison != Comparison.STRING_NOT_LIKE) {
            return;
        }
        Optional<ConditionValue> star = condition.values().stream()
                .filter(value -> isStar(value.text()))
                .findFirst();
        if (star.isEmpty()) {
            return;
        }
        boolean like = comparison == Comparison.STRING_LIKE;
        String key = "`" + condition.key() + "`";
        if (operator.quantifier() == Quantifier.NONE && (!operator.ifExists() || !like)) {
            String code = like ? "EQUIVALENT_TO_NULL_FALSE" : "EQUIVALENT_TO_NULL_TRUE";
            findings.suggestion(
                    code,
                    star.get().span(),
                    "with `*` the condition only tests whether " + key + " is " + (like ? "present" : "absent"),
                    "write `\"Null\": {\"" + Shown.escaped(condition.key()) + "\": \"" + !like + "\"}`");
        } else if (like && operator.quantifier() != Quantifier.FOR_ANY_VALUE) {
            findings.suggestion(
                    "REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION",
                    star.get().span(),
                    "with `*` the condition on " + key + " always holds",
                    "remove it");
        } else if (!like && operator.quantifier() == Quantifier.FOR_ANY_VALUE) {
            findings.suggestion(
                    "REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION",
                    star.get().span(),
                    "with `*` the condition on " + key + " never holds, so the statement never applies",
                    "remove the statement");
        }
    }

    private static boolean isStar(TextPattern pattern) {
        List<Segment> segments = pattern.segments();
        return !segments.isEmpty() && segments.stream().allMatch(AnyText.class::isInstance);
    }

    private void checkBounds(Condition condition) {
        Comparison comparison = condition.operator().comparison();
        boolean bound = comparison.family() == Family.NUMERIC
                && comparison != Comparison.NUMERIC_EQUALS
                && comparison != Comparison.NUMERIC_NOT_EQUALS;
        if (bound && condition.values().size() > 1) {
            findings.suggestion(
                    "REDUNDANT_CONDITION_VALUE_NUM",
                    condition.keySpan(),
                    "of several bounds the widest decides",
                    "keep only that one");
        }
    }

    private void checkPair(Condition condition, Set<String> keys) {
        switch (condition.key().toLowerCase(Locale.ROOT)) {
            case "aws:vpcsourceip" ->
                pair(condition, keys, List.of("aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn"));
            case "aws:ec2instancesourceprivateipv4" -> pair(condition, keys, List.of("aws:Ec2InstanceSourceVpc"));
            default -> {}
        }
    }

    private void pair(Condition condition, Set<String> keys, List<String> partners) {
        if (partners.stream().map(GlobalConditionKeys::folded).noneMatch(keys::contains)) {
            findings.securityWarning(
                    "MISSING_PAIRED_CONDITION_KEYS",
                    condition.keySpan(),
                    "private addresses such as `" + condition.key() + "` occur in every network",
                    "test `" + partners.get(0) + "` as well");
        }
    }
}
