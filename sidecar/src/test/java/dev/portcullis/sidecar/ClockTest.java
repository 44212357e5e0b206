package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock jumps a year ahead and back: dates in policies follow it, and nothing else does. */
class ClockTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final String SEND = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:SendMessage\"}";
    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:SendMessage", "Resource": "*",
              "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-06-01T00:00:00Z"}}}}""";

    @TempDir
    private Path folder;

    @Test
    void decide_clockJumps_datesFollowAndNothingElse() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(START);
        TestStore store = new TestStore(folder.resolve("store"), POLICY);
        try (Sidecar sidecar = Sidecar.start(store.options().clock(now::get))) {
            Client client = new Client(sidecar);
            for (int jump = 0; jump < 20; jump++) {
                boolean ahead = jump % 2 == 1;
                now.set(ahead ? START.plus(Duration.ofDays(365)) : START.minus(Duration.ofDays(365L * (jump / 2))));
                for (int i = 0; i < 20; i++) {
                    assertThat(client.post("/v1/decide", SEND).body())
                            .as("jump %d to %s", jump, now.get())
                            .contains(ahead ? "\"IMPLICIT_DENY\"" : "\"ALLOW\"");
                }
            }
            assertThat(client.get("/metrics").body()).contains("portcullis_version{what=\"policies\"} 1\n");
            String status = client.get("/v1/status").body();
            assertThat(status).contains("\"since\":\"" + START + "\"");
            assertThat(Long.parseLong(status.replaceAll("(?s).*?\"ageSeconds\":(\\d+).*", "$1")))
                    .isLessThan(600);

            store.write("policies/own.json", TestStore.statement("Deny", "q:SendMessage"));
            ReloadTest.await(
                    "the new policy, whatever the clock",
                    () -> client.post("/v1/decide", SEND).body().contains("EXPLICIT_DENY"));
        }
    }
}
