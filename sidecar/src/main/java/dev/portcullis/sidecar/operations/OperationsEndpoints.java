package dev.portcullis.sidecar.operations;

import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.Routes;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** {@code /healthz}, {@code /readyz}, {@code /v1/status} and {@code /metrics}. */
public final class OperationsEndpoints {

    private final Metrics metrics;
    private final List<Live<?>> everything;
    private final BooleanSupplier ready;

    /**
     * @param everything that is loaded and reloaded
     * @param ready whether questions are answered
     */
    public OperationsEndpoints(Metrics metrics, List<Live<?>> everything, BooleanSupplier ready) {
        this.metrics = metrics;
        this.everything = List.copyOf(everything);
        this.ready = ready;
    }

    /** Adds the endpoints. */
    public void addTo(Routes.Builder routes) {
        routes.on("GET", "/healthz", new Page(() -> ServerResponse.text(200, "alive")));
        routes.on("GET", "/readyz", new Page(this::readiness));
        routes.on("GET", "/v1/status", new Page(this::status));
        routes.on(
                "GET",
                "/metrics",
                new Page(() -> new ServerResponse(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        metrics.text().getBytes(StandardCharsets.UTF_8),
                        List.of())));
    }

    private ServerResponse readiness() {
        return ready.getAsBoolean() ? ServerResponse.text(200, "ready") : ServerResponse.text(503, "not ready");
    }

    private ServerResponse status() {
        JsonWriter json = new JsonWriter().beginObject().member("ready", ready.getAsBoolean());
        for (Live<?> live : everything) {
            json.name(live.name()).beginObject();
            Live.Version<?> version = live.current();
            if (version != null) {
                json.member("version", version.number())
                        .member("since", version.since().toString())
                        .member("ageSeconds", live.age().toSeconds());
            }
            live.failure()
                    .ifPresent(failure -> json.name("lastError")
                            .beginObject()
                            .member("at", failure.at().toString())
                            .member("message", failure.message())
                            .endObject());
            json.endObject();
        }
        return ServerResponse.json(200, json.endObject().toUtf8());
    }

    /** Something that only depends on when it is asked for. */
    private record Page(Supplier<ServerResponse> content) implements HttpEndpoint {

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            reply.send(content.get().with("cache-control", "no-store"));
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }
}
