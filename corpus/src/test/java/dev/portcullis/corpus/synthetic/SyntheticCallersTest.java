package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Policies;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.PreparedRequest;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Callers of a synthetic stream that are more than a user or a role's session. */
class SyntheticCallersTest {

    private static final CallerMix OTHERS = CallerMix.of(Profile.AMAZON_Q).with(CallerKind.PRINCIPAL, 0);

    /**
     * Every kind of caller meets all three decisions, and the engine decides as the reference does (rules E18, E19, E28, E38 to
     * E42, E70 to E75).
     */
    @ParameterizedTest
    @CsvSource({"AMAZON_Q, 3", "AMAZON_Q, 20261122", "CUSTOMER, 3"})
    void decide_eachKindOfCaller_engineAsReferenceAndEveryDecision(Profile profile, long seed) {
        SyntheticStore synthetic = SyntheticStore.of(profile, seed, 600);
        Store store = synthetic.build();
        StoreSituations situations = new StoreSituations(store);
        Engine engine = Engine.compile(store);
        Request request = engine.newRequest();
        Map<CallerKind, Map<Decision, Integer>> decisions = new EnumMap<>(CallerKind.class);

        synthetic.requests(RequestMix.standard(), OTHERS).first(2_500).forEach(made -> {
            Decision reference = ReferenceEvaluator.decide(situations.situation(made.request(), Semantics.defaults()));
            assertThat(engine.decide(PreparedRequest.of(engine, made.request()).fill(request)))
                    .as(made.toString())
                    .isEqualTo(reference);
            decisions
                    .computeIfAbsent(made.caller(), kind -> new EnumMap<>(Decision.class))
                    .merge(reference, 1, Integer::sum);
        });

        // Where no policy speaks of such a caller, a principal asks instead; few of customers' roles trust providers.
        Map<Decision, Integer> instead = decisions.remove(CallerKind.PRINCIPAL);
        assertThat(instead == null ? 0 : sum(instead)).isLessThan(2_500 / 12);
        assertThat(decisions.keySet()).isEqualTo(withShare(OTHERS));
        decisions.forEach((caller, counts) -> {
            assertThat(share(counts, Decision.ALLOW))
                    .as("%s: %s", caller, counts)
                    .isBetween(0.15, 0.85);
            assertThat(share(counts, Decision.IMPLICIT_DENY))
                    .as("%s: %s", caller, counts)
                    .isBetween(0.10, 0.80);
            // RCPs deny identity providers, and most services that are denied; customers' stores have none.
            boolean byControls = caller == CallerKind.SERVICE || caller == CallerKind.IDENTITY_PROVIDER;
            if (profile == Profile.AMAZON_Q || !byControls) {
                assertThat(share(counts, Decision.EXPLICIT_DENY))
                        .as("%s: %s", caller, counts)
                        .isGreaterThan(0.02);
            }
        });
    }

