package dev.portcullis;

import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.CLOCK;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.automaton.RequestContext;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A request that is used again looks nothing up of context keys that are given in the order in which they were given before.
 * Whatever is given, by whatever way and in whatever order, it must decide, explain and refuse as a new request does.
 */
class RepeatedContextTest {

    /** Policies of the store ask for these; AWS supplies the last two where the request doesn't give them. */
    private static final List<String> NAMED = List.of("t:a", "t:b", "t:c", "t:d", "aws:userid", "aws:PrincipalArn");
    /** Only the session policy asks for the first two of these. */
    private static final List<String> OTHER = List.of("u:a", "u:b", "u:c", "u:d");

    private static final List<String> KEYS = new ArrayList<>();

    static {
        for (int i = 0; i < NAMED.size(); i++) {
            KEYS.add(NAMED.get(i));
            if (i < OTHER.size()) {
                KEYS.add(OTHER.get(i));
            }
        }
    }

    private static String statement(String effect, String action, String condition) {
        return "{\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\",\"Resource\":\"*\",\"Condition\":{"
                + condition + "}}";
    }

    /** An action for each way to ask for each key; the session policy has them all, and asks for its own keys. */
    private static List<String> statements(List<String> keys) {
        List<String> statements = new ArrayList<>();
        for (String key : keys) {
            String name = name(key);
            statements.add(statement("Allow", "t:Equals" + name, "\"StringEquals\":{\"" + key + "\":\"1\"}"));
            statements.add(statement("Allow", "t:Null" + name, "\"Null\":{\"" + key + "\":\"true\"}"));
            statements.add(statement("Allow", "t:Not" + name, "\"StringNotLike\":{\"" + key + "\":\"1*\"}"));
            statements.add(statement("Allow", "t:Any" + name, "\"ForAnyValue:StringEquals\":{\"" + key + "\":\"1\"}"));
            statements.add(statement("Allow", "t:All" + name, "\"ForAllValues:StringEquals\":{\"" + key + "\":\"1\"}"));
        }
        return statements;
    }

    private static String name(String key) {
        return key.replaceAll("[^A-Za-z]", "").toUpperCase(Locale.ROOT);
    }

    private static Engine engine() {
        List<String> own = statements(NAMED);
        for (String key : OTHER) {
            for (String kind : List.of("Equals", "Null", "Not", "Any", "All")) {
                own.add("{\"Effect\":\"Allow\",\"Action\":\"t:" + kind + name(key) + "\",\"Resource\":\"*\"}");
            }
        }
        return Engine.compile(Store.builder()
                        .policy("own", document(own.toArray(String[]::new)))
                        .role(APP, role -> role.attach("own").uniqueId("AROA123456789000APP00"))
                        .build())
                .withClock(CLOCK);
    }

    private static String session() {
        List<String> session = statements(OTHER.subList(0, 2));
        session.add("{\"Effect\":\"Allow\",\"NotAction\":[\"t:*UA\",\"t:*UB\"],\"Resource\":\"*\"}");
        return document(session.toArray(String[]::new));
    }

