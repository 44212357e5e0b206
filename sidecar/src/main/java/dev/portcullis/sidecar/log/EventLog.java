package dev.portcullis.sidecar.log;

import dev.portcullis.sidecar.json.JsonWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Events as JSON lines: {@code {"time", "level", "event", …}}. Never blocks who tells: a bounded queue, one thread that
 * writes. Thread-safe.
 */
public final class EventLog implements AutoCloseable {

    private static final int CAPACITY = 1024;
    private static final int TRACE_UNITS = 4_000;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Consumer<String> out;
    private final Thread writer;
    private volatile boolean closed;

    /** @param out takes one line at a time, without its end; is called by one thread */
    public EventLog(Consumer<String> out) {
        this.out = out;
        this.writer = new Thread(this::write, "portcullis-events");
        writer.setDaemon(true);
        writer.start();
    }

    /** Something that goes as it should; fields are name, value, name, value …. */
    public void info(String event, String... fields) {
        tell("info", event, fields);
    }

    /** Something to look at. */
    public void warning(String event, String... fields) {
        tell("warning", event, fields);
    }

    /** Something that failed. */
    public void error(String event, String... fields) {
        tell("error", event, fields);
    }

    /** Something of ours that failed, with its stack trace. */
    public void internal(String where, Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        String text = trace.toString();
        tell(
                "error",
                "internal error",
                "where",
                where,
                "trace",
                text.substring(0, Math.min(text.length(), TRACE_UNITS)));
    }

    /** Events that were lost because they came faster than they could be written. */
    public long dropped() {
        return dropped.sum();
    }

    private void tell(String level, String event, String... fields) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("time", Instant.now().toString())
                .member("level", level)
                .member("event", event);
        for (int i = 0; i < fields.length; i += 2) {
            json.member(fields[i], fields[i + 1]);
        }
        if (!lines.offer(json.endObject().toString())) {
            dropped.increment();
        }
    }

    private void write() {
        try {
            while (!closed || !lines.isEmpty()) {
                String line = lines.poll(100, TimeUnit.MILLISECONDS);
                if (line != null) {
                    out.accept(line);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
