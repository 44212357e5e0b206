package dev.portcullis.sidecar.decide;

import dev.portcullis.Decision;
import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.ContentTypes;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.ExplanationJson;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.options.SidecarLimits;
import java.util.List;
import java.util.Optional;

/**
 * Decides one request, or the {@code requests} of a batch. Whatever goes wrong, {@code decision} is there and isn't
 * {@code ALLOW}; {@code error} says what went wrong.
 */
public final class DecideEndpoint implements HttpEndpoint {

    private static final String TRACE = "traceparent";

    private final DecisionPoint point;
    private final SidecarLimits limits;

    /** @param limits of bodies and batches */
    public DecideEndpoint(DecisionPoint point, SidecarLimits limits) {
        this.point = point;
        this.limits = limits;
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
        try {
            JsonNode body = JsonReader.read(request.body()).expect(Kind.OBJECT, "the body");
            Optional<JsonNode> requests = body.member("requests", Kind.ARRAY);
            if (requests.isPresent()) {
                reply.send(decideAll(body, requests.get().elements(), request.header(TRACE)));
            } else {
                reply.send(decideOne(body, request.header(TRACE)));
            }
        } catch (JsonException e) {
            Desk desk = point.desk();
            desk.begin();
            Answer answer = desk.refuse(Protocol.DECIDE, Verdict.INVALID, place(e));
            reply.send(ServerResponse.json(400, write(answer, desk, false).toUtf8())
                    .with("x-decision-id", answer.id()));
        }
    }

    private ServerResponse decideOne(JsonNode body, String trace) throws JsonException {
        boolean explain = body.flag("explain");
        Desk desk = point.desk();
        QuestionJson.read(body, desk.begin());
        desk.tracedBy(trace);
        Answer answer = desk.decide(Protocol.DECIDE);
        return ServerResponse.json(
                        status(answer.verdict()), write(answer, desk, explain).toUtf8())
                .with("x-decision-id", answer.id());
    }

    private ServerResponse decideAll(JsonNode body, List<JsonNode> requests, String trace) throws JsonException {
        for (String member : body.members().keySet()) {
            if (!member.equals("requests") && !member.equals("explain")) {
                throw body.wrong("beside `requests` there is no member `" + member + "`");
            }
        }
        if (requests.size() > limits.batch()) {
            throw body.wrong("requests: more than " + limits.batch());
        }
        boolean explainAll = body.flag("explain");
        Desk desk = point.desk();
        JsonWriter json = new JsonWriter().beginObject().name("decisions").beginArray();
        for (JsonNode request : requests) {
            Question question = desk.begin();
            desk.tracedBy(trace);
            Answer answer;
            boolean explain = false;
            try {
                QuestionJson.read(request, question);
                explain = explainAll || request.flag("explain");
                answer = desk.decide(Protocol.DECIDE);
            } catch (JsonException e) {
                answer = desk.refuse(Protocol.DECIDE, Verdict.INVALID, place(e));
            }
            write(answer, desk, explain, json);
        }
        return ServerResponse.json(200, json.endArray().endObject().toUtf8());
    }

    private static JsonWriter write(Answer answer, Desk desk, boolean explain) {
        JsonWriter json = new JsonWriter();
        write(answer, desk, explain, json);
        return json;
    }

    private static void write(Answer answer, Desk desk, boolean explain, JsonWriter json) {
        json.beginObject().member("decision", decision(answer.verdict()).name()).member("id", answer.id());
        if (!answer.verdict().isDecision()) {
            json.name("error")
                    .beginObject()
                    .member("kind", answer.verdict().label())
                    .member("message", answer.message())
                    .endObject();
        } else if (explain) {
            desk.explain().ifPresent(explanation -> {
                json.member("reason", explanation.reason());
                ExplanationJson.addDetails(json, explanation);
            });
        }
        json.endObject();
    }

    private static Decision decision(Verdict verdict) {
        return switch (verdict) {
            case ALLOW -> Decision.ALLOW;
            case EXPLICIT_DENY -> Decision.EXPLICIT_DENY;
            case IMPLICIT_DENY, UNIDENTIFIED, INVALID, NOT_READY, OVERLOADED, ERROR -> Decision.IMPLICIT_DENY;
        };
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case ALLOW, EXPLICIT_DENY, IMPLICIT_DENY -> 200;
            case UNIDENTIFIED, INVALID -> 400;
            case NOT_READY, OVERLOADED -> 503;
            case ERROR -> 500;
        };
    }

    private static String place(JsonException e) {
        return e.line() == 0 ? e.getMessage() : e.line() + ":" + e.column() + ": " + e.getMessage();
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return failure(reason.status(), reason.message());
    }

    private static ServerResponse failure(int status, String message) {
        return ServerResponse.json(
                status,
                new JsonWriter()
                        .beginObject()
                        .member("decision", Decision.IMPLICIT_DENY.name())
                        .name("error")
                        .beginObject()
                        .member("kind", status >= 500 ? "error" : "invalid")
                        .member("message", message)
                        .endObject()
                        .endObject()
                        .toUtf8());
    }
}
