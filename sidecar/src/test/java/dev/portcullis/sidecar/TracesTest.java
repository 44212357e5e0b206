package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions as spans. */
class TracesTest {

    private static final String SEND = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:SendMessage\"}";

    @TempDir
    private Path folder;

    @Test
    void decision_traced_belowTheCallersSpan() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        try (Sidecar sidecar = Sidecar.start(new TestStore(
                        folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"))
                .options()
                .traces(URI.create("http://127.0.0.1:" + collector.getAddress().getPort())))) {
            Client client = new Client(sidecar);
            String json = "application/json";
            client.post(
                    "/v1/decide", SEND, "content-type", json, "traceparent", "00-" + trace + "-00f067aa0ba902b7-01");
            client.post(
                    "/v1/decide", SEND, "content-type", json, "traceparent", "00-" + trace + "-00f067aa0ba902b8-00");
            client.post("/v1/decide", SEND.replace("Send", "Nothing"), "content-type", json);
        } finally {
            collector.stop(0);
        }
        String all = String.join("\n", received);
        assertThat(all)
                .contains("\"traceId\":\"" + trace + "\"", "\"parentSpanId\":\"00f067aa0ba902b7\"")
                .contains("{\"key\":\"portcullis.decision\",\"value\":{\"stringValue\":\"allow\"}}")
                .contains("{\"key\":\"portcullis.action\",\"value\":{\"stringValue\":\"q:NothingMessage\"}}")
                .contains("{\"key\":\"service.name\",\"value\":{\"stringValue\":\"portcullis\"}}")
                .doesNotContain("00f067aa0ba902b8");
        assertThat(all.split("\"spanId\":", -1)).hasSize(3);
    }

    @Test
    void collector_gone_lossCountedDecisionsGoOn() throws Exception {
        try (Sidecar sidecar =
                Sidecar.start(new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"))
                        .options()
                        .traces(URI.create("http://127.0.0.1:1/")))) {
            Client client = new Client(sidecar);
            assertThat(client.post("/v1/decide", SEND).body()).contains("ALLOW");
            ReloadTest.await(
                    "the loss", () -> client.get("/metrics").body().contains("portcullis_traces_dropped_total 1"));
        }
    }
}
