package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Actions of a service of which policies name few or many: what lists say of each is kept in different places. */
class NamedActionsTest {

    private static String action(int number) {
        return "t:A" + number;
    }

    private static String statement(String effect, String element, String actions) {
        return "{\"Effect\":\"" + effect + "\",\"" + element + "\":[" + actions + "],\"Resource\":\"*\"}";
    }

    private static String named(IntStream numbers) {
        return numbers.mapToObj(number -> "\"" + action(number) + "\"").collect(Collectors.joining(","));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 27, 28, 29, 63, 64, 65, 130})
    void decide_eachActionOfService_asListsSay(int count) {
        String odd = document(
                statement("Allow", "Action", named(IntStream.range(0, count).filter(n -> n % 2 == 1)) + extra(count)),
                statement("Deny", "NotAction", named(IntStream.range(0, count)) + ",\"t:B*\",\"t:new*\""),
                statement("Allow", "Action", "\"t:B*\""));
        Engine engine = Engine.compile(Store.builder()
                .checks(Checks.STORED)
                .policy("odd", odd)
                .policy("later", document(statement("Allow", "Action", "\"u:X\"")))
                .user(ALICE, user -> user.attach("odd", "later"))
                .build());
        // Names actions that the compiled store doesn't.
        Engine changed = engine.with(Change.builder()
                .policy(
                        "later",
                        document(statement("Allow", "Action", "\"t:new1\"," + named(IntStream.of(0, count - 1)))))
                .build());
        Request request = engine.newRequest();
        for (int round = 0; round < 2; round++) {
            for (int n = 0; n < count; n++) {
                boolean isOdd = n % 2 == 1;
                boolean later = n == 0 || n == count - 1;
                assertThat(decide(engine, request, action(n))).as("%d", n).isEqualTo(isOdd);
                assertThat(decide(changed, request, action(n))).as("%d", n).isEqualTo(isOdd || later);
                assertThat(decide(engine, request, action(n).toUpperCase(Locale.ROOT)))
                        .isEqualTo(isOdd);
            }
            assertThat(decide(engine, request, "t:Bx")).isTrue();
            assertThat(decide(engine, request, "t:new1")).isFalse();
            assertThat(decide(changed, request, "t:new1")).isTrue();
            assertThat(decide(changed, request, "t:new2")).isFalse();
            assertThat(engine.decide(
                            request.clear().principal(ALICE).action("t:C").resource("*")))
                    .isEqualTo(Decision.EXPLICIT_DENY);
        }
    }

    private static String extra(int count) {
        return (count > 1 ? "," : "") + "\"v:Y\"";
    }

    private static boolean decide(Engine engine, Request request, String action) {
        Decision decision =
                engine.decide(request.clear().principal(ALICE).action(action).resource("*"));
        assertThat(decision).as(action).isNotEqualTo(Decision.EXPLICIT_DENY);
        return decision == Decision.ALLOW;
    }
}
