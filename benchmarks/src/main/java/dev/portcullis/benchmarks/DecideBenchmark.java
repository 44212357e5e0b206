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
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One decision, filling the request included: principal, action, resource, seven single-valued context keys and a multivalued
 * one. View (a): 100 principals of ten policies each, whose data stay in the caches. View (b): 1,000 principals and more, all
 * in one store, asked at random.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class DecideBenchmark {

    private static final int ASKS = 1 << 10;

    /** Principals in the store, ten policies each. */
    @Param({"100", "1000"})
    public int principals;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;
    private Rule[][] naive;
    private Indexed[] indexed;
    private Handles handles;

    /** Compiles, and checks that all bars decide alike. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, principals);
        engine = Engine.compile(workload.store());
        request = engine.newRequest();
        asks = workload.asks(ASKS);
        workload.check(engine, asks);
        naive = new Rule[principals][];
        indexed = new Indexed[principals];
        for (int i = 0; i < principals; i++) {
            naive[i] = workload.rules(i);
            indexed[i] = new Indexed(naive[i]);
        }
        handles = new Handles(engine, asks);
        for (int i = 0; i < ASKS; i++) {
            Ask ask = asks[i];
            Decision decision = Naive.decide(naive[ask.number()], ask);
            if (decision != indexed[ask.number()].decide(ask) || decision != engine.decide(handles.fill(request, i))) {
                throw new IllegalStateException("decided differently: " + ask);
            }
        }
    }

    private int next() {
        return next++ & ASKS - 1;
    }

    /** From Strings. */
    @Benchmark
    public Decision portcullis() {
        return engine.decide(Workload.fill(request, asks[next()]));
    }

    /** Principal, action and keys from handles; resource and values from Strings. */
    @Benchmark
    public Decision portcullisHandles() {
        return engine.decide(handles.fill(request, next()));
    }

    /** Filling alone, from Strings. */
    @Benchmark
    public Request portcullisFill() {
        return Workload.fill(request, asks[next()]);
    }

    /** The fifty-line index, the principal's rules found for it already. */
    @Benchmark
    public Decision indexed() {
        Ask ask = asks[next()];
        return indexed[ask.number()].decide(ask);
    }

    /** The walk over all statements, the principal's rules found for it already. */
    @Benchmark
    public Decision naive() {
        Ask ask = asks[next()];
        return Naive.decide(naive[ask.number()], ask);
    }
}
