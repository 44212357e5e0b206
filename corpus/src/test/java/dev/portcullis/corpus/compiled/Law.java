package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Policies;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.compiled.Variants.Variant;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.Condition;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Checks a law of the language on random policies: how the decisions on variants of one policy depend on each other,
 * whatever the request. 50,000 instances each; {@code -Dportcullis.law-policies=N} for another number than 500 policies.
 */
final class Law {

    private static final long SEED = Long.getLong("portcullis.seed", 20_261_122);
    private static final int POLICIES = Integer.getInteger("portcullis.law-policies", 500);
    private static final int REQUESTS = 100;

    private static final List<String> CALLERS = List.of("arn:aws:iam::111122223333:user/any");

    private int checked;
    private int differing;
    private int allowed;

    private Law() {}

    /**
     * One policy and its variants.
     *
     * @param asked what the requests are derived from
     */
    record Instance(List<Variant> variants, PolicyDraft asked) {}

    /** Makes an instance; empty when the law says nothing about what came out. */
    interface Maker {
        Optional<Instance> make(RandomNumbers random, PolicyGenerator policies);
    }

    /** Checks that the law holds for the decisions on the variants, in their order. */
    static Law holds(int number, Maker maker, Predicate<List<Decision>> law) {
        return holds(number, maker, (decisions, asked) -> law.test(decisions));
    }

    /** The same of a law that also looks at the request. */
    static Law holds(int number, Maker maker, BiPredicate<List<Decision>, AccessRequest> law) {
        Law checks = new Law();
        int made = 0;
        for (int attempt = 0; made < POLICIES; attempt++) {
            assertThat(attempt).as("instances that the law speaks of").isLessThan(50 * POLICIES);
            RandomNumbers random = RandomNumbers.ofCase(SEED + number, attempt);
            Optional<Instance> instance = maker.make(random, new PolicyGenerator(random, List.of()));
            if (instance.isPresent()) {
                made++;
                checks.check(instance.get(), random, law, attempt);
            }
        }
        assertThat(checks.checked).isGreaterThanOrEqualTo(POLICIES * REQUESTS);
        assertThat(checks.allowed)
                .as("a law of nothing but refusals says little")
                .isGreaterThan(checks.checked / 50);
        return checks;
    }

    private void check(
            Instance instance, RandomNumbers random, BiPredicate<List<Decision>, AccessRequest> law, int attempt) {
        Variants variants = new Variants(instance.variants());
        RequestGenerator requests = new RequestGenerator(random, List.of(document(instance.asked())), CALLERS);
        for (int i = 0; i < REQUESTS; ) {
            AccessRequest asked = requests.next();
            if (!variants.takes(asked)) {
                continue;
            }
            i++;
            List<Decision> decisions = new ArrayList<>();
            for (int variant = 0; variant < instance.variants().size(); variant++) {
                decisions.add(variants.decide(variant, asked));
            }
            if (!law.test(decisions, asked)) {
                assertThat(decisions)
                        .as("seed %d instance %d request %d: %s of %s", SEED, attempt, i, asked, texts(instance))
                        .isNull();
            }
            checked++;
            differing += decisions.stream().distinct().count() > 1 ? 1 : 0;
            allowed += decisions.contains(Decision.ALLOW) ? 1 : 0;
        }
    }

    /** Fails unless the variants were told apart by at least one request in that many. */
    void isSharp(int oneIn) {
        assertThat(differing).as("requests that tell the variants apart").isGreaterThan(checked / oneIn);
    }

    /** What the draft says. */
    static PolicyDocument document(PolicyDraft draft) {
        return Policies.read("asked", PolicyType.IDENTITY, draft.text(), Checks.STORED, Map.of())
                .document()
                .orElseThrow();
    }

    private static List<String> texts(Instance instance) {
        return instance.variants().stream()
                .flatMap(variant -> variant.policies().stream())
                .map(PolicyDraft::text)
                .toList();
    }

    /** An instance of variants with one policy each. */
    static Optional<Instance> instance(PolicyDraft asked, PolicyDraft... variants) {
        return Optional.of(new Instance(
                List.of(variants).stream().map(draft -> Variant.of(draft)).toList(), asked));
    }

    /** An Allow of everything, or of what else the conditions let. */
    static Statement everything(Effect effect, Condition... conditions) {
        return Statement.of(effect, PolicyDraft.Entries.of("*"), PolicyDraft.Entries.of("*"))
                .withConditions(List.of(conditions));
    }

    /** Whether an ARN operator may meet a value that is none: then the order of values matters (rule L120). */
    static boolean readsArns(Condition condition) {
        return condition.operator().comparison().family() == Family.ARN;
    }

    static boolean allows(List<Decision> decisions, int variant) {
        return decisions.get(variant) == Decision.ALLOW;
    }

    static boolean same(List<Decision> decisions) {
        return decisions.stream().distinct().count() == 1;
    }
}
