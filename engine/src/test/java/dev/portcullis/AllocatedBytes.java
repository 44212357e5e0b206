package dev.portcullis;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What this thread allocates. */
final class AllocatedBytes {

    private static final int MOST_ROUNDS = 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private AllocatedBytes() {}

    /**
     * Bytes of a round, of the round with the fewest. The JVM resolves a class's string constants on the thread that asks
     * for a method to be compiled, so some round may count what it allocates; what a decision allocates, every round
     * counts.
     */
    static long of(Runnable round) {
        long thread = Thread.currentThread().getId();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_ROUNDS && least > 0; i++) {
            long before = THREADS.getThreadAllocatedBytes(thread);
            round.run();
            least = Math.min(least, THREADS.getThreadAllocatedBytes(thread) - before);
        }
        return least;
    }
}
