package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.http.Batch;
import dev.portcullis.sidecar.http.Batches;
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
import dev.portcullis.sidecar.json.JsonReading;
import dev.portcullis.sidecar.json.JsonWriter;

/** What AuthZEN's endpoints have in common: JSON objects in and out, 400 for what isn't one, {@code X-Request-ID} echoed. */
abstract class JsonEndpoint implements HttpEndpoint {

    private static final String REQUEST_ID = "x-request-id";

    private final int bodyBytes;
    private final Batches batches;

    JsonEndpoint(int bodyBytes, Batches batches) {
        this.bodyBytes = bodyBytes;
        this.batches = batches;
    }

    /**
     * Answers a JSON object.
     *
     * @param traceparent the header; may be null
     * @return what is left to do here; null when it is answered, now or by somebody else later
     */
    abstract Batch answer(JsonNode body, String traceparent, Reply reply) throws JsonException;

    @Override
    public final int bodyLimit() {
        return bodyBytes;
    }

    @Override
    public final void answer(ClientRequest request, Reply reply) {
        String id = request.header(REQUEST_ID);
        Reply echo = id == null ? reply : reply.changing(response -> response.with(REQUEST_ID, id));
        String traceparent = request.header("traceparent");
        int length = request.body().length;
        try {
            if (!ContentTypes.isJson(request.header("content-type"))) {
                throw new JsonException("the content type must be application/json", 0, 0);
            }
            JsonReading reading = JsonReader.begin(request.body());
            Batch batch = length > Batches.SHORT_BODY
                    ? new LongBody(reading, traceparent, echo)
                    : answer(whole(reading.finish()), traceparent, echo);
            if (batch != null) {
                batches.begin(batch, length, echo);
            }
        } catch (JsonException e) {
            echo.send(error(400, e.getMessage()));
        }
    }

    private static JsonNode whole(JsonNode body) throws JsonException {
        return body.expect(Kind.OBJECT, "the body");
    }

    /** A body that is read a little at a time, and then answered. */
    private final class LongBody implements Batch {

        private final JsonReading reading;
        private final String traceparent;
        private final Reply reply;
        private Batch rest;

        private LongBody(JsonReading reading, String traceparent, Reply reply) {
            this.reading = reading;
            this.traceparent = traceparent;
            this.reply = reply;
        }

        @Override
        public boolean step() {
            try {
                if (rest != null) {
                    return rest.step();
                }
                if (!reading.step()) {
                    return false;
                }
                rest = answer(whole(reading.value()), traceparent, reply);
                return rest == null;
            } catch (JsonException e) {
                reply.send(error(400, e.getMessage()));
                return true;
            }
        }

        @Override
        public long bytes() {
            return reading.bytes() + (rest == null ? 0 : rest.bytes());
        }

        @Override
        public void shed() {
            if (rest == null) {
                reply.send(refuse(Refusal.OVERLOADED));
            } else {
                rest.shed();
            }
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
