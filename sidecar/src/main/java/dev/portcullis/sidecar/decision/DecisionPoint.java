package dev.portcullis.sidecar.decision;

import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.metrics.Metrics;
import dev.portcullis.sidecar.tracing.SpanExporter;
import io.netty.util.concurrent.FastThreadLocal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Where decisions are made. Thread-safe: each thread has a {@link Desk} of its own. */
public final class DecisionPoint {

    private final Live<Policies> policies;
    private final Optional<Shadow> shadow;
    private final DecisionLog log;
    private final Optional<SpanExporter> traces;
    private final Metrics metrics;
    private final EventLog events;
    private final long shedNanos;
    private final String idPrefix;
    private final AtomicInteger desks = new AtomicInteger();
    private final FastThreadLocal<Desk> own = new FastThreadLocal<>() {
        @Override
        protected Desk initialValue() {
            return new Desk(DecisionPoint.this, desks.getAndIncrement());
        }
    };

    /**
     * @param candidate decides beside the policies in force, without effect
     * @param traces gets a span of every decision
     * @param shedAfter a thread that hasn't come round for so long answers {@link Verdict#OVERLOADED}
     */
    public DecisionPoint(
            Live<Policies> policies,
            Optional<Live<Policies>> candidate,
            DecisionLog log,
            Optional<SpanExporter> traces,
            Metrics metrics,
            EventLog events,
            Duration shedAfter) {
        this.policies = policies;
        this.shadow = candidate.map(live -> new Shadow(live, events, metrics));
        this.log = log;
        this.traces = traces;
        this.metrics = metrics;
        this.events = events;
        this.shedNanos = shedAfter.toNanos();
        this.idPrefix = Long.toString(new SecureRandom().nextLong() >>> 16, Character.MAX_RADIX);
        traces.ifPresent(exporter -> metrics.counter("traces_dropped", "Spans that were lost.", exporter::dropped));
        metrics.counter("log_dropped", "Decisions that the log lost.", log::dropped);
        metrics.counter("log_written", "Decisions that the log wrote.", log::logged);
    }

    /** The policies in force. */
    public Live<Policies> policies() {
        return policies;
    }

    /** The calling thread's desk. */
    public Desk desk() {
        return own.get();
    }

    Optional<Shadow> shadow() {
        return shadow;
    }

    DecisionLog log() {
        return log;
    }

    Optional<SpanExporter> traces() {
        return traces;
    }

    Metrics metrics() {
        return metrics;
    }

    EventLog events() {
        return events;
    }

    long shedNanos() {
        return shedNanos;
    }

    String idPrefix() {
        return idPrefix;
    }
}
