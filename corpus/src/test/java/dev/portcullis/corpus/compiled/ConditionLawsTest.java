package dev.portcullis.corpus.compiled;

import static dev.portcullis.corpus.compiled.Law.allows;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.compiled.Law.Instance;
import dev.portcullis.corpus.compiled.Variants.Variant;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.Values;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws 13 to 16 and 21: conditions. Each is the only condition of an Allow of everything. */
class ConditionLawsTest {

    private static final String KEY = "svc:k";

    /** Legible addresses are in one of the two families, the others in none (rules L108 to L112). */
    private static final Predicate<String> READS_ADDRESSES = addresses();

    private static final Map<Comparison, Comparison> NEGATIONS = Map.ofEntries(
            Map.entry(Comparison.STRING_EQUALS, Comparison.STRING_NOT_EQUALS),
            Map.entry(Comparison.STRING_EQUALS_IGNORE_CASE, Comparison.STRING_NOT_EQUALS_IGNORE_CASE),
            Map.entry(Comparison.STRING_LIKE, Comparison.STRING_NOT_LIKE),
            Map.entry(Comparison.NUMERIC_EQUALS, Comparison.NUMERIC_NOT_EQUALS),
            Map.entry(Comparison.DATE_EQUALS, Comparison.DATE_NOT_EQUALS),
            Map.entry(Comparison.IP_ADDRESS, Comparison.NOT_IP_ADDRESS),
            Map.entry(Comparison.ARN_EQUALS, Comparison.ARN_NOT_EQUALS),
            Map.entry(Comparison.ARN_LIKE, Comparison.ARN_NOT_LIKE));

    /** Operators by which values of a request they can read: of one they can't, neither they nor their negation holds. */
    private enum Legible {
        EVERY_TEXT(0),
        ADDRESSES(1),
        ARNS(2);

        private final int number;

        Legible(int number) {
            this.number = number;
        }

        /** Whether the condition is of such an operator, and has values that it can read (rules L22, L120). */
        boolean isOf(Condition condition) {
            Family family = condition.operator().comparison().family();
            Legible own = family == Family.ARN ? ARNS : family == Family.IP ? ADDRESSES : EVERY_TEXT;
            return this == own
                    && !condition.values().isEmpty()
                    && (this != ARNS || condition.values().stream().allMatch(Legible::isPlainArn));
        }

        private static boolean isPlainArn(String text) {
            return isArn(text) && !text.contains("${");
        }

        private static boolean isArn(String text) {
            return text.startsWith("arn:") && text.split(":", -1).length >= 6;
        }

        /** Whether all values of the request's key are legible. */
        boolean reads(AccessRequest asked) {
            List<String> values = value(asked).map(ContextValue::values).orElse(List.of());
            return switch (this) {
                case EVERY_TEXT -> true;
                case ARNS -> values.stream().allMatch(Legible::isArn);
                case ADDRESSES -> values.stream().allMatch(ConditionLawsTest::isAddress);
            };
        }
    }

    /** How a request has a key. */
    private enum Presence {
        ABSENT,
        SINGLE,
        MULTIPLE
    }

    @ParameterizedTest
    @EnumSource(Legible.class)
    void law13_operatorAndItsNegation_areComplementsOfAPresentSingleValue(Legible legible) {
        Law.holds(
                13 + 1000 * legible.number,
                (random, policies) -> {
                    Condition positive = positive(random, policies, Quantifier.NONE, KEY);
                    return legible.isOf(positive)
                            ? alone(positive, negated(positive, Quantifier.NONE))
                            : Optional.empty();
                },
                (decisions, asked) -> switch (presence(asked)) {
                    case ABSENT -> !allows(decisions, 0) && allows(decisions, 1);
                    case SINGLE -> Law.same(decisions) != legible.reads(asked) && !bothAllow(decisions);
                    // L86
                    case MULTIPLE -> !allows(decisions, 0) && !allows(decisions, 1);
                });
    }

    @Test
    void law14_ifExists_isTheOperatorOrAbsence() {
        Law.holds(
                14,
                (random, policies) -> {
                    Condition plain = onKey(any(random, policies, Quantifier.NONE));
                    return plain.operator().comparison() == Comparison.NULL
                                    || plain.values().isEmpty()
                            ? Optional.empty()
                            : alone(
                                    plain,
                                    with(
                                            plain,
                                            new ConditionOperator(
                                                    Quantifier.NONE,
                                                    plain.operator().comparison(),
                                                    true)));
                },
                (decisions, asked) ->
                        allows(decisions, 1) == (allows(decisions, 0) || presence(asked) == Presence.ABSENT));
    }

