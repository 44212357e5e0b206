package dev.portcullis;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The live engine. For all threads: readers take it without waiting, writers take turns. Who took an engine decides by
 * it to the end, whatever is published meanwhile; so no decision is a mix of two versions, and none loses a Deny.
 *
 * <pre>{@code
 * Engine engine = holder.get();
 * if (!engine.accepts(request)) {        // a store compiled anew
 *     request = engine.newRequest();
 * }
 * Decision decision = engine.decide(request.clear()...);
 * }</pre>
 */
public final class EngineHolder {

    private final InstantSource clock;
    private final Object writing = new Object();
    private volatile Version live;

    /**
     * An engine that was published.
     *
     * @param engine the engine
     * @param number 1 for the first, one more for each that follows
     * @param published when
     */
    public record Version(Engine engine, long number, Instant published) {}

    /** Holds a first engine. */
    public EngineHolder(Engine engine) {
        this(engine, InstantSource.system());
    }

    /** The same by another clock, which tells when a version was published. */
    public EngineHolder(Engine engine, InstantSource clock) {
        this.clock = Objects.requireNonNull(clock);
        this.live = new Version(Objects.requireNonNull(engine), 1, clock.instant());
    }

    /** The live engine. */
    public Engine get() {
        return live.engine();
    }

    /** The live engine with its number and time. */
    public Version version() {
        return live;
    }

    /** How long the live engine has been that. */
    public Duration age() {
        return Duration.between(live.published(), clock.instant());
    }

    /**
     * Publishes the next version of the live engine. If it can't be made, the live engine stays.
     *
     * @throws InvalidPolicyException when something of the change is wrong
     * @throws NeedsCompileException when the changed store has to be compiled; {@link #publish} then publishes it
     */
    public Version update(Change change) {
        return update(engine -> engine.with(change));
    }

    /**
     * Publishes what is made of the live engine; no other writer comes between. If that throws, the live engine stays.
     *
     * @param next must not publish itself
     */
    public Version update(UnaryOperator<Engine> next) {
        synchronized (writing) {
            Version before = live;
            Engine engine = Objects.requireNonNull(next.apply(before.engine()));
            Version after = new Version(engine, before.number() + 1, clock.instant());
            live = after;
            return after;
        }
    }

    /** Publishes another engine, as when a store has been compiled anew. */
    public Version publish(Engine engine) {
        Objects.requireNonNull(engine);
        return update(before -> engine);
    }
}
