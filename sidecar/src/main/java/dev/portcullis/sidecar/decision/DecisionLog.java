package dev.portcullis.sidecar.decision;

import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.options.DecisionLogOptions;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Decisions as JSON lines. Who decides never waits for it: what finds no room in its ring is dropped and counted. One
 * thread writes.
 */
public final class DecisionLog implements AutoCloseable {

    /** Records that wait for being written, of each thread that decides. */
    static final int RING = 8192;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DecisionLogOptions options;
    private final EventLog events;
    private final List<RecordRing> rings = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder logged = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean reopen;
    private Writer writer;
    private boolean failing;

    /** @throws IOException if the file can't be written */
    public DecisionLog(DecisionLogOptions options, EventLog events) throws IOException {
        this.options = options;
        this.events = events;
        if (options.file().isEmpty()) {
            thread = null;
            return;
        }
        writer = open();
        thread = new Thread(this::run, "portcullis-decision-log");
        thread.setDaemon(true);
        thread.start();
    }

    /** Decisions that were to be logged and are lost. */
    public long dropped() {
        return dropped.sum();
    }

    /** Decisions written. */
    public long logged() {
        return logged.sum();
    }

    /** Opens the file anew, after something moved it away. */
    public void reopen() {
        reopen = true;
    }

    boolean wants(Verdict verdict) {
        return switch (options.which()) {
            case ALL -> true;
            case ALLOWED -> verdict == Verdict.ALLOW;
            case DENIED -> verdict != Verdict.ALLOW;
        };
    }

    double sample() {
        return options.sample();
    }

    boolean masks(String key) {
        if (options.masked().isEmpty()) {
            return false;
        }
        String folded = key.toLowerCase(Locale.ROOT);
        for (String pattern : options.masked()) {
            boolean open = pattern.endsWith("*");
            if (open ? folded.startsWith(pattern.substring(0, pattern.length() - 1)) : folded.equals(pattern)) {
                return true;
            }
        }
        return false;
    }

    boolean isOn() {
        return thread != null;
    }

    RecordRing newRing() {
        RecordRing ring = new RecordRing(RING);
        rings.add(ring);
        return ring;
    }

    void drop() {
        dropped.increment();
    }

    private Writer open() throws IOException {
        Path file = options.file().orElseThrow();
        return new BufferedWriter(
                file.toString().equals("-")
                        ? new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)
                        : Files.newBufferedWriter(
                                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                1 << 16);
    }

    private void run() {
        while (!closed) {
            if (writeAll() == 0) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        writeAll();
        try {
            if (!options.file().orElseThrow().toString().equals("-")) {
                writer.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private int writeAll() {
        try {
            if (reopen) {
                reopen = false;
                Writer old = writer;
                writer = open();
                old.close();
            }
        } catch (IOException e) {
            fail(e);
        }
        int count = 0;
        for (RecordRing ring : rings) {
            count += ring.drain(this::write);
        }
        if (count > 0) {
            try {
                writer.flush();
            } catch (IOException e) {
                fail(e);
            }
        }
        return count;
    }

    private void write(DecisionRecord entry) {
        try {
            writer.write(line(entry));
            writer.write('\n');
            logged.increment();
            failing = false;
        } catch (IOException e) {
            dropped.increment();
            fail(e);
        }
    }

    private void fail(IOException e) {
        if (!failing) {
            failing = true;
            events.error("decision log", "message", "can't be written: " + e.getMessage());
        }
    }

    static String line(DecisionRecord entry) {
        Answer answer = entry.answer();
        JsonWriter json = new JsonWriter()
                .beginObject()
                .member("time", Instant.ofEpochMilli(entry.millis()).toString())
                .member("id", answer.id())
                .member("protocol", entry.protocol().label())
                .member("decision", answer.verdict().label());
        if (!answer.message().isEmpty()) {
            json.member("message", answer.message());
        }
        member(json, "principal", entry.principal());
        member(json, "action", entry.action());
        member(json, "resource", entry.resource());
        json.name("context").beginObject();
        for (int i = 0; i < entry.keys().size(); i++) {
            json.member(entry.keys().get(i), entry.values().get(i));
        }
        return json.endObject()
                .member("version", entry.version())
                .member("nanos", entry.nanos())
                .endObject()
                .toString();
    }

    private static void member(JsonWriter json, String name, String value) {
        if (value != null) {
            json.member(name, value);
        }
    }

    /** Writes what is left. */
    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
            try {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
