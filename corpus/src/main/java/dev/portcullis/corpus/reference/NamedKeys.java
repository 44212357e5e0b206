package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Situation.Level;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.ResourceEntry;
import dev.portcullis.corpus.reference.StatementText.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The context keys that documents name (rule S5). */
final class NamedKeys {

    private NamedKeys() {}

    static Set<String> missing(Situation situation, Set<String> putIn) {
        Context context = new Context(situation.context(), situation.semantics());
        Conditions conditions = new Conditions(context, situation.semantics());
        Set<String> lowerPutIn = putIn.stream().map(Letters::lower).collect(Collectors.toSet());
        Set<String> missing = new LinkedHashSet<>();
        for (ReferencePolicy policy : policies(situation)) {
            for (StatementText statement : policy.statements()) {
                for (String key : keys(statement)) {
                    if (!context.has(key)) {
                        missing.add(key);
                    }
                }
                for (Clause clause : statement.clauses()) {
                    if (lowerPutIn.contains(Letters.lower(clause.key()))
                            && conditions.evaluate(clause) != Conditions.Truth.HOLDS) {
                        missing.add(clause.key());
                    }
                }
            }
        }
        return missing;
    }

    private static List<ReferencePolicy> policies(Situation situation) {
        List<ReferencePolicy> policies = new ArrayList<>(situation.identityPolicies());
        situation.resourcePolicy().ifPresent(policies::add);
        situation.boundaries().ifPresent(policies::addAll);
        situation.sessionPolicies().ifPresent(policies::addAll);
        for (Level level : situation.serviceControlPolicies().orElse(List.of())) {
            policies.addAll(level.policies());
        }
        for (Level level : situation.resourceControlPolicies().orElse(List.of())) {
            policies.addAll(level.policies());
        }
        situation.endpointPolicies().ifPresent(policies::addAll);
        return policies;
    }

    /** Of one statement: under any operator, and variables, with a default or not. */
    private static List<String> keys(StatementText statement) {
        List<String> keys = new ArrayList<>();
        if (statement.resource().isPresent()) {
            for (ResourceEntry entry : statement.resource().get().entries()) {
                keys.addAll(entry.pattern().keys());
            }
        }
        for (Clause clause : statement.clauses()) {
            keys.add(clause.key());
            for (Value value : clause.values()) {
                keys.addAll(value.pattern().keys());
            }
        }
        return keys;
    }
}
