package dev.portcullis.sidecar.page;

import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.Routes;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.live.Live;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** The page, what it is made of, and what it reads of the store. */
public final class PageEndpoints {

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'");

    private final OwnHost host;
    private final NamesEndpoint names;
    private final PolicyEndpoint policy;

    /**
     * @param policies in force
     * @param publicUrl the base URL that clients know
     * @param workers collect suggestions; refuse what is too much
     */
    public PageEndpoints(Live<Policies> policies, Optional<String> publicUrl, Executor workers) {
        this.host = new OwnHost(publicUrl);
        this.names = new NamesEndpoint(policies, workers);
        this.policy = new PolicyEndpoint(policies);
    }

    /** Adds the endpoints. */
    public void addTo(Routes.Builder routes) {
        add(routes, "/", new Part("page.html", "text/html; charset=utf-8"));
        add(routes, "/page/page.css", new Part("page.css", "text/css; charset=utf-8"));
        add(routes, "/page/page.js", new Part("page.js", "text/javascript; charset=utf-8"));
        add(routes, "/page/result.js", new Part("result.js", "text/javascript; charset=utf-8"));
        add(routes, "/page/policy-text.js", new Part("policy-text.js", "text/javascript; charset=utf-8"));
        add(routes, "/page/icon.svg", new Part("icon.svg", "image/svg+xml"));
        add(routes, "/page/names", names);
        add(routes, "/page/policy", policy);
    }

    private void add(Routes.Builder routes, String path, HttpEndpoint endpoint) {
        routes.on("GET", path, new Guarded(host, endpoint));
    }

    /** What every answer has in common: asked for by an own name, not to be embedded, kept or guessed about. */
    private record Guarded(OwnHost host, HttpEndpoint inner) implements HttpEndpoint {

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            Reply guarded = reply.changing(Guarded::guard);
            if (host.isNamedBy(request)) {
                inner.answer(request, guarded);
            } else {
                guarded.send(ServerResponse.text(
                        421, "The page is there by address, as localhost, or by the host of --public-url."));
            }
        }

        private static ServerResponse guard(ServerResponse response) {
            return response.with("content-security-policy", POLICY)
                    .with("x-content-type-options", "nosniff")
                    .with("x-frame-options", "DENY")
                    .with("referrer-policy", "no-referrer")
                    .with("cross-origin-opener-policy", "same-origin")
                    .with("cross-origin-resource-policy", "same-origin")
                    .with("cache-control", "no-store");
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return guard(inner.refuse(reason));
        }
    }

    /** A part of the page that is always the same. */
    private record Part(ServerResponse response) implements HttpEndpoint {

        private Part(String name, String contentType) {
            this(read(name, contentType));
        }

        private static ServerResponse read(String name, String contentType) {
            try (InputStream in = PageEndpoints.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is missing");
                }
                return new ServerResponse(200, contentType, in.readAllBytes(), List.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            reply.send(response);
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }
}
