package dev.portcullis.syntax;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Condition element: operators, keys and how many values they have (rules L21, L22, L76 to L89). */
final class ConditionValidator {

    private static final String NULL_IF_EXISTS = "NullIfExists";
    private static final List<String> OPERATORS = operators();

    private final Findings findings;
    private final Examination examination;
    private final ConditionValueValidator values;

    ConditionValidator(Examination examination) {
        this.examination = examination;
        this.findings = examination.findings();
        this.values = new ConditionValueValidator(examination);
    }

    private static List<String> operators() {
        List<String> operators = new ArrayList<>();
        for (Quantifier quantifier : Quantifier.values()) {
            for (Comparison comparison : Comparison.values()) {
                operators.add(new ConditionOperator(quantifier, comparison, false).text());
                if (comparison != Comparison.NULL) {
                    operators.add(new ConditionOperator(quantifier, comparison, true).text());
                }
            }
        }
        return operators;
    }

    /** All conditions of the block, as far as they are sound. */
    List<Condition> read(SyntaxTree block) {
        if (!(block instanceof ObjectNode operators)) {
            Shapes.mismatch("Condition", "an object", block, findings);
            return List.of();
        }
        if (operators.members().isEmpty()) {
            findings.suggestion(
                    "EMPTY_OBJECT_CONDITION", block.span(), "the `Condition` is empty: the statement has none");
        }
        List<Condition> conditions = new ArrayList<>();
        boolean several = operators.members().size() > 1;
        Map<String, Span> seen = several ? new HashMap<>() : Map.of();
        for (Member member : operators.members()) {
            String name = member.name().value();
            Span first = several ? seen.putIfAbsent(name, member.name().span()) : null;
            if (first != null) {
                repeated(member, "operator", "condition", first);
            }
            Optional<ConditionOperator> operator = operator(member.name());
            if (!(member.value() instanceof ObjectNode keys)) {
                findings.error(
                        "DATA_TYPE_MISMATCH",
                        Shapes.opening(member.value()),
                        "the operator " + Shown.quoted(name) + " must have an object of keys, not "
                                + Shapes.kind(member.value()));
            } else if (operator.isPresent()) {
                read(operator.get(), keys, conditions);
            }
        }
        return conditions;
    }

    private void repeated(Member member, String what, String where, Span first) {
        findings.error(
                "DUPLICATE_ELEMENT",
                member.name().span(),
                "the " + what + " " + Shown.quoted(member.name().value()) + " occurs a second time in one " + where,
                "the first is at " + first);
    }

    private Optional<ConditionOperator> operator(StringNode name) {
        Optional<ConditionOperator> operator = ConditionOperator.parse(name.value());
        if (operator.isEmpty() && name.value().endsWith(NULL_IF_EXISTS)) {
            findings.error(
                    "NULL_WITH_IF_EXISTS",
                    name.span(),
                    "`Null` takes no `IfExists`: it is itself the test whether a key exists",
                    "write `Null`");
        } else if (operator.isEmpty()) {
            findings.error(
                    "INVALID_CONDITION_OPERATOR",
                    name.span(),
                    Shown.quoted(name.value()) + " is no condition operator",
                    findings.didYouMean(name.value(), OPERATORS));
        }
        return operator;
    }

    private void read(ConditionOperator operator, ObjectNode keys, List<Condition> conditions) {
        if (keys.members().isEmpty()) {
            findings.suggestion(
                    "EMPTY_OBJECT_CONDITION",
                    keys.span(),
                    "the operator `" + operator.text() + "` has no key: it always holds");
        }
        boolean several = keys.members().size() > 1;
        Map<String, Member> seen = several ? new HashMap<>() : Map.of();
        for (Member member : keys.members()) {
            String key = member.name().value();
            Member first = several ? seen.putIfAbsent(GlobalConditionKeys.folded(key), member) : null;
            if (first != null && first.name().value().equals(key)) {
                repeated(member, "key", "operator", first.name().span());
            } else if (first != null) {
                findings.error(
                        "DUPLICATE_KEYS_WITH_DIFFERENT_CASE",
                        member.name().span(),
                        "the key " + Shown.quoted(key) + " is "
                                + Shown.quoted(first.name().value()) + " in other letter case",
                        "the first is at " + first.name().span());
            }
            if (checkKey(member.name())) {
                List<ConditionValue> read = values(operator, member);
                conditions.add(new Condition(operator, key, read, member.name().span()));
            }
        }
    }

