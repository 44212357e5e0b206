package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No operator allocates, with either quantifier or none, with IfExists or without, whatever the key has. */
class OperatorAllocationTest {

    private static final int WARM_UP = 3_000;
    private static final int ROUND = 20;
    private static final String[] NOTHING = {};

    /** What policies want, variables among it. */
    private static String wanted(Family family) {
        return switch (family) {
            case STRING -> "\"Some*?h\",\"\u00C5b${t:Var}\"";
            case NUMERIC -> "\"10\",\"-1.5e2\"";
            case DATE -> "\"2026-01-01T00:00:00Z\",\"1767225601\"";
            case BOOL, NULL -> "\"true\"";
            case BINARY -> "\"QUJD\"";
            case IP -> "\"203.0.113.0/24\",\"2001:db8::/32\"";
            case ARN -> "\"arn:aws:s3:::b*/x?\",\"arn:aws:iam::111122223333:user/${t:Var}\"";
        };
    }

    /** What requests bring: something that fits, something that doesn't, and something that can't be read. */
    private static List<String> brought(Family family) {
        return switch (family) {
            case STRING -> List.of("Something\u0161", "Something h", "\u00E5bV", "\u00C5bv", "");
            case NUMERIC -> List.of("1e1", "-150.0", "11", "1e99999999999999999999", "x");
            case DATE -> List.of("2026", "1767225601", "2027-01-01", "2026-13");
            case BOOL -> List.of("TRUE", "false");
            case BINARY -> List.of("QUJD", "QUJDRA==");
            case IP -> List.of("203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7", "here");
            case ARN -> List.of("arn:aws:s3:::b/x1", "arn:aws:iam::111122223333:user/v", "none");
            case NULL -> List.of("x");
        };
    }

    private static List<ConditionOperator> operators() {
        List<ConditionOperator> operators = new ArrayList<>();
        for (Comparison comparison : Comparison.values()) {
            for (Quantifier quantifier : Quantifier.values()) {
                for (String suffix : List.of("", "IfExists")) {
                    ConditionOperator.parse(quantifier.prefix() + comparison.text() + suffix)
                            .ifPresent(operators::add);
                }
            }
        }
        return operators;
    }

    @Test
    void decide_everyOperator_allocatesNothing() {
        List<ConditionOperator> operators = operators();
        assertThat(operators).hasSizeGreaterThan(26 * 6);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < operators.size(); i++) {
            ConditionOperator operator = operators.get(i);
            String wanted = wanted(operator.comparison().family());
            statements.add(allow("t:Do" + i, "\"" + operator.text() + "\":{\"t:Key\":[" + wanted + "]}"));
        }
        Engine engine = Engine.compile(Store.builder()
                .checks(Checks.STORED)
                .policy("own", document(statements.toArray(new String[0])))
                .user(ALICE, user -> user.attach("own"))
                .build());
        Request request = engine.newRequest();
        String[] actions = new String[operators.size()];
        String[][] values = new String[actions.length][];
        for (int i = 0; i < actions.length; i++) {
            actions[i] = "t:Do" + i;
            values[i] = brought(operators.get(i).comparison().family()).toArray(NOTHING);
        }
        int[] allowed = new int[actions.length];
        Runnable all = () -> {
            for (int i = 0; i < actions.length; i++) {
                allowed[i] += decide(engine, request, actions[i], values[i]);
            }
        };
        for (int i = 0; i < WARM_UP / 10; i++) {
            all.run();
        }
        assertThat(Arrays.stream(allowed).filter(count -> count > 0).count()).isGreaterThan(actions.length * 9L / 10);

        for (int i = 0; i < actions.length; i++) {
            String action = actions[i];
            String[] brought = values[i];
            long bytes = AllocatedBytes.of(() -> {
                for (int round = 0; round < ROUND; round++) {
                    decide(engine, request, action, brought);
                }
            });
            assertThat(bytes).as(operators.get(i).text()).isZero();
        }
    }

    /** The key absent, single, a list of none, of one, of all. */
    private static int decide(Engine engine, Request request, String action, String[] brought) {
        int allowed = allows(engine, ask(request, action));
        allowed += allows(engine, ask(request, action).contextValues("t:Key", NOTHING));
        allowed += allows(engine, ask(request, action).contextValues("t:Key", brought));
        for (String value : brought) {
            allowed += allows(engine, ask(request, action).context("t:Key", value));
            allowed += allows(engine, ask(request, action).contextList("t:Key").listValue(value));
        }
        return allowed;
    }

    private static Request ask(Request request, String action) {
        return request.clear()
                .principal(ALICE)
                .action(action)
                .resource("arn:aws:s3:::b/x1")
                .context("t:Var", "v");
    }

    private static int allows(Engine engine, Request request) {
        return engine.decide(request) == Decision.ALLOW ? 1 : 0;
    }
}
