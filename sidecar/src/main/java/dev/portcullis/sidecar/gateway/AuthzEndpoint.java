package dev.portcullis.sidecar.gateway;

import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;

/**
 * For nginx ({@code auth_request}), Caddy and Traefik (forward auth), HAProxy: 200, 401 or 403, and nothing else. The path
 * after {@code /authz/} names the mapping. The body, if any, isn't read.
 */
public final class AuthzEndpoint implements HttpEndpoint {

    /** Where it is. */
    public static final String PATH = "/authz";

    private final GatewayDecision decision;

    /** @param decision what decides */
    public AuthzEndpoint(GatewayDecision decision) {
        this.decision = decision;
    }

    @Override
    public int bodyLimit() {
        return 0;
    }

    @Override
    public void answer(ClientRequest request, Reply reply) {
        String path = request.path();
        String mapping = path.length() > PATH.length() ? path.substring(PATH.length() + 1) : "";
        Answer answer = decision.decide(Protocol.AUTHZ, new ForwardedRequest(request), mapping);
        ServerResponse response = ServerResponse.empty(status(answer.verdict())).with("x-decision-id", answer.id());
        reply.send(answer.verdict() == Verdict.UNIDENTIFIED ? response.with("www-authenticate", "Bearer") : response);
    }

    private static int status(Verdict verdict) {
        return switch (verdict) {
            case ALLOW -> 200;
            case UNIDENTIFIED -> 401;
            case EXPLICIT_DENY, IMPLICIT_DENY, INVALID, NOT_READY, OVERLOADED, ERROR -> 403;
        };
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        return ServerResponse.empty(403);
    }
}
