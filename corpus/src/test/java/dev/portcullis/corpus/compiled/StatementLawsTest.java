package dev.portcullis.corpus.compiled;

import static dev.portcullis.corpus.compiled.Law.allows;
import static dev.portcullis.corpus.compiled.Law.instance;

import dev.portcullis.Decision;
import dev.portcullis.corpus.compiled.Law.Instance;
import dev.portcullis.corpus.compiled.Variants.Variant;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Laws 1 to 10: statements and lists. */
class StatementLawsTest {

    @Test
    void law1_addingADeny_allowsNoMore() {
        Law.holds(
                        1,
                        (random, policies) -> withOneMore(random, policies, Effect.DENY),
                        decisions -> !allows(decisions, 1) || allows(decisions, 0))
                .isSharp(200);
    }

    @Test
    void law2_addingAnAllow_allowsNoLess() {
        Law.holds(
                        2,
                        (random, policies) -> withOneMore(random, policies, Effect.ALLOW),
                        decisions -> !allows(decisions, 0) || allows(decisions, 1))
                .isSharp(50);
    }

    private static Optional<Instance> withOneMore(RandomNumbers random, PolicyGenerator policies, Effect effect) {
        PolicyDraft base = policies.policy(PolicyType.IDENTITY);
        boolean variables = base.version().equals(PolicyDraft.CURRENT);
        List<Statement> more = new ArrayList<>(base.statements());
        more.add(
                random.below(more.size() + 1),
                policies.statement(PolicyType.IDENTITY, variables).withEffect(effect));
        return instance(base.with(more), base, base.with(more));
    }

    /** So the union of what two policies allow isn't what both together allow. */
    @Test
    void law3_twoPoliciesTogether_allowWhatOneAllowsAndNoneDenies() {
        Law.holds(
                        3,
                        (random, policies) -> {
                            PolicyDraft one = policies.policy(PolicyType.IDENTITY);
                            PolicyDraft other = policies.policy(PolicyType.IDENTITY);
                            return Optional.of(new Instance(
                                    List.of(Variant.of(one), Variant.of(other), Variant.of(one, other)),
                                    random.chance(50) ? one : other));
                        },
                        decisions -> decisions.get(2) == together(decisions.get(0), decisions.get(1)))
                .isSharp(20);
    }

    private static Decision together(Decision one, Decision other) {
        if (one == Decision.EXPLICIT_DENY || other == Decision.EXPLICIT_DENY) {
            return Decision.EXPLICIT_DENY;
        }
        return one == Decision.ALLOW ? one : other;
    }

