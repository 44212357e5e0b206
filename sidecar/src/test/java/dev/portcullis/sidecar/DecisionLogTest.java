package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.options.DecisionLogOptions;
import dev.portcullis.sidecar.options.DecisionLogOptions.Which;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decision log. */
class DecisionLogTest {

    private static final String SEND = "{\"principal\": \"" + TestStore.ALICE
            + "\", \"action\": \"q:SendMessage\", \"context\": {\"aws:SourceIp\": \"203.0.113.7\","
            + " \"aws:PrincipalTag/Secret\": \"hush\", \"aws:TagKeys\": [\"a\", \"b\"]}}";
    private static final String DENIED = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:Nothing\"}";

    @TempDir
    private Path folder;

    private TestStore store;
    private Path log;

    @BeforeEach
    void make() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        log = folder.resolve("decisions.jsonl");
    }

    @Test
    void all_loggedWithIdAndMaskedKeys() throws Exception {
        HttpResponse<String> response;
        try (Sidecar sidecar = Sidecar.start(store.options()
                .decisionLog(new DecisionLogOptions(Optional.of(log), 1, Which.ALL, List.of("AWS:principaltag/*"))))) {
            Client client = new Client(sidecar);
            response = client.post("/v1/decide", SEND);
            client.post("/v1/decide", DENIED);
            client.post("/v1/decide", "nonsense\n");
        }
        List<String> lines = Files.readAllLines(log);
        assertThat(lines).hasSize(3);
        String id = response.headers().firstValue("x-decision-id").orElseThrow();
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .contains("\"id\":\"" + id + "\"", "\"decision\":\"allow\"", "\"protocol\":\"decide\"")
                        .contains("\"aws:SourceIp\":[\"203.0.113.7\"]", "\"aws:TagKeys\":[\"a\",\"b\"]")
                        .contains("\"aws:PrincipalTag/Secret\":[\"***\"]", "\"version\":1")
                        .doesNotContain("hush"))
                .anySatisfy(line -> assertThat(line).contains("implicit_deny", "q:Nothing"))
                .anySatisfy(line -> assertThat(line).contains("\"decision\":\"invalid\""));
    }

    @Test
    void deniedOnly_allowsLeftOut() throws Exception {
        try (Sidecar sidecar = Sidecar.start(
                store.options().decisionLog(new DecisionLogOptions(Optional.of(log), 1, Which.DENIED, List.of())))) {
            Client client = new Client(sidecar);
            client.post("/v1/decide", SEND);
            client.post("/v1/decide", DENIED);
        }
        assertThat(Files.readAllLines(log)).hasSize(1).first().asString().contains("implicit_deny");
    }

    @Test
    void sampled_aboutThatShare() throws Exception {
        try (Sidecar sidecar = Sidecar.start(
                store.options().decisionLog(new DecisionLogOptions(Optional.of(log), 0.25, Which.ALL, List.of())))) {
            Client client = new Client(sidecar);
            String batch = "{\"requests\": [" + (DENIED + ",").repeat(999) + DENIED + "]}";
            for (int i = 0; i < 4; i++) {
                assertThat(client.post("/v1/decide", batch).statusCode()).isEqualTo(200);
            }
        }
        assertThat(Files.readAllLines(log).size()).isBetween(800, 1200);
    }

    /** More than a ring holds at once: what doesn't fit is counted, and nobody waited. */
    @Test
    void flood_lostOnesCounted() throws Exception {
        int asked = 30_000;
        String metrics;
        try (Sidecar sidecar = Sidecar.start(store.options()
                .limits(TestStore.LIMITS.withBatch(asked).withBodyBytes(8 << 20))
                .decisionLog(new DecisionLogOptions(Optional.of(log), 1, Which.ALL, List.of())))) {
            Client client = new Client(sidecar);
            String batch = "{\"requests\": [" + (DENIED + ",").repeat(asked - 1) + DENIED + "]}";
            assertThat(client.post("/v1/decide", batch).statusCode()).isEqualTo(200);
            ReloadTest.await(
                    "the log",
                    () -> counter(client.get("/metrics").body(), "written")
                                    + counter(client.get("/metrics").body(), "dropped")
                            == asked);
            metrics = client.get("/metrics").body();
        }
        assertThat((long) Files.readAllLines(log).size()).isEqualTo(counter(metrics, "written"));
    }

    private static long counter(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith("portcullis_log_" + name + "_total "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    void file_movedAway_reopenedOnReload() throws Exception {
        try (Sidecar sidecar = Sidecar.start(
                store.options().decisionLog(new DecisionLogOptions(Optional.of(log), 1, Which.ALL, List.of())))) {
            Client client = new Client(sidecar);
            client.post("/v1/decide", DENIED);
            ReloadTest.await("the first line", () -> Files.size(log) > 0);
            Files.move(log, folder.resolve("old.jsonl"));
            sidecar.reload();
            ReloadTest.await("the new file", () -> {
                client.post("/v1/decide", DENIED);
                return Files.exists(log) && Files.size(log) > 0;
            });
        }
        assertThat(Files.readAllLines(folder.resolve("old.jsonl"))).isNotEmpty();
    }

    /** A device that is always full: every decision is answered, every line is counted as lost, and it is told once. */
    @Test
    void file_noSpaceLeft_decisionsGoOnAndLossesAreCounted() throws Exception {
        Path full = Path.of("/dev/full");
        List<String> events = new CopyOnWriteArrayList<>();
        try (Sidecar sidecar = Sidecar.start(store.options()
                .events(events::add)
                .decisionLog(new DecisionLogOptions(Optional.of(full), 1, Which.ALL, List.of())))) {
            Client client = new Client(sidecar);
            for (int i = 0; i < 200; i++) {
                assertThat(client.post("/v1/decide", SEND).body()).contains("\"ALLOW\"");
                assertThat(client.post("/v1/decide", DENIED).body()).contains("IMPLICIT_DENY");
            }
            ReloadTest.await("the losses", () -> counter(client.get("/metrics").body(), "dropped") == 400);
            assertThat(counter(client.get("/metrics").body(), "written")).isZero();
        }
        assertThat(events.stream().filter(event -> event.contains("can't be written")))
                .hasSize(1);
    }

    @Test
    void file_endsInAHalfLine_nextLineIsItsOwn() throws Exception {
        Files.writeString(log, "{\"time\":\"2026-");
        try (Sidecar sidecar = Sidecar.start(
                store.options().decisionLog(new DecisionLogOptions(Optional.of(log), 1, Which.ALL, List.of())))) {
            new Client(sidecar).post("/v1/decide", SEND);
        }
        assertThat(Files.readAllLines(log))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{")
                .endsWith("}");
    }
}
