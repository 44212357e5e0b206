package dev.portcullis.benchmarks.report;

import dev.portcullis.benchmarks.report.Comparison.Verdict;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Compares two results, benchmark by benchmark. */
final class Compare {

    /** More bytes an operation than this more than before are a change; less is the profiler's own. */
    private static final double BYTES_OF_PROFILER = 1;

    private final StringBuilder text = new StringBuilder();
    private int slower;
    private int compared;

    private Compare() {}

    /**
     * Compares what both have.
     *
     * @param threshold the share from which slower is too slow, such as 0.05
     * @throws IllegalArgumentException if they have nothing in common
     */
    static Compare of(Results before, Results after, double threshold) {
        Map<String, Measured> earlier = new HashMap<>();
        before.benchmarks().forEach(one -> earlier.put(one.key(), one));
        Compare compare = new Compare();
        boolean few = false;
        for (Measured now : after.benchmarks()) {
            Measured then = earlier.remove(now.key());
            if (then != null) {
                compare.add(then, now, threshold);
                few |= Comparison.leastEffect(then.nanos(), now.nanos()) > Comparison.LEAST_EFFECT;
            }
        }
        if (compare.compared == 0) {
            throw new IllegalArgumentException("the results have no benchmark in common");
        }
        compare.end(few, threshold);
        return compare;
    }

    private void add(Measured before, Measured after, double threshold) {
        compared++;
        Comparison comparison = Comparison.of(before.nanos(), after.nanos());
        boolean tooSlow = comparison.verdict() == Verdict.SLOWER && comparison.ratio() >= 1 + threshold;
        String bytes = bytes(before, after).orElse("");
        if (tooSlow || !bytes.isEmpty()) {
            slower++;
        }
        text.append(String.format(
                Locale.ROOT,
                "%-6s %6.3f  [%.3f, %.3f]  %10s -> %-10s  %s%s%s\n",
                comparison.verdict().toString().toLowerCase(Locale.ROOT),
                comparison.ratio(),
                comparison.low(),
                comparison.high(),
                LogScale.time(before.nanos().lowerQuartile()),
                LogScale.time(after.nanos().lowerQuartile()),
                after.key(),
                tooSlow ? "  TOO SLOW" : "",
                bytes));
    }

    private static Optional<String> bytes(Measured before, Measured after) {
        if (before.allocated().isEmpty() || after.allocated().isEmpty()) {
            return Optional.empty();
        }
        double then = before.allocated().getAsDouble();
        double now = after.allocated().getAsDouble();
        return now > then * (1 + Comparison.LEAST_EFFECT) + BYTES_OF_PROFILER
                ? Optional.of("  ALLOCATES " + Figures.of(now) + " B, not " + Figures.of(then))
                : Optional.empty();
    }

    private void end(boolean few, double threshold) {
        text.append(String.format(
                Locale.ROOT,
                "%d compared, %d slower by %.0f %% or more or allocating more; lower quartiles, ratio after / before, 99 %%"
                        + " interval\n",
                compared,
                slower,
                threshold * 100));
        if (few) {
            text.append(String.format(
                    Locale.ROOT,
                    "with fewer than %d forks on both sides only differences from %.0f %% on are told from noise\n",
                    Comparison.FORKS_TRUSTED,
                    Comparison.LEAST_EFFECT_OF_FEW_FORKS * 100));
        }
    }

    /** Whether something got slower by the threshold or more, or allocates more. */
    boolean isSlower() {
        return slower > 0;
    }

    /** A line for each benchmark, and what they come to. */
    @Override
    public String toString() {
        return text.toString();
    }
}
