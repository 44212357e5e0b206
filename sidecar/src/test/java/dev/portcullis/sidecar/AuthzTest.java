package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code /authz}. */
class AuthzTest {

    static final String MAPPING = """
            {"identity": [{"header": "x-user", "principal": "arn:aws:iam::111122223333:user/{value}"}],
             "mappings": {
               "default": {"routes": {
                 "POST /chat": {"action": "q:SendMessage"},
                 "GET /plugins": {"action": "q:ListPlugins"}}},
               "other": {"hosts": ["other.example.com"], "routes": {"GET /": {"action": "q:SendMessage"}}}}}""";

    @TempDir
    private Path folder;

    private Sidecar sidecar;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        Path mapping = Files.writeString(folder.resolve("mapping.json"), MAPPING);
        sidecar = Sidecar.start(store.options().mapping(mapping));
        client = new Client(sidecar);
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    private int authz(String... headers) throws Exception {
        return client.get("/authz", headers).statusCode();
    }

    @Test
    void original_allowedDeniedNobody_200_403_401() throws Exception {
        assertThat(authz("X-Original-Method", "POST", "X-Original-URI", "/chat", "X-User", "alice"))
                .isEqualTo(200);
        assertThat(authz("X-Original-Method", "GET", "X-Original-URI", "/plugins", "X-User", "alice"))
                .isEqualTo(403);
        assertThat(authz("X-Original-Method", "POST", "X-Original-URI", "/chat"))
                .isEqualTo(401);
        assertThat(authz("X-Original-Method", "POST", "X-Original-URI", "/chat", "X-User", "bob"))
                .isEqualTo(403);
    }

    @Test
    void forwarded_anyMethodAndQuery_decided() throws Exception {
        HttpResponse<String> response = client.post(
                "/authz?appended=by-the-gateway",
                "a body that nobody reads",
                "X-Forwarded-Method",
                "POST",
                "X-Forwarded-Uri",
                "/chat?x=1",
                "X-User",
                "alice");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("x-decision-id")).isPresent();
    }

    @Test
    void families_bothThere_mustAgree() throws Exception {
        assertThat(authz(
                        "X-Original-Method",
                        "GET",
                        "X-Original-URI",
                        "/plugins",
                        "X-Forwarded-Method",
                        "POST",
                        "X-Forwarded-Uri",
                        "/chat",
                        "X-User",
                        "alice"))
                .isEqualTo(403);
        assertThat(authz(
                        "X-Original-Method",
                        "POST",
                        "X-Original-URI",
                        "/chat",
                        "X-Original-Host",
                        "other.example.com",
                        "X-Forwarded-Method",
                        "POST",
                        "X-Forwarded-Uri",
                        "/chat",
                        "X-User",
                        "alice"))
                .isEqualTo(403);
        assertThat(authz("X-Original-Method", "POST", "X-Forwarded-Uri", "/chat", "X-User", "alice"))
                .isEqualTo(403);
        assertThat(authz(
                        "X-Original-Method",
                        "POST",
                        "X-Original-URI",
                        "/chat",
                        "X-Forwarded-Method",
                        "POST",
                        "X-Forwarded-Uri",
                        "/chat",
                        "X-User",
                        "alice"))
                .isEqualTo(200);
    }

    @Test
    void headers_missingOrTwice_denied() throws Exception {
        assertThat(authz("X-User", "alice")).isEqualTo(403);
        assertThat(authz(
                        "X-Original-Method",
                        "POST",
                        "X-Original-URI",
                        "/chat",
                        "X-Original-URI",
                        "/chat",
                        "X-User",
                        "alice"))
                .isEqualTo(403);
        assertThat(authz("X-Original-Method", "POST", "X-Original-URI", "//chat", "X-User", "alice"))
                .isEqualTo(403);
    }

    @Test
    void mapping_namedByPath_used() throws Exception {
        assertThat(client.get("/authz/other", "X-Original-Method", "GET", "X-Original-URI", "/", "X-User", "alice")
                        .statusCode())
                .isEqualTo(200);
        assertThat(client.get("/authz/none", "X-Original-Method", "GET", "X-Original-URI", "/", "X-User", "alice")
                        .statusCode())
                .isEqualTo(403);
        assertThat(authz(
                        "X-Forwarded-Method",
                        "GET",
                        "X-Forwarded-Uri",
                        "/",
                        "X-Forwarded-Host",
                        "other.example.com",
                        "X-User",
                        "alice"))
                .isEqualTo(200);
    }

    @Test
    void noMapping_everythingDenied() throws Exception {
        TestStore store = new TestStore(folder.resolve("bare"), TestStore.statement("Allow", "*"));
        try (Sidecar bare = Sidecar.start(store.options())) {
            assertThat(new Client(bare)
                            .get("/authz", "X-Original-Method", "POST", "X-Original-URI", "/chat", "X-User", "alice")
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
