package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.corpus.PreparedRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * How long decisions took, each timed for itself, filling its request included. Thread by thread one decision begins when the
 * one before has ended, so these are times of service: nobody waited for their turn.
 *
 * @param times in nanoseconds
 * @param clock what reading the clock takes, which every time holds
 * @param decisions how many came out how
 * @param nanos how long it was measured
 */
record Timing(Histogram times, Histogram clock, Map<Decision, Long> decisions, long nanos) {

    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final int DIGITS = 3;
    private static final int READINGS_OF_CLOCK = 1_000_000;

    /**
     * Decides requests, each thread all of them in turn from a place of its own.
     *
     * @param warmUpNanos how long before anything is timed
     * @param nanos how long
     * @throws InterruptedException if the calling thread is interrupted
     */
    static Timing measure(Engine engine, PreparedRequest[] requests, int threads, long warmUpNanos, long nanos)
            throws InterruptedException {
        Timing all = new Timing(histogram(), histogram(), new EnumMap<>(Decision.class), nanos);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Timing>> tasks = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int first = (int) ((long) requests.length * i / threads);
                tasks.add(() -> {
                    run(engine, requests, first, warmUpNanos);
                    return run(engine, requests, first, nanos);
                });
            }
            for (Future<Timing> task : pool.invokeAll(tasks)) {
                Timing one = task.get();
                all.times.add(one.times);
                one.decisions.forEach((decision, count) -> all.decisions.merge(decision, count, Long::sum));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
        }
        readClock(all.clock);
        return all;
    }

    private static Histogram histogram() {
        return new Histogram(LONGEST_NANOS, DIGITS);
    }

    private static Timing run(Engine engine, PreparedRequest[] requests, int first, long nanos) {
        Histogram times = histogram();
        Request request = engine.newRequest();
        long allowed = 0;
        long denied = 0;
        int next = first;
        long begin = System.nanoTime();
        long end = begin;
        do {
            PreparedRequest prepared = requests[next];
            next = next + 1 == requests.length ? 0 : next + 1;
            long before = System.nanoTime();
            Decision decision = engine.decide(prepared.fill(request));
            end = System.nanoTime();
            times.recordValue(Math.min(LONGEST_NANOS, end - before));
            allowed += decision == Decision.ALLOW ? 1 : 0;
            denied += decision == Decision.EXPLICIT_DENY ? 1 : 0;
        } while (end - begin < nanos);
        Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
        decisions.put(Decision.ALLOW, allowed);
        decisions.put(Decision.EXPLICIT_DENY, denied);
        decisions.put(Decision.IMPLICIT_DENY, times.getTotalCount() - allowed - denied);
        return new Timing(times, times, decisions, end - begin);
    }

    private static void readClock(Histogram clock) {
        for (int i = 0; i < READINGS_OF_CLOCK; i++) {
            long before = System.nanoTime();
            clock.recordValue(Math.min(LONGEST_NANOS, System.nanoTime() - before));
        }
    }
}
