package dev.portcullis.benchmarks;

import dev.portcullis.Policies;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Amazon Q policies that workloads vary. */
final class Seeds {

    /**
     * A statement of a seed policy.
     *
     * @param actions action patterns
     * @param resources resource patterns, see {@link #bound}
     * @param tests conditions
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Grant(String[] actions, String[] resources, Rule.Test[] tests) {}

    /** What placeholders are bound to while the seeds are read. */
    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "account_id", "000000000001",
            "source_account", "000000000001",
            "region", "xx-region-1",
            "application_id", "application-id",
            "subscription_id", "subscription-id");

    /** The statements of each identity-based seed policy, in the order of their names. */
    static final List<List<Grant>> POLICIES = read();

    private Seeds() {}

    /** A resource of a seed for one account. */
    static String bound(String resource, String account, String region, String application, String subscription) {
        return resource.replace("000000000001", account)
                .replace("xx-region-1", region)
                .replace("application-id", application)
                .replace("subscription-id", subscription);
    }

    private static List<List<Grant>> read() {
        List<List<Grant>> policies = new ArrayList<>();
        BundledCases.seedPolicies().forEach((name, text) -> {
            if (!text.contains("\"Principal\"")) {
                PolicyDocument document = Policies.read(name, PolicyType.IDENTITY, text, Checks.STORED, PLACEHOLDERS)
                        .document()
                        .orElseThrow();
                policies.add(document.statements().stream().map(Seeds::grant).toList());
            }
        });
        return List.copyOf(policies);
    }

    private static Grant grant(Statement statement) {
        return new Grant(
                statement.action().patterns().stream().map(ActionPattern::text).toArray(String[]::new),
                statement.resource().orElseThrow().patterns().stream()
                        .map(pattern -> pattern.text().source())
                        .toArray(String[]::new),
                statement.conditions().stream().map(Seeds::test).toArray(Rule.Test[]::new));
    }

    private static Rule.Test test(Condition condition) {
        return new Rule.Test(
                condition.operator().toString(),
                condition.key(),
                condition.values().stream().map(value -> value.text().source()).toArray(String[]::new));
    }
}
