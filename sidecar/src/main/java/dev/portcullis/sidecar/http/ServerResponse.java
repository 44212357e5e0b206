package dev.portcullis.sidecar.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer.
 *
 * @param status the HTTP status
 * @param contentType empty when there is no body
 * @param body the content; not to be changed afterwards
 * @param headers further headers: name, value, name, value …
 */
@SuppressWarnings("ArrayRecordComponent") // answers aren't compared, and copies would cost on every decision
public record ServerResponse(int status, String contentType, byte[] body, List<String> headers) {

    /** Media type of JSON. */
    public static final String JSON = "application/json";

    private static final byte[] NOTHING = {};

    /** An answer without content. */
    public static ServerResponse empty(int status) {
        return new ServerResponse(status, "", NOTHING, List.of());
    }

    /** An answer in JSON. */
    public static ServerResponse json(int status, byte[] body) {
        return new ServerResponse(status, JSON, body, List.of());
    }

    /** An answer in plain text. */
    public static ServerResponse text(int status, String text) {
        return new ServerResponse(
                status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8), List.of());
    }

    /** The same with one more header. */
    public ServerResponse with(String name, String value) {
        List<String> more = new ArrayList<>(headers.size() + 2);
        more.addAll(headers);
        more.add(name);
        more.add(value);
        return new ServerResponse(status, contentType, body, more);
    }
}
