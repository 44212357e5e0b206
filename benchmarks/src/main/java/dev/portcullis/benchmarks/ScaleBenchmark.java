package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * View (b) as the store grows: principals at random, ten policies each, more requests than the caches hold. One by one, sixteen
 * requests in turns, and in batches of 16 whose waits for memory overlap. Filling included in both.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx14g", "-XX:+UseSerialGC"})
public class ScaleBenchmark {

    private static final int ASKS = 1 << 15;
    private static final int BATCH = 16;

    /** Principals in the store, ten policies each. */
    @Param({"100", "1000", "10000", "100000"})
    public int principals;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request[] requests;
    private Request[] together;
    private Decision[] decisions;

    /** Compiles, and checks what is decided one by one and in batches. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, principals);
        engine = Engine.compile(workload.store());
        asks = workload.asks(ASKS);
        workload.check(engine, asks);
        requests = new Request[BATCH];
        decisions = new Decision[BATCH];
        for (int i = 0; i < BATCH; i++) {
            requests[i] = engine.newRequest();
        }
        together = engine.newRequests(BATCH);
        for (int i = 0; i < ASKS / BATCH; i++) {
            Decision[] together = batch().clone();
            next -= BATCH;
            Decision[] each = oneByOne();
            for (int j = 0; j < BATCH; j++) {
                if (together[j] != each[j]) {
                    throw new IllegalStateException("a batch decides differently");
                }
            }
        }
    }

    private void fill() {
        for (int i = 0; i < BATCH; i++) {
            Workload.fill(together[i], asks[next++ & ASKS - 1]);
        }
    }

    /** Sixteen decisions, one after the other. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Decision[] oneByOne() {
        for (int i = 0; i < BATCH; i++) {
            decisions[i] = engine.decide(Workload.fill(requests[i], asks[next++ & ASKS - 1]));
        }
        return decisions;
    }

    /** Sixteen decisions at once. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Decision[] batch() {
        fill();
        engine.decide(together, BATCH, decisions);
        return decisions;
    }
}
