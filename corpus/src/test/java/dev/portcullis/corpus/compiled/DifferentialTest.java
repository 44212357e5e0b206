package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.generate.GeneratedStore;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.corpus.generate.StoreGenerator;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Generated stores and requests at the boundary of their policies: the compiled engine decides each as the reference does,
 * or refuses it as the reference does. A seed replays its run; more stores with
 * {@code -Dportcullis.differential.stores=NUMBER}.
 */
class DifferentialTest {

    private static final int STORES = Integer.getInteger("portcullis.differential.stores", 150);
    private static final int REQUESTS = 100;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void decide_generatedStores_asTheReference(long seed) {
        RandomNumbers random = new RandomNumbers(seed);
        List<String> differences = new ArrayList<>();
        Map<Decision, Integer> decided = new EnumMap<>(Decision.class);
        for (int i = 0; i < STORES && differences.isEmpty(); i++) {
            GeneratedStore store = new StoreGenerator(random).generate();
            Contest contest;
            try {
                contest = new Contest(store.store(), semantics(seed, i));
            } catch (InvalidPolicyException ambiguous) {
                // Several of its resources cover one and disagree.
                continue;
            }
            RequestGenerator requests = new RequestGenerator(random, store);
            for (int j = 0; j < REQUESTS; j++) {
                AccessRequest asked = requests.next();
                boolean supplied = j % 2 == 0;
                Contest.Outcome outcome = contest.decide(asked, supplied);
                if (!outcome.agrees()) {
                    differences.add("seed " + seed + ", store " + i + ", request " + j + ": " + outcome + "\n" + asked
                            + "\n" + contest.explain(asked, supplied));
                }
                outcome.engine().ifPresent(decision -> decided.merge(decision, 1, Integer::sum));
            }
        }
        assertThat(differences).isEmpty();
        assertThat(decided.values()).hasSize(3).allMatch(count -> count > STORES * REQUESTS / 50);
    }

    /** Every fourth store is read with one contested point the other way. */
    private static Semantics semantics(long seed, int store) {
        if (store % 4 != 3) {
            return Semantics.defaults();
        }
        Semantics.Point[] points = Semantics.Point.values();
        Semantics.Point point = points[(int) (seed * 31 + store / 4) % points.length];
        return Semantics.defaults().with(point, !point.byDefault());
    }
}
