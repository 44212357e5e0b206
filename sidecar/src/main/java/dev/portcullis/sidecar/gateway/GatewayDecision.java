package dev.portcullis.sidecar.gateway;

import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.mapping.GatewayRequest;
import dev.portcullis.sidecar.mapping.MappedRequest;
import dev.portcullis.sidecar.mapping.MappingRefusal;
import dev.portcullis.sidecar.mapping.Mappings;
import dev.portcullis.sidecar.mapping.Target;
import java.util.List;
import java.util.Optional;

/** Decides a gateway's request: maps it, and asks for each thing that it is about. Thread-safe. */
public final class GatewayDecision {

    private final DecisionPoint point;
    private final Optional<Live<Mappings>> mappings;

    /** @param mappings empty when there is no mapping file: then nothing is allowed */
    public GatewayDecision(DecisionPoint point, Optional<Live<Mappings>> mappings) {
        this.point = point;
        this.mappings = mappings;
    }

    /** The calling thread's desk; after a decision it can explain it. */
    public Desk desk() {
        return point.desk();
    }

    /** Does everything once for a question that nobody asked; nothing is counted or logged. */
    public void rehearse() {
        Desk desk = point.desk();
        Question question = desk.begin();
        try {
            if (mappings.isPresent()) {
                MappedRequest mapped = mappings.get().current().value().map(Rehearsal.REQUEST, "");
                mapped.fill(question, mapped.targets().get(0));
            }
        } catch (MappingRefusal | IllegalArgumentException e) {
            question.clear();
        }
        if (question.principal() == null) {
            question.principal("anonymous").action("portcullis:Rehearse").resource("*");
        }
        desk.wouldAllow();
    }

    /**
     * Decides; all that the request needs has to be allowed.
     *
     * @param mapping which the gateway chose; empty: the host decides
     */
    public Answer decide(Protocol protocol, GatewayRequest request, String mapping) {
        Desk desk = point.desk();
        desk.begin();
        List<String> parents = request.headers("traceparent");
        String parent = parents.size() == 1 ? parents.get(0) : null;
        desk.tracedBy(parent);
        if (desk.isOverloaded()) {
            return desk.refuse(protocol, Verdict.OVERLOADED, "overloaded");
        }
        try {
            if (mappings.isEmpty()) {
                return desk.refuse(protocol, Verdict.INVALID, "there is no mapping file");
            }
            MappedRequest mapped = mappings.get().current().value().map(request, mapping);
            Answer answer = null;
            for (Target target : mapped.targets()) {
                Question question = answer == null ? desk.question() : desk.begin();
                desk.tracedBy(parent);
                mapped.fill(question, target);
                answer = desk.decide(protocol);
                if (!answer.isAllowed()) {
                    return answer;
                }
            }
            return answer == null ? desk.refuse(protocol, Verdict.ERROR, "nothing to decide") : answer;
        } catch (MappingRefusal e) {
            return desk.refuse(protocol, e.verdict(), e.getMessage());
        } catch (IllegalArgumentException e) {
            return desk.refuse(protocol, Verdict.INVALID, String.valueOf(e.getMessage()));
        }
    }

    /** A request that nobody sent. */
    private enum Rehearsal implements GatewayRequest {
        REQUEST;

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String target() {
            return "/";
        }

        @Override
        public String host() {
            return "localhost";
        }

        @Override
        public List<String> headers(String name) {
            return List.of();
        }

        @Override
        public String clientAddress() {
            return "";
        }

        @Override
        public Optional<String> certificateName() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> body() {
            return Optional.empty();
        }

        @Override
        public String scheme() {
            return "";
        }
    }
}
