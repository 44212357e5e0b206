package dev.portcullis.sidecar.tracing;

import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.log.EventLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends spans to an OpenTelemetry collector: OTLP over HTTP, in JSON. What finds no room, and what the collector doesn't
 * take, is dropped and counted. Thread-safe.
 */
public final class SpanExporter implements AutoCloseable {

    private static final int CAPACITY = 4096;
    private static final int BATCH = 512;
    private static final long GATHER_MILLIS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SERVER = 2;

    private final URI traces;
    private final EventLog events;
    private final BlockingQueue<Span> waiting = new ArrayBlockingQueue<>(CAPACITY);
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    /** @param endpoint the collector's base URL, such as {@code http://127.0.0.1:4318} */
    public SpanExporter(URI endpoint, EventLog events) {
        String base = endpoint.toString();
        this.traces = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/v1/traces");
        this.events = events;
        this.thread = new Thread(this::run, "portcullis-traces");
        thread.setDaemon(true);
        thread.start();
    }

    /** Takes a span, if there is room; doesn't wait. */
    public void offer(Span span) {
        if (!waiting.offer(span)) {
            dropped.increment();
        }
    }

    /** Spans that were lost. */
    public long dropped() {
        return dropped.sum();
    }

    private void run() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PATIENCE)
                .build();
        List<Span> batch = new ArrayList<>(BATCH);
        try {
            while (!closed || !waiting.isEmpty()) {
                Span first = waiting.poll(GATHER_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    waiting.drainTo(batch, BATCH - 1);
                    send(client, batch);
                    batch.clear();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(HttpClient client, List<Span> batch) throws InterruptedException {
        String problem;
        try {
            int status = client.send(
                            HttpRequest.newBuilder(traces)
                                    .timeout(PATIENCE)
                                    .header("content-type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofByteArray(json(batch)))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            problem = status / 100 == 2 ? "" : "it answers " + status;
        } catch (IOException e) {
            problem = e.toString();
        }
        if (problem.isEmpty()) {
            failing = false;
            return;
        }
        dropped.add(batch.size());
        if (!failing) {
            failing = true;
            events.warning("traces", "message", traces + " doesn't take them: " + problem);
        }
    }

    private static byte[] json(List<Span> spans) {
        JsonWriter json = new JsonWriter()
                .beginObject()
                .name("resourceSpans")
                .beginArray()
                .beginObject()
                .name("resource")
                .beginObject()
                .name("attributes")
                .beginArray();
        attribute(json, "service.name", "portcullis");
        json.endArray()
                .endObject()
                .name("scopeSpans")
                .beginArray()
                .beginObject()
                .name("scope")
                .beginObject()
                .member("name", "dev.portcullis.sidecar")
                .endObject()
                .name("spans")
                .beginArray();
        spans.forEach(span -> add(json, span));
        return json.endArray()
                .endObject()
                .endArray()
                .endObject()
                .endArray()
                .endObject()
                .toUtf8();
    }

    private static void add(JsonWriter json, Span span) {
        json.beginObject().member("traceId", span.traceId()).member("spanId", Span.hex());
        if (!span.parentId().isEmpty()) {
            json.member("parentSpanId", span.parentId());
        }
        json.member("name", "authorize " + span.protocol())
                .member("kind", SERVER)
                .member("startTimeUnixNano", Long.toString(span.startNanos()))
                .member("endTimeUnixNano", Long.toString(span.startNanos() + span.nanos()))
                .name("attributes")
                .beginArray();
        attribute(json, "portcullis.protocol", span.protocol());
        attribute(json, "portcullis.decision", span.decision());
        attribute(json, "portcullis.decision_id", span.decisionId());
        if (!span.action().isEmpty()) {
            attribute(json, "portcullis.action", span.action());
        }
        json.endArray().endObject();
    }

    private static void attribute(JsonWriter json, String key, String value) {
        json.beginObject()
                .member("key", key)
                .name("value")
                .beginObject()
                .member("stringValue", value)
                .endObject()
                .endObject();
    }

    /** Sends what is left, within the collector's patience. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
