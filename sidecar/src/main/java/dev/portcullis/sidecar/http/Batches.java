package dev.portcullis.sidecar.http;

import dev.portcullis.sidecar.options.SidecarLimits;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorGroup;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Does batches on the event loops that they came to: a loop gives them two milliseconds, one after the other in turn, then
 * sees to everything else that waits, and so on. What is too much is denied at once; what nobody waits for any more is left.
 * Thread-safe.
 */
public final class Batches {

    /** Bodies up to this length, in bytes, are read in one go. */
    public static final int SHORT_BODY = 16 << 10;

    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final SidecarLimits limits;
    private final AtomicInteger inProgress = new AtomicInteger();
    private final AtomicLong memory = new AtomicLong();
    private final LongAdder refused = new LongAdder();
    private final FastThreadLocal<Line> own;

    /** @param loops on which batches come; nobody else may call {@link #begin} */
    public Batches(EventExecutorGroup loops, SidecarLimits limits) {
        this.limits = limits;
        this.own = new FastThreadLocal<>() {
            @Override
            protected Line initialValue() {
                for (EventExecutor loop : loops) {
                    if (loop.inEventLoop()) {
                        return new Line(loop);
                    }
                }
                throw new IllegalStateException("batches are begun on event loops");
            }
        };
    }

    /**
     * Begins a batch, soon, or sheds it.
     *
     * @param bodyBytes length of the request, for what there is to do in it
     * @param reply takes its answer
     */
    public void begin(Batch batch, int bodyBytes, Reply reply) {
        Line line = own.get();
        boolean late = line.bodies > 0 && line.bodies + bodyBytes > limits.batchBodies();
        if (late || isFull(batch.bytes())) {
            refused.increment();
            batch.shed();
        } else {
            line.add(new Place(batch, bodyBytes, reply));
        }
    }

    /** Whether so much more memory is too much; a batch that is alone may take what it takes. */
    private boolean isFull(long more) {
        return memory.get() + more > limits.batchMemory() && inProgress.get() > 0;
    }

    /** Batches that have begun and haven't ended. */
    public int inProgress() {
        return inProgress.get();
    }

    /** Batches that were denied because there was too much to do, so far. */
    public long refused() {
        return refused.sum();
    }

    /** A batch in progress. */
    private final class Place {

        private final Batch batch;
        private final int bodyBytes;
        private final Reply reply;
        private long bytes;

        private Place(Batch batch, int bodyBytes, Reply reply) {
            this.batch = batch;
            this.bodyBytes = bodyBytes;
            this.reply = reply;
        }

        /** Takes steps until a moment. Returns whether it is over. */
        private boolean stepUntil(long end) {
            if (!reply.isWanted()) {
                return true;
            }
            try {
                do {
                    if (batch.step()) {
                        return true;
                    }
                } while (System.nanoTime() - end < 0);
                weigh();
                if (memory.get() > limits.batchMemory() && inProgress.get() > 1) {
                    refused.increment();
                    batch.shed();
                    return true;
                }
                return false;
            } catch (Throwable failure) {
                reply.fail(failure);
                return true;
            }
        }

        private void weigh() {
            long now = batch.bytes();
            memory.addAndGet(now - bytes);
            bytes = now;
        }
    }

    /** The batches of one event loop, in the order of their turns. */
    private final class Line {

        private final EventExecutor loop;
        private final Deque<Place> places = new ArrayDeque<>();
        private long bodies;
        private boolean scheduled;

        private Line(EventExecutor loop) {
            this.loop = loop;
        }

        private void add(Place place) {
            inProgress.incrementAndGet();
            bodies += place.bodyBytes;
            place.weigh();
            places.add(place);
            schedule();
        }

        /** Tasks that are executed would be followed by the next ones, scheduled ones let the loop look at its channels. */
        @SuppressWarnings("FutureReturnValueIgnored") // a turn doesn't fail
        private void schedule() {
            if (!scheduled && !places.isEmpty()) {
                scheduled = true;
                loop.schedule(this::turn, 0, TimeUnit.NANOSECONDS);
            }
        }

        private void turn() {
            scheduled = false;
            long end = System.nanoTime() + TURN_NANOS;
            do {
                Place place = places.poll();
                if (place == null) {
                    return;
                }
                if (place.stepUntil(end)) {
                    end(place);
                } else {
                    places.add(place);
                }
            } while (System.nanoTime() - end < 0);
            schedule();
        }

        private void end(Place place) {
            inProgress.decrementAndGet();
            bodies -= place.bodyBytes;
            memory.addAndGet(-place.bytes);
        }
    }
}
