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

/** View (c): one principal, and as many statements on the same four action sets, each with an application of its own. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx10g", "-XX:+UseSerialGC"})
public class ManyStatementsBenchmark {

    private static final int ASKS = 1 << 10;
    /** How many. */
    @Param({"1000", "100000", "1000000"})
    public int statements;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;
    private Indexed indexed;

    /** Compiles, and checks that both decide alike. */
    @Setup
    public void build() {
        ManyStatements many = new ManyStatements(statements, ASKS);
        asks = many.asks();
        engine = Engine.compile(many.store());
        request = engine.newRequest();
        indexed = new Indexed(many.rules());
        for (int i = 0; i < ASKS; i += statements > 10_000 ? 64 : 1) {
            Decision decision = portcullis(asks[i]);
            if (decision != indexed.decide(asks[i])) {
                throw new IllegalStateException("decided differently: " + asks[i]);
            }
        }
    }

    private Decision portcullis(Ask ask) {
        return engine.decide(request.clear()
                .principal(ask.principal())
                .action(ask.action())
                .resource(ask.resource())
                .context(ask.keys()[0], ask.values()[0])
                .context(ask.keys()[1], ask.values()[1]));
    }

    /** From Strings. */
    @Benchmark
    public Decision portcullis() {
        return portcullis(asks[next++ & ASKS - 1]);
    }

    /** The fifty-line index. */
    @Benchmark
    public Decision indexed() {
        return indexed.decide(asks[next++ & ASKS - 1]);
    }
}
