package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.ReferenceJson.Member;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.Value;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a condition block: {@code {operator: {key: value or list}}} (rule L76). Used once. */
final class ConditionReading {

    private final Problems problems;
    private final Strings strings;
    private final boolean variables;
    private final Semantics semantics;
    private final List<Clause> clauses = new ArrayList<>();

    ConditionReading(Problems problems, Strings strings, boolean variables, Semantics semantics) {
        this.problems = problems;
        this.strings = strings;
        this.variables = variables;
        this.semantics = semantics;
    }

    /** What was read. */
    List<Clause> clauses() {
        return clauses;
    }

    void read(Node node) {
        if (!(node instanceof Obj block)) {
            problems.add(node, "`Condition` is not an object (rule L76)");
            return;
        }
        Set<String> operators = new HashSet<>();
        for (Member member : block.members()) {
            String operatorText = member.name().value();
            if (!operators.add(operatorText)) {
                problems.add(member.name(), "`" + operatorText + "` stands twice in one object (rule L12)");
            }
            Optional<Operator> operator = Operator.of(operatorText, semantics.is(Point.OPERATOR_NAMES_IGNORE_CASE));
            if (operator.isEmpty()) {
                problems.add(member.name(), "`" + operatorText + "` is no condition operator (rules L89, L127)");
            } else if (member.value() instanceof Obj keys) {
                readKeys(operatorText, operator.get(), keys);
            } else {
                problems.add(member.value(), "an operator's value is an object of condition keys (rule L76)");
            }
        }
    }

    private void readKeys(String operatorText, Operator operator, Obj keys) {
        Set<String> lowerNames = new HashSet<>();
        for (Member member : keys.members()) {
            String key = member.name().value();
            // L82; the same letter case twice is L12.
            if (!lowerNames.add(Letters.lower(key))) {
                problems.add(member.name(), "the key `" + key + "` stands twice under one operator (rules L12, L82)");
            }
            if (variables && key.contains("${")) {
                problems.add(member.name(), "a variable in a condition key (rule L137)");
            }
            List<Value> values = new ArrayList<>();
            for (Strings.Entry entry : strings.values(member.value())) {
                readValue(operator, entry).ifPresent(values::add);
            }
            clauses.add(new Clause(operatorText, operator, key, values));
        }
    }

    private Optional<Value> readValue(Operator operator, Strings.Entry entry) {
        Operator.Comparison comparison = operator.comparison();
        boolean takesVariables = switch (comparison.kind()) {
            // L137
            case STRING, ARN -> true;
            // U19
            case BOOL -> semantics.is(Point.VARIABLES_WITH_BOOL);
            // L99, L104, L114, L127, L148
            case NUMERIC, DATE, BINARY, ADDRESS, NULL -> false;
        };
        if (variables && !takesVariables && entry.text().contains("${")) {
            problems.add(entry.node(), "a variable with " + comparison.text() + " (rule L148)");
            return Optional.empty();
        }
        // L107: the only unreadable value that is refused wherever a document is taken.
        if (comparison == Operator.Comparison.BINARY_EQUALS
                && canonicalBase64(entry.text()).isEmpty()) {
            problems.add(entry.node(), "`" + entry.text() + "` is not base64 (rule L107)");
            return Optional.empty();
        }
        return strings.pattern(entry, comparison.wildcards(), variables && takesVariables)
                .map(pattern -> new Value(entry.text(), pattern));
    }

    /** The text that the bytes are written with canonically; empty when the text stands for no bytes. */
    static Optional<String> canonicalBase64(String text) {
        try {
            return Optional.of(
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
