package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a request costs is in proportion to its size, whatever it brings and whatever the policies say: the bound of
 * docs/design-decisions.md, "Work of a decision". {@code PatternMachinesTest} counts the steps of single patterns.
 */
class HostileRequestTest {

    private static final int TIMES = 8;
    /** Squared it would be 64. */
    private static final double MOST = 24;

    private static final int REPEATED = 20;
    private static final int PAIRS = 15;

    private static Engine engine(String... statements) {
        return Engine.compile(Store.builder()
                .checks(Checks.STORED)
                .policy("p", document(statements))
                .user(ALICE, user -> user.attach("p"))
                .build());
    }

    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < PAIRS; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static String list(int count, String before, String after) {
        String[] all = IntStream.range(0, count)
                .mapToObj(i -> "\"" + before + colliding(i) + after + "\"")
                .toArray(String[]::new);
        return "[" + String.join(",", all) + "]";
    }

    static Stream<Arguments> patterns() {
        String many = "*a".repeat(Limits.PATTERN_WILDCARDS - 1);
        return Stream.of(
                Arguments.of("stars and single units", "*?".repeat(Limits.PATTERN_WILDCARDS / 2 - 8), "a"),
                Arguments.of("stars and one letter", many + "b", "a"),
                Arguments.of("stars and letters", "*a*b*c*d".repeat(Limits.PATTERN_WILDCARDS / 4), "abc"),
                Arguments.of("a long literal that nearly fits", "*" + "a".repeat(Limits.PATTERN_UNITS - 2) + "b", "a"),
                Arguments.of(
                        "single units that fit everywhere", "*" + "?a".repeat(Limits.PATTERN_WILDCARDS - 2) + "b", "a"),
                Arguments.of("a period of three", "*" + "ab?".repeat(600) + "c", "ab\u0161"));
    }

    /** As a condition's value, as a resource, and with a variable in it, which takes the other machine. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("patterns")
    void decide_hostilePattern_takesTimeInProportionToTheValue(String name, String pattern, String unit) {
        String cut = pattern.substring(0, Math.min(pattern.length(), Limits.PATTERN_UNITS - 40));
        Engine engine = engine(
                allow("t:Like", "\"StringLike\":{\"t:k\":\"" + pattern + "\"}"),
                allow("t:Variable", "\"StringLike\":{\"t:k\":\"" + cut + "${t:v}\"}"),
                allow("t:Fold", "\"StringEqualsIgnoreCase\":{\"t:k\":\"${t:v}" + "${t:v}".repeat(31) + "\"}"),
                "{\"Effect\":\"Allow\",\"Action\":\"t:Rest\",\"Resource\":\"arn:aws:s3:::" + cut + "\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"t:Head\",\"Resource\":\"arn:aws:" + cut + ":*:*:x\"}",
                "{\"Effect\":\"Allow\",\"Action\":\"t:Template\",\"Resource\":\"arn:aws:s3:::${t:v}" + cut + "\"}");
        Request request = engine.newRequest();
        for (String action : new String[] {"t:Like", "t:Variable", "t:Fold", "t:Rest", "t:Head", "t:Template"}) {
            double growth =
                    CpuTime.growth(Limits.CONTEXT_VALUE_UNITS / TIMES - 40, Limits.CONTEXT_VALUE_UNITS - 40, size -> {
                        String value = unit.repeat(size / unit.length());
                        return () -> {
                            for (int i = 0; i < REPEATED; i++) {
                                engine.decide(request.clear()
                                        .principal(ALICE)
                                        .action(action)
                                        .resource("arn:aws:s3:::" + value)
                                        .context("t:k", value)
                                        .context("t:v", value));
                            }
                        };
                    });
            assertThat(growth).as("%s, %s", name, action).isLessThan(MOST);
        }
    }

    /** Values times list entries, each compared once at most. */
    @ParameterizedTest
    @ValueSource(strings = {"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringLike", "ArnLike"})
    void decide_manyValuesAgainstManyPatterns_takesTimeInProportionToEach(String operator) {
        String before = operator.equals("ArnLike") ? "arn:aws:iam::1:user/" : "";
        String after = operator.equals("StringLike") ? "*" : "";
        Request[] requests = new Request[2];
        Engine[] engines = new Engine[2];
        int[] counts = {1_000, 1_000 * TIMES};
        for (int i = 0; i < engines.length; i++) {
            engines[i] = engine(
                    allow("t:Do", "\"ForAnyValue:" + operator + "\":{\"t:k\":" + list(counts[i], before, after) + "}"));
            requests[i] = engines[i].newRequest();
        }
        double byValues = CpuTime.growth(
                Limits.CONTEXT_VALUES / 4,
                Limits.CONTEXT_VALUES,
                count -> () -> values(engines[0], requests[0], before, count));
        double byPatterns = CpuTime.growth(0, 1, i -> () -> values(engines[i], requests[i], before, 1_000));

        assertThat(byValues).isLessThan(MOST / 2);
        assertThat(byPatterns).isLessThan(MOST);
    }

