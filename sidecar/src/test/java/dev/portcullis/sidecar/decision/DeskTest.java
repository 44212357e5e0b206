package dev.portcullis.sidecar.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Engine;
import dev.portcullis.Store;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.live.Source;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.metrics.Metrics;
import dev.portcullis.sidecar.options.DecisionLogOptions;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Deciding when things go wrong. */
class DeskTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";

    private final EventLog events = new EventLog(line -> {});
    private final Metrics metrics = new Metrics();
    private final Live<Policies> live = new Live<>(
            "policies",
            new Source<>() {
                @Override
                public String fingerprint() {
                    return "one";
                }

                @Override
                public Policies load() {
                    Store store = Store.builder()
                            .policy("own", """
                                    {"Version": "2012-10-17",
                                     "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "*"}}""")
                            .user(ALICE, user -> user.attach("own"))
                            .build();
                    return new Policies(Engine.compile(store), Optional.of(store));
                }
            },
            events);

    @AfterEach
    void end() {
        events.close();
    }

    private Desk desk(Duration shedAfter) throws Exception {
        return new DecisionPoint(
                        live,
                        Optional.empty(),
                        new DecisionLog(DecisionLogOptions.NONE, events),
                        Optional.empty(),
                        metrics,
                        events,
                        shedAfter)
                .desk();
    }

    private static Question ask(Desk desk) {
        return desk.begin().principal(ALICE).action("q:SendMessage").resource("*");
    }

    @Test
    void decide_nothingLoaded_notReady() throws Exception {
        Desk desk = desk(Duration.ofSeconds(1));
        ask(desk);
        Answer answer = desk.decide(Protocol.DECIDE);
        assertThat(answer.verdict()).isEqualTo(Verdict.NOT_READY);
        assertThat(answer.isAllowed()).isFalse();
        assertThat(desk.explain()).isEmpty();
    }

    @Test
    void decide_lateTwiceInARow_overloadedUntilItCatchesUp() throws Exception {
        live.start();
        Desk desk = desk(Duration.ofMillis(5));
        desk.tick();
        Thread.sleep(20);
        ask(desk);
        assertThat(desk.decide(Protocol.DECIDE).verdict()).as("late once").isEqualTo(Verdict.ALLOW);
        desk.tick();
        Thread.sleep(20);
        ask(desk);
        assertThat(desk.decide(Protocol.DECIDE).verdict()).isEqualTo(Verdict.OVERLOADED);
        desk.tick();
        desk.tick();
        ask(desk);
        assertThat(desk.decide(Protocol.DECIDE).verdict()).isEqualTo(Verdict.ALLOW);
        assertThat(metrics.text()).contains("decision=\"overloaded\"} 1\n");
    }

    /** Whatever the engine or a value throws, wherever: no, and the next question is answered rightly. */
    @Test
    void decide_failureAnywhere_noAndNextIsRight() throws Exception {
        live.start();
        Desk desk = desk(Duration.ofSeconds(1));
        List<Throwable> failures = List.of(
                new IllegalArgumentException("x"),
                new NullPointerException(),
                new StackOverflowError(),
                new OutOfMemoryError());
        for (Throwable failure : failures) {
            for (int at = 0; at < 3; at++) {
                int failing = at;
                ask(desk).contextValues("aws:TagKeys", new AbstractList<>() {
                    @Override
                    public String get(int index) {
                        if (index == failing) {
                            DeskTest.<RuntimeException>sneak(failure);
                        }
                        return "value";
                    }

                    @Override
                    public int size() {
                        return 3;
                    }
                });
                Answer answer = desk.decide(Protocol.DECIDE);
                assertThat(answer.verdict())
                        .isEqualTo(failure instanceof IllegalArgumentException ? Verdict.INVALID : Verdict.ERROR);
                ask(desk);
                assertThat(desk.decide(Protocol.DECIDE).verdict()).isEqualTo(Verdict.ALLOW);
            }
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what isn't declared, as bugs do
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void refuse_allow_isAnError() throws Exception {
        Desk desk = desk(Duration.ofSeconds(1));
        desk.begin();
        assertThat(desk.refuse(Protocol.AUTHZ, Verdict.ALLOW, "").isAllowed()).isFalse();
    }

    @Test
    void ring_full_refusesUntilDrained() {
        RecordRing ring = new RecordRing(4);
        List<Long> read = new ArrayList<>();
        long written = 0;
        for (int round = 0; round < 5; round++) {
            int room = 0;
            while (ring.offer(record(written))) {
                written++;
                room++;
            }
            assertThat(room).isEqualTo(4);
            assertThat(ring.drain(entry -> read.add(entry.millis()))).isEqualTo(4);
        }
        assertThat(read).hasSize(20).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void ring_twoThreads_nothingLostOrTwice() throws Exception {
        RecordRing ring = new RecordRing(64);
        int count = 200_000;
        Thread writer = new Thread(() -> {
            for (long i = 0; i < count; ) {
                if (ring.offer(record(i))) {
                    i++;
                } else {
                    Thread.onSpinWait();
                }
            }
        });
        writer.start();
        long[] next = {0};
        boolean[] ordered = {true};
        while (next[0] < count) {
            ring.drain(entry -> ordered[0] &= entry.millis() == next[0]++);
        }
        writer.join();
        assertThat(ordered[0]).isTrue();
    }

    private static DecisionRecord record(long number) {
        return new DecisionRecord(
                number, new Answer(Verdict.ALLOW, "", ""), Protocol.DECIDE, "", "", "", List.of(), List.of(), 1, 1);
    }

    @Test
    void live_loadThrowsError_oldStays() throws Exception {
        boolean[] broken = {false};
        Live<String> text = new Live<>(
                "text",
                new Source<>() {
                    @Override
                    public String fingerprint() {
                        return broken[0] ? "two" : "one";
                    }

                    @Override
                    public String load() throws LoadException {
                        if (broken[0]) {
                            throw new StackOverflowError();
                        }
                        return "good";
                    }
                },
                events);
        text.start();
        broken[0] = true;
        assertThat(text.check(true)).isFalse();
        assertThat(text.current().value()).isEqualTo("good");
        assertThat(text.failure())
                .hasValueSatisfying(failure -> assertThat(failure.message()).contains("internal"));
        broken[0] = false;
        assertThat(text.check(true)).isTrue();
        assertThat(text.failure()).isEmpty();
        assertThat(text.current().number()).isEqualTo(2);
    }
}
