package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.generate.GeneratedStore;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.corpus.generate.StoreGenerator;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generated stores: the compiled engine explains every request as the reference does, field by field. */
class GeneratedExplanationTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final int STORES = 100;
    private static final int REQUESTS = 100;
    private static final Filling.Form[] FORMS = Filling.Form.values();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void explain_generatedStores_asTheReference(long seed) {
        RandomNumbers random = new RandomNumbers(seed);
        List<String> differences = new ArrayList<>();
        Map<Decision, Integer> decided = new EnumMap<>(Decision.class);
        int nearMisses = 0;
        for (int i = 0; i < STORES && differences.isEmpty(); i++) {
            GeneratedStore store = new StoreGenerator(random).generate();
            Sides sides;
            try {
                sides = new Sides(store);
            } catch (InvalidPolicyException ambiguous) {
                // Several of its resources cover one and disagree.
                continue;
            }
            RequestGenerator requests = new RequestGenerator(random, store);
            for (int j = 0; j < REQUESTS; j++) {
                AccessRequest asked = named(requests.next());
                Optional<Explanation> expected = sides.reference(asked);
                Optional<Explanation> got = sides.engine(asked);
                if (!got.equals(expected)) {
                    differences.add(asked + "\n expected " + expected + "\n      got " + got);
                } else if (got.isPresent()) {
                    decided.merge(got.get().decision(), 1, Integer::sum);
                    nearMisses += got.get().nearMisses().size();
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(decided.values()).hasSize(3).allMatch(count -> count > STORES * REQUESTS / 50);
        assertThat(nearMisses).isGreaterThan(STORES * REQUESTS / 10);
    }

    /** The documents of a request called as the engine calls them. */
    private static AccessRequest named(AccessRequest asked) {
        return new AccessRequest(
                asked.principal(),
                asked.action(),
                asked.resource(),
                asked.resourceAccount(),
                asked.context(),
                asked.resourcePolicy().map(source -> PolicySource.of("resource policy", source.documentText())),
                asked.sessionPolicies()
                        .map(sources -> IntStream.range(0, sources.size())
                                .mapToObj(i -> PolicySource.of(
                                        "session policy " + (i + 1),
                                        sources.get(i).documentText()))
                                .toList()),
                asked.facts());
    }

    /** The decision beside it, before and after, is the same. */
    private static Explanation explain(Engine engine, Request request) {
        Decision before = engine.decide(request);
        Explanation explanation = engine.explain(request);
        Decision after = engine.decide(request);
        if (explanation.decision() != before || before != after) {
            throw new IllegalStateException(
                    "decided " + before + ", explained " + explanation.decision() + ", decided " + after);
        }
        return explanation;
    }

    private static final class Sides {

        private final StoreSituations situations;
        private final Engine engine;
        private final Filling filling;
        private int explained;

        Sides(GeneratedStore generated) {
            Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
            situations = new StoreSituations(generated.store()).withClock(clock);
            engine = Engine.compile(generated.store()).withClock(clock);
            filling = new Filling(engine);
        }

        Optional<Explanation> reference(AccessRequest asked) {
            try {
                Situation situation = situations.situation(asked, Semantics.defaults());
                return Optional.of(ReferenceEvaluator.explain(situation));
            } catch (IllegalArgumentException refused) {
                return Optional.empty();
            }
        }

        Optional<Explanation> engine(AccessRequest asked) {
            try {
                Filling.Form form = FORMS[++explained % FORMS.length];
                return Optional.of(explain(engine, filling.fill(asked, form)));
            } catch (IllegalArgumentException refused) {
                return Optional.empty();
            }
        }
    }
}
