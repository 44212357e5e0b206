package dev.portcullis;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;

/** How the work of something grows: the time of this thread alone, so that a busy machine does no harm. */
final class CpuTime {

    private static final int ATTEMPTS = 5;
    /** Long enough to be sure. */
    private static final long ENOUGH = 1_000_000_000;
    /** Shorter times say nothing. */
    private static final long NOISE = 2_000_000;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private CpuTime() {}

    /** Nanoseconds, of the best of some attempts. */
    static long of(Runnable work) {
        long best = Long.MAX_VALUE;
        long all = 0;
        for (int attempt = 0; attempt < ATTEMPTS && all < ENOUGH; attempt++) {
            long time = once(work);
            best = Math.min(best, time);
            all += time;
        }
        return best;
    }

    /** Nanoseconds. */
    static long once(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    /** How many times as long the large work takes. */
    static double growth(int small, int large, IntFunction<Runnable> work) {
        long first = of(work.apply(small));
        long second = of(work.apply(large));
        return (double) second / Math.max(first, NOISE);
    }
}
