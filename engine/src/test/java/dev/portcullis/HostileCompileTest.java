package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.document;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Reading and compiling takes time in proportion to the document, also when all its names have one {@link
 * String#hashCode}, or when it was written to be as hard as a document can be.
 */
class HostileCompileTest {

    private static final int FEW = 500;
    private static final int TIMES = 8;
    /** Squared it would be 64. */
    private static final double MOST = 24;

    /** Two to the power of 15 texts of one hash. */
    private static final int PAIRS = 15;

    private static String colliding(int number) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < PAIRS; bit++) {
            text.append((number >> bit & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString();
    }

    private static String each(int count, IntFunction<String> one) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(i == 0 ? "" : ",").append(one.apply(i));
        }
        return all.toString();
    }

    private static String statement(String action, String resource, String condition) {
        return "{\"Effect\":\"Allow\",\"Action\":" + action + ",\"Resource\":" + resource
                + (condition.isEmpty() ? "" : ",\"Condition\":{" + condition + "}") + "}";
    }

    private static String list(int count, String before, String after) {
        return "[" + each(count, i -> "\"" + before + colliding(i) + after + "\"") + "]";
    }

    private static String action(String before, int number, String after) {
        return "\"t:" + before + colliding(number) + after + "\"";
    }

    private static Map<String, IntFunction<String>> documents() {
        String any = "\"*\"";
        Map<String, IntFunction<String>> documents = new LinkedHashMap<>();
        documents.put(
                "keys",
                count -> each(
                        count / 2, i -> statement(any, any, "\"StringEquals\":{\"t:" + colliding(i) + "\":\"x\"}")));
        documents.put("values", count -> statement(any, any, "\"StringEquals\":{\"t:k\":" + list(count, "", "") + "}"));
        documents.put(
                "patterns", count -> statement(any, any, "\"StringLike\":{\"t:k\":" + list(count, "*", "*x?") + "}"));
        documents.put(
                "variables",
                count -> statement(any, any, "\"StringLike\":{\"t:k\":" + list(count, "*${t:", "}") + "}"));
        documents.put("actions", count -> statement(list(count, "t:", ""), any, ""));
        documents.put(
                "actions, each its own statement",
                count -> each(count, i -> statement("\"t:" + colliding(i) + "\"", any, "")));
        documents.put(
                "actions and patterns of actions",
                count -> statement(
                        list(count / 2, "t:", "").replace("]", ",")
                                + list(count / 2, "t:*", "*").substring(1),
                        any,
                        ""));
        documents.put(
                "actions and patterns of actions, each its own statement",
                count -> each(count, i -> statement(i % 2 == 0 ? action("", i, "") : action("*", i, "*"), any, "")));
        documents.put("services", count -> statement(list(count, "", ":x"), any, ""));
        documents.put(
                "services, each its own statement",
                count -> each(count, i -> statement("\"" + colliding(i) + ":x\"", any, "")));
        documents.put(
                "services and patterns of services, each its own statement",
                count -> each(
                        count,
                        i -> statement(
                                i % 2 == 0 ? "\"" + colliding(i) + ":x\"" : "\"*" + colliding(i) + "*:*y*\"",
                                any,
                                "")));
        documents.put(
                "services and what is about all others, each its own statement",
                count -> each(
                        count,
                        i -> i % 2 == 0
                                ? statement("\"" + colliding(i) + ":x\"", any, "")
                                : statement("\"" + colliding(i) + ":y\"", any, "")
                                        .replace("Action", "NotAction")));
        documents.put("resources", count -> statement(any, list(count, "arn:aws:s3:::", ""), ""));
        documents.put(
                "resources, each its own statement",
                count -> each(count, i -> statement(any, "\"arn:aws:s3:::" + colliding(i) + "/*\"", "")));
        documents.put("services of resources", count -> statement(any, list(count, "arn:aws:", ":*:*:x"), ""));
        documents.put("starred resources", count -> statement(any, list(count, "arn:aws:s3:::*", "*x"), ""));
        documents.put(
                "Sids",
                count -> each(
                        count,
                        i -> "{\"Sid\":\"" + colliding(i)
                                + "\",\"Effect\":\"Allow\",\"Action\":\"t:x\",\"Resource\":\"*\"}"));
        // 31 * first + second is the same for all.
        documents.put(
                "predicates of numbers",
                count -> each(
                        count / 2,
                        i -> statement(
                                any,
                                any,
                                "\"DateEquals\":{\"t:k\":[\"" + (1_000_000L + i) + "\",\"" + (900_000_000L - 961L * i)
                                        + "\"]}")));
        return documents;
    }

    @TestFactory
    Iterable<DynamicTest> compile_hostileDocument_takesTimeInProportion() {
        return documents().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    double growth = CpuTime.growth(FEW, FEW * TIMES, count -> {
                        String text = document(entry.getValue().apply(count));
                        return () -> compile(text);
                    });
                    assertThat(growth).isLessThan(MOST);
                }))
                .toList();
    }

    /** Principals of a resource-based policy, and their names without paths. */
    @Test
    void compile_collidingPrincipals_takesTimeInProportion() {
        double growth = CpuTime.growth(FEW, FEW * TIMES, count -> {
            String text = document("{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Principal\":{\"AWS\":"
                    + list(count, "arn:aws:iam::111122223333:role/", "") + "}}");
            Engine engine = Engine.compile(Store.builder().build());
            return () -> engine.compileResourcePolicy(text);
        });
        assertThat(growth).isLessThan(MOST);
    }

    private static void compile(String text) {
        assertThat(Policies.read("p", PolicyType.IDENTITY, text.getBytes(UTF_8), Checks.STORED, Map.of())
                        .document())
                .isPresent();
        Store store = Store.builder()
                .checks(Checks.STORED)
                .policy("p", text)
                .user(ALICE, user -> user.attach("p"))
                .build();
        assertThat(Engine.compile(store).newRequest()).isNotNull();
    }
}
