package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.JO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class BatchTest {

    private static final int SIZE = 16;
    private static final String[] PRINCIPALS = {ALICE, BOB, JO, "arn:aws:iam::999999999999:user/stranger"};
    private static final String[] ACTIONS = {"t:Do", "t:Other", "s3:GetObject", "nosuch:Action"};
    private static final String[] RESOURCES = {
        "*", "arn:aws:s3:::bucket/key", "arn:aws:t:us-east-1:111122223333:thing/1"
    };

    private final Engine engine = EngineStore.engine("");
    private final Request[] requests = new Request[SIZE];
    private final Decision[] decisions = new Decision[SIZE];

    BatchTest() {
        for (int i = 0; i < SIZE; i++) {
            requests[i] = engine.newRequest();
        }
    }

    private Request fill(int place, int number) {
        return requests[place]
                .clear()
                .principal(PRINCIPALS[number % PRINCIPALS.length])
                .action(ACTIONS[number / PRINCIPALS.length % ACTIONS.length])
                .resource(RESOURCES[number / PRINCIPALS.length / ACTIONS.length % RESOURCES.length]);
    }

    @Test
    void decide_batch_asOneByOne() {
        int allowed = 0;
        for (int first = 0; first < PRINCIPALS.length * ACTIONS.length * RESOURCES.length; first += SIZE) {
            for (int i = 0; i < SIZE; i++) {
                fill(i, first + i);
            }
            engine.decide(requests, SIZE, decisions);
            Decision[] together = decisions.clone();
            for (int i = 0; i < SIZE; i++) {
                Decision alone = engine.decide(fill(i, first + i));
                assertThat(together[i]).as("%d", first + i).isEqualTo(alone);
                allowed += alone == Decision.ALLOW ? 1 : 0;
            }
        }
        assertThat(allowed).isPositive();
    }

    @Test
    void decide_partOfTheArrays_leavesTheRestAlone() {
        fill(0, 0);
        fill(1, 1);
        engine.decide(requests, 2, decisions);
        assertThat(decisions[1]).isNotNull();
        assertThat(decisions[2]).isNull();
        engine.decide(requests, 0, decisions);
        assertThatThrownBy(() -> engine.decide(requests, SIZE + 1, decisions))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> engine.decide(requests, -1, decisions)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void decide_oneUnfinishedRequest_decidesNone() {
        fill(0, 0);
        requests[1].clear().principal(ALICE);
        assertThatThrownBy(() -> engine.decide(requests, 2, decisions))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("action: is not set");
        assertThat(decisions).containsOnlyNulls();
    }

    @Test
    void decide_requestOfAnotherEngine_isRefused() {
        fill(0, 0);
        requests[1] = EngineStore.engine("")
                .newRequest()
                .principal(ALICE)
                .action("t:Do")
                .resource("*");
        assertThatThrownBy(() -> engine.decide(requests, 2, decisions)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decide_batches_allocateNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int n = 0; n < 20_000; n += SIZE) {
                for (int i = 0; i < SIZE; i++) {
                    fill(i, n + i);
                }
                engine.decide(requests, SIZE, decisions);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
