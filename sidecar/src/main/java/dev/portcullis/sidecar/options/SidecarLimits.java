package dev.portcullis.sidecar.options;

import java.time.Duration;

/**
 * What clients can make the sidecar hold or do.
 *
 * @param requestLineBytes longest request line
 * @param headerBytes all headers of a request together
 * @param bodyBytes longest body that is read, over HTTP and gRPC
 * @param batch questions of one request
 * @param batchBodies bytes of bodies of the batches that one event loop works on at the same time; further ones are denied
 * @param batchMemory bytes that all batches in progress may take, answers included, roughly; further ones are denied
 * @param searchCandidates entities that one search looks at
 * @param connections open connections of each protocol, HTTP and gRPC; further ones are closed at once
 * @param streams requests at the same time on one HTTP/2 connection
 * @param requestTime from a request's first byte to its last
 * @param idleTime a connection on which nothing happens for so long is closed
 * @param shedAfter an event loop that hasn't come round for so long denies instead of deciding
 */
public record SidecarLimits(
        int requestLineBytes,
        int headerBytes,
        int bodyBytes,
        int batch,
        int batchBodies,
        long batchMemory,
        int searchCandidates,
        int connections,
        int streams,
        Duration requestTime,
        Duration idleTime,
        Duration shedAfter) {

    /** For a sidecar beside one gateway. */
    public static final SidecarLimits DEFAULTS = new SidecarLimits(
            16 << 10,
            64 << 10,
            1 << 20,
            1_000,
            1 << 20,
            Runtime.getRuntime().maxMemory() / 4,
            100_000,
            10_000,
            256,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            Duration.ofMillis(150));

    /** The same, but for the longest body. */
    public SidecarLimits withBodyBytes(int value) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                value,
                batch,
                batchBodies,
                batchMemory,
                searchCandidates,
                connections,
                streams,
                requestTime,
                idleTime,
                shedAfter);
    }

    /** The same, but for the length of request line and headers. */
    public SidecarLimits withHeaderBytes(int value) {
        return new SidecarLimits(
                Math.min(requestLineBytes, value),
                value,
                bodyBytes,
                batch,
                batchBodies,
                batchMemory,
                searchCandidates,
                connections,
                streams,
                requestTime,
                idleTime,
                shedAfter);
    }

    /** The same, but for the questions of one request. */
    public SidecarLimits withBatch(int value) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                bodyBytes,
                value,
                batchBodies,
                batchMemory,
                searchCandidates,
                connections,
                streams,
                requestTime,
                idleTime,
                shedAfter);
    }

    /** The same, but for the batches in progress. */
    public SidecarLimits withBatchesInProgress(int bodies, long memory) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                bodyBytes,
                batch,
                bodies,
                memory,
                searchCandidates,
                connections,
                streams,
                requestTime,
                idleTime,
                shedAfter);
    }

    /** The same, but for the number of connections. */
    public SidecarLimits withConnections(int value) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                bodyBytes,
                batch,
                batchBodies,
                batchMemory,
                searchCandidates,
                value,
                streams,
                requestTime,
                idleTime,
                shedAfter);
    }

    /** The same, but for the patience with slow requests and with idle connections. */
    public SidecarLimits withTimes(Duration request, Duration idle) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                bodyBytes,
                batch,
                batchBodies,
                batchMemory,
                searchCandidates,
                connections,
                streams,
                request,
                idle,
                shedAfter);
    }

    /** The same, but for how late an event loop may be. */
    public SidecarLimits withShedAfter(Duration value) {
        return new SidecarLimits(
                requestLineBytes,
                headerBytes,
                bodyBytes,
                batch,
                batchBodies,
                batchMemory,
                searchCandidates,
                connections,
                streams,
                requestTime,
                idleTime,
                value);
    }
}
