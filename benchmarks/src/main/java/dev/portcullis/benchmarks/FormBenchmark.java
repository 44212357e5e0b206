package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
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

/** The decisions of view (a) by what the request comes as: Strings, UTF-8 bytes of a buffer, handles kept from before. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms2g", "-Xmx6g", "-XX:+UseSerialGC", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class FormBenchmark {

    private static final int ASKS = 1 << 10;
    private static final int PRINCIPALS = 100;

    private Ask[] asks;
    private int next;
    private Engine engine;
    private Request request;
    private Handles handles;
    private MutableDirectBuffer buffer;
    private int[] ends;
    private int fields;

    /** Compiles, and checks that all forms are decided alike. */
    @Setup
    public void build() {
        Workload workload = new Workload(42, PRINCIPALS);
        engine = Engine.compile(workload.store());
        request = engine.newRequest();
        asks = workload.asks(ASKS);
        workload.check(engine, asks);
        handles = new Handles(engine, asks);
        bytes();
        for (int i = 0; i < ASKS; i++) {
            Decision decision = engine.decide(Workload.fill(request, asks[i]));
            if (decision != engine.decide(fromBytes(i))
                    || decision != engine.decide(handles.fill(request, i))
                    || decision != engine.decide(handles.fillAll(request, i))) {
                throw new IllegalStateException("decided differently: " + asks[i]);
            }
        }
    }

    /** All texts of all requests one after the other, and where each ends. */
    private void bytes() {
        String[] names = asks[0].keys();
        fields = 3 + 2 * names.length + 1 + asks[0].tagKeys().size();
        ends = new int[ASKS * fields + 1];
        buffer = new ExpandableArrayBuffer(1 << 16);
        int field = 0;
        for (Ask ask : asks) {
            field = put(field, ask.principal(), ask.action(), ask.resource());
            for (int i = 0; i < names.length; i++) {
                field = put(field, names[i], ask.values()[i]);
            }
            field = put(field, Ask.TAG_KEYS);
            field = put(field, ask.tagKeys().toArray(String[]::new));
        }
    }

    private int put(int field, String... texts) {
        int at = field;
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            buffer.putBytes(ends[at], utf8);
            ends[at + 1] = ends[at] + utf8.length;
            at++;
        }
        return at;
    }

    private int next() {
        return next++ & ASKS - 1;
    }

    private Request fromBytes(int number) {
        DirectBuffer all = buffer;
        int[] to = ends;
        int field = number * fields;
        request.clear()
                .principal(all, to[field], to[field + 1] - to[field])
                .action(all, to[field + 1], to[field + 2] - to[field + 1])
                .resource(all, to[field + 2], to[field + 3] - to[field + 2]);
        int last = field + fields;
        field += 3;
        for (int i = asks[number].keys().length; i > 0; i--) {
            request.context(all, to[field], to[field + 1] - to[field], to[field + 1], to[field + 2] - to[field + 1]);
            field += 2;
        }
        request.contextList(all, to[field], to[field + 1] - to[field]);
        for (field++; field < last; field++) {
            request.listValue(all, to[field], to[field + 1] - to[field]);
        }
        return request;
    }

    /** Everything as Strings. */
    @Benchmark
    public Decision strings() {
        return engine.decide(Workload.fill(request, asks[next()]));
    }

    /** Everything as UTF-8 bytes, the keys' names too. */
    @Benchmark
    public Decision bytesOfABuffer() {
        return engine.decide(fromBytes(next()));
    }

    /** Principal, action and keys as handles, resource and values as Strings. */
    @Benchmark
    public Decision handlesAndStrings() {
        return engine.decide(handles.fill(request, next()));
    }

    /** The resource as a handle too. */
    @Benchmark
    public Decision handlesOfAll() {
        return engine.decide(handles.fillAll(request, next()));
    }
}
