package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Request;
import java.util.ArrayList;
import java.util.List;
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

/** Saying why, for the requests of view (a), filling included: all statements of every layer, each asked for itself. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class ExplainBenchmark {

    private static final int ASKS = 1 << 10;
    private static final int PRINCIPALS = 100;

    /** What the explained requests got. */
    @Param({"ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY"})
    public Decision decision;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;

    /** Compiles, and checks that explanations say what is decided. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, PRINCIPALS);
        engine = Engine.compile(workload.store());
        request = engine.newRequest();
        List<Ask> chosen = new ArrayList<>();
        for (Ask ask : workload.asks(ASKS)) {
            if (Naive.decide(workload.rules(ask.number()), ask) == decision) {
                chosen.add(ask);
            }
        }
        asks = chosen.toArray(Ask[]::new);
        for (int i = 0; i < asks.length; i++) {
            if (portcullis().decision() != decision) {
                throw new IllegalStateException("explained differently: " + asks[i]);
            }
        }
    }

    /** From Strings. */
    @Benchmark
    public Explanation portcullis() {
        next = next + 1 == asks.length ? 0 : next + 1;
        return engine.explain(Workload.fill(request, asks[next]));
    }
}
