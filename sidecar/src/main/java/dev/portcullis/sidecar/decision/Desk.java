package dev.portcullis.sidecar.decision;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Request;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.metrics.Histogram;
import dev.portcullis.sidecar.tracing.Span;
import dev.portcullis.sidecar.tracing.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Where one thread decides: {@link #begin}, fill the question, {@link #decide} or {@link #refuse}. Whatever fails, the
 * answer is a no.
 */
public final class Desk {

    private static final List<String> MASK = List.of("***");

    private final DecisionPoint point;
    private final Asked live = new Asked();
    private final Asked candidate = new Asked();
    private final Question question = new Question();
    private final Map<Protocol, Map<Verdict, Histogram>> latencies = new EnumMap<>(Protocol.class);
    private final RecordRing ring;
    private final String idPrefix;
    private long count;
    private long arrival;
    private String traceparent;
    private long lastTick = System.nanoTime();
    private boolean late;

    Desk(DecisionPoint point, int number) {
        this.point = point;
        this.ring = point.log().isOn() ? point.log().newRing() : null;
        this.idPrefix = point.idPrefix() + "-" + Integer.toString(number, Character.MAX_RADIX) + "-";
        for (Protocol protocol : Protocol.values()) {
            Map<Verdict, Histogram> byVerdict = new EnumMap<>(Verdict.class);
            for (Verdict verdict : Verdict.values()) {
                byVerdict.put(verdict, point.metrics().latency(protocol.label(), verdict.label()));
            }
            latencies.put(protocol, byVerdict);
        }
    }

    /** The thread has come round, as it should every few milliseconds; one that never says so isn't held to it. */
    public void tick() {
        long now = System.nanoTime();
        late = now - lastTick > point.shedNanos();
        lastTick = now;
    }

    /** A question has arrived: an empty one, to be filled. */
    public Question begin() {
        arrival = System.nanoTime();
        traceparent = null;
        return question.clear();
    }

    /** The caller's {@code traceparent} header, for the question that has arrived; may be null. */
    public void tracedBy(String header) {
        traceparent = header;
    }

    /** The question that has arrived. */
    public Question question() {
        return question;
    }

    /**
     * Whether this thread is so far behind that it should decide nothing: twice in a row. Once happens to everybody, when
     * classes are loaded or garbage is collected.
     */
    public boolean isOverloaded() {
        return late && arrival - lastTick > point.shedNanos();
    }

    /** Decides the question by the policies in force. */
    public Answer decide(Protocol protocol) {
        return decide(protocol, point.policies().current());
    }

    /**
     * Decides the question by that version of the policies, for batches: they are decided by one.
     *
     * @param version null: there was none
     */
    public Answer decide(Protocol protocol, Live.Version<Policies> version) {
        if (isOverloaded()) {
            return finish(protocol, Verdict.OVERLOADED, "overloaded", 0);
        }
        if (version == null) {
            return finish(protocol, Verdict.NOT_READY, "no policies are loaded", 0);
        }
        Verdict verdict = live.ask(version);
        Answer answer = finish(protocol, verdict, live.message, version.number());
        if (point.shadow().isPresent()) {
            compare(point.shadow().get(), answer);
        }
        return answer;
    }

    /** Answers a question that can't be put to the policies: no. */
    public Answer refuse(Protocol protocol, Verdict verdict, String message) {
        return finish(protocol, verdict == Verdict.ALLOW ? Verdict.ERROR : verdict, message, 0);
    }

    /** Whether the policies would allow the question; nothing is counted or logged. For searches. */
    public boolean wouldAllow() {
        Live.Version<Policies> version = point.policies().current();
        return version != null && live.ask(version) == Verdict.ALLOW;
    }

    /** Why the question was decided as it was; empty when the policies didn't decide it. To be called right after. */
    public Optional<Explanation> explain() {
        if (!live.decided) {
            return Optional.empty();
        }
        try {
            return Optional.of(live.version.value().engine().explain(live.request));
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            point.events().internal("explaining", e);
            return Optional.empty();
        }
    }

    private void compare(Shadow shadow, Answer answer) {
        Live.Version<Policies> version = shadow.candidate().current();
        if (version != null && answer.verdict().isDecision()) {
            shadow.compare(question, answer, candidate.ask(version));
        }
    }

    private Answer finish(Protocol protocol, Verdict verdict, String message, long version) {
        Answer answer = new Answer(verdict, idPrefix + Long.toString(count++, Character.MAX_RADIX), message);
        long nanos = System.nanoTime() - arrival;
        latencies.get(protocol).get(verdict).record(nanos);
        if (point.traces().isPresent() && Span.isWanted(traceparent)) {
            trace(point.traces().get(), protocol, answer, nanos);
        }
        if (ring != null && point.log().wants(verdict) && isSampled()) {
            log(protocol, answer, version, nanos);
        }
        return answer;
    }

    private void trace(SpanExporter traces, Protocol protocol, Answer answer, long nanos) {
        Instant now = Instant.now();
        long start = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - nanos;
        String action = question.action() == null ? "" : question.action();
        traces.offer(
                Span.below(traceparent, protocol.label(), answer.verdict().label(), answer.id(), action, start, nanos));
    }

    private boolean isSampled() {
        double share = point.log().sample();
        return share >= 1 || ThreadLocalRandom.current().nextDouble() < share;
    }

    private void log(Protocol protocol, Answer answer, long version, long nanos) {
        List<String> keys = new ArrayList<>(question.contextSize());
        List<List<String>> values = new ArrayList<>(question.contextSize());
        for (int i = 0; i < question.contextSize(); i++) {
            String key = question.contextKey(i);
            keys.add(key);
            values.add(point.log().masks(key) ? MASK : question.contextValues(i));
        }
        boolean room = ring.offer(new DecisionRecord(
                System.currentTimeMillis(),
                answer,
                protocol,
                question.principal(),
                question.action(),
                question.resource(),
                keys,
                values,
                version,
                nanos));
        if (!room) {
            point.log().drop();
        }
    }

    /** Policies and the request that is put to them again and again. */
    private final class Asked {

        private Live.Version<Policies> version;
        private Request request;
        private boolean decided;
        private String message;

        private Verdict ask(Live.Version<Policies> wanted) {
            decided = false;
            message = "";
            try {
                if (version == null || version.number() != wanted.number()) {
                    request = wanted.value().engine().newRequest();
                    version = wanted;
                }
                question.fill(request, wanted.value().engine());
                Decision decision = wanted.value().engine().decide(request);
                decided = true;
                return switch (decision) {
                    case ALLOW -> Verdict.ALLOW;
                    case EXPLICIT_DENY -> Verdict.EXPLICIT_DENY;
                    case IMPLICIT_DENY -> Verdict.IMPLICIT_DENY;
                };
            } catch (IllegalArgumentException | IllegalStateException e) {
                message = String.valueOf(e.getMessage());
                return Verdict.INVALID;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                // Whatever state it left the request in, the next question gets a new one.
                version = null;
                request = null;
                message = "internal error";
                point.events().internal("deciding", e);
                return Verdict.ERROR;
            }
        }
    }
}
