package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The context keys that documents name: under any operator, and as variables, with a default or not (rule S5). */
final class NamedKeys {

    private NamedKeys() {}

    /** In document order, spelled as in the policies; case variants apart. */
    static Set<String> of(List<SimulatedPolicy> policies) {
        Set<String> keys = new LinkedHashSet<>();
        for (SimulatedPolicy policy : policies) {
            for (Statement statement : policy.document().statements()) {
                if (statement.resource().isPresent()) {
                    for (ResourcePattern pattern : statement.resource().get().patterns()) {
                        addVariables(pattern.text(), keys);
                    }
                }
                for (Condition condition : statement.conditions()) {
                    keys.add(condition.key());
                    for (ConditionValue value : condition.values()) {
                        addVariables(value.text(), keys);
                    }
                }
            }
        }
        return keys;
    }

    private static void addVariables(TextPattern text, Set<String> keys) {
        for (Segment segment : text.segments()) {
            if (segment instanceof Variable variable) {
                keys.add(variable.key());
            }
        }
    }
}
