package dev.portcullis.benchmarks;

import dev.portcullis.Change;
import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
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

/**
 * The next version of an engine, made of one that has been changed already: one principal, one policy, one policy that all
 * principals share; and a decision on an engine of which every principal (the first 5,000, if there are
 * more) has one policy of ten that is not as it was compiled, beside the compiled one.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC"})
public class PublishBenchmark {

    private static final int ASKS = 1 << 10;
    private static final String SHARED = "shared";
    /** Of more, the first are changed: a change of more than an engine keeps patches for needs compiling. */
    private static final int MOST_CHANGED = 5_000;

    /** Principals in the store, ten policies each. */
    @Param({"1000", "5000"})
    public int principals;

    private Workload workload;
    private Engine compiled;
    private Engine changed;
    private Request request;
    private Ask[] asks;
    private int next;

    /** Compiles, changes one policy of each principal to its own text, and checks that both engines decide alike. */
    @Setup
    public void build() {
        workload = new Workload(42, principals);
        Store.Builder store = Store.builder();
        store.policy(SHARED, shared(0));
        Change.Builder change = Change.builder();
        for (int i = 0; i < principals; i++) {
            List<String> names = new ArrayList<>();
            for (List<Rule> policy : workload.policies(i)) {
                names.add(name(i, names.size()));
                store.policy(name(i, names.size() - 1), Rule.document(policy));
            }
            if (i < MOST_CHANGED) {
                change.policy(name(i, i % Workload.POLICIES_EACH), text(i, i % Workload.POLICIES_EACH));
            }
            names.add(SHARED);
            store.user(workload.principal(i), user -> user.attach(names.toArray(String[]::new)));
        }
        compiled = Engine.compile(store.build()).prepareToChange();
        changed = compiled.with(change.build());
        request = compiled.newRequest();
        asks = workload.asks(ASKS);
        for (Ask ask : asks) {
            Decision decision = compiled.decide(Workload.fill(request, ask));
            if (decision != changed.decide(request)) {
                throw new IllegalStateException("decided differently: " + ask);
            }
        }
    }

    private static String name(int principal, int policy) {
        return "p" + principal + "-" + policy;
    }

    private String text(int principal, int policy) {
        return Rule.document(workload.policies(principal).get(policy));
    }

    private static String shared(int number) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"shared:Do" + number
                + "\",\"Resource\":\"*\"}}";
    }

    private int next() {
        next = (next + 7_919) % principals;
        return next;
    }

    /** One principal loses a policy. */
    @Benchmark
    public Engine detach() {
        int principal = next();
        return changed.with(Change.builder()
                .detach(workload.principal(principal), name(principal, 3))
                .build());
    }

    /** One principal gets a policy that is another's. */
    @Benchmark
    public Engine attach() {
        int principal = next();
        return changed.with(Change.builder()
                .attach(workload.principal(principal), name((principal + 1) % principals, 3))
                .build());
    }

    /** One policy of one principal gets another text, which is read and checked. */
    @Benchmark
    public Engine putPolicy() {
        int principal = next();
        return changed.with(
                Change.builder().policy(name(principal, 3), text(principal, 4)).build());
    }

    /** The policy that all principals share gets another text. */
    @Benchmark
    public Engine putSharedPolicy() {
        return changed.with(Change.builder().policy(SHARED, shared(next())).build());
    }

    /** A decision, filling the request included, by the compiled engine. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Decision decideCompiled() {
        return compiled.decide(Workload.fill(request, asks[next() & ASKS - 1]));
    }

    /** The same by the changed one. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public Decision decideChanged() {
        return changed.decide(Workload.fill(request, asks[next() & ASKS - 1]));
    }
}
