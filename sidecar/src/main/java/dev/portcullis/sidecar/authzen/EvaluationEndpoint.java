package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.http.Batch;
import dev.portcullis.sidecar.http.Batches;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.options.SidecarLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Access Evaluation and Access Evaluations. */
final class EvaluationEndpoint extends JsonEndpoint {

    private static final List<String> DEFAULTS = List.of("subject", "action", "resource", "context");

    /** When several evaluations end. */
    private enum Semantic {
        ALL,
        FIRST_DENY,
        FIRST_PERMIT;

        private boolean endsWith(boolean decision) {
            return switch (this) {
                case ALL -> false;
                case FIRST_DENY -> !decision;
                case FIRST_PERMIT -> decision;
            };
        }
    }

    private final DecisionPoint point;
    private final Supplier<Vocabulary> vocabulary;
    private final int batch;
    private final boolean several;

    /** @param several whether {@code evaluations} are looked for */
    EvaluationEndpoint(
            DecisionPoint point,
            Supplier<Vocabulary> vocabulary,
            SidecarLimits limits,
            Batches batches,
            boolean several) {
        super(limits.bodyBytes(), batches);
        this.point = point;
        this.vocabulary = vocabulary;
        this.batch = limits.batch();
        this.several = several;
    }

    @Override
    Batch answer(JsonNode body, String traceparent, Reply reply) throws JsonException {
        Optional<JsonNode> items = several ? body.member("evaluations", Kind.ARRAY) : Optional.empty();
        if (items.isEmpty() || items.get().elements().isEmpty()) {
            Evaluation evaluation = Evaluation.read(body);
            JsonWriter json = new JsonWriter();
            Answer answer =
                    decide(evaluation, vocabulary.get(), point.policies().current(), traceparent);
            write(answer, json);
            reply.send(ServerResponse.json(200, json.toUtf8()).with("x-decision-id", answer.id()));
            return null;
        }
        for (String name : DEFAULTS) {
            body.member(name, Kind.OBJECT);
        }
        if (items.get().elements().size() > batch) {
            throw items.get().wrong("evaluations: more than " + batch);
        }
        Several evaluations = new Several(body, items.get().elements(), semantic(body), traceparent, reply);
        point.desk().begin();
        if (point.desk().isOverloaded()) {
            evaluations.shed();
            return null;
        }
        return evaluations;
    }

    /** Evaluations that are decided one after the other, by one version of policies and mapping. */
    private final class Several implements Batch {

        private final JsonNode body;
        private final Iterator<JsonNode> items;
        private final Semantic semantic;
        private final String traceparent;
        private final Reply reply;
        private final Vocabulary words = vocabulary.get();
        private final Live.Version<Policies> version = point.policies().current();
        private final JsonWriter json =
                new JsonWriter().beginObject().name("evaluations").beginArray();
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean ended;

        private Several(JsonNode body, List<JsonNode> items, Semantic semantic, String traceparent, Reply reply) {
            this.body = body;
            this.items = items.iterator();
            this.semantic = semantic;
            this.traceparent = traceparent;
            this.reply = reply;
        }

        @Override
        public boolean step() {
            if (!ended && items.hasNext()) {
                Answer answer = evaluate(items.next());
                write(answer, json);
                written.writeBytes(json.take().getBytes(StandardCharsets.UTF_8));
                ended = semantic.endsWith(answer.isAllowed());
                return false;
            }
            written.writeBytes(json.endArray().endObject().toUtf8());
            reply.send(ServerResponse.json(200, written.toByteArray()));
            return true;
        }

        private Answer evaluate(JsonNode item) {
            try {
                item.expect(Kind.OBJECT, "an evaluation");
                return decide(Evaluation.read(withDefaults(item, body)), words, version, traceparent);
            } catch (JsonException e) {
                return refuse(Verdict.INVALID, e.getMessage());
            }
        }

        private Answer refuse(Verdict verdict, String message) {
            point.desk().begin();
            return point.desk().refuse(Protocol.AUTHZEN, verdict, message);
        }

        @Override
        public long bytes() {
            return 2L * written.size();
        }

        @Override
        public void shed() {
            Answer answer = refuse(Verdict.OVERLOADED, "overloaded");
            reply.send(error(status(answer.verdict()), answer.message()).with("x-decision-id", answer.id()));
        }
    }

    private static Semantic semantic(JsonNode body) throws JsonException {
        Optional<JsonNode> options = body.member("options", Kind.OBJECT);
        Optional<String> name =
                options.isPresent() ? options.get().optionalString("evaluations_semantic") : Optional.empty();
        return switch (name.orElse("execute_all")) {
            case "execute_all" -> Semantic.ALL;
            case "deny_on_first_deny" -> Semantic.FIRST_DENY;
            case "permit_on_first_permit" -> Semantic.FIRST_PERMIT;
            // A client that relies on another one would misread the answers.
            default -> throw options.orElse(body).wrong("there is no such evaluations_semantic");
        };
    }

    /** The item with the body's members where it has none of its own; nothing is merged. */
    private static JsonNode withDefaults(JsonNode item, JsonNode body) {
        Map<String, JsonNode> members = new LinkedHashMap<>(item.members());
        for (String name : DEFAULTS) {
            if (item.member(name).isEmpty()) {
                body.member(name).ifPresent(value -> members.put(name, value));
            }
        }
        return new JsonNode(Kind.OBJECT, "", false, members, List.of(), item.line(), item.column());
    }

    private Answer decide(Evaluation evaluation, Vocabulary words, Live.Version<Policies> version, String traceparent) {
        Desk desk = point.desk();
        Question question = desk.begin();
        desk.tracedBy(traceparent);
        Optional<String> problem = evaluation.fill(question, words);
        return problem.isPresent()
                ? desk.refuse(Protocol.AUTHZEN, Verdict.INVALID, problem.get())
                : desk.decide(Protocol.AUTHZEN, version);
    }

    private static void write(Answer answer, JsonWriter json) {
        json.beginObject().member("decision", answer.isAllowed());
        if (!answer.verdict().isDecision()) {
            json.name("context")
                    .beginObject()
                    .name("error")
                    .beginObject()
                    .member("status", status(answer.verdict()))
                    .member("message", answer.message())
                    .endObject()
                    .endObject();
        }
        json.endObject();
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case ALLOW, EXPLICIT_DENY, IMPLICIT_DENY -> 200;
            case UNIDENTIFIED, INVALID -> 400;
            case NOT_READY, OVERLOADED -> 503;
            case ERROR -> 500;
        };
    }
}