    @Test
    void law15_ofNothing_allHoldAndNoneDoes() {
        Law.holds(
                15,
                (random, policies) -> {
                    Condition all = onKey(any(random, policies, Quantifier.FOR_ALL_VALUES));
                    Comparison comparison = all.operator().comparison();
                    return comparison == Comparison.NULL
                            ? Optional.empty()
                            : alone(all, with(all, new ConditionOperator(Quantifier.FOR_ANY_VALUE, comparison, false)));
                },
                (decisions, asked) -> !hasNoValues(asked) || (allows(decisions, 0) && !allows(decisions, 1)));
    }

    @ParameterizedTest
    @EnumSource(Legible.class)
    void law15_someMatch_unlessAllDoNot(Legible legible) {
        Law.holds(
                115 + 1000 * legible.number,
                (random, policies) -> {
                    Condition any = positive(random, policies, Quantifier.FOR_ANY_VALUE, KEY);
                    return legible.isOf(any) ? alone(any, negated(any, Quantifier.FOR_ALL_VALUES)) : Optional.empty();
                },
                (decisions, asked) -> hasNoValues(asked) || !legible.reads(asked) || !Law.same(decisions));
    }

    @Test
    void law16_conditionsTogether_areTheIntersection() {
        Law.holds(
                        16,
                        (random, policies) -> {
                            Condition one = any(random, policies, random.one(List.of(Quantifier.values())));
                            Condition other = any(random, policies, random.one(List.of(Quantifier.values())));
                            boolean twice = one.key().equalsIgnoreCase(other.key());
                            return twice ? Optional.empty() : together(random, one, other);
                        },
                        decisions -> allows(decisions, 2) == (allows(decisions, 0) && allows(decisions, 1)))
                .isSharp(20);
    }

    private static Optional<Instance> together(RandomNumbers random, Condition one, Condition other) {
        PolicyDraft both = PolicyDraft.of(Law.everything(Effect.ALLOW, one, other));
        return Law.instance(
                both,
                PolicyDraft.of(Law.everything(Effect.ALLOW, one)),
                PolicyDraft.of(Law.everything(Effect.ALLOW, other)),
                random.chance(50) ? both : PolicyDraft.of(Law.everything(Effect.ALLOW, other, one)));
    }

    @Test
    void law16_values_areTheUnion() {
        Law.holds(
                        116,
                        (random, policies) -> values(random, policies, false),
                        decisions -> allows(decisions, 2) == (allows(decisions, 0) || allows(decisions, 1)))
                .isSharp(50);
    }

    @Test
    void law16_valuesOfANegation_areTheIntersectionOfComplements() {
        Law.holds(
                        216,
                        (random, policies) -> values(random, policies, true),
                        decisions -> allows(decisions, 2) == (allows(decisions, 0) && allows(decisions, 1)))
                .isSharp(50);
    }

    /** Plain, so that a condition is about one request value. */
    private static Optional<Instance> values(RandomNumbers random, PolicyGenerator policies, boolean negated) {
        Condition condition = negated
                ? negated(positive(random, policies, Quantifier.NONE, KEY), Quantifier.NONE)
                : any(random, policies, Quantifier.NONE);
        if (condition.operator().comparison().negated() != negated
                || condition.values().size() < 2
                || Law.readsArns(condition)) {
            return Optional.empty();
        }
        int half = condition.values().size() / 2;
        Condition first = with(condition, condition.values().subList(0, half));
        Condition second = with(
                condition, condition.values().subList(half, condition.values().size()));
        return alone(first, second, condition);
    }

    @Test
    void law21_keysThatNobodyAsksFor_changeNothing() {
        Law.holds(
                21,
                (random, policies) -> {
                    PolicyDraft base = policies.policy(PolicyType.IDENTITY);
                    Map<String, ContextValue> more = new LinkedHashMap<>();
                    for (int i = random.between(1, 30); i > 0; i--) {
                        more.put(
                                "other:" + i,
                                random.chance(50)
                                        ? new ContextValue.Single(random.one(Values.TEXTS))
                                        : new ContextValue.Multiple(random.some(Values.TEXTS, 3)));
                    }
                    return Optional.of(new Instance(
                            List.of(Variant.of(base), Variant.of(base).asking(asked -> {
                                Map<String, ContextValue> context = new LinkedHashMap<>(more);
                                context.putAll(asked.context());
                                return new AccessRequest(
                                        asked.principal(),
                                        asked.action(),
                                        asked.resource(),
                                        asked.resourceAccount(),
                                        context,
                                        asked.resourcePolicy(),
                                        asked.sessionPolicies(),
                                        asked.facts());
                            })),
                            base));
                },
                (BiPredicate<List<Decision>, AccessRequest>) (decisions, asked) -> Law.same(decisions));
    }

