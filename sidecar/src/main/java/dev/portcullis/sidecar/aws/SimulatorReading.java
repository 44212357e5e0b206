package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns a document into one that the engine reads as the simulator reads the original, where the simulator differs from
 * enforcement (section 4.1): an address that can't be stored ends the comparison as false, before any negation; so does
 * a value of the context that is no number under {@code NumericNotEquals}. Statements keep their places.
 */
final class SimulatorReading {

    private static final String KEY = "probe:address";

    private final SimulatedContext context;

    SimulatorReading(SimulatedContext context) {
        this.context = context;
    }

    PolicyDocument read(PolicyDocument document) {
        Set<String> unstorable = unstorable(document);
        List<Statement> statements = new ArrayList<>();
        for (Statement statement : document.statements()) {
            List<Condition> conditions = new ArrayList<>();
            for (Condition condition : statement.conditions()) {
                Condition read = read(condition, unstorable);
                boolean twice = conditions.stream()
                        .anyMatch(c ->
                                c.operator().equals(read.operator()) && c.key().equals(read.key()));
                if (!twice) {
                    conditions.add(read);
                }
            }
            statements.add(new Statement(
                    statement.index(),
                    statement.sid(),
                    statement.effect(),
                    statement.principal(),
                    statement.action(),
                    statement.resource(),
                    conditions,
                    statement.emptyCondition(),
                    statement.span()));
        }
        return new PolicyDocument(
                document.name(),
                document.type(),
                document.declaredVersion(),
                document.id(),
                statements,
                document.source());
    }

    private Condition read(Condition condition, Set<String> unstorable) {
        ConditionOperator operator = condition.operator();
        if (operator.comparison().family() == Family.IP) {
            return address(condition, unstorable);
        }
        if (operator.comparison() == Comparison.NUMERIC_NOT_EQUALS
                && context.has(condition.key())
                && !context.values(condition.key()).stream().allMatch(TypedValues::isNumber)) {
            // False whatever else the statement says of this key: a plain comparison with what is no number is.
            return with(condition, Comparison.NUMERIC_EQUALS, condition.values());
        }
        return condition;
    }

    private Condition address(Condition condition, Set<String> unstorable) {
        for (int i = 0; i < condition.values().size(); i++) {
            if (unstorable.contains(condition.values().get(i).text().source())) {
                // What comes after the first such value is never looked at, and it equals nothing itself.
                List<ConditionValue> read = condition.operator().comparison().negated()
                        ? condition.values().subList(i, i + 1)
                        : condition.values().subList(0, i + 1);
                return context.has(condition.key()) ? with(condition, Comparison.IP_ADDRESS, read) : condition;
            }
        }
        return condition;
    }

    /** Addresses and blocks that the engine can't make anything of: a block that it can covers its own address. */
    private static Set<String> unstorable(PolicyDocument document) {
        Set<String> literals = new LinkedHashSet<>();
        for (Statement statement : document.statements()) {
            for (Condition condition : statement.conditions()) {
                if (condition.operator().comparison().family() == Family.IP) {
                    condition
                            .values()
                            .forEach(value -> literals.add(value.text().source()));
                }
            }
        }
        List<String> all = List.copyOf(literals);
        if (all.isEmpty()) {
            return Set.of();
        }
        ConditionProbe probe = new ConditionProbe(all.stream()
                .map(literal -> new ConditionProbe.Asked(PolicyVersion.V2012_10_17, "IpAddress", KEY, List.of(literal)))
                .toList());
        Set<String> unstorable = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            String literal = all.get(i);
            int slash = literal.indexOf('/');
            SimulatedContext own = new SimulatedContext();
            own.give(KEY, List.of(slash < 0 ? literal : literal.substring(0, slash)), false);
            if (!probe.holds(i, own)) {
                unstorable.add(literal);
            }
        }
        return unstorable;
    }

    private static Condition with(Condition condition, Comparison comparison, List<ConditionValue> values) {
        ConditionOperator operator = condition.operator();
        Quantifier quantifier = comparison == operator.comparison() ? operator.quantifier() : Quantifier.FOR_ANY_VALUE;
        return new Condition(
                new ConditionOperator(quantifier, comparison, false), condition.key(), values, condition.keySpan());
    }
}
