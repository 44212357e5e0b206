package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.SidecarOptions;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies and mappings that change while questions come in. */
class ReloadTest {

    private static final String SEND = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:SendMessage\"}";
    private static final String LIST = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:ListPlugins\"}";

    @TempDir
    private Path folder;

    private TestStore store;

    @BeforeEach
    void make() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
    }

    static void await(String what, Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(10);
        }
    }

    @Test
    void policy_changed_inForceSoon() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            assertThat(client.post("/v1/decide", LIST).body()).contains("IMPLICIT_DENY");
            store.write("policies/own.json", TestStore.statement("Allow", "q:List*"));
            await("the new policy", () -> client.post("/v1/decide", LIST).body().contains("ALLOW"));
            assertThat(client.post("/v1/decide", SEND).body()).contains("IMPLICIT_DENY");
            assertThat(client.get("/metrics").body()).contains("portcullis_version{what=\"policies\"} 2");
        }
    }

    @Test
    void policy_bad_oldStaysAndReasonIsTold() throws Exception {
        List<String> events = new CopyOnWriteArrayList<>();
        try (Sidecar sidecar = Sidecar.start(store.options().events(events::add))) {
            Client client = new Client(sidecar);
            store.write("policies/own.json", TestStore.statement("Alow", "q:SendMessage"));
            await("the refusal", () -> client.get("/v1/status").body().contains("lastError"));
            assertThat(client.get("/v1/status").body()).contains("\"version\":1", "own:2:28");
            assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
            assertThat(client.get("/metrics").body())
                    .contains("portcullis_last_load_failed{what=\"policies\"} 1")
                    .contains("portcullis_load_failures_total{what=\"policies\"} 1");
            assertThat(client.post("/v1/decide", SEND).body()).contains("ALLOW");
            await(
                    "the event",
                    () -> events.stream()
                            .anyMatch(event -> event.contains("not loaded") && event.contains("\"stays\":\"1\"")));
            store.write("policies/own.json", TestStore.statement("Deny", "q:SendMessage"));
            await(
                    "the mended policy",
                    () -> client.post("/v1/decide", SEND).body().contains("EXPLICIT_DENY"));
            assertThat(client.get("/v1/status").body())
                    .doesNotContain("lastError")
                    .contains("\"version\":2");
        }
    }

    /** A file that is written slowly never gives a decision that neither the old nor the new one gives. */
    @Test
    void policy_everyPrefix_oldOrNewDecides() throws Exception {
        String next = """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "q:*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "q:ListPlugins", "Resource": "*"}]}""";
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            for (int length = 0; length < next.length(); length++) {
                store.write("policies/own.json", next.substring(0, length));
                sidecar.reload();
                assertThat(client.post("/v1/decide", LIST).body()).doesNotContain("\"ALLOW\"");
                assertThat(client.post("/v1/decide", SEND).body()).contains("\"ALLOW\"");
            }
            store.write("policies/own.json", next);
            await(
                    "the whole policy",
                    () -> client.post("/v1/decide", LIST).body().contains("EXPLICIT_DENY"));
        }
    }

    @Test
    void reload_underLoad_everyAnswerIsOneVersions() throws Exception {
        try (Sidecar sidecar = Sidecar.start(store.options())) {
            Client client = new Client(sidecar);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger asked = new AtomicInteger();
            List<String> wrong = new CopyOnWriteArrayList<>();
            Thread[] askers = new Thread[2];
            for (int i = 0; i < askers.length; i++) {
                askers[i] = new Thread(() -> {
                    try {
                        while (!stop.get()) {
                            HttpResponse<String> response =
                                    client.post("/v1/decide", "{\"requests\": [" + SEND + "," + LIST + "]}");
                            asked.incrementAndGet();
                            // Versions allow the one or the other; a batch may see both.
                            String body = response.body().replaceAll("\"id\":\"[^\"]*\"", "");
                            if (response.statusCode() != 200 || body.contains("error")) {
                                wrong.add(body);
                            }
                        }
                    } catch (Exception e) {
                        wrong.add(e.toString());
                    }
                });
                askers[i].start();
            }
            for (int i = 0; i < 40; i++) {
                String action = i % 2 == 0 ? "q:ListPlugins" : "q:SendMessage";
                store.write("policies/own.json", TestStore.statement("Allow", action));
                String expected = action.equals("q:ListPlugins") ? LIST : SEND;
                sidecar.reload();
                await(
                        "version " + i,
                        () -> client.post("/v1/decide", expected).body().contains("\"ALLOW\""));
            }
            stop.set(true);
            for (Thread asker : askers) {
                asker.join();
            }
            assertThat(wrong).isEmpty();
            assertThat(asked.get()).isGreaterThan(40);
        }
    }

    @Test
    void mapping_changedThenBad_lastGoodStays() throws Exception {
        Path mapping = folder.resolve("mapping.json");
        Files.writeString(mapping, AuthzTest.MAPPING);
        try (Sidecar sidecar = Sidecar.start(store.options().mapping(mapping))) {
            Client client = new Client(sidecar);
            String[] ask = {"X-Original-Method", "POST", "X-Original-URI", "/talk", "X-User", "alice"};
            assertThat(client.get("/authz", ask).statusCode()).isEqualTo(403);
            Files.writeString(mapping, AuthzTest.MAPPING.replace("/chat", "/talk"));
            await("the new route", () -> client.get("/authz", ask).statusCode() == 200);
            Files.writeString(mapping, AuthzTest.MAPPING.replace("identity", "idendity"));
            await("the refusal", () -> client.get("/v1/status").body().contains("idendity"));
            assertThat(client.get("/authz", ask).statusCode()).isEqualTo(200);
            Files.delete(mapping);
            await("the loss", () -> client.get("/v1/status").body().contains("can't be read"));
            assertThat(client.get("/authz", ask).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shadow_decidesOtherwise_countedWithoutEffect() throws Exception {
        TestStore candidate = new TestStore(folder.resolve("candidate"), TestStore.statement("Allow", "q:ListPlugins"));
        List<String> events = new CopyOnWriteArrayList<>();
        try (Sidecar sidecar = Sidecar.start(store.options()
                .shadow(new PolicyLocation(candidate.folder(), PolicyLocation.Kind.STORE))
                .events(events::add))) {
            Client client = new Client(sidecar);
            assertThat(client.post("/v1/decide", SEND).body()).contains("ALLOW");
            assertThat(client.post("/v1/decide", LIST).body()).contains("IMPLICIT_DENY");
            assertThat(client.get("/metrics").body())
                    .contains("portcullis_shadow_compared_total 2")
                    .contains("portcullis_shadow_differences_total{candidate=\"allows\"} 1")
                    .contains("portcullis_shadow_differences_total{candidate=\"denies\"} 1");
            await(
                    "the events",
                    () -> events.stream()
                                    .filter(event -> event.contains("shadow difference"))
                                    .count()
                            == 2);
        }
    }

    @Test
    void image_replacedThenDamaged_lastGoodStays() throws Exception {
        Path image = folder.resolve("store.image");
        Engine.compile(Store.load(store.folder())).save(image);
        try (Sidecar sidecar = Sidecar.start(SidecarOptions.of(new PolicyLocation(image, PolicyLocation.Kind.IMAGE))
                .limits(TestStore.LIMITS)
                .http(List.of(SidecarOptions.loopback(0)))
                .grpc(List.of())
                .reloadInterval(Duration.ofMillis(20)))) {
            Client client = new Client(sidecar);
            assertThat(client.post("/v1/decide", SEND).body()).contains("ALLOW");
            assertThat(client.post("/v1/decide", SEND.replace("}", ", \"explain\": true}"))
                            .body())
                    .contains("\"policy\":\"own\"");
            store.write("policies/own.json", TestStore.statement("Deny", "q:SendMessage"));
            Engine.compile(Store.load(store.folder())).save(image);
            await("the new image", () -> client.post("/v1/decide", SEND).body().contains("EXPLICIT_DENY"));
            byte[] bytes = Files.readAllBytes(image);
            bytes[bytes.length / 2] ^= 1;
            Files.write(image, bytes);
            await("the refusal", () -> client.get("/v1/status").body().contains("lastError"));
            assertThat(client.post("/v1/decide", SEND).body()).contains("EXPLICIT_DENY");
            String search = "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"x\"},"
                    + "\"resource\":{\"type\":\"t\",\"id\":\"i\"}}";
            assertThat(client.post("/access/v1/search/subject", search).statusCode())
                    .isEqualTo(501);
        }
    }

    @Test
    void start_badStore_saysWhere() throws Exception {
        store.write("policies/own.json", TestStore.statement("Alow", "q:SendMessage"));
        assertThatThrownBy(() -> Sidecar.start(store.options()))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("own:2:28");
        assertThatThrownBy(() -> Sidecar.start(new TestStore(folder.resolve("other"), TestStore.statement("Allow", "*"))
                        .options()
                        .mapping(folder.resolve("none.json"))))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("none.json");
    }
}
