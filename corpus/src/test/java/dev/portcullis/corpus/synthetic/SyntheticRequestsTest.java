package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.RequestReader;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticRequestsTest {

    private static Decision byReference(StoreSituations situations, AccessRequest request) {
        return ReferenceEvaluator.decide(situations.situation(request, Semantics.defaults()));
    }

    private static Request fill(Request request, AccessRequest asked) {
        request.clear().principal(asked.principal()).action(asked.action()).resource(asked.resource());
        asked.facts().federatingUserArn().ifPresent(request::federatingUser);
        asked.sessionPolicies()
                .ifPresent(policies -> request.sessionPolicies(
                        policies.stream().map(PolicySource::documentText).toArray(String[]::new)));
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        return request;
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void decide_anyProfile_engineAsReference(Profile profile) {
        SyntheticStore synthetic = SyntheticStore.of(profile, 20_261_122, profile == Profile.APPLICATIONS ? 60 : 600);
        Store store = synthetic.build();
        StoreSituations situations = new StoreSituations(store);
        Engine engine = Engine.compile(store);
        Request request = engine.newRequest();
        Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);

        synthetic.requests(RequestMix.standard()).first(1_000).forEach(made -> {
            Decision reference = byReference(situations, made.request());
            assertThat(engine.decide(fill(request, made.request())))
                    .as(made.toString())
                    .isEqualTo(reference);
            decisions.merge(reference, 1, Integer::sum);
        });

        assertThat(decisions.keySet()).contains(Decision.ALLOW, Decision.IMPLICIT_DENY);
        assertThat(decisions.get(Decision.ALLOW)).isGreaterThan(150);
    }

    /** What a request was made for is mostly what it gets. */
    @Test
    void decide_amazonQ_eachKindGetsWhatItIsMadeFor() {
        SyntheticStore synthetic = SyntheticStore.of(Profile.AMAZON_Q, 11, 800);
        StoreSituations situations = new StoreSituations(synthetic.build());
        Map<RequestKind, Map<Decision, Integer>> decisions = new EnumMap<>(RequestKind.class);

        synthetic
                .requests(RequestMix.standard())
                .first(3_000)
                .forEach(made -> decisions
                        .computeIfAbsent(made.kind(), kind -> new EnumMap<>(Decision.class))
                        .merge(byReference(situations, made.request()), 1, Integer::sum));

        assertThat(share(decisions, RequestKind.HIT, Decision.ALLOW)).isGreaterThan(0.65);
        assertThat(share(decisions, RequestKind.NEAR_MISS, Decision.ALLOW)).isLessThan(0.40);
        assertThat(share(decisions, RequestKind.DENY, Decision.EXPLICIT_DENY)).isGreaterThan(0.60);
        assertThat(share(decisions, RequestKind.MISSING_KEY, Decision.IMPLICIT_DENY))
                .isGreaterThan(0.60);
        assertThat(share(decisions, RequestKind.UNKNOWN_ACTION, Decision.IMPLICIT_DENY))
                .isGreaterThan(0.70);
        assertThat(share(decisions, RequestKind.UNKNOWN_RESOURCE, Decision.ALLOW))
                .isBetween(0.20, 0.70);
    }

    private static double share(
            Map<RequestKind, Map<Decision, Integer>> decisions, RequestKind kind, Decision decision) {
        Map<Decision, Integer> ofKind = decisions.get(kind);
        return ofKind.getOrDefault(decision, 0)
                / (double) ofKind.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void first_anyMix_hasItsShares() {
        SyntheticStore store = SyntheticStore.of(Profile.PRINCIPALS, 1, 200);
        RequestMix mix = RequestMix.standard().with(RequestKind.DENY, 40).with(RequestKind.UNKNOWN_ACTION, 0);
        Map<RequestKind, Integer> counts = new EnumMap<>(RequestKind.class);

        store.requests(mix).first(20_000).forEach(made -> counts.merge(made.kind(), 1, Integer::sum));

        assertThat(counts).doesNotContainKey(RequestKind.UNKNOWN_ACTION);
        for (RequestKind kind : RequestKind.values()) {
            assertThat(counts.getOrDefault(kind, 0) / 20_000.0)
                    .as(kind.label())
                    .isCloseTo(mix.share(kind), within(0.012));
        }
        assertThat(mix.share(RequestKind.DENY)).isEqualTo(40 / 125.0);
    }

    @Test
    void decided_wantedDecisions_areThere() {
        SyntheticStore synthetic = SyntheticStore.of(Profile.PRINCIPALS, 1, 100);
        StoreSituations situations = new StoreSituations(synthetic.build());
        Function<AccessRequest, Decision> reference = request -> byReference(situations, request);
        Map<Decision, Integer> wanted =
                Map.of(Decision.ALLOW, 600, Decision.EXPLICIT_DENY, 100, Decision.IMPLICIT_DENY, 300);

        List<SyntheticRequest> made = synthetic.requests(RequestMix.standard()).decided(wanted, reference);

        Map<Decision, Integer> counts = new EnumMap<>(Decision.class);
        made.forEach(request -> counts.merge(reference.apply(request.request()), 1, Integer::sum));
        assertThat(counts).isEqualTo(wanted);
        assertThat(made).extracting(SyntheticRequest::number).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void decided_impossibleDecision_isAnError() {
        SyntheticStore synthetic = SyntheticStore.of(Profile.APPLICATIONS, 1, 10);

        assertThatThrownBy(() -> synthetic
                        .requests(RequestMix.standard())
                        .decided(Map.of(Decision.EXPLICIT_DENY, 1), request -> Decision.ALLOW))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the stream has too few requests of the decisions {EXPLICIT_DENY=1}");
    }

    @ParameterizedTest
    @EnumSource(Profile.class)
    void request_ofANumber_doesNotDependOnOthers(Profile profile) {
        SyntheticStore store = SyntheticStore.of(profile, 9, 300);
        List<SyntheticRequest> forward =
                store.requests(RequestMix.standard()).first(60).toList();

        SyntheticRequests again = SyntheticStore.of(profile, 9, 300).requests(RequestMix.standard());
        for (int i = 59; i >= 0; i--) {
            assertThat(again.request(i)).isEqualTo(forward.get(i));
        }
    }

    @Test
    void first_manyRequests_principalsAreFewOftenAndManySeldom() {
        SyntheticStore store = SyntheticStore.of(Profile.PRINCIPALS, 1, 10_000);
        Map<String, Integer> counts = new HashMap<>();
        Set<String> actions = new HashSet<>();

        store.requests(RequestMix.standard()).first(20_000).forEach(made -> {
            counts.merge(made.request().principal(), 1, Integer::sum);
            actions.add(made.request().action());
        });

        List<Integer> sorted = counts.values().stream().sorted((a, b) -> b - a).toList();
        assertThat(sorted.get(0)).isBetween(1_000, 4_000);
        assertThat(sorted.subList(0, 10).stream().mapToInt(Integer::intValue).sum())
                .isBetween(5_000, 10_000);
        assertThat(counts).hasSizeGreaterThan(900);
        assertThat(actions).hasSizeGreaterThan(300);
    }

    @Test
    void first_manyRequests_contextIsAsInReality() {
        SyntheticStore store = SyntheticStore.of(Profile.AMAZON_Q, 1, 1_000);
        Map<String, Integer> keys = new HashMap<>();
        int[] emptyLists = {0};

        store.requests(RequestMix.standard()).first(5_000).forEach(made -> {
            made.request().context().forEach((key, value) -> {
                keys.merge(key, 1, Integer::sum);
                emptyLists[0] += value.values().isEmpty() ? 1 : 0;
                if (key.equals("aws:TagKeys") || key.equals("aws:CalledVia")) {
                    assertThat(value).isInstanceOf(ContextValue.Multiple.class);
                }
            });
        });

        assertThat(keys.get("aws:SourceIp") / 5_000.0).isBetween(0.8, 0.9);
        assertThat(keys.get("aws:ResourceTag/team") / 5_000.0).isBetween(0.65, 0.8);
        assertThat(keys.get("aws:TagKeys") / 5_000.0).isBetween(0.25, 0.45);
        assertThat(keys.get("aws:CalledVia") / 5_000.0).isBetween(0.08, 0.2);
        assertThat(keys.get("aws:SourceVpce") / 5_000.0).isBetween(0.1, 0.2);
        assertThat(emptyLists[0]).isGreaterThan(100);
    }

    /** The request with session policies as texts of their own, instead of parts of the line. */
    private static AccessRequest plain(AccessRequest request) {
        return new AccessRequest(
                request.principal(),
                request.action(),
                request.resource(),
                request.resourceAccount(),
                request.context(),
                request.resourcePolicy(),
                request.sessionPolicies()
                        .map(policies -> policies.stream()
                                .map(policy -> PolicySource.of(policy.name(), policy.documentText()))
                                .toList()),
                request.facts());
    }

    @Test
    void request_written_isReadBack() throws IOException {
        SyntheticRequests requests = SyntheticStore.of(Profile.AMAZON_Q, 1, 400).requests(RequestMix.standard());
        StringBuilder lines = new StringBuilder();
        for (SyntheticRequest made : requests.first(300).toList()) {
            RequestLines.request(lines, made);
        }

        RequestReader reader =
                new RequestReader(new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)));
        Set<CallerKind> callers = EnumSet.noneOf(CallerKind.class);
        for (int i = 0; i < 300; i++) {
            SyntheticRequest made = requests.request(i);
            assertThat(reader.next()).get().satisfies(line -> {
                assertThat(line).isInstanceOf(Line.Read.class);
                Line.Read<?> read = (Line.Read<?>) line;
                assertThat(read.id()).startsWith(made.kind().label() + "-" + made.number());
                assertThat(read.id().endsWith(made.caller().label())).isEqualTo(made.caller() != CallerKind.PRINCIPAL);
                assertThat(plain((AccessRequest) read.value())).isEqualTo(made.request());
            });
            callers.add(made.caller());
        }
        assertThat(callers).containsExactlyInAnyOrder(CallerKind.values());
        assertThat(reader.next()).isEmpty();
    }
}