    private static Condition any(RandomNumbers random, PolicyGenerator policies, Quantifier quantifier) {
        Comparison comparison = random.one(List.of(Comparison.values()));
        return policies.condition(new ConditionOperator(quantifier, comparison, false), true);
    }

    private static Condition onKey(Condition condition) {
        return new Condition(condition.operator(), KEY, condition.values());
    }

    private static Condition positive(
            RandomNumbers random, PolicyGenerator policies, Quantifier quantifier, String key) {
        Comparison comparison =
                random.one(List.copyOf(NEGATIONS.keySet().stream().sorted().toList()));
        Condition condition = policies.condition(new ConditionOperator(quantifier, comparison, false), true);
        return new Condition(condition.operator(), key, condition.values());
    }

    private static Condition negated(Condition condition, Quantifier quantifier) {
        Comparison negation = NEGATIONS.get(condition.operator().comparison());
        return with(condition, new ConditionOperator(quantifier, negation, false));
    }

    private static Condition with(Condition condition, ConditionOperator operator) {
        return new Condition(operator, condition.key(), condition.values());
    }

    private static Condition with(Condition condition, List<String> values) {
        return new Condition(condition.operator(), condition.key(), values);
    }

    /** Each condition by itself, asked about an action that nothing else has a say in. */
    private static Optional<Instance> alone(Condition... conditions) {
        List<Variant> variants = new ArrayList<>();
        for (Condition condition : conditions) {
            variants.add(Variant.of(PolicyDraft.of(Law.everything(Effect.ALLOW, condition)))
                    .asking(ConditionLawsTest::aboutNothing));
        }
        return Optional.of(new Instance(
                variants, PolicyDraft.of(Law.everything(Effect.ALLOW, conditions[conditions.length - 1]))));
    }

    private static AccessRequest aboutNothing(AccessRequest asked) {
        return new AccessRequest(
                asked.principal(),
                "q:SendMessage",
                "*",
                Optional.empty(),
                asked.context(),
                Optional.empty(),
                Optional.empty(),
                asked.facts());
    }

    private static Predicate<String> addresses() {
        Condition any =
                new Condition(ConditionOperator.parse("IpAddress").orElseThrow(), KEY, List.of("0.0.0.0/0", "::/0"));
        Variants variants = new Variants(List.of(
                Variant.of(PolicyDraft.of(Law.everything(Effect.ALLOW, any))).asking(ConditionLawsTest::aboutNothing)));
        return text -> variants.decide(
                        0,
                        new AccessRequest(
                                "",
                                "",
                                "",
                                Optional.empty(),
                                Map.of(KEY, new ContextValue.Single(text)),
                                Optional.empty(),
                                Optional.empty(),
                                Situation.Facts.NONE))
                == Decision.ALLOW;
    }

    private static boolean bothAllow(List<Decision> decisions) {
        return allows(decisions, 0) && allows(decisions, 1);
    }

    /** As the IpAddress operator itself sees it: of everything readable, the two blocks leave nothing out. */
    private static boolean isAddress(String text) {
        return READS_ADDRESSES.test(text);
    }

    private static boolean hasNoValues(AccessRequest asked) {
        return value(asked).map(value -> value.values().isEmpty()).orElse(true);
    }

    private static Presence presence(AccessRequest asked) {
        return value(asked)
                .map(value -> value instanceof ContextValue.Single ? Presence.SINGLE : Presence.MULTIPLE)
                .orElse(Presence.ABSENT);
    }

    private static Optional<ContextValue> value(AccessRequest asked) {
        List<ContextValue> found = new ArrayList<>();
        asked.context().forEach((key, value) -> {
            if (key.toLowerCase(Locale.ROOT).equals(KEY)) {
                found.add(value);
            }
        });
        return found.stream().findFirst();
    }
}
