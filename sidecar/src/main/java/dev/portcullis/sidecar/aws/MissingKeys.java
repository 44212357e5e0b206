package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rule S5: the keys that the client didn't give and that the simulator's own values didn't satisfy. */
final class MissingKeys {

    private MissingKeys() {}

    /** In document order, spelled as in the policies. */
    static List<String> of(List<SimulatedPolicy> policies, SimulatedContext context) {
        Set<String> missing = new LinkedHashSet<>();
        Set<String> unsatisfied = unsatisfied(policies, context);
        for (String key : NamedKeys.of(policies)) {
            if (!context.has(key) || unsatisfied.contains(key)) {
                missing.add(key);
            }
        }
        return List.copyOf(missing);
    }

    /** Keys that were put in and fail a condition. */
    private static Set<String> unsatisfied(List<SimulatedPolicy> policies, SimulatedContext context) {
        List<ConditionProbe.Asked> asked = new ArrayList<>();
        for (SimulatedPolicy policy : policies) {
            for (Statement statement : policy.document().statements()) {
                for (Condition condition : statement.conditions()) {
                    if (context.isPutIn(condition.key())) {
                        asked.add(ConditionProbe.Asked.of(policy.document().version(), condition));
                    }
                }
            }
        }
        Set<String> unsatisfied = new LinkedHashSet<>();
        if (!asked.isEmpty()) {
            ConditionProbe probe = new ConditionProbe(asked);
            for (int i = 0; i < asked.size(); i++) {
                if (!probe.holds(i, context)) {
                    unsatisfied.add(asked.get(i).key());
                }
            }
        }
        return unsatisfied;
    }
}
