package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /v1/decide}. */
class DecideTest {

    private static final String ALLOWED =
            "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:SendMessage\", \"resource\": \"*\"}";
    private static final String DENIED =
            "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:CreatePlugin\", \"resource\": \"*\"}";

    @TempDir
    private Path folder;

    private Sidecar sidecar;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        sidecar = Sidecar.start(
                store.options().limits(TestStore.LIMITS.withBatch(3).withBodyBytes(2000)));
        client = new Client(sidecar);
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    @Test
    void one_allowed_allowWithId() throws Exception {
        HttpResponse<String> response = client.post("/v1/decide", ALLOWED);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("{\"decision\":\"ALLOW\",\"id\":\"");
        assertThat(response.headers().firstValue("x-decision-id"))
                .hasValueSatisfying(id -> assertThat(response.body()).contains(id));
    }

    @Test
    void one_noPolicyAllows_implicitDeny() throws Exception {
        assertThat(client.post("/v1/decide", DENIED).body()).contains("\"IMPLICIT_DENY\"");
    }

    @Test
    void one_explained_saysWhy() throws Exception {
        String body = client.post("/v1/decide", ALLOWED.replace("}", ", \"explain\": true}"))
                .body();
        assertThat(body).contains("\"policy\":\"own\"", "\"sid\":\"One\"", "\"line\":2", "\"layers\":[");
    }

    @Test
    void batch_eachDecided_inOrder() throws Exception {
        HttpResponse<String> response = client.post(
                "/v1/decide", "{\"requests\": [" + ALLOWED + "," + DENIED + ", {\"action\": \"q:SendMessage\"}]}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().replaceAll("\"id\":\"[^\"]*\"", "ID"))
                .isEqualTo("{\"decisions\":[{\"decision\":\"ALLOW\",ID},{\"decision\":\"IMPLICIT_DENY\",ID},"
                        + "{\"decision\":\"IMPLICIT_DENY\",ID,\"error\":{\"kind\":\"invalid\","
                        + "\"message\":\"1:"
                        + response.body().replaceAll("(?s).*\"message\":\"1:(\\d+).*", "$1")
                        + ": principal is missing\"}}]}");
    }

    @Test
    void batch_tooLong_refusedWhole() throws Exception {
        HttpResponse<String> response = client.post(
                "/v1/decide", "{\"requests\": [" + String.join(",", ALLOWED, ALLOWED, ALLOWED, ALLOWED) + "]}");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("IMPLICIT_DENY", "more than 3").doesNotContain("ALLOW\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "nonsense",
                "{\"principal\": \"p\"}",
                "{\"principal\": \"anonymous\", \"action\": \"nocolon\"}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"action\": \"q:SendMessage\"}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"unknown\": 1}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\"} {}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"context\": {\"a\": 1}}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"context\": {\"a\": \"1\", \"A\": \"1\"}}",
                "{\"principal\": \"anonymous\", \"action\": \"q:\\ud800\"}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"resourceAccount\": \"12\"}",
                "{\"principal\": \"anonymous\", \"action\": \"q:SendMessage\", \"sessionPolicies\": [\"{}\"]}"
            })
    void one_malformed_deniedWithError(String body) throws Exception {
        HttpResponse<String> response = client.post("/v1/decide", body);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .startsWith("{\"decision\":\"IMPLICIT_DENY\"")
                .contains("\"kind\":\"invalid\"");
    }

    @Test
    void one_bodyTooLarge_deniedWithError() throws Exception {
        HttpResponse<String> response = client.post("/v1/decide", " ".repeat(5000) + ALLOWED);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).startsWith("{\"decision\":\"IMPLICIT_DENY\"");
    }

    @Test
    void one_otherContentType_denied() throws Exception {
        HttpResponse<String> response = client.post("/v1/decide", ALLOWED, "content-type", "text/plain");
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).startsWith("{\"decision\":\"IMPLICIT_DENY\"");
    }

    @Test
    void operations_running_tellState() throws Exception {
        assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
        assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
        client.post("/v1/decide", ALLOWED);
        assertThat(client.get("/metrics").body())
                .contains("portcullis_decision_seconds_count{protocol=\"decide\",decision=\"allow\"} 1")
                .contains("portcullis_version{what=\"policies\"} 1");
        assertThat(client.get("/v1/status").body()).startsWith("{\"ready\":true,\"policies\":{\"version\":1,");
        assertThat(client.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(client.get("/v1/decide").statusCode()).isEqualTo(405);
    }
}