    private boolean checkKey(StringNode node) {
        String key = node.value();
        Span span = node.span();
        if (!examination.texts().isBounded(node)) {
            return false;
        }
        if (GlobalConditionKeys.isSpelledAsKnown(key)) {
            return true;
        }
        if (key.contains("${")) {
            findings.error("VARIABLE_UNSUPPORTED_IN_ELEMENT", span, "a condition key takes no policy variables");
            return false;
        }
        int colon = key.indexOf(':');
        if (colon <= 0 || colon == key.length() - 1) {
            String global = "aws:" + key.substring(colon + 1);
            findings.refused(
                    "INVALID_CONDITION_KEY_FORMAT",
                    span,
                    "the condition key " + Shown.quoted(key) + " is not of the form `service:name`",
                    GlobalConditionKeys.find(global)
                            .map(known -> "did you mean `" + known.name() + "`?")
                            .orElse("such as `aws:SourceIp`; as it stands no request has it"));
        } else if (GlobalConditionKeys.lacksTagKey(key)) {
            findings.refused(
                    "MISSING_TAG_KEY_IN_CONDITION",
                    span,
                    "the condition key " + Shown.quoted(key) + " lacks the key of a tag",
                    "such as `" + (key.endsWith("/") ? key : key + "/") + "team`");
        } else if (GlobalConditionKeys.folded(key).equals("aws:arn")) {
            findings.warning(
                    "UNSUPPORTED_GLOBAL_CONDITION_KEY",
                    span,
                    Shown.quoted(key) + " is supplied no more",
                    "use `aws:PrincipalArn` or `aws:SourceArn`");
        } else if (GlobalConditionKeys.isGlobal(key)
                && GlobalConditionKeys.find(key).isEmpty()) {
            findings.warning(
                    "INVALID_GLOBAL_CONDITION_KEY",
                    span,
                    Shown.quoted(key) + " is no known global condition key: no request has it",
                    findings.didYouMean(key, GlobalConditionKeys.names()));
        }
        return true;
    }

    private List<ConditionValue> values(ConditionOperator operator, Member member) {
        List<SyntaxTree> nodes = member.value() instanceof ArrayNode array ? array.elements() : List.of(member.value());
        if (nodes.isEmpty()) {
            emptyList(operator, member.value().span());
            return List.of();
        }
        List<ConditionValue> read = new ArrayList<>(nodes.size());
        SyntaxTree other = null;
        for (SyntaxTree node : nodes) {
            if (!ConditionValueValidator.isScalar(node)) {
                findings.error(
                        "INVALID_CONDITION_DATA_TYPE",
                        Shapes.opening(node),
                        "a condition value must be a string, a number or a Boolean, not " + Shapes.kind(node));
                continue;
            }
            if (other == null && !node.getClass().equals(nodes.get(0).getClass())) {
                other = node;
            }
            values.read(operator, node).ifPresent(read::add);
        }
        if (other != null) {
            findings.refused(
                    "INVALID_CONDITION_DATA_TYPE",
                    other.span(),
                    "the values of one key must be of one type, but " + Shapes.kind(other) + " follows "
                            + Shapes.kind(nodes.get(0)));
        }
        checkBooleans(operator, nodes, member.value().span());
        return read;
    }

    private void emptyList(ConditionOperator operator, Span span) {
        if (operator.quantifier() == Quantifier.FOR_ALL_VALUES) {
            findings.refused(
                    "EMPTY_ARRAY_CONDITION_FORALLVALUES",
                    span,
                    "the list of values is empty: the condition holds only where the key is absent");
        } else if (operator.quantifier() == Quantifier.FOR_ANY_VALUE) {
            findings.refused(
                    "EMPTY_ARRAY_CONDITION_FORANYVALUE",
                    span,
                    "the list of values is empty: the condition never holds");
        } else if (operator.ifExists()) {
            findings.refused(
                    "EMPTY_ARRAY_CONDITION_IFEXISTS",
                    span,
                    "the list of values is empty: the condition holds only where the key is absent");
        } else {
            findings.refused("EMPTY_ARRAY_CONDITION", span, "the list of values is empty");
        }
    }

    private void checkBooleans(ConditionOperator operator, List<SyntaxTree> nodes, Span span) {
        if (nodes.size() < 2 || operator.quantifier() != Quantifier.NONE) {
            return;
        }
        if (operator.comparison().family() == Family.BOOL) {
            findings.refused(
                    "INVALID_CONDITION_MULTIPLE_BOOLEAN",
                    Shapes.pointAt(span),
                    "`" + operator.text() + "` takes one value, not " + nodes.size());
        } else if (operator.comparison().family() == Family.NULL) {
            findings.warning(
                    "INVALID_CONDITION_MULTIPLE_BOOLEAN",
                    Shapes.pointAt(span),
                    "`Null` with several values holds if any of them does");
        }
    }
}
