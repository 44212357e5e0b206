package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too long to be read and answered in one go. */
class LongBatchTest {

    private static final int COUNT = 1000;

    @TempDir
    private Path folder;

    private TestStore store;
    private Sidecar sidecar;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "*:SendMessage"));
        sidecar = Sidecar.start(store.options());
        client = new Client(sidecar);
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    /** Every third request is refused as malformed, every third allowed. */
    private static String batch(String member, String allowed, String denied, String malformed) {
        StringBuilder text = new StringBuilder("{\"" + member + "\":[");
        for (int i = 0; i < COUNT; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(List.of(allowed, denied, malformed).get(i % 3));
        }
        return text.append(']').toString();
    }

    private static String requests() {
        return batch("requests", request("q:SendMessage"), request("q:Other"), "{\"principal\":\"anonymous\"}");
    }

    private static String request(String action) {
        return "{\"principal\":\"" + TestStore.ALICE + "\",\"action\":\"" + action + "\"}";
    }

    private static String evaluations() {
        return batch("evaluations", evaluation("SendMessage"), evaluation("Other"), "{}");
    }

    private static String evaluation(String action) {
        return "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"" + action
                + "\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"}}";
    }

    private static List<JsonNode> list(HttpResponse<String> response, String member) throws Exception {
        return JsonReader.read(response.body().getBytes(StandardCharsets.UTF_8))
                .members()
                .get(member)
                .elements();
    }

    @Test
    void decide_longBatch_eachInOrder() throws Exception {
        for (String end : List.of("}", ",\"explain\":true}")) {
            List<JsonNode> decisions = list(client.post("/v1/decide", requests() + end), "decisions");
            assertThat(decisions).hasSize(COUNT);
            for (int i = 0; i < COUNT; i++) {
                JsonNode decision = decisions.get(i);
                assertThat(decision.string("decision")).isEqualTo(i % 3 == 0 ? "ALLOW" : "IMPLICIT_DENY");
                assertThat(decision.members().containsKey("error")).isEqualTo(i % 3 == 2);
                assertThat(decision.members().containsKey("layers")).isEqualTo(i % 3 != 2 && end.length() > 1);
            }
        }
    }

    @Test
    void decide_longBatchThatIsWrong_refusedWhole() throws Exception {
        for (String end : List.of("", "} x", ",\"explain\":1}", ",\"unknown\":1}", ",\"requests\":[]}")) {
            HttpResponse<String> response = client.post("/v1/decide", requests() + end);
            assertThat(response.statusCode()).as(end).isEqualTo(400);
            assertThat(response.body())
                    .startsWith("{\"decision\":\"IMPLICIT_DENY\"")
                    .doesNotContain("\"ALLOW\"");
        }
        assertThat(client.get("/metrics").body()).doesNotContain("decision=\"allow\"");
    }

    @Test
    void decide_longRequestAlone_answered() throws Exception {
        String value = "x".repeat(1000);
        StringBuilder context = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            context.append(i == 0 ? "" : ",").append("\"app:k" + i + "\":\"" + value + "\"");
        }
        String body = request("q:SendMessage").replace("}", ",\"context\":{" + context + "}}");
        assertThat(client.post("/v1/decide", body).body()).startsWith("{\"decision\":\"ALLOW\"");
        assertThat(client.post("/v1/decide", body + "}").statusCode()).isEqualTo(400);
    }

    @Test
    void evaluations_longBatch_eachInOrder() throws Exception {
        HttpResponse<String> response = client.post(
                "/access/v1/evaluations",
                evaluations() + "}",
                "content-type",
                "application/json",
                "x-request-id",
                "r1");
        assertThat(response.headers().firstValue("x-request-id")).hasValue("r1");
        List<JsonNode> answers = list(response, "evaluations");
        assertThat(answers).hasSize(COUNT);
        for (int i = 0; i < COUNT; i++) {
            assertThat(answers.get(i).flag("decision")).isEqualTo(i % 3 == 0);
            assertThat(answers.get(i).members().containsKey("context")).isEqualTo(i % 3 == 2);
        }
    }

    @Test
    void evaluations_longBatchWithAnEnd_endsThere() throws Exception {
        String firstDeny = ",\"options\":{\"evaluations_semantic\":\"deny_on_first_deny\"}}";
        assertThat(list(client.post("/access/v1/evaluations", evaluations() + firstDeny), "evaluations"))
                .hasSize(2);
        String firstPermit = ",\"options\":{\"evaluations_semantic\":\"permit_on_first_permit\"}}";
        assertThat(list(client.post("/access/v1/evaluations", evaluations() + firstPermit), "evaluations"))
                .hasSize(1);
    }

    @Test
    void evaluations_longBatchThatIsWrong_refusedWhole() throws Exception {
        for (String end : List.of("", "} x", ",\"options\":{\"evaluations_semantic\":\"other\"}}")) {
            assertThat(client.post("/access/v1/evaluations", evaluations() + end)
                            .statusCode())
                    .as(end)
                    .isEqualTo(400);
        }
    }

    @Test
    void search_longBody_answered() throws Exception {
        String body =
                "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"x\"},\"resource\":{\"type\":\"t\",\"id\":\"i\"},"
                        + "\"context\":{\"a\":\"" + "x".repeat(30_000) + "\"}}";
        assertThat(client.post("/access/v1/search/subject", body).body()).isEqualTo("{\"results\":[]}");
    }

    @Test
    void batches_tooMuchAtOnce_deniedWhole() throws Exception {
        sidecar.close();
        sidecar = Sidecar.start(store.options().limits(TestStore.LIMITS.withShedAfter(Duration.ofNanos(1))));
        client = new Client(sidecar);
        // Late for ever: each batch is denied as a whole, as each question is.
        ReloadTest.await("overload", () -> {
            HttpResponse<String> decide = client.post("/v1/decide", requests() + "}");
            HttpResponse<String> evaluate = client.post("/access/v1/evaluations", evaluations() + "}");
            return decide.statusCode() == 503
                    && decide.body().startsWith("{\"decision\":\"IMPLICIT_DENY\"")
                    && decide.body().contains("overloaded")
                    && evaluate.statusCode() == 503
                    && evaluate.body().contains("overloaded");
        });
    }
}
