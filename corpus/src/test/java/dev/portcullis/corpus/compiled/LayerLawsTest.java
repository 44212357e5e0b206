package dev.portcullis.corpus.compiled;

import static dev.portcullis.corpus.compiled.Law.allows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.compiled.Law.Instance;
import dev.portcullis.corpus.compiled.Variants.Variant;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.corpus.generate.PolicyGenerator;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Laws 12 of principals, 19 and 22: layers and explanations. */
class LayerLawsTest {

    /** Law 19: an Allow less or a Deny more in a layer that limits never allows more. */
    @ParameterizedTest
    @EnumSource(names = {"BOUNDARY", "SERVICE_CONTROL", "SESSION"})
    void law19_shrinkingALimit_allowsNoMore(PolicyType type) {
        Law.holds(
                        type.name().hashCode(),
                        (random, policies) -> limited(random, policies, type),
                        decisions -> (!allows(decisions, 2) || allows(decisions, 1))
                                && (!allows(decisions, 1) || allows(decisions, 0)))
                .isSharp(100);
    }

    private static Optional<Instance> limited(RandomNumbers random, PolicyGenerator policies, PolicyType type) {
        PolicyDraft identity =
                random.chance(50) ? PolicyDraft.of(Law.everything(Effect.ALLOW)) : policies.policy(PolicyType.IDENTITY);
        List<Statement> statements = new ArrayList<>();
        for (int i = random.between(1, 4); i > 0; i--) {
            statements.add(policies.statement(type, true));
        }
        List<Statement> fewer = new ArrayList<>(statements);
        List<Integer> allows = new ArrayList<>();
        for (int i = 0; i < fewer.size(); i++) {
            if (fewer.get(i).effect() == Effect.ALLOW) {
                allows.add(i);
            }
        }
        boolean more = allows.isEmpty() || random.chance(40);
        if (more) {
            fewer.add(policies.statement(type, true).withEffect(Effect.DENY));
        } else if (fewer.size() > 1) {
            fewer.remove((int) random.one(allows));
        } else {
            return Optional.empty();
        }
        PolicyDraft wide = new PolicyDraft(PolicyDraft.CURRENT, statements);
        PolicyDraft narrow = new PolicyDraft(PolicyDraft.CURRENT, fewer);
        Variant free = Variant.of(identity);
        return Optional.of(new Instance(
                List.of(free, within(free, type, wide), within(free, type, narrow)),
                random.chance(50) ? wide : narrow));
    }

    private static Variant within(Variant variant, PolicyType type, PolicyDraft limits) {
        return switch (type) {
            case BOUNDARY -> variant.boundedBy(limits);
            case SERVICE_CONTROL -> variant.controlledBy(limits);
            default -> variant.inSession(limits);
        };
    }

    /** Law 12 with care: of callers without a chain (E30), {@code Principal} X and {@code NotPrincipal} X leave nobody out. */
    @Test
    void law12_principalAndNotPrincipal_partitionTheServices() {
        List<String> services =
                List.of("sns.amazonaws.com", "sqs.amazonaws.com", "events.amazonaws.com", "s3.amazonaws.com");
        List<PrincipalName> names = new ArrayList<>();
        services.forEach(service -> names.add(new PrincipalName("Service", service)));
        names.add(new PrincipalName("AWS", "111122223333"));
        names.add(new PrincipalName("AWS", "arn:aws:iam::111122223333:user/alice"));
        int denied = 0;
        for (int i = 0; i < 300; i++) {
            RandomNumbers random = RandomNumbers.ofCase(12, i);
            List<PrincipalName> listed = random.some(names, random.between(1, 4));
            Engine engine = Engine.compile(denying(listed));
            Request request = engine.newRequest();
            for (String service : services) {
                List<Decision> decisions = new ArrayList<>();
                for (String bucket : List.of("listed", "not-listed")) {
                    decisions.add(engine.decide(request.clear()
                            .principal(service)
                            .action("s3:GetObject")
                            .resource("arn:aws:s3:::" + bucket)));
                }
                boolean named = listed.contains(new PrincipalName("Service", service));
                denied += named ? 1 : 0;
                assertThat(decisions)
                        .as("%s of %s", service, listed)
                        .containsExactly(
                                named ? Decision.EXPLICIT_DENY : Decision.ALLOW,
                                named ? Decision.ALLOW : Decision.EXPLICIT_DENY);
            }
        }
        assertThat(denied).isBetween(200, 1_000);
    }