    @Test
    void law4_orderOfStatements_changesNothing() {
        Law.holds(
                4,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY, random.between(2, 6));
                    return instance(base, base, base.with(random.shuffled(base.statements())));
                },
                Law::same);
    }

    @Test
    void law5_orderInLists_changesNothing() {
        Law.holds(
                5,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY);
                    return instance(
                            base,
                            base,
                            base.with(base.statements().stream()
                                    .map(statement -> shuffled(statement, random))
                                    .toList()));
                },
                Law::same);
    }

    private static Statement shuffled(Statement statement, RandomNumbers random) {
        Entries action = statement.action();
        Entries resource = statement.resource().orElseThrow();
        List<Condition> conditions = new ArrayList<>();
        for (Condition condition : random.shuffled(statement.conditions())) {
            // L120: a value that is no ARN before or behind one that matches makes a difference.
            conditions.add(
                    Law.readsArns(condition)
                            ? condition
                            : new Condition(
                                    condition.operator(), condition.key(), random.shuffled(condition.values())));
        }
        return statement
                .withAction(action.with(random.shuffled(action.texts())))
                .withResource(resource.with(random.shuffled(resource.texts())))
                .withConditions(conditions);
    }

    @Test
    void law6_duplicates_changeNothing() {
        Law.holds(
                6,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY);
                    List<Statement> twice = new ArrayList<>();
                    for (Statement statement : base.statements()) {
                        twice.add(doubled(statement, random).withSid(Optional.empty()));
                        if (random.chance(50)) {
                            twice.add(statement.withSid(Optional.empty()));
                        }
                    }
                    return instance(base, base, base.with(twice));
                },
                Law::same);
    }

    private static Statement doubled(Statement statement, RandomNumbers random) {
        Entries action = statement.action();
        Entries resource = statement.resource().orElseThrow();
        List<Condition> conditions = new ArrayList<>();
        for (Condition condition : statement.conditions()) {
            conditions.add(new Condition(condition.operator(), condition.key(), doubled(condition.values(), random)));
        }
        return statement
                .withAction(action.with(doubled(action.texts(), random)))
                .withResource(resource.with(doubled(resource.texts(), random)))
                .withConditions(conditions);
    }

    private static List<String> doubled(List<String> texts, RandomNumbers random) {
        List<String> doubled = new ArrayList<>(texts);
        if (!texts.isEmpty()) {
            doubled.add(random.one(texts));
        }
        return doubled;
    }

    @Test
    void law7_sids_changeNothing() {
        Law.holds(
                7,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY);
                    List<Statement> renamed = new ArrayList<>();
                    for (Statement statement : base.statements()) {
                        Optional<String> sid =
                                random.chance(50) ? Optional.of("Other" + renamed.size()) : Optional.empty();
                        renamed.add(statement.withSid(sid));
                    }
                    return instance(base, base, base.with(renamed));
                },
                Law::same);
    }

    @Test
    void law8_aPolicyInSeveralDocuments_isTheSame() {
        Law.holds(
                8,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY, random.between(2, 6));
                    List<PolicyDraft> parts = base.statements().stream()
                            .map(statement -> base.with(List.of(statement)))
                            .toList();
                    return Optional.of(new Instance(List.of(Variant.of(base), Variant.of(parts)), base));
                },
                Law::same);
    }

    @Test
    void law9_aStatementForEachAction_isTheSame() {
        Law.holds(9, (random, policies) -> split(policies, true), Law::same);
    }

    @Test
    void law9_aStatementForEachResource_isTheSame() {
        Law.holds(109, (random, policies) -> split(policies, false), Law::same);
    }

    private static Optional<Instance> split(PolicyGenerator policies, boolean actions) {
        PolicyDraft base = policies.policy(PolicyType.IDENTITY);
        List<Statement> parts = new ArrayList<>();
        boolean divided = false;
        for (Statement statement : base.statements()) {
            Entries entries =
                    actions ? statement.action() : statement.resource().orElseThrow();
            if (entries.negated() || entries.texts().isEmpty()) {
                parts.add(statement);
                continue;
            }
            divided |= entries.texts().size() > 1;
            for (String text : entries.texts()) {
                Statement part = statement.withSid(Optional.empty());
                parts.add(actions ? part.withAction(Entries.of(text)) : part.withResource(Entries.of(text)));
            }
        }
        return divided ? instance(base, base, base.with(parts)) : Optional.empty();
    }

    @Test
    void law10_mergedStatements_haveTheUnionOfTheirLists() {
        Law.holds(
                10,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY, 1);
                    Statement one = base.statements().get(0);
                    Statement more = policies.statement(
                            PolicyType.IDENTITY, base.version().equals(PolicyDraft.CURRENT));
                    boolean actions = random.chance(50);
                    Entries first = actions ? one.action() : one.resource().orElseThrow();
                    Entries second = actions ? more.action() : more.resource().orElseThrow();
                    if (first.negated()
                            || second.negated()
                            || first.texts().isEmpty()
                            || second.texts().isEmpty()) {
                        return Optional.empty();
                    }
                    List<String> union = new ArrayList<>(first.texts());
                    union.addAll(second.texts());
                    PolicyDraft merged = base.with(List.of(with(one, actions, first.with(union))));
                    PolicyDraft apart = base.with(List.of(
                            one.withSid(Optional.empty()),
                            with(one, actions, second).withSid(Optional.empty())));
                    return instance(merged, merged, apart);
                },
                Law::same);
    }

    private static Statement with(Statement statement, boolean actions, Entries entries) {
        return actions ? statement.withAction(entries) : statement.withResource(entries);
    }
}
