package dev.portcullis.benchmarks;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * JMH profiler {@code -prof dev.portcullis.benchmarks.CollectedHeap}: collects garbage before every warm-up iteration, so that
 * what is measured lies where a collection leaves it, as in any process that has run for a while, and not among what setting
 * up left behind.
 */
public final class CollectedHeap implements InternalProfiler {

    @Override
    public String getDescription() {
        return "Collects garbage while warming up";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.WARMUP) {
            collect();
        }
    }

    /** Collects garbage. */
    static void collect() {
        System.gc();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return List.of();
    }
}
