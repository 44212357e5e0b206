package dev.portcullis.sidecar.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Objects;

/**
 * A request as it came. Nothing is decoded or normalized.
 *
 * @param method as sent
 * @param target path and query as sent
 * @param headers names compare without regard to letter case
 * @param body as sent; empty when the endpoint wants none
 * @param peer who is at the other end of the connection
 */
@SuppressWarnings("ArrayRecordComponent") // a request is read once, never compared
public record ClientRequest(String method, String target, HttpHeaders headers, byte[] body, Peer peer) {

    /** The first value of a header; null when absent. */
    public String header(String name) {
        return headers.get(name);
    }

    /** All values of a header. */
    public List<String> headers(String name) {
        return headers.getAll(name);
    }

    /** The target before its first question mark. */
    public String path() {
        int end = target.indexOf('?');
        return end < 0 ? target : target.substring(0, end);
    }

    /** The target after its first question mark; empty when there is none. */
    public String query() {
        int end = target.indexOf('?');
        return end < 0 ? "" : target.substring(end + 1);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Objects.hash(method, target);
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
