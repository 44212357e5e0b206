package dev.portcullis.sidecar.decision;

import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.metrics.Metrics;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Compares decisions of the policies in force with those of a candidate. The answer is always that of the former. */
final class Shadow {

    private static final int EXAMPLES_A_SECOND = 10;

    private final Live<Policies> candidate;
    private final EventLog events;
    private final LongAdder compared = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();
    private final LongAdder otherwise = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicLong second = new AtomicLong();
    private final AtomicLong told = new AtomicLong();

    Shadow(Live<Policies> candidate, EventLog events, Metrics metrics) {
        this.candidate = candidate;
        this.events = events;
        metrics.counter("shadow_compared", "Decisions that the candidate made too.", compared::sum);
        String help = "Decisions that the candidate makes otherwise, by what it would do.";
        metrics.counter("shadow_differences", help, "candidate=\"allows\"", opened::sum);
        metrics.counter("shadow_differences", help, "candidate=\"denies\"", closed::sum);
        metrics.counter("shadow_differences", help, "candidate=\"denies_otherwise\"", otherwise::sum);
        metrics.counter("shadow_differences", help, "candidate=\"fails\"", failed::sum);
    }

    Live<Policies> candidate() {
        return candidate;
    }

    void compare(Question question, Answer live, Verdict shadow) {
        compared.increment();
        if (live.verdict() == shadow) {
            return;
        }
        (!shadow.isDecision() ? failed : shadow == Verdict.ALLOW ? opened : live.isAllowed() ? closed : otherwise)
                .increment();
        if (mayTell()) {
            events.warning(
                    "shadow difference",
                    "id",
                    live.id(),
                    "live",
                    live.verdict().label(),
                    "candidate",
                    shadow.label(),
                    "principal",
                    String.valueOf(question.principal()),
                    "action",
                    String.valueOf(question.action()),
                    "resource",
                    String.valueOf(question.resource()));
        }
    }

    private boolean mayTell() {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        if (second.getAndSet(now) != now) {
            told.set(0);
        }
        return told.incrementAndGet() <= EXAMPLES_A_SECOND;
    }
}