    private static int sum(Map<Decision, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static double share(Map<Decision, Integer> counts, Decision decision) {
        return counts.getOrDefault(decision, 0) / (double) sum(counts);
    }

    private static Set<CallerKind> withShare(CallerMix mix) {
        Set<CallerKind> kinds = new HashSet<>();
        mix.shares().forEach((kind, share) -> {
            if (share > 0) {
                kinds.add(kind);
            }
        });
        return kinds;
    }

    @ParameterizedTest
    @EnumSource(names = {"AMAZON_Q", "CUSTOMER", "MANAGED", "GUARDRAIL"})
    void first_ofAProfile_hasTheSharesOfItsCallers(Profile profile) {
        SyntheticStore synthetic = SyntheticStore.of(profile, 5, 800);
        Map<CallerKind, Integer> counts = new EnumMap<>(CallerKind.class);

        synthetic
                .requests(RequestMix.standard())
                .first(6_000)
                .forEach(made -> counts.merge(made.caller(), 1, Integer::sum));

        for (CallerKind kind : CallerKind.values()) {
            assertThat(counts.getOrDefault(kind, 0) / 6_000.0)
                    .as(kind.label())
                    .isCloseTo(CallerMix.of(profile).share(kind), within(0.015));
        }
    }

    /** Who else asks does not change what a principal asks; profiles for simpler libraries have principals only. */
    @Test
    void request_ofAPrincipal_isTheSameInEveryMix() {
        SyntheticStore synthetic = SyntheticStore.of(Profile.AMAZON_Q, 8, 400);
        SyntheticRequests mixed = synthetic.requests(RequestMix.standard());
        SyntheticRequests principals = synthetic.requests(RequestMix.standard(), CallerMix.principals());

        mixed.first(300)
                .filter(made -> made.caller() == CallerKind.PRINCIPAL)
                .forEach(made -> assertThat(principals.request(made.number())).isEqualTo(made));
        for (Profile profile : List.of(Profile.PRINCIPALS, Profile.APPLICATIONS, Profile.HOSTILE)) {
            assertThat(CallerMix.of(profile)).isEqualTo(CallerMix.principals());
        }
    }

    /** As in real life: some texts come again and again, most of them seldom, and some are never seen again. */
    @Test
    void first_manyRequests_sessionPoliciesAreFewOftenAndManySeldom() {
        SyntheticRequests requests =
                SyntheticStore.of(Profile.AMAZON_Q, 1, 800).requests(RequestMix.standard(), OTHERS);
        Map<String, Integer> inline = new HashMap<>();
        int[] counts = new int[4];

        requests.first(8_000)
                .forEach(made -> made.request().sessionPolicies().ifPresent(policies -> {
                    List<PolicySource> own = policies.stream()
                            .filter(policy -> policy.name().equals("inline"))
                            .toList();
                    counts[own.isEmpty() ? 0 : own.size() == policies.size() ? 1 : 2]++;
                    counts[3]++;
                    own.forEach(policy -> inline.merge(policy.text(), 1, Integer::sum));
                }));

        int all = inline.values().stream().mapToInt(Integer::intValue).sum();
        long once = inline.values().stream().filter(count -> count == 1).count();
        assertThat(counts[3]).isGreaterThan(3_000);
        assertThat(counts[0] / (double) counts[3]).as("managed only").isBetween(0.15, 0.25);
        assertThat(counts[1] / (double) counts[3]).as("inline only").isBetween(0.55, 0.65);
        assertThat(counts[2] / (double) counts[3]).as("both").isBetween(0.15, 0.25);
        assertThat(once / (double) all).as("never seen again").isBetween(0.04, 0.09);
        assertThat(inline.values().stream().filter(count -> count > 1).count())
                .isBetween(60L, (long) SessionDocuments.POOL);
        assertThat(inline.values().stream().mapToInt(Integer::intValue).max().orElseThrow() / (double) all)
                .isBetween(0.08, 0.30);
    }

    @Test
    void first_manyRequests_sessionPoliciesAreValidAndWithinTheQuota() {
        SyntheticRequests requests =
                SyntheticStore.of(Profile.AMAZON_Q, 4, 800).requests(RequestMix.standard(), OTHERS);
        List<String> problems = new ArrayList<>();

        requests.first(1_000)
                .forEach(made -> made.request().sessionPolicies().ifPresent(policies -> {
                    assertThat(policies.size()).isLessThanOrEqualTo(Limits.SESSION_POLICIES);
                    for (PolicySource policy : policies) {
                        int most = policy.name().equals("inline")
                                ? Limits.SESSION_POLICY_CHARACTERS
                                : Limits.MANAGED_POLICY_CHARACTERS * 2;
                        assertThat(policy.text()).hasSizeLessThanOrEqualTo(most).doesNotContain("\n");
                        Policies.read(policy.name(), PolicyType.SESSION, policy.text(), Checks.STORED, Map.of())
                                .diagnostics()
                                .stream()
                                .filter(finding -> finding.isError())
                                .forEach(finding -> problems.add(finding.toString()));
                    }
                }));

        assertThat(problems).isEmpty();
    }

    /** Who asks fits the rules: E40 for federated users, E28 and E98 for services, E75 for providers. */
    @Test
    void first_manyRequests_callersAreWhoTheyAreSaidToBe() {
        SyntheticRequests requests =
                SyntheticStore.of(Profile.AMAZON_Q, 6, 800).requests(RequestMix.standard(), OTHERS);
        int[] bare = new int[2];

        requests.first(2_000).forEach(made -> {
            AccessRequest request = made.request();
            boolean narrowed = request.sessionPolicies().isPresent();
            boolean federated = request.facts().federatingUserArn().isPresent();
            switch (made.caller()) {
                case NARROWED_SESSION -> {
                    assertThat(request.principal()).contains(":assumed-role/");
                    assertThat(narrowed).isTrue();
                }
                case FEDERATED_SESSION -> {
                    assertThat(request.principal()).contains(":assumed-role/");
                    assertThat(request.contextValue("aws:FederatedProvider")).isPresent();
                }
                case FEDERATED_USER -> {
                    assertThat(request.principal())
                            .matches("arn:aws:sts::[0-9]{12}:federated-user/[a-z0-9-]+\\.[a-z]+")
                            .hasSizeLessThan(80);
                    assertThat(request.facts().federatingUserArn())
                            .get()
                            .asString()
                            .contains(":user/");
                    bare[narrowed ? 0 : 1]++;
                }
                case SERVICE -> assertThat(request.principal()).endsWith(".amazonaws.com");
                case IDENTITY_PROVIDER -> assertThat(request.principal()).contains("-provider/");
                case PRINCIPAL -> throw new AssertionError("no principal has a share");
            }
            assertThat(federated).isEqualTo(made.caller() == CallerKind.FEDERATED_USER);
        });

        assertThat(bare[1] / (double) (bare[0] + bare[1])).isBetween(0.10, 0.20);
    }

    @Test
    void requests_storeWithoutSuchCallers_areAskedByPrincipals() {
        SyntheticStore users = SyntheticStore.of(Profile.PRINCIPALS, 1, 50);

        assertThat(users.requests(RequestMix.standard(), OTHERS)
                        .first(40)
                        .map(SyntheticRequest::caller)
                        .distinct())
                .isSubsetOf(CallerKind.PRINCIPAL, CallerKind.FEDERATED_USER)
                .contains(CallerKind.PRINCIPAL);
    }

    @Test
    void mix_withoutSharesOrNegative_isRefused() {
        assertThatThrownBy(() -> CallerMix.principals().with(CallerKind.PRINCIPAL, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no kind of caller has a share");
        assertThatThrownBy(() -> CallerMix.principals().with(CallerKind.SERVICE, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("service: -1 is not between 0 and 1000000");
    }
}
