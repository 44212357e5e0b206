package dev.portcullis.sidecar.envoy;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.sidecar.decision.Answer;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.gateway.GatewayDecision;
import dev.portcullis.sidecar.grpc.ByteMarshaller;
import dev.portcullis.sidecar.grpc.UnaryHandler;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code envoy.service.auth.v3.Authorization}. Whatever goes wrong, gRPC's status is OK and the answer an explicit
 * denial: a failed call is what {@code failure_mode_allow} turns into leave.
 */
public final class AuthorizationService {

    /** The service's name. */
    public static final String NAME = "envoy.service.auth.v3.Authorization";

    private static final byte[] FAILED = CheckResponse.denied(CheckResponse.PERMISSION_DENIED, 403, "", null);

    private final GatewayDecision decision;
    private final int bodyBytes;
    private final boolean explain;
    private final Consumer<Throwable> failures;

    /**
     * @param bodyBytes longest message that is read
     * @param explain whether the answer carries the explanation as dynamic metadata
     * @param failures is told what went wrong
     */
    public AuthorizationService(
            GatewayDecision decision, int bodyBytes, boolean explain, Consumer<Throwable> failures) {
        this.decision = decision;
        this.bodyBytes = bodyBytes;
        this.explain = explain;
        this.failures = failures;
    }

    /** To be added to a server. */
    public ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(NAME)
                .addMethod(
                        ByteMarshaller.method(MethodType.UNARY, NAME + "/Check"),
                        new UnaryHandler((message, call) -> check(message), FAILED, failures))
                .build();
    }

    private byte[] check(byte[] message) {
        if (message == null || message.length > bodyBytes) {
            return refused(message == null ? "there is no request" : "the request is too long");
        }
        CheckRequest request;
        try {
            request = CheckRequest.read(message);
        } catch (IOException e) {
            return refused("no CheckRequest: " + e.getMessage());
        }
        return response(decision.decide(Protocol.EXT_AUTHZ, request, request.mapping()));
    }

    private byte[] refused(String why) {
        decision.desk().begin();
        return response(decision.desk().refuse(Protocol.EXT_AUTHZ, Verdict.INVALID, why));
    }

    private byte[] response(Answer answer) {
        Struct metadata = explain ? metadata(answer) : null;
        return switch (answer.verdict()) {
            case ALLOW -> CheckResponse.allowed(answer.id(), metadata);
            case UNIDENTIFIED -> CheckResponse.denied(CheckResponse.UNAUTHENTICATED, 401, answer.id(), metadata);
            case EXPLICIT_DENY, IMPLICIT_DENY, INVALID, NOT_READY, OVERLOADED, ERROR ->
                CheckResponse.denied(CheckResponse.PERMISSION_DENIED, 403, answer.id(), metadata);
        };
    }

    private Struct metadata(Answer answer) {
        Struct.Builder fields = Struct.newBuilder()
                .putFields("decision", text(answer.verdict().label()))
                .putFields("id", text(answer.id()));
        if (answer.verdict().isDecision()) {
            decision.desk().explain().ifPresent(explanation -> explain(explanation, fields));
        } else {
            fields.putFields("message", text(answer.message()));
        }
        return fields.build();
    }

    private static void explain(Explanation explanation, Struct.Builder fields) {
        fields.putFields("reason", text(explanation.reason()));
        fields.putFields(
                "deciding",
                texts(explanation.deciding().stream()
                        .map(StatementRef::toString)
                        .toList()));
        fields.putFields("missingKeys", texts(explanation.missingKeys()));
    }

    private static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    private static Value texts(List<String> texts) {
        ListValue.Builder list = ListValue.newBuilder();
        texts.forEach(text -> list.addValues(text(text)));
        return Value.newBuilder().setListValue(list).build();
    }
}
