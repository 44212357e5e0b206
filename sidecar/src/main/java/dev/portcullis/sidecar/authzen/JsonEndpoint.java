package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.ContentTypes;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.json.JsonWriter;

/** What AuthZEN's endpoints have in common: JSON objects in and out, 400 for what isn't one, {@code X-Request-ID} echoed. */
abstract class JsonEndpoint implements HttpEndpoint {

    private static final String REQUEST_ID = "x-request-id";

    private final int bodyBytes;

    JsonEndpoint(int bodyBytes) {
        this.bodyBytes = bodyBytes;
    }

    /**
     * Answers a JSON object, now or later.
     *
     * @param traceparent the header; may be null
     */
    abstract void answer(JsonNode body, String traceparent, Reply reply) throws JsonException;

    @Override
    public final int bodyLimit() {
        return bodyBytes;
    }

    @Override
    public final void answer(ClientRequest request, Reply reply) {
        String id = request.header(REQUEST_ID);
        Reply echo = id == null ? reply : response -> reply.send(response.with(REQUEST_ID, id));
        try {
            if (!ContentTypes.isJson(request.header("content-type"))) {
                throw new JsonException("the content type must be application/json", 0, 0);
            }
            answer(
                    JsonReader.read(request.body()).expect(Kind.OBJECT, "the body"),
                    request.header("traceparent"),
                    echo);
        } catch (JsonException e) {
            echo.send(error(400, e.getMessage()));
        }
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return error(reason.status(), reason.message());
    }

    /** An answer that isn't what was asked for. */
    static ServerResponse error(int status, String message) {
        return ServerResponse.json(
                status,
                new JsonWriter()
                        .beginObject()
                        .name("error")
                        .beginObject()
                        .member("status", status)
                        .member("message", message)
                        .endObject()
                        .endObject()
                        .toUtf8());
    }
}
