package dev.portcullis.sidecar.live;

import dev.portcullis.sidecar.log.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Looks at the files of everything live, in turn, on a thread of its own. */
public final class Reloader implements AutoCloseable {

    private final List<Live<?>> everything;
    private final long intervalNanos;
    private final EventLog events;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean now;
    private volatile boolean closed;

    /** @param interval between two looks; zero: only when asked */
    public Reloader(List<Live<?>> everything, Duration interval, EventLog events) {
        this.everything = List.copyOf(everything);
        this.intervalNanos = interval.isZero() ? Long.MAX_VALUE : interval.toNanos();
        this.events = events;
        Thread thread = new Thread(this::run, "portcullis-reload");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has everything loaded again, soon. */
    public void reloadNow() {
        lock.lock();
        try {
            now = true;
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!closed) {
                boolean force = pause();
                for (Live<?> live : everything) {
                    if (!closed) {
                        live.check(force);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            events.internal("watching files, which ends here", e);
            throw e;
        } finally {
            ended.countDown();
        }
    }

    private boolean pause() throws InterruptedException {
        lock.lock();
        try {
            long left = intervalNanos;
            while (!now && !closed && left > 0) {
                left = asked.awaitNanos(left);
            }
            boolean force = now;
            now = false;
            return force;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            asked.signal();
        } finally {
            lock.unlock();
        }
        try {
            ended.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
