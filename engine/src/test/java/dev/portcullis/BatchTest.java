package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.JO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.portcullis.policy.Limits;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchTest {

    private static final int SIZE = 16;
    private static final String[] PRINCIPALS = {ALICE, BOB, JO, "arn:aws:iam::999999999999:user/stranger"};
    private static final String[] ACTIONS = {"t:Do", "t:Other", "s3:GetObject", "nosuch:Action"};
    private static final String[] RESOURCES = {
        "*", "arn:aws:s3:::bucket/key", "arn:aws:t:us-east-1:111122223333:thing/1"
    };

    private final Engine engine = EngineStore.engine("");
    private final Request[] requests = new Request[SIZE];
    private final Request[] together = engine.newRequests(SIZE);
    private final Decision[] decisions = new Decision[SIZE];

    BatchTest() {
        for (int i = 0; i < SIZE; i++) {
            requests[i] = engine.newRequest();
        }
    }

    private Request fill(int place, int number) {
        return fill(requests[place], number);
    }

    private static Request fill(Request request, int number) {
        return request.clear()
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
    void decide_requestsMadeTogether_asOneByOne() {
        int allowed = 0;
        for (int first = 0; first < PRINCIPALS.length * ACTIONS.length * RESOURCES.length; first += SIZE) {
            for (int i = 0; i < SIZE; i++) {
                fill(together[i], first + i);
            }
            engine.decide(together, SIZE, decisions);
            for (int i = 0; i < SIZE; i++) {
                Decision alone = engine.decide(fill(i, first + i));
                assertThat(decisions[i]).as("%d", first + i).isEqualTo(alone);
                assertThat(engine.decide(together[i]))
                        .as("%d, again", first + i)
                        .isEqualTo(alone);
                assertThat(engine.decide(fill(together[i], first + i)))
                        .as("%d, alone", first + i)
                        .isEqualTo(alone);
                assertThat(engine.explain(fill(together[i], first + i)).decision())
                        .isEqualTo(alone);
                allowed += alone == Decision.ALLOW ? 1 : 0;
            }
        }
        assertThat(allowed).isPositive();
    }

    @Test
    void decide_requestMadeTogether_isAddedToAndDecidedAgain() {
        Engine conditional = EngineStore.engine("\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}");
        Request[] pair = conditional.newRequests(2);
        for (Request request : pair) {
            request.principal(ALICE).action("t:Do").resource("arn:aws:s3:::bucket/key");
        }
        conditional.decide(pair, 2, decisions);
        assertThat(decisions[0]).isEqualTo(Decision.IMPLICIT_DENY);
        pair[1].context("aws:RequestedRegion", "eu-west-1");
        conditional.decide(pair, 2, decisions);
        assertThat(decisions[0]).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decisions[1]).isEqualTo(Decision.ALLOW);
        assertThatThrownBy(() -> pair[1].principal(BOB)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void decide_requestsMadeTogetherOfNobody_isRefusedWithTheField() {
        fill(together[0], 0);
        fill(together[1], 1)
                .clear()
                .principal("arn:aws:iam::1:user/x")
                .action("t:Do")
                .resource("*");
        for (int times = 0; times < 2; times++) {
            assertThatThrownBy(() -> engine.decide(together, 2, decisions))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("principal: ");
            assertThat(decisions).containsOnlyNulls();
        }
        assertThatThrownBy(() -> together[1].clear().principal("x".repeat(Limits.RESOURCE_UNITS + 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("principal: ");
        String none = null;
        assertThatThrownBy(() -> together[1].clear().principal(none)).isInstanceOf(NullPointerException.class);
        fill(together[1], 1);
        engine.decide(together, 2, decisions);
        assertThat(decisions[1]).isEqualTo(engine.decide(fill(1, 1)));
    }

    @Test
    void decide_requestsMadeTogether_haveAllOneActionEach() {
        // Sixteen requests share what they remember of actions; none may see another's.
        Engine wild = Engine.compile(Store.builder()
                .policy("p", EngineStore.document("""
                        {"Effect":"Allow","Action":["t:Get*"],"Resource":"*"},
                        {"Effect":"Deny","Action":["t:*Secret"],"Resource":"*"}"""))
                .user(ALICE, user -> user.attach("p"))
                .build());
        Request[] many = wild.newRequests(SIZE);
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 500; round++) {
            String[] actions = new String[SIZE];
            for (int i = 0; i < SIZE; i++) {
                actions[i] = (random.nextBoolean() ? "t:Get" : "t:Put")
                        + random.nextInt(200)
                        + (random.nextInt(4) == 0 ? "Secret" : "");
                many[i].clear().principal(ALICE).action(actions[i]).resource("*");
            }
            wild.decide(many, SIZE, decisions);
            for (int i = 0; i < SIZE; i++) {
                Decision right = actions[i].endsWith("Secret")
                        ? Decision.EXPLICIT_DENY
                        : actions[i].startsWith("t:Get") ? Decision.ALLOW : Decision.IMPLICIT_DENY;
                assertThat(decisions[i]).as(actions[i]).isEqualTo(right);
            }
        }
    }

    @Test
    void decide_allNumbersOfActionsGiven_noRequestKeepsAnOldOne() throws ReflectiveOperationException {
        Engine wild = Engine.compile(Store.builder()
                .policy("p", EngineStore.document("{\"Effect\":\"Allow\",\"Action\":\"t:Get*\",\"Resource\":\"*\"}"))
                .user(ALICE, user -> user.attach("p"))
                .build());
        Request[] pair = wild.newRequests(2);
        pair[1].principal(ALICE).action("t:Get1").resource("*");
        Object answers = field(field(field(pair[0], "frame"), "last"), "answers");
        Field last = answers.getClass().getDeclaredField("last");
        last.setAccessible(true);
        assertThat(last.getInt(answers)).isEqualTo(1);
        last.setInt(answers, Integer.MAX_VALUE);
        pair[0].principal(ALICE).action("t:Put1").resource("*");
        assertThat(last.getInt(answers)).isEqualTo(1);
        wild.decide(pair, 2, decisions);
        assertThat(decisions).startsWith(Decision.IMPLICIT_DENY, Decision.ALLOW);
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    @Test
    void newRequests_sixteen_takeLessThanHalfOfTheRoomOfSixteenAlone() {
        engine.newRequest();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Request alone = engine.newRequest();
        long between = threads.getCurrentThreadAllocatedBytes();
        Request[] sixteen = engine.newRequests(SIZE);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(alone).isNotSameAs(sixteen[0]);
        assertThat(after - between).isLessThan(SIZE * (between - before) / 2);
    }

    @Test
    void newRequests_ofOtherCounts_areMadeOrRefused() {
        assertThat(engine.newRequests(0)).isEmpty();
        assertThatThrownBy(() -> engine.newRequests(-1)).isInstanceOf(NegativeArraySizeException.class);
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

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void decide_batches_allocateNothing(boolean madeTogether) {
        Request[] filled = madeTogether ? together : requests;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 10 && least > 0; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int n = 0; n < 20_000; n += SIZE) {
                for (int i = 0; i < SIZE; i++) {
                    fill(filled[i], n + i);
                }
                engine.decide(filled, SIZE, decisions);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }
}
