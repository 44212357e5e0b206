package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * A request that is used again and again remembers what it was asked before: actions, what lists said of them, how ARNs begin,
 * where context keys stand. It must decide as a new one does.
 */
class RepeatedRequestTest {

    private static final String[] PARTITIONS = {"aws", "aws", "aws", "aws-cn", "aws-us-gov", ""};
    private static final String[] REGIONS = {
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "eu-west-1",
        "eu-west-2",
        "eu-central-1",
        "ap-south-1",
        "ap-south-2",
        "me-central-1",
        "us-gov-east-1",
        "",
        "",
        "x",
        "a-region-whose-name-is-longer-than-any-that-is-kept"
    };
    private static final String[] SERVICES = {
        "s3",
        "q",
        "iam",
        "sqs",
        "sns",
        "sso",
        "kms",
        "logs",
        "cloudwatch",
        "cloudformation",
        "cloudfront",
        "codebuild",
        "codecommit",
        "codeconnections",
        "codewhisperer",
        "codeguru-security",
        "qbusiness",
        "qdeveloper",
        "qapps",
        "user-subscriptions",
        "identitystore",
        "sso-directory",
        "a-service-whose-name-is-longer-than-any-that-is-kept",
        ""
    };
    private static final String[] ACCOUNTS = {
        "111122223333", "111122223334", "999999999999", "", "aws", "11112222333", "1111222233334", "11112222333x", "*"
    };
    private static final String[] VERBS = {"Get", "Put", "List", "Send", "Describe", "get", "SEND"};
    private static final String[] NOUNS = {"Object", "ObjectAcl", "ObjectTagging", "Message", "Bucket", "It"};

    private record Rule(String action, String resource) {}

    private static String pick(SplittableRandom random, String... of) {
        return of[random.nextInt(of.length)];
    }

