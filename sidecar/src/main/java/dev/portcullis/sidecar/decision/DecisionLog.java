package dev.portcullis.sidecar.decision;

import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.options.DecisionLogOptions;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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

    /** Bytes that are written at once, about. */
    private static final int CHUNK = 1 << 16;

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final DecisionLogOptions options;
    private final EventLog events;
    private final List<RecordRing> rings = new CopyOnWriteArrayList<>();
    private final LongAdder dropped = new LongAdder();
    private final LongAdder logged = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean reopen;
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream(CHUNK);
    private FileChannel channel;
    private boolean torn;
    private boolean failing;

    /** @throws IOException if the file can't be written */
    public DecisionLog(DecisionLogOptions options, EventLog events) throws IOException {
        this.options = options;
        this.events = events;
        if (options.file().isEmpty()) {
            thread = null;
            return;
        }
        channel = open();
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

    private FileChannel open() throws IOException {
        Path file = options.file().orElseThrow();
        torn = false;
        if (file.toString().equals("-")) {
            return new FileOutputStream(FileDescriptor.out).getChannel();
        }
        // Who wrote it last may have been killed in the middle of a line.
        if (Files.isRegularFile(file) && Files.size(file) > 0) {
            try (FileChannel old = FileChannel.open(file)) {
                ByteBuffer last = ByteBuffer.allocate(1);
                torn = old.read(last, old.size() - 1) == 1 && last.get(0) != '\n';
            }
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
                channel.close();
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private int writeAll() {
        try {
            if (reopen) {
                reopen = false;
                FileChannel old = channel;
                channel = open();
                old.close();
            }
        } catch (IOException e) {
            fail(e);
        }
        int count = 0;
        for (RecordRing ring : rings) {
            count += ring.drain(this::add);
        }
        write();
        return count;
    }

    private void add(DecisionRecord entry) {
        lines.writeBytes(line(entry).getBytes(StandardCharsets.UTF_8));
        lines.write('\n');
        if (lines.size() >= CHUNK) {
            write();
        }
    }

    /** Writes the lines that wait. Of those that don't all fit, whole ones count as written; what is left of one is ended. */
    private void write() {
        if (lines.size() == 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.wrap(lines.toByteArray());
        lines.reset();
        try {
            if (torn) {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
                torn = false;
            }
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            failing = false;
        } catch (IOException e) {
            torn |= bytes.position() > 0 && bytes.get(bytes.position() - 1) != '\n';
            fail(e);
        }
        logged.add(lines(bytes, 0, bytes.position()));
        dropped.add(lines(bytes, bytes.position(), bytes.limit()));
    }

    private static long lines(ByteBuffer bytes, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            if (bytes.get(i) == '\n') {
                count++;
            }
        }
        return count;
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
