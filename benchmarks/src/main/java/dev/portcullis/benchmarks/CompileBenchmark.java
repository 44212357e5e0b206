package dev.portcullis.benchmarks;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From JSON texts in memory to a checked {@link Store}, and from there to an {@link Engine}. A run compiles one store; before
 * all of them, as many policies are compiled as make the code warm, whatever the size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 10)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx8g", "-XX:+UseSerialGC"})
public class CompileBenchmark {

    private static final int ASKS = 200;
    private static final int WARM_UP_ROUNDS = 4;

    /** Principals in the store, ten policies each. */
    @Param({"100", "1000"})
    public int principals;

    /** Principals in the store that is compiled for warming up. */
    int warmUpPrincipals = 1_000;

    private Workload workload;
    private String[] texts;
    private Store store;
    private Engine last;

    /** Makes the texts. */
    @Setup
    public void build() {
        workload = new Workload(42, warmUpPrincipals);
        texts = texts(workload);
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            last = Engine.compile(read());
        }
        workload = new Workload(42, principals);
        texts = texts(workload);
        store = read();
        last = Engine.compile(store);
    }

    private static String[] texts(Workload of) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < of.principals(); i++) {
            of.policies(i).forEach(policy -> texts.add(Rule.document(policy)));
        }
        return texts.toArray(String[]::new);
    }

    /** What was compiled last decides as it should. */
    @TearDown(Level.Trial)
    public void check() {
        workload.check(last, workload.asks(ASKS));
    }

    /** Each begins with an empty young generation. */
    @Setup(Level.Iteration)
    public void collect() {
        System.gc();
    }

    /** Texts to store. */
    @Benchmark
    public Store read() {
        Store.Builder builder = Store.builder();
        for (int i = 0; i < workload.principals(); i++) {
            String[] names = new String[Workload.POLICIES_EACH];
            for (int j = 0; j < names.length; j++) {
                names[j] = "p" + i + "-" + j;
                builder.policy(names[j], texts[i * names.length + j]);
            }
            builder.user(workload.principal(i), user -> user.attach(names));
        }
        return builder.build();
    }

    /** Store to engine. */
    @Benchmark
    public Engine compile() {
        last = Engine.compile(store);
        return last;
    }

    /** Texts to engine. */
    @Benchmark
    public Engine readAndCompile() {
        last = Engine.compile(read());
        return last;
    }
}
