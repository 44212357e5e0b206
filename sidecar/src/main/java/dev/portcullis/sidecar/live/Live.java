package dev.portcullis.sidecar.live;

import dev.portcullis.sidecar.log.EventLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * The version in force of something that comes from files. A bad new version leaves the old one in force and says why.
 * Reading it is one volatile read; {@link #check} is for one thread at a time.
 */
public final class Live<T> {

    /**
     * One version.
     *
     * @param number from 1, without gaps
     * @param since when it came into force, by the clock of then
     * @param sinceNanos the same by {@link System#nanoTime}, which nobody sets
     */
    public record Version<T>(T value, long number, Instant since, long sinceNanos) {}

    /** The last attempt that failed. */
    public record Failure(Instant at, String message) {}

    private final String name;
    private final Source<T> source;
    private final EventLog events;
    private final InstantSource clock;
    private final LongAdder failures = new LongAdder();
    private String seen = "";
    private String pending = "";
    private volatile Version<T> current;
    private volatile Failure failure;

    /** @param name what it is called in events and metrics */
    public Live(String name, Source<T> source, EventLog events) {
        this(name, source, events, InstantSource.system());
    }

    /** @param clock what the times of versions and failures are told by; nothing depends on it */
    public Live(String name, Source<T> source, EventLog events, InstantSource clock) {
        this.name = name;
        this.source = source;
        this.events = events;
        this.clock = clock;
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** The version in force; null before the first. */
    public Version<T> current() {
        return current;
    }

    /** Why the last attempt failed; empty when it succeeded. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }

    /** Attempts that failed, so far. */
    public long failures() {
        return failures.sum();
    }

    /** How long the version has been in force; zero before the first. */
    public Duration age() {
        Version<T> version = current;
        return version == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - version.sinceNanos());
    }

    /** Loads the first version. */
    public synchronized void start() throws LoadException {
        try {
            seen = source.fingerprint();
        } catch (IOException | UncheckedIOException e) {
            throw new LoadException(name + " can't be read: " + e.getMessage(), e);
        }
        pending = seen;
        current = version(1);
        events.info("loaded", "what", name, "version", "1");
    }

    /**
     * Looks whether the files changed and have been still since the last look, and then loads them.
     *
     * @param now load them however they look
     * @return whether there is a new version
     */
    public synchronized boolean check(boolean now) {
        try {
            String print = source.fingerprint();
            boolean still = print.equals(pending);
            pending = print;
            if (!now && (!still || print.equals(seen))) {
                return false;
            }
            seen = print;
            Version<T> old = current;
            long number = old == null ? 1 : old.number() + 1;
            current = version(number);
            failure = null;
            events.info("loaded", "what", name, "version", Long.toString(number));
            return true;
        } catch (LoadException e) {
            fail(e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            fail(name + " can't be read: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            events.internal("loading " + name, e);
            fail("internal error: " + e);
        }
        return false;
    }

    private Version<T> version(long number) throws LoadException {
        return new Version<>(source.load(), number, clock.instant(), System.nanoTime());
    }

    private void fail(String message) {
        Failure last = failure;
        failures.increment();
        failure = new Failure(clock.instant(), message);
        if (last == null || !last.message().equals(message)) {
            Version<T> version = current;
            events.error(
                    "not loaded",
                    "what",
                    name,
                    "message",
                    message,
                    "stays",
                    version == null ? "none" : Long.toString(version.number()));
        }
    }
}
