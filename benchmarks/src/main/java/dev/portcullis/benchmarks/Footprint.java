package dev.portcullis.benchmarks;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a store of a size comes to: its engine's memory, its image, and the time for each, once, in a process that has done
 * nothing before.
 *
 * <pre>
 *   java -Xmx14g -XX:+UseSerialGC -cp benchmarks/target/benchmarks.jar dev.portcullis.benchmarks.Footprint [principals] [file]
 * </pre>
 *
 * Memory is what the heap, when all garbage is collected, has less as soon as the engine is let go. Principals
 * have ten policies each. The file gets what is printed: JSON.
 */
public final class Footprint {

    private static final int ASKS = 1_000;
    private static final int COLLECTIONS = 5;
    private static final long PAUSE_MILLIS = 50;

    private Footprint() {}

    /** Runs. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String json = measure(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000);
        System.out.print(json);
        if (arguments.length > 1) {
            Files.writeString(Path.of(arguments[1]), json);
        }
    }

    static String measure(int principals) throws IOException, InterruptedException {
        Workload workload = new Workload(42, principals);
        long statements = 0;
        long units = 0;
        for (int i = 0; i < principals; i++) {
            for (var policy : workload.policies(i)) {
                statements += policy.size();
                units += Rule.document(policy).length();
            }
        }
        long started = System.nanoTime();
        Store store = workload.store();
        long read = System.nanoTime();
        Engine engine = Engine.compile(store);
        long compiled = System.nanoTime();
        store = null;
        workload.check(engine, workload.asks(ASKS));
        Path folder = Files.createTempDirectory("portcullis");
        Path image = folder.resolve("image");
        long saving = System.nanoTime();
        engine.save(image);
        long saved = System.nanoTime();
        long with = heap();
        engine = null;
        long bytes = with - heap();
        long opening = System.nanoTime();
        Engine opened = Engine.open(image);
        long end = System.nanoTime();
        workload.check(opened, workload.asks(ASKS));
        long size = Files.size(image);
        Files.delete(image);
        Files.delete(folder);
        return String.format(
                Locale.ROOT,
                "{\"policies\": %d, \"statements\": %d, \"units\": %d, \"engineBytes\": %d, \"imageBytes\": %d,%n"
                        + " \"readMillis\": %d, \"compileMillis\": %d, \"saveMillis\": %d, \"openMillis\": %d}%n",
                principals * Workload.POLICIES_EACH,
                statements,
                units,
                bytes,
                size,
                millis(read - started),
                millis(compiled - read),
                millis(saved - saving),
                millis(end - opening));
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** What is left when collecting again and again finds nothing more. */
    private static long heap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int same = 0; same < COLLECTIONS; same++) {
            System.gc();
            Thread.sleep(PAUSE_MILLIS);
            long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            if (used < least) {
                least = used;
                same = 0;
            }
        }
        return least;
    }
}
