package dev.portcullis.corpus.synthetic;

import dev.portcullis.Policies;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The policies that AWS publishes for Amazon Q, to be varied. Immutable. */
final class SeedDocuments {

    private static final String ACCOUNT = "000000000000";
    private static final String REGION = "aq-place-1";
    private static final String APPLICATION = "APPLICATION";
    private static final String SUBSCRIPTION = "SUBSCRIPTION";
    private static final Map<String, String> MARKS = Map.of(
            "account_id", ACCOUNT,
            "source_account", ACCOUNT,
            "region", REGION,
            "application_id", APPLICATION,
            "subscription_id", SUBSCRIPTION);

    private static final SeedDocuments INSTANCE = new SeedDocuments();

    private final List<PolicyDraft> identity = new ArrayList<>();
    private final List<PolicyDraft> trust = new ArrayList<>();

    private SeedDocuments() {
        BundledCases.seedPolicies().forEach((name, text) -> {
            boolean trusts = name.endsWith("-trust");
            PolicyType type = trusts ? PolicyType.TRUST : PolicyType.IDENTITY;
            PolicyDraft draft = Policies.read(name, type, text, Checks.STORED, MARKS)
                    .document()
                    .map(Clauses::draft)
                    .orElseThrow(() -> new IllegalStateException("the seed policy " + name + " can't be read"));
            (trusts ? trust : identity).add(draft);
        });
    }

    /** The ones that come with this module. */
    static SeedDocuments get() {
        return INSTANCE;
    }

    /** Identity-based policies, in the order of their names. */
    List<PolicyDraft> identity() {
        return identity;
    }

    /** Role trust policies. */
    List<PolicyDraft> trust() {
        return trust;
    }

    /** The statement with an account's own names in place of the seed's placeholders. */
    static Statement settled(
            Statement statement, Account account, String region, String application, String subscription) {
        List<Condition> conditions = new ArrayList<>();
        for (Condition condition : statement.conditions()) {
            conditions.add(new Condition(
                    condition.operator(),
                    condition.key(),
                    condition.values().stream()
                            .map(value -> settled(value, account, region, application, subscription))
                            .toList()));
        }
        Statement settled = statement.withConditions(conditions);
        return statement
                .resource()
                .map(resources -> settled.withResource(settled(resources, account, region, application, subscription)))
                .orElse(settled);
    }

    private static Entries settled(
            Entries entries, Account account, String region, String application, String subscription) {
        return entries.with(entries.texts().stream()
                .map(text -> settled(text, account, region, application, subscription))
                .toList());
    }

    private static String settled(
            String text, Account account, String region, String application, String subscription) {
        return text.replace(ACCOUNT, account.id())
                .replace(REGION, region)
                .replace(APPLICATION, application)
                .replace(SUBSCRIPTION, subscription);
    }
}
