package dev.portcullis.sidecar.aws;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.sidecar.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Asks the engine whether single conditions hold. Immutable. */
final class ConditionProbe {

    private static final String PRINCIPAL = "arn:aws:iam::111122223333:user/probe";

    /**
     * One condition.
     *
     * @param version of its document: in an old one, {@code ${…}} is plain text (rule L145)
     * @param values as written
     */
    record Asked(PolicyVersion version, String operator, String key, List<String> values) {

        static Asked of(PolicyVersion version, Condition condition) {
            List<String> values = condition.values().stream()
                    .map(value -> value.text().source())
                    .toList();
            return new Asked(version, condition.operator().text(), condition.key(), values);
        }
    }

    private final Engine engine;

    ConditionProbe(List<Asked> conditions) {
        Store.Builder store = Store.builder().checks(Checks.STORED);
        List<String> names = new ArrayList<>();
        TreeSet<PolicyVersion> versions = new TreeSet<>();
        conditions.forEach(condition -> versions.add(condition.version()));
        for (PolicyVersion version : versions) {
            names.add(version.name());
            store.policy(version.name(), document(version, conditions));
        }
        store.user(PRINCIPAL, user -> user.attach(names.toArray(new String[0])));
        engine = Engine.compile(store.build());
    }

    private static String document(PolicyVersion version, List<Asked> conditions) {
        JsonWriter json = new JsonWriter().beginObject().member("Version", version.text());
        json.name("Statement").beginArray();
        for (int i = 0; i < conditions.size(); i++) {
            Asked condition = conditions.get(i);
            if (condition.version() == version) {
                json.beginObject()
                        .member("Effect", "Allow")
                        .member("Action", action(i))
                        .member("Resource", "*");
                json.name("Condition").beginObject().name(condition.operator()).beginObject();
                json.name(condition.key()).beginArray();
                condition.values().forEach(json::value);
                json.endArray().endObject().endObject().endObject();
            }
        }
        return json.endArray().endObject().toString();
    }

    private static String action(int index) {
        return "probe:Condition" + index;
    }

    /** Whether the condition of that number holds. */
    boolean holds(int index, SimulatedContext context) {
        Request request =
                engine.newRequest().principal(PRINCIPAL).action(action(index)).resource("*");
        context.fill(request);
        return engine.decide(request) == Decision.ALLOW;
    }
}
