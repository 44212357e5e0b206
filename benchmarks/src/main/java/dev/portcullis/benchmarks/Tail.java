package dev.portcullis.benchmarks;

import com.sun.management.ThreadMXBean;
import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * The tail of view (a): times each of many decisions, filling included, on one thread.
 *
 * <pre>
 *   java -cp benchmarks/target/benchmarks.jar dev.portcullis.benchmarks.Tail [decisions] [principals]
 * </pre>
 *
 * A time holds what reading the clock costs, which is printed beside it, and whatever the machine did meanwhile.
 */
public final class Tail {

    private static final int ASKS = 1 << 10;
    private static final int WARM_UP = 20_000_000;
    private static final long LONGEST_NANOS = 1_000_000_000L;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};

    private Tail() {}

    /** Runs. */
    public static void main(String[] arguments) {
        long decisions = arguments.length > 0 ? Long.parseLong(arguments[0]) : 100_000_000L;
        int principals = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 100;
        Workload workload = new Workload(42, principals);
        Engine engine = Engine.compile(workload.store());
        Ask[] asks = workload.asks(ASKS);
        workload.check(engine, asks);
        Request request = engine.newRequest();
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        run(engine, request, asks, histogram, WARM_UP);
        histogram.reset();
        System.gc();
        long collections = collections();
        long allocated = allocated();
        long allowed = run(engine, request, asks, histogram, decisions);
        allocated = allocated() - allocated;
        collections = collections() - collections;
        Histogram clock = clock();
        System.out.printf(
                Locale.ROOT,
                "%,d decisions, %,d principals, %d%% allowed%n",
                decisions,
                principals,
                100 * allowed / decisions);
        System.out.printf(Locale.ROOT, "%,d bytes allocated, %d collections%n", allocated, collections);
        for (double percentile : PERCENTILES) {
            System.out.printf(
                    Locale.ROOT,
                    "p%-6s %,10d ns   clock alone %,6d ns%n",
                    percentile,
                    histogram.getValueAtPercentile(percentile),
                    clock.getValueAtPercentile(percentile));
        }
        System.out.printf(Locale.ROOT, "max     %,10d ns%n", histogram.getMaxValue());
    }

    private static long run(Engine engine, Request request, Ask[] asks, Histogram histogram, long decisions) {
        long allowed = 0;
        for (long i = 0; i < decisions; i++) {
            Ask ask = asks[(int) i & ASKS - 1];
            long before = System.nanoTime();
            Decision decision = engine.decide(Workload.fill(request, ask));
            histogram.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - before));
            allowed += decision == Decision.ALLOW ? 1 : 0;
        }
        return allowed;
    }

    private static Histogram clock() {
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        for (int i = 0; i < WARM_UP; i++) {
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
