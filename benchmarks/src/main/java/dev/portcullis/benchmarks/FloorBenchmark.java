package dev.portcullis.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the machine needs for the requests of view (a) at the very least; see {@link Floor}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class FloorBenchmark {

    private static final int ASKS = 1 << 10;
    private static final int CACHED = 1 << 8;
    /** 128 MiB of words: beyond every cache. */
    private static final int BEYOND_CACHES = 1 << 24;

    private Ask[] asks;
    private int next;
    private Floor hot;
    private Floor cold;
    private TableDfa dfa;

    /** Makes the requests of {@link DecideBenchmark}. */
    @Setup
    public void build() {
        asks = new Workload(42, 100).asks(ASKS);
        hot = new Floor(CACHED);
        cold = new Floor(BEYOND_CACHES);
        dfa = new TableDfa();
    }

    private Ask next() {
        return asks[next++ & ASKS - 1];
    }

    /** Taking the next request. */
    @Benchmark
    public Ask harness() {
        return next();
    }

    /** Everything in the caches. */
    @Benchmark
    public long hot() {
        return hot.leastOf(next());
    }

    /** The same, and every context value read once. */
    @Benchmark
    public long hotAllValues() {
        return hot.allOf(next());
    }

    /** One probe in memory beyond the caches, that what follows waits for. */
    @Benchmark
    public long cold() {
        return cold.waiting(next());
    }

    /** What a table DFA needs to read the resource once, a state a character. */
    @Benchmark
    public int tableDfa() {
        return dfa.read(next().resource());
    }
}
