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

/** Asks the engine whether single conditions hold. Immutable. */
final class ConditionProbe {

    private static final String PRINCIPAL = "arn:aws:iam::111122223333:user/probe";

    /** Of one document; far below what a document may have, escapes included. */
    private static final int STATEMENTS = 1_000;

    /** UTF-16 units of keys and values of one document, unless it is a single condition. */
    private static final int UNITS = 1 << 16;

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
        for (PolicyVersion version : PolicyVersion.values()) {
            Document document = new Document(version);
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).version() == version) {
                    if (!document.hasRoomFor(conditions.get(i))) {
                        document.addTo(store, names);
                        document = new Document(version);
                    }
                    document.write(conditions.get(i), action(i));
                }
            }
            document.addTo(store, names);
        }
        store.user(PRINCIPAL, user -> user.attach(names.toArray(new String[0])));
        engine = Engine.compile(store.build());
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

    /** Conditions of one version, a statement each. */
    private static final class Document {

        private final JsonWriter json = new JsonWriter();
        private int statements;
        private int units;

        private Document(PolicyVersion version) {
            json.beginObject()
                    .member("Version", version.text())
                    .name("Statement")
                    .beginArray();
        }

        private static int units(Asked condition) {
            return condition.key().length()
                    + condition.values().stream().mapToInt(String::length).sum();
        }

        private boolean hasRoomFor(Asked condition) {
            return statements == 0 || (statements < STATEMENTS && units + units(condition) <= UNITS);
        }

        private void write(Asked condition, String action) {
            json.beginObject()
                    .member("Effect", "Allow")
                    .member("Action", action)
                    .member("Resource", "*");
            json.name("Condition").beginObject().name(condition.operator()).beginObject();
            json.name(condition.key()).beginArray();
            condition.values().forEach(json::value);
            json.endArray().endObject().endObject().endObject();
            statements++;
            units += units(condition);
        }

        private void addTo(Store.Builder store, List<String> names) {
            if (statements > 0) {
                String name = "probe-" + names.size();
                store.policy(name, json.endArray().endObject().toString());
                names.add(name);
            }
        }
    }
}
