package dev.portcullis.sidecar.http;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts open connections and closes those above a limit. Thread-safe. */
public final class ConnectionLimit {

    private final int limit;
    private final AtomicInteger open = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /** @param limit most connections at the same time */
    public ConnectionLimit(int limit) {
        this.limit = limit;
    }

    /** Takes in a new connection; closes it and answers false when there are too many. */
    public boolean admit(Channel channel) {
        if (open.incrementAndGet() > limit) {
            open.decrementAndGet();
            refused.increment();
            channel.unsafe().closeForcibly();
            return false;
        }
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
        return true;
    }

    /** Connections open now. */
    public int open() {
        return open.get();
    }

    /** Connections closed at once, so far. */
    public long refused() {
        return refused.sum();
    }
}
