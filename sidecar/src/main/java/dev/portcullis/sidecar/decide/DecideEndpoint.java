package dev.portcullis.sidecar.decide;

import dev.portcullis.Decision;
import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Verdict;
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
import dev.portcullis.sidecar.options.SidecarLimits;
import java.util.Optional;

/**
 * Decides one request, or the {@code requests} of a batch. Whatever goes wrong, {@code decision} is there and isn't
 * {@code ALLOW}; {@code error} says what went wrong.
 */
public final class DecideEndpoint implements HttpEndpoint {

    /** The member of a body that makes it a batch. */
    static final String REQUESTS = "requests";

    private static final String TRACE = "traceparent";

    private final DecisionPoint point;
    private final SidecarLimits limits;
    private final Batches batches;

    /**
     * @param limits of bodies and batches
     * @param batches do what takes long
     */
    public DecideEndpoint(DecisionPoint point, SidecarLimits limits, Batches batches) {
        this.point = point;
        this.limits = limits;
        this.batches = batches;
    }

    @Override
    public int bodyLimit() {
        return limits.bodyBytes();
    }

    @Override
    public void answer(ClientRequest request, Reply reply) {
        if (!ContentTypes.isJson(request.header("content-type"))) {
            reply.send(failure(415, "the content type must be application/json"));
            return;
        }
        int length = request.body().length;
        String trace = request.header(TRACE);
        JsonReading reading = JsonReader.begin(request.body());
        try {
            if (length <= Batches.SHORT_BODY) {
                JsonNode body = checked(reading.finish());
                if (!isBatch(body)) {
                    reply.send(decideOne(body, trace));
                    return;
                }
            }
        } catch (JsonException e) {
            reply.send(invalid(e));
            return;
        }
        Desk desk = point.desk();
        desk.begin();
        if (desk.isOverloaded()) {
            reply.send(overloaded());
        } else {
            batches.begin(new DecideBatch(this, point, reading, trace, reply), length, reply);
        }
    }

    /** A body that is an object and, if it is a batch, one that is allowed. */
    JsonNode checked(JsonNode body) throws JsonException {
        body.expect(Kind.OBJECT, "the body");
        Optional<JsonNode> requests = body.member(REQUESTS, Kind.ARRAY);
        if (requests.isEmpty()) {
            return body;
        }
        for (String member : body.members().keySet()) {
            if (!member.equals(REQUESTS) && !member.equals("explain")) {
                throw body.wrong("beside `requests` there is no member `" + member + "`");
            }
        }
        if (requests.get().elements().size() > limits.batch()) {
            throw body.wrong("requests: more than " + limits.batch());
        }
        body.flag("explain");
        return body;
    }

    static boolean isBatch(JsonNode body) {
        return body.member(REQUESTS).isPresent();
    }

    ServerResponse decideOne(JsonNode body, String trace) throws JsonException {
        boolean explain = body.flag("explain");
        Desk desk = point.desk();
        QuestionJson.read(body, desk.begin());
        desk.tracedBy(trace);
        Answer answer = desk.decide(Protocol.DECIDE);
        return response(status(answer.verdict()), answer, desk, explain);
    }

    /** Says no to what can't be read. */
    ServerResponse invalid(JsonException e) {
        return refused(400, Verdict.INVALID, e.located());
    }

    /** Says no to what there is no time for. */
    ServerResponse overloaded() {
        return refused(503, Verdict.OVERLOADED, "overloaded");
    }

    private ServerResponse refused(int status, Verdict verdict, String message) {
        Desk desk = point.desk();
        desk.begin();
        return response(status, desk.refuse(Protocol.DECIDE, verdict, message), desk, false);
    }

    private static ServerResponse response(int status, Answer answer, Desk desk, boolean explain) {
        JsonWriter json = new JsonWriter();
        AnswerJson.write(answer, desk, explain, json);
        return ServerResponse.json(status, json.toUtf8()).with("x-decision-id", answer.id());
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case ALLOW, EXPLICIT_DENY, IMPLICIT_DENY -> 200;
            case UNIDENTIFIED, INVALID -> 400;
            case NOT_READY, OVERLOADED -> 503;
            case ERROR -> 500;
        };
    }

    private static ServerResponse failure(int status, String message) {
        JsonWriter json = new JsonWriter().beginObject().member("decision", Decision.IMPLICIT_DENY.name());
        AnswerJson.addError(status >= 500 ? "error" : "invalid", message, json);
        return ServerResponse.json(status, json.endObject().toUtf8());
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return failure(reason.status(), reason.message());
    }
}
