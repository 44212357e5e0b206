package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The engine supplies the context keys that AWS supplies, as the reading of a store for the reference does. */
class EngineAgreementTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-04T05:06:07.891Z"), ZoneOffset.UTC);
    private static final StoreSituations SITUATIONS = new StoreSituations(ProbeStore.store()).withClock(CLOCK);
    private static final Engine ENGINE = Engine.compile(ProbeStore.store()).withClock(CLOCK);
    private static final int PROBES_OF_ONE = 40;

    private static final List<Map<String, ContextValue>> CONTEXTS = List.of(
            Map.of(),
            Map.of("aws:currenttime", one("2020-02-29T01:00:00+01:00")),
            Map.of("AWS:EpochTime", one("-62135596801"), "aws:calledVIA", many("cloudformation.amazonaws.com")),
            Map.of("aws:EpochTime", one("+951782400"), "aws:CurrentTime", many("2020-01-01T00:00:00Z")),
            Map.of("aws:CurrentTime", one("0000-01-01"), "aws:CalledVia", many()),
            Map.of("aws:CalledVia", many("cloudformation.amazonaws.com", "dynamodb.amazonaws.com")),
            Map.of(
                    "aws:principaltag/TEAM", one("red"),
                    "aws:ResourceTag/team", one("blue"),
                    "aws:PRINCIPALARN", one("arn:aws:iam::1:user/x"),
                    "aws:PrincipalOrgPaths", one("o-example/r-ab12/ou-ab12-11111111/"),
                    "aws:UserId", one("AROAAPP:s1")));

    private static ContextValue one(String value) {
        return new ContextValue.Single(value);
    }

    private static ContextValue many(String... values) {
        return new ContextValue.Multiple(List.of(values));
    }

    private final List<String> differences = new ArrayList<>();
    private final boolean[][] outcomes = new boolean[ProbeStore.CONDITIONS.size()][2];
    private final Request request = ENGINE.newRequest();
    private int decided;
    private int allowed;
    private int errors;

    /** Whether the condition alone decides: identity-based and resource-based policies both ask for it. */
    private static boolean isTelling(AccessRequest asked) {
        return ProbeStore.TELLING.contains(asked.principal()) && ProbeStore.GUARDED.contains(asked.resource());
    }

    private void compare(AccessRequest asked, int probe, boolean allow) {
        Optional<Decision> expected = expected(asked);
        Optional<Decision> got = got(asked);
        if (!expected.equals(got)) {
            differences.add(
                    ProbeStore.CONDITIONS.get(probe) + " " + asked + ": reference " + expected + ", engine " + got);
        }
        if (allow && isTelling(asked)) {
            expected.ifPresent(decision -> outcomes[probe][decision == Decision.ALLOW ? 1 : 0] = true);
        }
        decided++;
        errors += expected.isEmpty() ? 1 : 0;
        allowed += expected.filter(decision -> decision == Decision.ALLOW).isPresent() ? 1 : 0;
    }

    private static Optional<Decision> expected(AccessRequest asked) {
        try {
            return Optional.of(ReferenceEvaluator.decide(SITUATIONS.situation(asked, Semantics.defaults())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Decision> got(AccessRequest asked) {
        try {
            return Optional.of(ENGINE.decide(EngineRequests.fill(ENGINE, request, asked)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static AccessRequest asked(
            String principal, String action, String resource, Map<String, ContextValue> context) {
        return asked(principal, action, resource, context, Situation.Facts.NONE, Optional.empty(), Optional.empty());
    }

    private static AccessRequest asked(
            String principal,
            String action,
            String resource,
            Map<String, ContextValue> context,
            Situation.Facts facts,
            Optional<String> resourcePolicy,
            Optional<String> sessionPolicy) {
        return new AccessRequest(
                principal,
                action,
                resource,
                Optional.empty(),
                context,
                resourcePolicy.map(text -> PolicySource.of("ResourcePolicy", text)),
                sessionPolicy.map(text -> List.of(PolicySource.of("SessionPolicy", text))),
                facts);
    }

    private static String action(boolean allow, int probe) {
        return "probe:" + (allow ? "Allow" : "Deny") + probe;
    }

    @Test
    void decide_everySuppliedKey_asTheReference() {
        SplittableRandom random = new SplittableRandom(20261122);
        for (String principal : ProbeStore.PRINCIPALS) {
            for (String resource : ProbeStore.RESOURCES) {
                for (Map<String, ContextValue> context : CONTEXTS) {
                    for (int i = 0; i < PROBES_OF_ONE; i++) {
                        int probe = random.nextInt(ProbeStore.CONDITIONS.size());
                        boolean allow = random.nextBoolean();
                        compare(asked(principal, action(allow, probe), resource, context), probe, allow);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(decided).isGreaterThan(30_000);
        List<String> onlyOne = new ArrayList<>();
        for (int probe = 0; probe < outcomes.length; probe++) {
            if (!outcomes[probe][0] || !outcomes[probe][1]) {
                onlyOne.add(ProbeStore.CONDITIONS.get(probe));
            }
        }
        // A condition that never fails, or never holds, shows nothing: these few can't but.
        assertThat(onlyOne)
                .allMatch(condition -> condition.contains("aws:ResourceTag/nowhere")
                        || (condition.startsWith("\"Null\"")
                                && condition.matches(".*aws:(CurrentTime|EpochTime|ViaAWSService|ResourceAccount).*")))
                .hasSize(5 + 4);
    }

    private static final List<String> PRINCIPAL_ELEMENTS = List.of(
            "\"Principal\":\"*\"",
            "\"Principal\":{\"AWS\":\"111122223333\"}",
            "\"Principal\":{\"AWS\":[\"000000000042\",\"arn:aws:iam::444455556666:root\"]}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000042:root\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/stranger\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/p/jo\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/team/alice\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/x/nobody\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/service/app\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:role/other/app\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:sts::111122223333:assumed-role/nobody/s\"}",
            "\"Principal\":{\"AWS\":\"arn:aws:sts::000000000042:federated-user/nobody\"}",
            "\"Principal\":{\"AWS\":[\"AIDA1234567890ALICE00\",\"AROA12345678900TOLD00\"]}",
            "\"Principal\":{\"Service\":[\"sns.amazonaws.com\",\"cognito-identity.amazonaws.com\"]}",
            "\"Principal\":{\"CanonicalUser\":\"" + "0a".repeat(32) + "\"}",
            "\"NotPrincipal\":{\"AWS\":[\"111122223333\",\"arn:aws:iam::111122223333:user/stranger\"]}",
            "\"NotPrincipal\":{\"AWS\":[\"arn:aws:iam::111122223333:root\",\"AROA12345678900TOLD00\","
                    + "\"arn:aws:iam::111122223333:role/x/nobody\",\"arn:aws:sts::111122223333:assumed-role/nobody/s\"]}");

    private static final List<Situation.Facts> FACTS = List.of(
            Situation.Facts.NONE,
            facts(false, null, null, "AROA12345678900TOLD00", "0a".repeat(32), false),
            facts(true, "arn:aws:iam::111122223333:role/x/nobody", null, null, null, true),
            facts(false, "arn:aws:iam::111122223333:role/other/app", null, "AROA12345678900TOLD00", null, false),
            facts(false, null, "arn:aws:iam::111122223333:user/p/jo", null, null, false),
            facts(false, null, "arn:aws:iam::111122223333:user/team/alice", null, null, true));

    private static Situation.Facts facts(
            boolean linked, String role, String user, String unique, String canonical, boolean managedKey) {
        return new Situation.Facts(
                Optional.empty(),
                linked,
                Optional.ofNullable(role),
                Optional.ofNullable(user),
                Optional.ofNullable(unique),
                Optional.ofNullable(canonical),
                managedKey);
    }

    private static String statement(String effect, String principal, String action, String rest) {
        return "{\"Effect\":\"" + effect + "\"," + principal + "\"Action\":\"" + action + "\"," + rest + "}";
    }

    private static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    /** Tags that no policy of the store names, principals it doesn't know, facts it can't know. */
    @Test
    void decide_policiesOfTheRequest_asTheReference() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> conditions = new ArrayList<>(ProbeStore.CONDITIONS);
        conditions.add("\"StringEquals\":{\"AWS:PrincipalTag/Tier\":\"web\",\"aws:RequestTag/unheard\":\"of\"}");
        conditions.add("\"StringNotEquals\":{\"aws:PrincipalTag/tier\":\"web\"}");
        conditions.add("\"StringEquals\":{\"aws:ResourceTag/Tier\":\"${aws:PrincipalTag/tier}\"}");
        conditions.add("\"Null\":{\"aws:PrincipalTag/tier\":\"true\",\"aws:PrincipalTag/nobodys\":\"true\"}");
        for (String principal : ProbeStore.PRINCIPALS) {
            for (String element : PRINCIPAL_ELEMENTS) {
                for (Situation.Facts facts : FACTS) {
                    String condition = conditions.get(random.nextInt(conditions.size()));
                    boolean conditional = random.nextInt(3) == 0;
                    String rest = "\"Resource\":\"*\"" + (conditional ? ",\"Condition\":{" + condition + "}" : "");
                    String effect = random.nextBoolean() ? "Allow" : "Deny";
                    String resourcePolicy = document(
                            statement(effect, element + ",", "probe:*", rest),
                            statement("Allow", "\"Principal\":\"*\",", "probe:Deny0", "\"Resource\":\"*\""));
                    String sessionPolicy = document(statement("Allow", "", "probe:*", rest));
                    boolean allow = random.nextBoolean();
                    int probe = random.nextInt(3);
                    String resource = ProbeStore.RESOURCES.get(random.nextInt(ProbeStore.RESOURCES.size()));
                    compare(
                            asked(
                                    principal,
                                    action(allow, probe),
                                    random.nextBoolean() ? "arn:aws:s3:::elsewhere/key" : resource,
                                    CONTEXTS.get(random.nextInt(CONTEXTS.size())),
                                    facts,
                                    random.nextInt(8) == 0 ? Optional.empty() : Optional.of(resourcePolicy),
                                    random.nextBoolean() ? Optional.empty() : Optional.of(sessionPolicy)),
                            probe,
                            false);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(allowed).isGreaterThan(100);
        assertThat(errors).isGreaterThan(100);
        assertThat(decided).isEqualTo(ProbeStore.PRINCIPALS.size() * PRINCIPAL_ELEMENTS.size() * FACTS.size());
    }
}
