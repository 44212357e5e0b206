package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** The decisions of view (a) by one thread and by two that share the engine. The time is that of a decision in its thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class ThreadBenchmark {

    private static final int ASKS = 1 << 10;

    private final AtomicInteger threads = new AtomicInteger();
    private Ask[] asks;
    private Engine engine;

    /** Compiles, and checks the decisions. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, 100);
        engine = Engine.compile(workload.store());
        asks = workload.asks(ASKS);
        workload.check(engine, asks);
    }

    /** What a thread has of its own. */
    @State(Scope.Thread)
    public static class Own {

        private Request request;
        private int next;

        /** Threads begin at different requests. */
        @Setup
        public void build(ThreadBenchmark shared) {
            request = shared.engine.newRequest();
            next = shared.threads.getAndIncrement() * (ASKS / 2);
        }
    }

    private Decision decide(Own own) {
        return engine.decide(Workload.fill(own.request, asks[own.next++ & ASKS - 1]));
    }

    /** One thread. */
    @Benchmark
    @Threads(1)
    public Decision one(Own own) {
        return decide(own);
    }

    /** Two threads. */
    @Benchmark
    @Threads(2)
    public Decision two(Own own) {
        return decide(own);
    }
}
