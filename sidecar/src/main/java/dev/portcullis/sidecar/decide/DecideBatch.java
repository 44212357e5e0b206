package dev.portcullis.sidecar.decide;

import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.http.Batch;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonReading;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.live.Live;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Requests that are read and decided one after the other, all by the version of the policies that the first one finds. */
final class DecideBatch implements Batch {

    private final DecideEndpoint endpoint;
    private final DecisionPoint point;
    private final JsonReading reading;
    private final String trace;
    private final Reply reply;
    private final JsonWriter json = new JsonWriter();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Iterator<JsonNode> requests;
    private boolean explainAll;
    private Live.Version<Policies> version;

    /**
     * @param reading of the body, at whatever stage
     * @param trace the {@code traceparent} header; may be null
     */
    DecideBatch(DecideEndpoint endpoint, DecisionPoint point, JsonReading reading, String trace, Reply reply) {
        this.endpoint = endpoint;
        this.point = point;
        this.reading = reading;
        this.trace = trace;
        this.reply = reply;
    }

    @Override
    public boolean step() {
        try {
            if (requests == null) {
                return reading.step() && begin();
            }
        } catch (JsonException e) {
            reply.send(endpoint.invalid(e));
            return true;
        }
        if (requests.hasNext()) {
            decide(requests.next());
            written.writeBytes(json.take().getBytes(StandardCharsets.UTF_8));
            return false;
        }
        written.writeBytes(json.endArray().endObject().toUtf8());
        reply.send(ServerResponse.json(200, written.toByteArray()));
        return true;
    }

    /** Returns whether the body was one request alone, which is answered. */
    private boolean begin() throws JsonException {
        JsonNode body = endpoint.checked(reading.value());
        if (!DecideEndpoint.isBatch(body)) {
            reply.send(endpoint.decideOne(body, trace));
            return true;
        }
        explainAll = body.flag("explain");
        version = point.policies().current();
        json.beginObject().name("decisions").beginArray();
        requests = body.members().get(DecideEndpoint.REQUESTS).elements().iterator();
        return false;
    }

    private void decide(JsonNode request) {
        Desk desk = point.desk();
        Question question = desk.begin();
        desk.tracedBy(trace);
        Answer answer;
        boolean explain = false;
        try {
            QuestionJson.read(request, question);
            explain = explainAll || request.flag("explain");
            answer = desk.decide(Protocol.DECIDE, version);
        } catch (JsonException e) {
            answer = desk.refuse(Protocol.DECIDE, Verdict.INVALID, e.located());
        }
        AnswerJson.write(answer, desk, explain, json);
    }

    @Override
    public long bytes() {
        return reading.bytes() + 2L * written.size();
    }

    @Override
    public void shed() {
        reply.send(endpoint.overloaded());
    }
}
