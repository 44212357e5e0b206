package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.authzen.SearchEndpoint.Wanted;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.http.Batches;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.Routes;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.mapping.AuthzenNames;
import dev.portcullis.sidecar.options.SidecarLimits;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** All endpoints of AuthZEN, at their default paths and below the path of the base URL. */
public final class AuthzenEndpoints {

    private static final String API = "/access/v1/";
    private static final String METADATA = "/.well-known/authzen-configuration";

    private final Map<String, HttpEndpoint> endpoints = new LinkedHashMap<>();
    private final Optional<URI> base;
    private final String baseText;

    /**
     * @param names how entities are called in policies, at the moment
     * @param workers run searches; refuse what is too much
     * @param batches do what is long and isn't a search
     * @param publicUrl the base URL that clients know; empty: there is no metadata document
     * @throws IllegalArgumentException if that is no https URL without query and fragment
     */
    public AuthzenEndpoints(
            DecisionPoint point,
            Supplier<AuthzenNames> names,
            SidecarLimits limits,
            Executor workers,
            Batches batches,
            Optional<String> publicUrl) {
        Supplier<Vocabulary> vocabulary = () -> new Vocabulary(names.get());
        PageTokens tokens = new PageTokens();
        endpoints.put("evaluation", new EvaluationEndpoint(point, vocabulary, limits, batches, false));
        endpoints.put("evaluations", new EvaluationEndpoint(point, vocabulary, limits, batches, true));
        endpoints.put(
                "search/subject",
                new SearchEndpoint(point, vocabulary, limits, workers, tokens, Wanted.SUBJECT, batches));
        endpoints.put(
                "search/resource",
                new SearchEndpoint(point, vocabulary, limits, workers, tokens, Wanted.RESOURCE, batches));
        endpoints.put(
                "search/action",
                new SearchEndpoint(point, vocabulary, limits, workers, tokens, Wanted.ACTION, batches));
        base = publicUrl.map(AuthzenEndpoints::checked);
        baseText = publicUrl.orElse("");
    }

    private static URI checked(String url) {
        URI uri = URI.create(url);
        if (!"https".equals(uri.getScheme())
                || uri.getHost() == null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("`" + url + "` is no https URL without query and fragment");
        }
        return uri;
    }

    /** Adds the endpoints. */
    public void addTo(Routes.Builder routes) {
        String tenant = base.map(URI::getRawPath).orElse("");
        String below = tenant.endsWith("/") ? tenant.substring(0, tenant.length() - 1) : tenant;
        endpoints.forEach((name, endpoint) -> {
            routes.on("POST", API + name, endpoint);
            if (!below.isEmpty()) {
                routes.on("POST", below + API + name, endpoint);
            }
        });
        if (base.isPresent()) {
            routes.on("GET", METADATA + below, new Metadata(metadata()));
        }
    }

    private byte[] metadata() {
        String url = baseText.endsWith("/") ? baseText.substring(0, baseText.length() - 1) : baseText;
        return new JsonWriter()
                .beginObject()
                .member("policy_decision_point", baseText)
                .member("access_evaluation_endpoint", url + API + "evaluation")
                .member("access_evaluations_endpoint", url + API + "evaluations")
                .member("search_subject_endpoint", url + API + "search/subject")
                .member("search_resource_endpoint", url + API + "search/resource")
                .member("search_action_endpoint", url + API + "search/action")
                .endObject()
                .toUtf8();
    }

    /** The metadata document. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Metadata(byte[] document) implements HttpEndpoint {

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            reply.send(ServerResponse.json(200, document));
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }
}
