package dev.portcullis.sidecar.decide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import dev.portcullis.sidecar.decision.DecisionLog;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Desk;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.decision.Protocol;
import dev.portcullis.sidecar.decision.Verdict;
import dev.portcullis.sidecar.http.KeptReply;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.live.Source;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.metrics.Metrics;
import dev.portcullis.sidecar.options.DecisionLogOptions;
import dev.portcullis.sidecar.options.SidecarLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between the steps of a batch. */
class DecideBatchTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String ONE = "{\"principal\":\"" + ALICE + "\",\"action\":\"q:SendMessage\"}";
    private static final int COUNT = 20;

    private final EventLog events = new EventLog(line -> {});
    private final Allowing source = new Allowing();
    private final Live<Policies> live = new Live<>("policies", source, events);
    private DecisionPoint point;
    private final KeptReply reply = new KeptReply();

    /** Alice may do one thing. */
    private static final class Allowing implements Source<Policies> {

        private String action = "q:SendMessage";

        @Override
        public String fingerprint() {
            return action;
        }

        @Override
        public Policies load() {
            Store store = Store.builder()
                    .policy("own", """
                            {"Version": "2012-10-17",
                             "Statement": {"Sid": "S", "Effect": "Allow", "Action": "%s", "Resource": "*"}}""".formatted(action))
                    .user(ALICE, user -> user.attach("own"))
                    .build();
            return new Policies(Engine.compile(store), Optional.of(store));
        }
    }

    @BeforeEach
    void load() throws Exception {
        live.start();
        point = point(live);
    }

    private DecisionPoint point(Live<Policies> policies) throws Exception {
        return new DecisionPoint(
                policies,
                Optional.empty(),
                new DecisionLog(DecisionLogOptions.NONE, events),
                Optional.empty(),
                new Metrics(),
                events,
                Duration.ofMinutes(1));
    }

    @AfterEach
    void end() {
        events.close();
    }

    private DecideBatch batch(String body) {
        DecideEndpoint endpoint = new DecideEndpoint(point, SidecarLimits.DEFAULTS, null);
        return new DecideBatch(endpoint, point, JsonReader.begin(body.getBytes(StandardCharsets.UTF_8)), null, reply);
    }

    private static String several(String explain) {
        return "{\"requests\":[" + (ONE + ",").repeat(COUNT - 1) + ONE + "]" + explain + "}";
    }

    private String answer() {
        assertThat(reply.responses()).hasSize(1);
        return new String(reply.responses().get(0).body(), StandardCharsets.UTF_8);
    }

    @Test
    void step_policiesChangeMeanwhile_allByOneVersionOthersByTheNew() {
        // Reading takes a step for each request as well.
        int middle = COUNT + COUNT / 2;
        DecideBatch batch = batch(several(",\"explain\":true"));
        for (int i = 0; i < middle; i++) {
            assertThat(batch.step()).isFalse();
        }
        source.action = "q:ListPlugins";
        assertThat(live.check(true)).isTrue();
        int others = 0;
        while (!batch.step()) {
            Desk desk = point.desk();
            desk.begin().principal(ALICE).action("q:SendMessage").resource("*");
            assertThat(desk.decide(Protocol.DECIDE).verdict()).isEqualTo(Verdict.IMPLICIT_DENY);
            others++;
        }
        assertThat(others).isBetween(2, COUNT);
        assertThat(answer().split("\"decision\":\"ALLOW\"", -1)).hasSize(COUNT + 1);
        assertThat(answer().split("\"sid\":\"S\"", -1)).as("explained").hasSizeGreaterThan(COUNT);
        assertThat(answer()).doesNotContain("IMPLICIT_DENY");
    }

    /** A question that is being asked on the same thread is never left half filled by a batch, nor the other way round. */
    @Test
    void step_othersAskMeanwhile_answersAreTheirOwn() {
        DecideBatch batch = batch(several(",\"explain\":true"));
        Desk desk = point.desk();
        do {
            desk.begin()
                    .principal("anonymous")
                    .action("q:SendMessage")
                    .resource("*")
                    .context("aws:RequestedRegion", "x")
                    .serviceLinkedRole(true);
        } while (!batch.step());
        assertThat(answer().split("\"decision\":\"ALLOW\"", -1)).hasSize(COUNT + 1);
    }

    @Test
    void step_noPoliciesAtFirst_deniedThroughout() throws Exception {
        Live<Policies> empty = new Live<>("policies", source, events);
        DecisionPoint early = point(empty);
        DecideBatch batch = new DecideBatch(
                new DecideEndpoint(early, SidecarLimits.DEFAULTS, null),
                early,
                JsonReader.begin(several("").getBytes(StandardCharsets.UTF_8)),
                null,
                reply);
        for (int i = 0; i < COUNT + 5; i++) {
            assertThat(batch.step()).isFalse();
        }
        empty.start();
        while (!batch.step()) {
            // To the end.
        }
        assertThat(answer()).doesNotContain("\"ALLOW\"").contains("not_ready");
    }

    @Test
    void step_somethingWrongAtTheEnd_nothingIsDecided() {
        DecideBatch batch = batch(several(",\"explain\":true") + " {}");
        while (!batch.step()) {
            // To the end.
        }
        assertThat(reply.responses().get(0).status()).isEqualTo(400);
        assertThat(answer()).startsWith("{\"decision\":\"IMPLICIT_DENY\"").doesNotContain("\"ALLOW\"");
    }

    @Test
    void step_oneRequestAlone_answeredAsSuch() {
        DecideBatch batch = batch(ONE);
        while (!batch.step()) {
            // To the end.
        }
        assertThat(answer()).startsWith("{\"decision\":\"ALLOW\",\"id\":");
    }

    @Test
    void shed_batch_explicitDenial() {
        batch(several("")).shed();
        assertThat(reply.responses().get(0).status()).isEqualTo(503);
        assertThat(answer()).startsWith("{\"decision\":\"IMPLICIT_DENY\"").contains("\"kind\":\"overloaded\"");
    }

    @Test
    void bytes_answersGrow_grow() {
        DecideBatch batch = batch(several(",\"explain\":true"));
        long first = batch.bytes();
        while (!batch.step()) {
            // To the end.
        }
        assertThat(batch.bytes()).isGreaterThan(first + answer().length());
    }
}
