package dev.portcullis.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The tail of the latencies: times each of many decisions for itself, filling included, on one thread.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar dev.portcullis.benchmarks.Tail [decisions] [principals] [file]
 * </pre>
 *
 * A time holds what reading the clock costs, which is recorded beside it, and whatever the machine did meanwhile. One decision
 * begins when the one before ended, so these are times of service: nobody waited in a queue. Principals have ten policies each.
 * The file gets what is printed, as JSON.
 */
public final class Tail {

    private static final int ASKS = 1 << 15;
    private static final int ASKS_CACHED = 1 << 10;
    private static final int CACHED_PRINCIPALS = 100;
    private static final int WARM_UP = 3_000_000;
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private Tail() {}

    /** Runs. */
    public static void main(String[] arguments) throws IOException {
        long decisions = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000L;
        int principals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Recorded recorded = record(decisions, principals);
        recorded.print();
        if (arguments.length > 2) {
            Files.writeString(Path.of(arguments[2]), recorded.json());
        }
    }

    /**
     * What was recorded.
     *
     * @param decisions how many
     * @param principals in the store
     * @param allowed decisions that allowed
     * @param bytes allocated while recording, by the recording itself too
     * @param collections of the heap
     * @param times in nanoseconds
     * @param clock what reading the clock takes
     */
    record Recorded(
            long decisions,
            int principals,
            long allowed,
            long bytes,
            long collections,
            Histogram times,
            Histogram clock) {

        void print() {
            System.out.printf(
                    Locale.ROOT,
                    "%,d decisions, %,d principals, %d%% allowed%n%,d bytes allocated, %d collections%n",
                    decisions,
                    principals,
                    100 * allowed / decisions,
                    bytes,
                    collections);
            for (double percentile : PERCENTILES) {
                System.out.printf(
                        Locale.ROOT,
                        "p%-6s %,10d ns   clock alone %,6d ns%n",
                        percentile,
                        times.getValueAtPercentile(percentile),
                        clock.getValueAtPercentile(percentile));
            }
            System.out.printf(Locale.ROOT, "max     %,10d ns%n", times.getMaxValue());
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"policies\": %d, \"decisions\": %d, \"allowed\": %d, \"bytes\": %d, \"collections\": %d, \"max\": %d,%n"
                            + " \"times\": %s,%n \"clock\": %s}%n",
                    principals * Workload.POLICIES_EACH,
                    decisions,
                    allowed,
                    bytes,
                    collections,
                    times.getMaxValue(),
                    json(times),
                    json(clock));
        }

        private static String json(Histogram histogram) {
            StringBuilder text = new StringBuilder("{");
            for (double percentile : PERCENTILES) {
                text.append(text.length() == 1 ? "" : ", ")
                        .append(String.format(
                                Locale.ROOT,
                                "\"%s\": %d",
                                percentile == Math.rint(percentile) ? Long.toString((long) percentile) : percentile,
                                histogram.getValueAtPercentile(percentile)));
            }
            return text.append('}').toString();
        }
    }

    static Recorded record(long decisions, int principals) {
        Workload workload = new Workload(42, principals);
        Engine engine = Engine.compile(workload.store());
        Ask[] asks = workload.asks(principals > CACHED_PRINCIPALS ? ASKS : ASKS_CACHED);
        workload.check(engine, asks);
        Request request = engine.newRequest();
        Histogram times = new Histogram(LONGEST_NANOS, 3);
        run(engine, request, asks, times, Math.min(decisions, WARM_UP));
        times.reset();
        System.gc();
        long collections = collections();
        long bytes = allocated();
        long allowed = run(engine, request, asks, times, decisions);
        bytes = allocated() - bytes;
        collections = collections() - collections;
        return new Recorded(
                decisions, principals, allowed, bytes, collections, times, clock(Math.min(decisions, WARM_UP)));
    }

    private static long run(Engine engine, Request request, Ask[] asks, Histogram times, long decisions) {
        long allowed = 0;
        int mask = asks.length - 1;
        for (long i = 0; i < decisions; i++) {
            Ask ask = asks[(int) i & mask];
            long before = System.nanoTime();
            Decision decision = engine.decide(Workload.fill(request, ask));
            times.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - before));
            allowed += decision == Decision.ALLOW ? 1 : 0;
        }
        return allowed;
    }

    private static Histogram clock(long readings) {
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        for (long i = 0; i < readings; i++) {
            long before = System.nanoTime();
            histogram.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - before));
        }
        return histogram;
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                .sum();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
