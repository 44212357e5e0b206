package dev.portcullis.benchmarks;

import dev.portcullis.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** Saving an engine to an image and opening it again, the file in the page cache. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(
        value = 1,
        jvmArgs = {"-Xms4g", "-Xmx10g", "-XX:+UseSerialGC"})
public class ImageBenchmark {

    private static final int ASKS = 200;

    /** Principals in the store, ten policies each. */
    @Param({"100", "1000"})
    public int principals;

    private Workload workload;
    private Engine engine;
    private Path folder;
    private Path image;
    private Engine opened;

    /** Compiles and saves. */
    @Setup
    public void build() throws IOException {
        workload = new Workload(42, principals);
        engine = Engine.compile(workload.store());
        folder = Files.createTempDirectory("portcullis");
        image = folder.resolve("image");
        engine.save(image);
        opened = open();
    }

    /** Each begins with an empty young generation. */
    @Setup(Level.Iteration)
    public void collect() {
        opened = null;
        System.gc();
    }

    /** What was opened decides as it should. */
    @TearDown
    public void check() throws IOException {
        workload.check(Engine.open(image), workload.asks(ASKS));
        Files.delete(image);
        Files.delete(folder);
    }

    /** Opens it, checks of every index included. */
    @Benchmark
    public Engine open() {
        opened = Engine.open(image);
        return opened;
    }

    /** Saves it, the file replaced in one step. */
    @Benchmark
    public Path save() {
        engine.save(image);
        return image;
    }
}
