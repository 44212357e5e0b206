package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Reopening;
import dev.portcullis.corpus.compiled.Contest.Outcome;
import dev.portcullis.corpus.generate.GeneratedStore;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.corpus.generate.StoreGenerator;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Engine against reference on generated stores and requests: every decision, and the reasons of every tenth. The seed is {@code -Dportcullis.seed=N}; a difference names
 * its store and request, and {@code -Dportcullis.store=N} has that one store decided again.
 */
class DifferentialTest {

    private static final long SEED = Long.getLong("portcullis.seed", 20_261_122);
    private static final Integer ONLY = Integer.getInteger("portcullis.store");
    private static final int REQUESTS_A_STORE = 110;
    private static final int SHOWN = 5;

    private final Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    private final List<String> differences = new ArrayList<>();
    private UnaryOperator<Engine> last = UnaryOperator.identity();
    private int refused;
    private int ambiguous;

    @Test
    void decide_generatedStores_asReference() {
        compare(0, 3_000);
        assertThat(decided()).isGreaterThan(ONLY == null ? 300_000 : 0);
    }

    /** {@code -Dportcullis.decisions=N} for another number. */
    @Tag("nightly")
    @Test
    void decide_manyGeneratedStores_asReference() {
        int wanted = Integer.getInteger("portcullis.decisions", 10_000_000);
        int first = 1_000_000;
        for (int store = 0; store * REQUESTS_A_STORE < (ONLY == null ? wanted : 1); store += 10_000) {
            compare(first + store, first + Math.min(store + 10_000, wanted / REQUESTS_A_STORE));
        }
        if (ONLY == null) {
            assertThat(decided() + refused + ambiguous * REQUESTS_A_STORE).isCloseTo(wanted, withinPercentage(1));
        }
    }

    /** Each engine decides after it was saved and opened again. */
    @Test
    void decide_generatedStoresSavedAndReopened_asReference() {
        last = Reopening::reopened;
        compare(3_000, 3_400);
        assertThat(decided()).isGreaterThan(40_000);
    }

    private void compare(int from, int to) {
        if (ONLY != null) {
            compare(ONLY);
        } else {
            for (int store = from; store < to && differences.size() < SHOWN; store++) {
                compare(store);
            }
        }
        assertThat(differences)
                .as("seed %d, %s, %d refused", SEED, decisions, refused)
                .isEmpty();
        if (ONLY == null) {
            assertThat(decisions.keySet()).containsExactly(Decision.values());
            assertThat(decisions.values()).allMatch(count -> count > decided() / 20);
            assertThat(refused).isBetween(1, decided() / 8);
            assertThat(ambiguous).isLessThan(1 + decided() / REQUESTS_A_STORE / 50);
        }
    }

    private void compare(int number) {
        RandomNumbers random = RandomNumbers.ofCase(SEED, number);
        GeneratedStore generated = new StoreGenerator(random).generate();
        Semantics semantics = random.chance(30) ? anyReading(random) : Semantics.defaults();
        Optional<Contest> contest = contest(generated, semantics);
        if (contest.isEmpty()) {
            ambiguous++;
            return;
        }
        RequestGenerator requests = new RequestGenerator(random, generated);
        for (int i = 0; i < REQUESTS_A_STORE; i++) {
            AccessRequest asked = requests.next();
            boolean supplied = random.chance(50);
            Outcome outcome = contest.get().decide(asked, supplied);
            outcome.reference()
                    .ifPresentOrElse(decision -> decisions.merge(decision, 1, Integer::sum), () -> refused++);
            boolean sameReasons = i % 10 != 0
                    || outcome.reference().isEmpty()
                    || contest.get().agreesOnReasons(asked, supplied);
            if (!outcome.agrees() || !sameReasons) {
                differences.add("store %d request %d: reference %s, engine %s, same reasons: %s%n%s%n%s%n%s%n%s"
                        .formatted(
                                number,
                                i,
                                outcome.reference(),
                                outcome.engine(),
                                sameReasons,
                                asked,
                                semantics,
                                contest.get().explain(asked, supplied),
                                generated.store().texts()));
            }
        }
    }

    /** Two resources may cover a third and disagree about it; such a store has no meaning. */
    private Optional<Contest> contest(GeneratedStore generated, Semantics semantics) {
        try {
            return Optional.of(new Contest(generated.store(), semantics, last));
        } catch (InvalidPolicyException refused) {
            assertThat(refused.diagnostics()).allMatch(finding -> finding.code().equals("AMBIGUOUS_COVERS"));
            return Optional.empty();
        }
    }

    /** The contested points read in any way. */
    private static Semantics anyReading(RandomNumbers random) {
        Semantics semantics = Semantics.defaults();
        for (Point point : Point.values()) {
            semantics = semantics.with(point, random.chance(50));
        }
        return semantics;
    }

    private int decided() {
        return decisions.values().stream().mapToInt(Integer::intValue).sum();
    }
}
