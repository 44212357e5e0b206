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

    /** Nanoseconds. */
    static long once(Runnable work) {
        long before = THREADS.getCurrentThreadCpuTime();
        work.run();
        return THREADS.getCurrentThreadCpuTime() - before;
    }

    /**
     * How many times as long the large work takes. Both are run before either is measured, and then in turns: code that the
     * compiler takes on meanwhile, it takes on for both.
     */
    static double growth(int small, int large, IntFunction<Runnable> work) {
        Runnable few = work.apply(small);
        Runnable many = work.apply(large);
        few.run();
        many.run();
        long first = Long.MAX_VALUE;
        long second = Long.MAX_VALUE;
        long all = 0;
        for (int attempt = 0; attempt < ATTEMPTS && all < ENOUGH; attempt++) {
            long ofFew = once(few);
            long ofMany = once(many);
            first = Math.min(first, ofFew);
            second = Math.min(second, ofMany);
            all += ofFew + ofMany;
        }
        return (double) second / Math.max(first, NOISE);
    }
}