    private static UnsafeBuffer bytes(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private record Step(String key, Consumer<Request> what) {}

    private static Step step(SplittableRandom random, Engine engine, String key) {
        String value = random.nextInt(3) == 0 ? "2" : "1";
        UnsafeBuffer buffer = bytes(key + value);
        int length = key.length();
        String again = new String(key.toCharArray());
        String upper = key.toUpperCase(Locale.ROOT);
        ContextKeyHandle handle = engine.contextKey(key);
        return new Step(
                key,
                switch (random.nextInt(24)) {
                    case 0 -> request -> request.context(again, value);
                    case 1 -> request -> request.context(upper, value);
                    case 2, 3 -> request -> request.context(handle, value);
                    case 4 -> request -> request.context(buffer, 0, length, length, 1);
                    case 5 -> request -> request.context(key, buffer, length, 1);
                    case 6 -> request -> request.context(handle, buffer, length, 1);
                    case 7 -> request -> request.contextValues(key, value, "3");
                    case 8 -> request -> request.contextValues(key, List.of());
                    case 9 -> request -> request.contextValues(handle, List.of(value));
                    case 10 ->
                        request -> request.contextList(key).listValue(value).listValue(buffer, length, 1);
                    default -> request -> request.context(key, value);
                });
    }

    /** The keys mostly in one order, from the first on; now and then some are left out, swapped, or given again. */
    private static List<Step> steps(SplittableRandom random, Engine engine) {
        List<String> keys = new ArrayList<>(KEYS.subList(0, random.nextInt(KEYS.size() + 1)));
        while (random.nextInt(3) == 0 && keys.size() > 1) {
            int one = random.nextInt(keys.size());
            switch (random.nextInt(3)) {
                case 0 -> keys.remove(one);
                case 1 -> Collections.swap(keys, one, random.nextInt(keys.size()));
                default -> keys.add(keys.get(one));
            }
        }
        List<Step> steps = new ArrayList<>();
        keys.forEach(key -> steps.add(step(random, engine, key)));
        return steps;
    }

    /** What became of it: decisions, explanations, refusals. */
    private static List<String> outcome(
            Request request,
            List<Step> steps,
            String action,
            boolean askedBetween,
            SessionPolicies session,
            Engine engine) {
        List<String> outcome = new ArrayList<>();
        request.clear().principal(APP_SESSION).action(action).resource("*");
        if (session != null) {
            request.sessionPolicies(session);
        }
        for (int i = 0; i < steps.size(); i++) {
            try {
                steps.get(i).what.accept(request);
            } catch (IllegalArgumentException refused) {
                outcome.add(refused.getMessage());
            }
            if (askedBetween && i == steps.size() / 2) {
                outcome.add(engine.decide(request).name());
            }
        }
        outcome.add(engine.decide(request).name());
        outcome.add(engine.decide(request).name());
        return outcome;
    }

    @Test
    void decide_keysInAnyOrderByAnyWay_asANewRequest() {
        Engine engine = engine();
        SessionPolicies session = engine.compileSession(session());
        Request again = engine.newRequest();
        SplittableRandom random = new SplittableRandom(23);
        int allowed = 0;
        int refused = 0;
        for (int i = 0; i < 40_000; i++) {
            List<Step> steps = steps(random, engine);
            String key = KEYS.get(random.nextInt(KEYS.size()));
            String action =
                    "t:" + List.of("Equals", "Null", "Not", "Any", "All").get(random.nextInt(5)) + name(key);
            SessionPolicies asked = random.nextInt(3) == 0 ? null : session;
            boolean between = random.nextInt(8) == 0;
            List<String> expected = outcome(engine.newRequest(), steps, action, between, asked, engine);
            assertThat(outcome(again, steps, action, between, asked, engine))
                    .as(
                            "request %d, %s: %s",
                            i, action, steps.stream().map(Step::key).toList())
                    .isEqualTo(expected);
            assertThat(engine.explain(again).decision().name()).isEqualTo(expected.get(expected.size() - 1));
            allowed += expected.get(expected.size() - 1).equals("ALLOW") ? 1 : 0;
            refused += expected.stream().anyMatch(said -> said.contains("twice")) ? 1 : 0;
        }
        assertThat(allowed).isBetween(10_000, 35_000);
        assertThat(refused).isGreaterThan(1_000);
    }

    /** Keys that no policy of the store names count for a session policy, however often they were given before. */
    @Test
    void decide_otherKeysInTheSameOrder_sessionPolicySeesThem() {
        Engine engine = engine();
        SessionPolicies session = engine.compileSession(session());
        Request request = engine.newRequest();
        for (int round = 0; round < 5; round++) {
            for (String value : List.of("1", "2")) {
                Decision expected = value.equals("1") ? Decision.ALLOW : Decision.IMPLICIT_DENY;
                for (String key : OTHER.subList(0, 2)) {
                    request.clear()
                            .principal(APP_SESSION)
                            .action("t:Equals" + name(key))
                            .resource("*")
                            .sessionPolicies(session);
                    KEYS.subList(0, 5).forEach(each -> request.context(each, value));
                    assertThat(engine.decide(request))
                            .as("%s is %s, round %d", key, value, round)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** More keys than the shortest path takes, in changing order and with changing values. */
    @Test
    void decide_manyKeysInChangingOrder_eachHasItsValue() {
        List<String> keys = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add("t:k" + i);
            statements.add(statement("Allow", "t:Do" + i, "\"StringEquals\":{\"t:k" + i + "\":\"yes\"}"));
        }
        Engine engine = Engine.compile(Store.builder()
                .policy("own", document(statements.toArray(String[]::new)))
                .role(APP, role -> role.attach("own"))
                .build());
        Request request = engine.newRequest();
        List<String> order = new ArrayList<>(keys);
        for (int round = 0; round < 300; round++) {
            int yes = round * 37 % 100;
            int asked = round % 3 == 0 ? (yes + 1) % 100 : yes;
            if (round % 4 == 3) {
                Collections.rotate(order.subList(round % 50, 100), 1 + round % 5);
            }
            request.clear().principal(APP_SESSION).action("t:Do" + asked).resource("*");
            order.forEach(key -> request.context(key, key.equals("t:k" + yes) ? "yes" : "no"));
            assertThat(engine.decide(request))
                    .as("round %d", round)
                    .isEqualTo(asked == yes ? Decision.ALLOW : Decision.IMPLICIT_DENY);
        }
    }

    /** Requests and decisions are numbered by 31 bits; when these have run out, what is given must count, and nothing else. */
    @Test
    void decide_whenNumbersRunOut_asBefore() throws ReflectiveOperationException {
        Engine engine = engine();
        for (int left = 0; left < 8; left++) {
            Request request = engine.newRequest();
            for (int round = 0; round < 6; round++) {
                if (round == 2) {
                    numbersLeft(request, left);
                }
                for (String key : NAMED.subList(0, 4)) {
                    request.clear()
                            .principal(APP_SESSION)
                            .action("t:Equals" + name(key))
                            .resource("*");
                    KEYS.subList(0, 2 + round).forEach(each -> request.context(each, each.equals(key) ? "1" : "2"));
                    Decision expected = KEYS.indexOf(key) < 2 + round ? Decision.ALLOW : Decision.IMPLICIT_DENY;
                    assertThat(engine.decide(request)).isEqualTo(expected);
                    assertThat(engine.decide(request))
                            .as("%s, round %d, %d numbers left", key, round, left)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static void numbersLeft(Request request, int left) throws ReflectiveOperationException {
        Field frame = Request.class.getDeclaredField("frame");
        Field stamp = RequestContext.class.getDeclaredField("stamp");
        frame.setAccessible(true);
        stamp.setAccessible(true);
        stamp.setInt(frame.get(request), Integer.MAX_VALUE - left);
    }

    @Test
    void context_withoutAKey_isRefused() {
        Request request = engine().newRequest();
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(() -> request.clear().context((String) null, "1"))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> request.clear().context("t:a", (String) null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> request.clear().contextValues((String) null, "1"))
                    .isInstanceOf(NullPointerException.class);
            request.clear().context("t:a", "1");
        }
    }
}
