package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.synthetic.PackedRequestWriter;
import dev.portcullis.corpus.synthetic.PackedRequests;
import dev.portcullis.corpus.synthetic.Profile;
import dev.portcullis.corpus.synthetic.RequestMix;
import dev.portcullis.corpus.synthetic.SyntheticRequest;
import dev.portcullis.corpus.synthetic.SyntheticRequests;
import dev.portcullis.corpus.synthetic.SyntheticStore;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
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
 * An organization that uses Amazon Q, all layers and kinds of policies in it, and a stream of requests from its people and the
 * services that work for them, some of them in sessions narrowed by session policies: some
 * often, most of them rarely. The requests come as UTF-8 bytes of a buffer. Nothing simpler decides these policies, so there
 * is no bar beside it but the reference evaluator, which a sample is checked against.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx14g", "-XX:+UseSerialGC", "--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class SyntheticBenchmark {

    private static final int REQUESTS = 1 << 14;
    private static final int SAMPLE = 1 << 9;

    /** Policies in the store. */
    @Param({"1000", "10000"})
    public int policies;

    private PackedRequests requests;
    private int next;
    private Engine engine;
    private Request request;

    /** Compiles, and checks a sample of the decisions against the reference evaluator. */
    @Setup
    public void build() throws IOException {
        SyntheticStore synthetic = SyntheticStore.of(Profile.AMAZON_Q, 1, policies);
        Store store = synthetic.build();
        engine = Engine.compile(store);
        request = engine.newRequest();
        requests = packed(synthetic.requests(RequestMix.standard()), store);
        int[] counts = new int[3];
        for (int i = 0; i < REQUESTS; i++) {
            Decision decision = engine.decide(requests.fill(i, request));
            Optional<Decision> expected = requests.decision(i);
            if (expected.isPresent() && expected.get() != decision) {
                throw new IllegalStateException("request " + i + ": " + decision + " instead of " + expected.get());
            }
            counts[decision == Decision.ALLOW ? 0 : decision == Decision.EXPLICIT_DENY ? 1 : 2]++;
        }
        for (int count : counts) {
            if (count < REQUESTS / 50) {
                throw new IllegalStateException("not a mix: " + counts[0] + ", " + counts[1] + ", " + counts[2]);
            }
        }
    }

    private static PackedRequests packed(SyntheticRequests stream, Store store) throws IOException {
        StoreSituations situations = new StoreSituations(store);
        ReferenceImplementation reference = new ReferenceImplementation();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PackedRequestWriter writer = new PackedRequestWriter(bytes)) {
            for (int i = 0; i < REQUESTS; i++) {
                SyntheticRequest made = stream.request(i);
                writer.add(
                        made,
                        i < SAMPLE
                                ? Optional.of(
                                        reference.decide(situations.situation(made.request(), Semantics.defaults())))
                                : Optional.empty());
            }
        }
        return PackedRequests.of(new UnsafeBuffer(bytes.toByteArray()));
    }

    private int next() {
        return next++ & REQUESTS - 1;
    }

    /** Filling and deciding. */
    @Benchmark
    public Decision portcullis() {
        return engine.decide(requests.fill(next(), request));
    }

    /** Filling alone. */
    @Benchmark
    public Request portcullisFill() {
        return requests.fill(next(), request);
    }
}
