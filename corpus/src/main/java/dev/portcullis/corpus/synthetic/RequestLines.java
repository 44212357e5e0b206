package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.JsonText;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.policy.ContextValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Writes synthetic requests as JSON lines. Stateless. */
public final class RequestLines {

    private RequestLines() {}

    /**
     * A line that {@code decide --requests} reads.
     *
     * @throws IOException if {@code out} can't be written
     */
    public static void request(Appendable out, SyntheticRequest made) throws IOException {
        out.append("{\"id\":");
        JsonText.write(out, id(made));
        out.append(',');
        fields(out, made.request());
        besides(out, made.request());
        out.append("}\n");
    }

    /**
     * A case that {@code test --store} reads.
     *
     * @param expected what the request gets in the store it was made for
     * @throws IOException if {@code out} can't be written
     */
    public static void expectation(Appendable out, SyntheticRequest made, Decision expected) throws IOException {
        out.append("{\"id\":");
        JsonText.write(out, id(made));
        out.append(",\"store\":true,\"request\":{");
        fields(out, made.request());
        out.append('}');
        besides(out, made.request());
        out.append(",\"expect\":\"").append(expected.name()).append("\"}\n");
    }

    private static String id(SyntheticRequest made) {
        String id = made.kind().label() + "-" + made.number();
        return made.caller() == CallerKind.PRINCIPAL
                ? id
                : id + "-" + made.caller().label();
    }

    private static void fields(Appendable out, AccessRequest request) throws IOException {
        out.append("\"principal\":");
        JsonText.write(out, request.principal());
        out.append(",\"action\":");
        JsonText.write(out, request.action());
        out.append(",\"resource\":");
        JsonText.write(out, request.resource());
        out.append(",\"context\":{");
        String comma = "";
        for (Map.Entry<String, ContextValue> entry : request.context().entrySet()) {
            out.append(comma);
            JsonText.write(out, entry.getKey());
            out.append(':');
            value(out, entry.getValue());
            comma = ",";
        }
        out.append('}');
    }

    /** What a request line has among its fields, and a case beside the request. */
    private static void besides(Appendable out, AccessRequest request) throws IOException {
        if (request.facts().federatingUserArn().isPresent()) {
            out.append(",\"principalFacts\":{\"federatingUserArn\":");
            JsonText.write(out, request.facts().federatingUserArn().get());
            out.append('}');
        }
        if (request.sessionPolicies().isPresent()) {
            policies(out, request.sessionPolicies().get());
        }
    }

    /** Documents stand as they are: they are JSON. */
    private static void policies(Appendable out, List<PolicySource> policies) throws IOException {
        out.append(",\"sessionPolicies\":[");
        String comma = "";
        for (PolicySource policy : policies) {
            out.append(comma).append("{\"name\":");
            JsonText.write(out, policy.name());
            out.append(",\"policy\":").append(policy.documentText()).append('}');
            comma = ",";
        }
        out.append(']');
    }

    private static void value(Appendable out, ContextValue value) throws IOException {
        if (value instanceof ContextValue.Single single) {
            JsonText.write(out, single.value());
            return;
        }
        out.append('[');
        String comma = "";
        for (String text : value.values()) {
            out.append(comma);
            JsonText.write(out, text);
            comma = ",";
        }
        out.append(']');
    }
}