    /** None of the values is in the list. */
    private static void values(Engine engine, Request request, String before, int count) {
        String[] values = IntStream.range(0, count)
                .mapToObj(i -> before + colliding(i) + "x")
                .toArray(String[]::new);
        assertThat(engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource("*")
                        .contextValues("t:k", values)))
                .isNotNull();
    }

    /** Keys that no policy names and that collide with those that one names, and with each other. */
    @Test
    void decide_collidingKeys_takesTimeInProportionToTheirNumber() {
        Engine engine = engine(IntStream.range(0, 5_000)
                .mapToObj(i -> allow("t:Do", "\"StringEquals\":{\"t:" + colliding(i) + "\":\"x\"}"))
                .toArray(String[]::new));
        Request request = engine.newRequest();
        double growth = CpuTime.growth(Limits.CONTEXT_KEYS / TIMES, Limits.CONTEXT_KEYS, count -> {
            String[] keys = IntStream.range(0, count)
                    .mapToObj(i -> "t:" + colliding(20_000 + i))
                    .toArray(String[]::new);
            return () -> {
                for (int i = 0; i < REPEATED; i++) {
                    request.clear().principal(ALICE).action("t:Do").resource("*");
                    for (String key : keys) {
                        request.context(key, "x");
                    }
                    assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
                }
            };
        });
        assertThat(growth).isLessThan(MOST);
    }

    /** Actions that no policy names: looked up among many that collide with them. */
    @Test
    void decide_collidingAction_costsNoMoreAmongManyThanAmongFew() {
        double growth = CpuTime.growth(100, 100 * TIMES, count -> {
            Engine engine =
                    engine("{\"Effect\":\"Allow\",\"Action\":" + list(count, "t:", "") + ",\"Resource\":\"*\"}");
            Request request = engine.newRequest();
            String[] actions = IntStream.range(0, 100)
                    .mapToObj(i -> "t:" + colliding(30_000 + i))
                    .toArray(String[]::new);
            return () -> {
                for (int i = 0; i < REPEATED; i++) {
                    for (String action : actions) {
                        engine.decide(
                                request.clear().principal(ALICE).action(action).resource("*"));
                    }
                }
            };
        });
        assertThat(growth).isLessThan(MOST);
    }

    /** The largest request there is, values of it in every operator that reads them. */
    @Test
    void decide_largestContext_isDecided() {
        String value = "9".repeat(Limits.CONTEXT_VALUE_UNITS);
        Engine engine = engine(
                allow(
                        "t:Do",
                        "\"NumericGreaterThan\":{\"t:k0\":\"" + "9".repeat(Limits.PATTERN_UNITS) + "\"},"
                                + "\"NotIpAddress\":{\"t:k1\":\"10.0.0.0/8\"},\"DateEquals\":{\"t:k2\":\"2026\"},"
                                + "\"StringLike\":{\"t:k3\":\"*9*9*9?\"},\"ArnNotLike\":{\"t:k4\":\"arn:aws:s3:::*\"},"
                                + "\"StringNotEqualsIgnoreCase\":{\"t:k5\":\"9\"},\"Bool\":{\"t:k6\":\"true\"}"),
                "{\"Effect\":\"Deny\",\"Action\":\"t:Many\",\"Resource\":\"*\",\"Condition\":{"
                        + "\"ForAnyValue:StringLike\":{\"t:k7\":\"*8*\"}}}");
        Request request = engine.newRequest();
        request.principal(ALICE).action("t:Do").resource("arn:aws:s3:::" + value.substring(20));
        for (int i = 0; i < Limits.CONTEXT_KEYS; i++) {
            request.context("t:k" + i, value);
        }
        assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);

        String[] values = new String[Limits.CONTEXT_VALUES];
        Arrays.fill(values, value);
        values[values.length - 1] = "98";
        request.clear()
                .principal(ALICE)
                .action("t:Many")
                .resource("*")
                .contextValues("t:k7", Collections.unmodifiableList(Arrays.asList(values)));
        assertThat(engine.decide(request)).isEqualTo(Decision.EXPLICIT_DENY);
    }
}
