package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision by each engine that somebody could have picked, on the same requests. Each has its own form of a request made
 * beforehand; only Portcullis is timed filling its request from Strings.
 *
 * <p>A peer that can't be loaded within a minute of processor time, 4 GB of heap and 8 GiB in all is reported and left out; that,
 * and the check of its decisions, are written as {@link PeerResult} says. For 1,000,000 policies {@code docs/peers.md} has other
 * limits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx4g", "-XX:+UseSerialGC"})
public class PeerBenchmark {

    /** Which. */
    @Param({
        "portcullis",
        "indexed",
        "naive",
        "reference",
        "event-ruler",
        "event-ruler-principal-first",
        "event-ruler-resource-first",
        "jcasbin",
        "authzforce",
        "cedar-java"
    })
    public String peer;

    /** View and size: policies each, policies together, or statements on the same actions. */
    @Param({"a:10", "b:10", "b:100", "b:1000", "b:10000", "b:100000", "c:1000", "c:10000", "c:100000"})
    public String view;

    private PeerRun<?> run;

    /**
     * Loads, and checks that all is decided as Portcullis does.
     *
     * @throws Exception if it can't be loaded
     */
    @Setup
    public void load() throws Exception {
        run = PeerRun.of(peer, Peers.of(peer), PeerView.of(view));
        if (run.result().mismatches() != 0) {
            throw new IllegalStateException("decides differently: " + run.result());
        }
    }

    /**
     * The next request.
     *
     * @throws Exception if the peer does
     */
    @Benchmark
    public Decision decide() throws Exception {
        return run.next();
    }
}
