package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import java.util.StringJoiner;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is more than an automaton can hold is refused, and not cut off. */
class CompiledLimitsTest {

    private static void assertTooLarge(ThrowingCallable compiling, String name, String message) {
        assertThatThrownBy(compiling)
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        refused -> assertThat(refused.diagnostics())
                                .filteredOn(Diagnostic::isError)
                                .singleElement()
                                .satisfies(diagnostic -> {
                                    assertThat(diagnostic.code()).isEqualTo("TOO_LARGE");
                                    assertThat(diagnostic.policyName()).isEqualTo(name);
                                    assertThat(diagnostic.message())
                                            .isEqualTo("the policies have more than " + message);
                                }));
    }

    @Test
    void compile_moreActionsOfAServiceThanNumbers_isRefused() {
        Store.Builder store = Store.builder().checks(Checks.STORED);
        int action = 0;
        for (int document = 0; document < 2; document++) {
            StringJoiner actions = new StringJoiner(",", "[", "]");
            for (int i = 0; i < 33_000; i++) {
                actions.add("\"t:A" + action++ + "\"");
            }
            store.policy(
                    "p" + document,
                    EngineStore.document(EngineStore.allow("t:Do", "").replace("\"t:Do\"", actions.toString())));
        }
        Store built =
                store.user(EngineStore.ALICE, user -> user.attach("p0", "p1")).build();

        assertTooLarge(() -> Engine.compile(built), "store", "65536 services, or actions of one service");
    }

    @Test
    void compileSession_moreConditionsThanAStatementHolds_isRefused() {
        StringJoiner operators = new StringJoiner(",");
        for (String quantifier : new String[] {"", "ForAllValues:", "ForAnyValue:"}) {
            for (String comparison : new String[] {
                "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
                "StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
                "NumericGreaterThan", "NumericGreaterThanEquals"
            }) {
                operators.add("\"" + quantifier + comparison + "\":" + KEYS);
                operators.add("\"" + quantifier + comparison + "IfExists\":" + KEYS);
            }
        }
        String policy = EngineStore.document(EngineStore.allow("t:Do", operators.toString()));
        Engine engine = EngineStore.engine("");

        assertTooLarge(() -> engine.compileSession(policy), "session policies", "65535 conditions in one statement");
    }

    private static final String KEYS = keys();

    private static String keys() {
        StringJoiner keys = new StringJoiner(",", "{", "}");
        for (int key = 0; key < 1_000; key++) {
            keys.add("\"k:" + Integer.toString(key, 36) + "\":\"1\"");
        }
        return keys.toString();
    }
}