    private static Store denying(List<PrincipalName> listed) {
        Statement allow = Law.everything(Effect.ALLOW).withPrincipal(Optional.of(Principals.everyone()));
        Store.Builder store = Store.builder().checks(Checks.STORED);
        for (boolean negated : new boolean[] {false, true}) {
            String name = negated ? "not-listed" : "listed";
            Statement deny = allow.withEffect(Effect.DENY).withPrincipal(Optional.of(new Principals(negated, listed)));
            store.policy(name, PolicyDraft.of(allow, deny).text());
            store.resource(new GuardedResource(
                    "arn:aws:s3:::" + name, "111122223333", Optional.of(name), List.of(), Map.of(), Optional.empty()));
        }
        return store.build();
    }

    /**
     * Law 22: each statement that an explanation names matches by itself; without the Allows that it names nothing
     * allows, without the Denies that it names nothing denies.
     */
    @Test
    void law22_whatAnExplanationNames_isWhatDecides() {
        int named = 0;
        for (int i = 0; i < 200; i++) {
            RandomNumbers random = RandomNumbers.ofCase(22, i);
            PolicyDraft policy =
                    new PolicyGenerator(random, List.of()).policy(PolicyType.IDENTITY, random.between(2, 6));
            Variants whole = new Variants(List.of(Variant.of(policy)));
            Map<Set<Integer>, Variants> parts = new HashMap<>();
            RequestGenerator requests =
                    new RequestGenerator(random, List.of(Law.document(policy)), List.of("anonymous"));
            for (int j = 0; j < 100; j++) {
                AccessRequest asked = requests.next();
                // E11: allowed by nobody.
                if (whole.takes(asked) && !asked.action().equalsIgnoreCase("sts:GetCallerIdentity")) {
                    named += check(policy, whole, parts, asked);
                }
            }
        }
        assertThat(named).isGreaterThan(4_000);
    }

    /** How many statements the explanation names. */
    private static int check(
            PolicyDraft policy, Variants whole, Map<Set<Integer>, Variants> parts, AccessRequest asked) {
        Explanation explanation = whole.explain(0, asked);
        Decision decision = whole.decide(0, asked);
        Set<Integer> deciding =
                explanation.deciding().stream().map(StatementRef::index).collect(Collectors.toSet());
        assertThat(explanation.decision()).isEqualTo(decision);
        assertThat(explanation.deciding())
                .allMatch(statement -> statement.policy().equals(Variants.name(0, 0))
                        && (statement.effect() == Effect.DENY) == (decision == Decision.EXPLICIT_DENY));
        assertThat(deciding.isEmpty()).isEqualTo(decision == Decision.IMPLICIT_DENY);
        if (!deciding.isEmpty()) {
            Variants apart = parts.computeIfAbsent(deciding, indexes -> parts(policy, indexes));
            Decision rest = apart.decide(0, asked);
            assertThat(rest)
                    .as("%s of %s without %s", asked, policy.text(), deciding)
                    .isNotEqualTo(decision)
                    .isNotEqualTo(decision == Decision.ALLOW ? Decision.EXPLICIT_DENY : decision);
            for (int i = 1; i <= deciding.size(); i++) {
                assertThat(apart.decide(i, asked)).isEqualTo(decision);
            }
        }
        return deciding.size();
    }

    /** The policy without these statements, then each of them alone. */
    private static Variants parts(PolicyDraft policy, Set<Integer> indexes) {
        List<Statement> rest = new ArrayList<>();
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < policy.statements().size(); i++) {
            if (indexes.contains(i)) {
                variants.add(Variant.of(policy.with(List.of(policy.statements().get(i)))));
            } else {
                rest.add(policy.statements().get(i));
            }
        }
        variants.add(0, Variant.of(policy.with(rest)));
        return new Variants(variants);
    }
}
