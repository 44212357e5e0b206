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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each part of a decision of view (a) costs: every benchmark does what the one before it does, and one thing more. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class PartsBenchmark {

    private static final int ASKS = 1 << 10;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;

    /** Compiles. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, 100);
        engine = Engine.compile(workload.store());
        request = engine.newRequest();
        asks = workload.asks(ASKS);
        workload.check(engine, asks);
    }

    private Ask next() {
        return asks[next++ & ASKS - 1];
    }

    /** The principal. */
    @Benchmark
    public Request a_principal() {
        return request.clear().principal(next().principal());
    }

    /** And the action. */
    @Benchmark
    public Request b_action() {
        Ask ask = next();
        return request.clear().principal(ask.principal()).action(ask.action());
    }

    /** And the resource. */
    @Benchmark
    public Request c_resource() {
        Ask ask = next();
        return request.clear().principal(ask.principal()).action(ask.action()).resource(ask.resource());
    }

    /** And the context: the whole request. */
    @Benchmark
    public Request d_context() {
        return Workload.fill(request, next());
    }

    /** And the decision. */
    @Benchmark
    public Decision e_decide() {
        return engine.decide(Workload.fill(request, next()));
    }
}