    private static List<Rule> rules(SplittableRandom random) {
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String service = SERVICES[i % (SERVICES.length - 1)];
            String name = pick(random, "Get*", "*Tagging", "*e*t*", "Send?essage", "PutObject", "*Acl", "List*t");
            String resource = "arn:" + pick(random, "aws", "aws", "*") + ":" + pick(random, service, service, "*") + ":"
                    + pick(random, pick(random, REGIONS), "*") + ":" + pick(random, pick(random, ACCOUNTS), "*") + ":"
                    + pick(random, "thing/*", "*", "thing/?");
            rules.add(new Rule(service + ":" + name, resource));
        }
        return rules;
    }

    private static Engine engine(List<Rule> rules) {
        String[] statements = rules.stream()
                .map(rule -> "{\"Effect\":\"Allow\",\"Action\":\"" + rule.action + "\",\"Resource\":\"" + rule.resource
                        + "\"}")
                .toArray(String[]::new);
        return Engine.compile(Store.builder()
                .checks(Checks.STORED)
                .policy("p", document(statements))
                .user(ALICE, user -> user.attach("p"))
                .build());
    }

    private static boolean matches(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return matches(pattern.substring(1), text) || (!text.isEmpty() && matches(pattern, text.substring(1)));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && matches(pattern.substring(1), text.substring(1));
    }

    private static Request bytes(Request request, String action, String resource) {
        byte[] actionBytes = action.getBytes(StandardCharsets.UTF_8);
        byte[] resourceBytes = resource.getBytes(StandardCharsets.UTF_8);
        return request.clear()
                .principal(ALICE)
                .action(new UnsafeBuffer(actionBytes), 0, actionBytes.length)
                .resource(new UnsafeBuffer(resourceBytes), 0, resourceBytes.length);
    }

    @Test
    void decide_manyRequestsOfAllKinds_asPatternsSay() {
        SplittableRandom random = new SplittableRandom(11);
        List<Rule> rules = rules(random);
        Engine engine = engine(rules);
        Request again = engine.newRequest();
        Request bytes = engine.newRequest();
        int allowed = 0;
        for (int i = 0; i < 60_000; i++) {
            String service = pick(random, SERVICES);
            String action = (service.isEmpty() ? "none" : service) + ":" + pick(random, VERBS) + pick(random, NOUNS)
                    + (random.nextInt(20) == 0 ? random.nextInt(1000) : "");
            String region = random.nextInt(30) == 0 ? "r" + random.nextInt(500) : pick(random, REGIONS);
            String account = pick(random, ACCOUNTS);
            String resource = "arn:" + pick(random, PARTITIONS) + ":"
                    + pick(random, service, service, pick(random, SERVICES)) + ":" + region + ":"
                    + account + ":" + pick(random, "thing/1", "thing/12", "", "x");
            // E62: another account's resource takes a policy of that account too.
            boolean own = !account.matches("[0-9]{12}") || ALICE.contains(account);
            boolean expected = own
                    && rules.stream()
                            .anyMatch(rule ->
                                    matches(rule.action.toLowerCase(Locale.ROOT), action.toLowerCase(Locale.ROOT))
                                            && matches(rule.resource, resource));
            Decision decision = expected ? Decision.ALLOW : Decision.IMPLICIT_DENY;
            allowed += expected ? 1 : 0;
            assertThat(engine.decide(
                            again.clear().principal(ALICE).action(action).resource(resource)))
                    .as("%s on %s", action, resource)
                    .isEqualTo(decision);
            assertThat(engine.decide(bytes(bytes, action, resource)))
                    .as("%s on %s, from bytes", action, resource)
                    .isEqualTo(decision);
            if (i % 16 == 0) {
                assertThat(engine.decide(engine.newRequest()
                                .principal(ALICE)
                                .action(action)
                                .resource(resource)))
                        .as("%s on %s, new", action, resource)
                        .isEqualTo(decision);
            }
        }
        assertThat(allowed).isBetween(3_000, 50_000);
    }

    /** The first 64 values and keys go a shorter way than the others; both are read again when a request is decided again. */
    @Test
    void decide_againWithMoreKeys_everyKeyCounts() {
        for (int asked = 0; asked < 129; asked++) {
            Engine engine = Engine.compile(Store.builder()
                    .policy(
                            "p",
                            document("{\"Effect\":\"Allow\",\"Action\":\"t:Do\",\"Resource\":\"*\",\"Condition\":{"
                                    + "\"StringEqualsIgnoreCase\":{\"t:k" + asked + "\":\"VALUE" + asked + "\"},"
                                    + "\"StringLike\":{\"t:k" + asked + "\":\"*e" + asked
                                    + "\",\"t:k129\":\"?alue129\"},"
                                    + "\"ForAnyValue:StringEquals\":{\"t:list\":\"x" + asked + "\"}}}"))
                    .user(ALICE, user -> user.attach("p"))
                    .build());
            Request request = engine.newRequest();
            for (int round = 0; round < 3; round++) {
                request.clear().principal(ALICE).action("t:Do").resource("*");
                List<String> list = new ArrayList<>();
                for (int i = 0; i < 130; i++) {
                    list.add("x" + i);
                }
                if (round == 1) {
                    request.contextValues("t:list", list);
                }
                for (int i = 0; i < 129; i++) {
                    request.context("t:k" + i, "value" + i);
                }
                if (round != 1) {
                    request.contextValues("t:list", list);
                }
                assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
                assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
                request.context("t:k129", "value129");
                assertThat(engine.decide(request))
                        .as("key %d, round %d", asked, round)
                        .isEqualTo(Decision.ALLOW);
                assertThat(engine.decide(request)).isEqualTo(Decision.ALLOW);
            }
        }
    }

    /** What deciding supplies stands where keys that are given later will. */
    @Test
    void decide_againAfterKeysWereSupplied_givenOnesCount() {
        for (String test : List.of(
                "\"DateGreaterThan\":{\"aws:CurrentTime\":\"2020-01-01\"},\"StringEquals\":{\"t:late\":\"yes\"}",
                "\"StringEquals\":{\"t:late\":\"yes\",\"aws:username\":\"alice\"}",
                "\"StringLike\":{\"aws:username\":\"*\",\"t:late\":\"ye?\"}")) {
            Engine engine = Engine.compile(Store.builder()
                    .policy(
                            "p",
                            document(
                                    "{\"Effect\":\"Deny\",\"Action\":\"t:Do\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{"
                                            + "\"aws:username\":\"nobody\",\"aws:PrincipalAccount\":\"1\"}}}",
                                    "{\"Effect\":\"Deny\",\"Action\":\"t:Do\",\"Resource\":\"*\",\"Condition\":{\"StringNotLike\":{"
                                            + "\"aws:PrincipalAccount\":\"*\",\"aws:userid\":\"*\"}}}",
                                    "{\"Effect\":\"Allow\",\"Action\":\"t:Do\",\"Resource\":\"*\",\"Condition\":{"
                                            + test + "}}"))
                    .user(ALICE, user -> user.attach("p"))
                    .build());
            Request request = engine.newRequest();
            for (int round = 0; round < 3; round++) {
                request.clear().principal(ALICE).action("t:Do").resource("*").context("t:early", "x");
                assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
                request.context("t:late", "yes");
                assertThat(engine.decide(request))
                        .as("%s, round %d", test, round)
                        .isEqualTo(Decision.ALLOW);
            }
        }
    }

    /** A colon twelve units behind the region doesn't end an account that isn't twelve digits. */
    @Test
    void decide_colonWhereAnAccountWouldEnd_fieldsEndAtTheFirst() {
        Engine engine = engine(List.of(
                new Rule("s3:Get*", "arn:aws:s3:::abcdefghijk:*"),
                new Rule("s3:Put*", "arn:aws:s3::12345:78901:*"),
                new Rule("s3:List*", "arn:aws:s3:::12345678901:x")));
        Request request = engine.newRequest();
        for (int round = 0; round < 3; round++) {
            assertThat(decide(engine, request, "s3:GetIt", "arn:aws:s3:::abcdefghijk:l"))
                    .isEqualTo(Decision.ALLOW);
            assertThat(decide(engine, request, "s3:GetIt", "arn:aws:s3::abcdefghijkl:l"))
                    .isEqualTo(Decision.IMPLICIT_DENY);
            assertThat(decide(engine, request, "s3:PutIt", "arn:aws:s3::12345:78901:x"))
                    .isEqualTo(Decision.ALLOW);
            assertThat(decide(engine, request, "s3:ListIt", "arn:aws:s3:::12345678901:x"))
                    .isEqualTo(Decision.ALLOW);
            assertThat(decide(engine, request, "s3:ListIt", "arn:aws:s3::012345678901:x"))
                    .isEqualTo(Decision.IMPLICIT_DENY);
        }
    }

    private static Decision decide(Engine engine, Request request, String action, String resource) {
        Decision decision =
                engine.decide(request.clear().principal(ALICE).action(action).resource(resource));
        assertThat(engine.decide(bytes(request, action, resource))).isEqualTo(decision);
        return decision;
    }

    /** Names of keys of all lengths, some of them alike but for one place, in any order, as bytes. */
    @Test
    void decide_keysAsBytesInAnyOrder_asWithStrings() {
        List<String> names = new ArrayList<>();
        for (int length : new int[] {3, 7, 8, 9, 15, 16, 17, 31, 32, 63, 64, 65, 80}) {
            String name = "t:" + "k".repeat(length - 2);
            names.add(name);
            names.add(name.substring(0, length - 1) + "l");
            names.add(name.substring(0, length / 2) + "é" + name.substring(length / 2 + 1, length));
            names.add("t:L" + name.substring(Math.min(length, 3)));
        }
        String[] tests = names.stream()
                .filter(name -> names.indexOf(name) % 3 != 2)
                .map(name -> "\"" + name + "\":\"1\"")
                .distinct()
                .toArray(String[]::new);
        String[] statements = Arrays.stream(tests)
                .map(test ->
                        "{\"Effect\":\"Allow\",\"Action\":\"t:Do\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{"
                                + test + "}}}")
                .toArray(String[]::new);
        Engine engine = Engine.compile(Store.builder()
                .policy("p", document(statements))
                .user(ALICE, user -> user.attach("p"))
                .build());
        Request strings = engine.newRequest();
        Request bytes = engine.newRequest();
        SplittableRandom random = new SplittableRandom(5);
        int allowed = 0;
        int repeated = 0;
        for (int i = 0; i < 30_000; i++) {
            strings.clear().principal(ALICE).action("t:Do").resource("*");
            bytes.clear().principal(ALICE).action("t:Do").resource("*");
            List<String> given = new ArrayList<>(names);
            int count = random.nextInt(1, 8);
            boolean rotated = i % 4 == 0;
            for (int n = 0; n < count; n++) {
                String name = given.remove(rotated ? random.nextInt(given.size()) : 0);
                if (given.stream().anyMatch(name::equalsIgnoreCase)) {
                    continue;
                }
                String value = random.nextInt(12) == 0 ? "1" : "2";
                byte[] text = (name + value).getBytes(StandardCharsets.UTF_8);
                UnsafeBuffer buffer = new UnsafeBuffer(text);
                strings.context(name, value);
                bytes.context(buffer, 0, text.length - 1, text.length - 1, 1);
                if (random.nextInt(40) == 0) {
                    repeated++;
                    assertThat(refusal(() -> bytes.context(buffer, 0, text.length - 1, text.length - 1, 1)))
                            .contains("twice");
                }
            }
            Decision decision = engine.decide(strings);
            allowed += decision == Decision.ALLOW ? 1 : 0;
            assertThat(engine.decide(bytes)).isEqualTo(decision);
        }
        assertThat(allowed).isBetween(3_000, 27_000);
        assertThat(repeated).isGreaterThan(1_000);
    }

    @Test
    void context_tooLongByAnyWay_isRefused() {
        Engine engine = engine(rules(new SplittableRandom(3)));
        Request request = engine.newRequest();
        ContextKeyHandle handle = engine.contextKey("aws:UserAgent");
        String longest = "x".repeat(Limits.CONTEXT_VALUE_UNITS);
        for (int round = 0; round < 3; round++) {
            request.clear().context("aws:UserAgent", longest);
            request.clear().context(handle, longest);
            assertThat(refusal(() -> request.clear().context("aws:UserAgent", longest + "x")))
                    .contains("aws:UserAgent");
            assertThat(refusal(() -> request.clear().context(handle, longest + "x")))
                    .contains("aws:UserAgent");
            assertThat(refusal(() -> request.clear().context(handle, "a").context("aws:useragent", "b")))
                    .contains("twice");
            assertThat(refusal(
                            () -> request.clear().context("aws:UserAgent", "a").context(handle, "b")))
                    .contains("twice");
        }
    }

    private static String refusal(Runnable what) {
        try {
            what.run();
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return "none";
    }
}
