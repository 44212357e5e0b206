package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One live engine: versions are counted, a failed update leaves the old one, writers take turns. */
class EngineHolderTest {

    private final Engine first = EngineStore.engine("");

    private static Change attach(String arn, String policy) {
        return Change.builder()
                .policy(policy, document(allow("x:" + policy, "")))
                .attach(arn, policy)
                .build();
    }

    @Test
    void update_change_isLiveWithNumberAndTime() {
        Instant start = Instant.parse("2026-03-04T05:06:07Z");
        Instant[] now = {start};
        InstantSource clock = () -> now[0];
        EngineHolder holder = new EngineHolder(first, clock);
        now[0] = start.plusSeconds(5);
        assertThat(holder.age()).isEqualTo(Duration.ofSeconds(5));

        EngineHolder.Version version = holder.update(attach(BOB, "late"));

        assertThat(version.number()).isEqualTo(2);
        assertThat(version.published()).isEqualTo(start.plusSeconds(5));
        assertThat(holder.age()).isZero();
        assertThat(holder.version()).isSameAs(version);
        assertThat(holder.get()).isSameAs(version.engine()).isNotSameAs(first);
    }

    @Test
    void update_refused_keepsTheLiveEngine() {
        EngineHolder holder = new EngineHolder(first, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

        assertThatThrownBy(() ->
                        holder.update(Change.builder().attach(ALICE, "nowhere").build()))
                .isInstanceOf(InvalidPolicyException.class);
        assertThatThrownBy(() -> holder.update(engine -> {
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(holder.get()).isSameAs(first);
        assertThat(holder.version().number()).isEqualTo(1);
        assertThat(holder.publish(EngineStore.engine("")).number()).isEqualTo(2);
    }

    /** No update is lost: each is made of the one before. */
    @Test
    void update_manyWriters_allTakeEffect() throws InterruptedException, ExecutionException {
        EngineHolder holder = new EngineHolder(first);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String policy = "p" + i;
                writers.add(threads.submit(() -> holder.update(attach(BOB, policy))));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        } finally {
            threads.shutdownNow();
        }
        Engine engine = holder.get();
        Request request = engine.newRequest();
        assertThat(holder.version().number()).isEqualTo(41);
        for (int i = 0; i < 40; i++) {
            request.clear().principal(BOB).action("x:p" + i).resource("*");
            assertThat(engine.decide(request)).isEqualTo(Decision.ALLOW);
        }
    }
}
