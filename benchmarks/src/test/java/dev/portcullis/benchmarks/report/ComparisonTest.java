package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.benchmarks.report.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {

    private static final int ITERATIONS = 40;

    /** Forks of iterations around a time, each fork a little off by itself. */
    private static Samples forks(long seed, int count, double nanos) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> forks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double fork = nanos * (1 + 0.01 * random.nextDouble());
            forks.add(random.doubles(ITERATIONS)
                    .map(share -> fork * (1 + 0.05 * share * share))
                    .toArray());
        }
        return new Samples(forks);
    }

    /** The same, but a neighbour is busy during some of each fork's iterations, one after the other. */
    private static Samples disturbed(long seed, int count, double nanos, int iterations) {
        SplittableRandom random = new SplittableRandom(seed);
        List<double[]> forks = new ArrayList<>();
        for (double[] fork : forks(seed, count, nanos).forks()) {
            int from = random.nextInt(ITERATIONS);
            for (int i = 0; i < iterations; i++) {
                fork[(from + i) % ITERATIONS] *= 1.7;
            }
            forks.add(fork);
        }
        return new Samples(forks);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5})
    void of_theSameSamples_isNoise(int count) {
        Samples samples = forks(1, count, 250);

        Comparison comparison = Comparison.of(samples, samples);

        assertThat(comparison.verdict()).isEqualTo(Verdict.NOISE);
        assertThat(comparison.ratio()).isEqualTo(1);
        assertThat(comparison.low()).isLessThanOrEqualTo(1);
        assertThat(comparison.high()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void of_theSameCodeAgainAndAgain_isNoise() {
        int others = 0;
        for (int seed = 0; seed < 40; seed++) {
            Comparison comparison = Comparison.of(forks(seed, 3, 250), forks(seed + 1_000L, 3, 250));
            others += comparison.verdict() == Verdict.NOISE ? 0 : 1;
        }
        assertThat(others).isZero();
    }

    @Test
    void of_theSameCodeWithABusyNeighbour_isMostlyNoise() {
        int others = 0;
        for (int seed = 0; seed < 40; seed++) {
            Comparison comparison = Comparison.of(
                    disturbed(seed, 5, 250, seed % 20), disturbed(seed + 1_000L, 5, 250, (seed + 7) % 20));
            others += comparison.verdict() == Verdict.NOISE ? 0 : 1;
        }
        assertThat(others).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "3, 1.10, SLOWER",
        "5, 1.06, SLOWER",
        "3, 0.90, FASTER",
        "5, 0.94, FASTER",
        "5, 1.02, NOISE",
        "5, 0.99, NOISE"
    })
    void of_aChange_isSeen(int count, double factor, Verdict expected) {
        Comparison comparison = Comparison.of(forks(1, count, 250), forks(2, count, 250 * factor));

        assertThat(comparison.verdict()).isEqualTo(expected);
        assertThat(comparison.ratio()).isEqualTo(factor, within(0.02));
    }

    @Test
    void of_aChangeUnderABusyNeighbour_isSeen() {
        int seen = 0;
        for (int seed = 0; seed < 40; seed++) {
            Comparison comparison = Comparison.of(disturbed(seed, 5, 250, 10), disturbed(seed + 1_000L, 5, 300, 10));
            seen += comparison.verdict() == Verdict.SLOWER ? 1 : 0;
        }
        assertThat(seen).isGreaterThan(37);
    }

    @Test
    void of_oneForkThatWasDisturbedThroughout_isNoiseAmongOthers() {
        List<double[]> forks = new ArrayList<>(forks(2, 2, 250).forks());
        forks.addAll(disturbed(3, 1, 250, ITERATIONS).forks());

        assertThat(Comparison.of(forks(1, 3, 250), new Samples(forks)).verdict())
                .isEqualTo(Verdict.NOISE);
    }

    @Test
    void of_fewForks_asksForMore() {
        assertThat(Comparison.of(forks(1, 1, 250), forks(2, 1, 250 * 1.06)).verdict())
                .isEqualTo(Verdict.NOISE);
        assertThat(Comparison.of(forks(1, 1, 250), forks(2, 1, 250 * 1.3)).verdict())
                .isEqualTo(Verdict.SLOWER);
    }

    @Test
    void of_theSameSamplesTwice_saysTheSame() {
        assertThat(Comparison.of(forks(1, 3, 250), forks(2, 3, 260)))
                .isEqualTo(Comparison.of(forks(1, 3, 250), forks(2, 3, 260)));
    }
}
