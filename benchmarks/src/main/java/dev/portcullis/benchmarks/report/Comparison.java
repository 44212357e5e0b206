package dev.portcullis.benchmarks.report;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether one measurement of a benchmark is faster or slower than another. Compared are lower quartiles, since what disturbs
 * a run only makes it longer. How far their ratio can be trusted is found by drawing again from what was measured, forks first,
 * then stretches of neighbouring iterations of a fork: iterations of a fork are alike, and a busy neighbour stays for seconds, so
 * to take them for independent would find differences everywhere. Made of the same samples, it always says the same. Immutable.
 *
 * @param ratio the later lower quartile by the earlier one
 * @param low the least ratio that is credible
 * @param high the greatest
 * @param verdict what that means
 */
record Comparison(double ratio, double low, double high, Verdict verdict) {

    /** What a comparison says. */
    enum Verdict {
        FASTER,
        SLOWER,
        NOISE
    }

    /** With fewer forks than this nobody can tell one bad compilation from a change. */
    static final int FORKS_TRUSTED = 3;

    /** A difference that is smaller is none. */
    static final double LEAST_EFFECT = 0.03;

    /** The same for fewer forks. */
    static final double LEAST_EFFECT_OF_FEW_FORKS = 0.10;

    private static final int DRAWS = 2_000;
    private static final double CREDIBLE = 0.99;
    private static final int STRETCH = 5;
    private static final double QUARTILE = 0.25;
    private static final long SEED = 0x636F6D70617265L;

    /** Compares. */
    static Comparison of(Samples before, Samples after) {
        double ratio = after.lowerQuartile() / before.lowerQuartile();
        double[] ratios = new double[DRAWS];
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < DRAWS; i++) {
            double earlier = drawn(before.forks(), random);
            ratios[i] = drawn(after.forks(), random) / earlier;
        }
        Arrays.sort(ratios);
        double low = Samples.quantile(ratios, (1 - CREDIBLE) / 2);
        double high = Samples.quantile(ratios, (1 + CREDIBLE) / 2);
        return new Comparison(ratio, low, high, verdict(ratio, low, high, leastEffect(before, after)));
    }

    /** The smallest share by which these can differ and be told apart. */
    static double leastEffect(Samples before, Samples after) {
        boolean few = Math.min(before.forks().size(), after.forks().size()) < FORKS_TRUSTED;
        return few ? LEAST_EFFECT_OF_FEW_FORKS : LEAST_EFFECT;
    }

    private static Verdict verdict(double ratio, double low, double high, double leastEffect) {
        if (low > 1 && ratio >= 1 + leastEffect) {
            return Verdict.SLOWER;
        }
        return high < 1 && ratio <= 1 / (1 + leastEffect) ? Verdict.FASTER : Verdict.NOISE;
    }

    /** The lower quartile of as many forks and iterations, drawn with repetition. */
    private static double drawn(List<double[]> forks, SplittableRandom random) {
        double[] drawn = new double[forks.stream().mapToInt(fork -> fork.length).sum() + forks.size() * STRETCH];
        int count = 0;
        for (int i = 0; i < forks.size(); i++) {
            double[] fork = forks.get(random.nextInt(forks.size()));
            int end = Math.min(drawn.length, count + fork.length);
            while (count < end) {
                int from = random.nextInt(fork.length);
                for (int j = 0; j < STRETCH && count < end; j++) {
                    drawn[count++] = fork[(from + j) % fork.length];
                }
            }
        }
        double[] sorted = Arrays.copyOf(drawn, count);
        Arrays.sort(sorted);
        return Samples.quantile(sorted, QUARTILE);
    }
}
