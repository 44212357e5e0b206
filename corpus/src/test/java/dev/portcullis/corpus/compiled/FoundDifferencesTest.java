package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.compiled.Contest.Outcome;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What engine and reference once decided differently, each as small as it gets, with the rule that was broken. */
class FoundDifferencesTest {

    private static final String ACCOUNT = "111122223333";
    private static final String ALICE = "arn:aws:iam::" + ACCOUNT + ":user/alice";
    private static final String BUCKET = "arn:aws:s3:::models";

    private Semantics semantics = Semantics.defaults();

    /** L39, L120: five colons and nothing else are six fields. */
    @Test
    void arnEquals_sixEmptyFields_isAnArn() {
        assertDecided(allowIf("\"ArnEquals\":{\"svc:k\":\"arn:::::\"}"), single("svc:k", "arn:::::"), Decision.ALLOW);
    }

    /** L80, L81, L92: the lower case of a capital sigma at the end of a word is the final sigma. */
    @Test
    void key_capitalSigmaAtTheEnd_isTheFinalSigma() {
        String policy = allowIf("\"StringEquals\":{\"aws:PrincipalTag/a\\u03a3\":\"x\"}");
        assertDecided(policy, single("aws:PrincipalTag/a\u03C2", "x"), Decision.ALLOW);
        assertDecided(policy, single("aws:PrincipalTag/a\u03C3", "x"), Decision.IMPLICIT_DENY);
    }

    /** L80, L81, L92: a dotted capital I becomes two characters. */
    @Test
    void key_dottedCapitalI_isNotAnI() {
        String policy = allowIf("\"StringEquals\":{\"aws:PrincipalTag/\\u0130d\":\"x\"}");
        assertDecided(policy, single("aws:PrincipalTag/i\u0307d", "x"), Decision.ALLOW);
        assertDecided(policy, single("aws:PrincipalTag/id", "x"), Decision.IMPLICIT_DENY);
    }

    /** U26: read either way, also where only a session policy names it. */
    @Test
    void userIdAsList_onlyInSessionPolicy_isReadAsOneValue() {
        Store store = Store.builder()
                .checks(Checks.STORED)
                .policy("all", allow("*", "*"))
                .role("arn:aws:iam::" + ACCOUNT + ":role/dev", role -> role.attach("all"))
                .build();
        AccessRequest asked = new AccessRequest(
                "arn:aws:sts::" + ACCOUNT + ":assumed-role/dev/s1",
                "q:SendMessage",
                "*",
                Optional.empty(),
                Map.of("identitystore:UserId", new ContextValue.Multiple(List.of("u1"))),
                Optional.empty(),
                Optional.of(List.of(
                        PolicySource.of("session", allowIf("\"StringEquals\":{\"identitystore:UserId\":\"u1\"}")))),
                Situation.Facts.NONE);
        assertDecided(store, asked, Decision.ALLOW);
    }

    /** L98: exponents of any length are compared exactly. */
    @Test
    void numericEquals_hugeExponents_areExact() {
        String policy = allowIf("\"NumericEquals\":{\"svc:k\":\"1e99999999999999999999\"}");
        assertDecided(policy, single("svc:k", "10e99999999999999999998"), Decision.ALLOW);
        assertDecided(policy, single("svc:k", "1e99999999999999999998"), Decision.IMPLICIT_DENY);
        assertDecided(
                allowIf("\"NumericLessThan\":{\"svc:k\":\"-1e-1000000000000000000\"}"),
                single("svc:k", "-0.1e-999999999999999998"),
                Decision.ALLOW);
    }

    /** L18, U29: an empty NotAction has no effect, also where another statement names the service. */
    @Test
    void emptyNotAction_serviceNamedElsewhere_hasNoEffect() {
        String policy = statements(
                "{\"Effect\":\"Allow\",\"Action\":\"svc:x\",\"Resource\":\"*\"}",
                "{\"Effect\":\"Deny\",\"NotAction\":[],\"Resource\":\"*\"}");
        assertDecided(policy, request("svc:x", "*", Map.of()), Decision.ALLOW);
    }

    /** E66 is about resources of other accounts. */
    @Test
    void otherPartition_sameAccount_isAllowed() {
        assertDecided(
                allow("*", "*"),
                request("sqs:SendMessage", "arn:aws-cn:sqs:cn-north-1:" + ACCOUNT + ":q", Map.of()),
                Decision.ALLOW);
    }

    /** L22, L88: NOR over nothing holds, but not of a value that the operator can't read. */
    @Test
    void negatedAddress_noValuesAndUnreadable_fails() {
        String policy = allowIf("\"NotIpAddress\":{\"svc:k\":[]}");
        assertDecided(policy, single("svc:k", "203.0.113.7"), Decision.ALLOW);
        assertDecided(policy, single("svc:k", "here"), Decision.IMPLICIT_DENY);
    }

    /** L120, U23: a value without six fields can't be evaluated: an Allow doesn't apply, a Deny does. */
    @Test
    void arnLike_shortOrStar_cannotBeEvaluated() {
        for (String value : List.of("*", "arn:aws:s3", "arn:*", "${svc:none, 'arn:aws'}", "arn:aws:${svc:k}")) {
            String condition = "\"ArnNotLike\":{\"svc:k\":\"" + value + "\"}";
            Map<String, ContextValue> context = single("svc:k", "arn:aws:iam::1:role/a");
            boolean whole = value.endsWith("{svc:k}");
            assertDecided(allowIf(condition), context, whole ? Decision.ALLOW : Decision.IMPLICIT_DENY);
            assertDecided(
                    statements(
                            "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}",
                            "{\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{" + condition
                                    + "}}"),
                    context,
                    Decision.EXPLICIT_DENY);
        }
    }

    /** L52, L54, U10: an unresolved variable in NotResource, and a request without a resource. */
    @Test
    void notResource_unresolvedVariableAndNoResource_isNotAllowed() {
        String policy =
                statements("{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"arn:aws:s3:::${aws:username}\"}");
        assertDecided(policy, request("s3:ListAllMyBuckets", "*", Map.of()), Decision.IMPLICIT_DENY);
        assertDecided(policy, request("s3:ListAllMyBuckets", "*", single("aws:username", "a")), Decision.ALLOW);
    }

    /** U9 off: a variable in the head of an ARN has no value. */
    @Test
    void notResource_variableInHeadAndNoneRead_isNotAllowed() {
        semantics = semantics.with(Point.VARIABLES_IN_ARN_HEAD, false);
        String policy = statements(
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"NotResource\":\"arn:aws:sqs:${aws:RequestedRegion}:*:q\"}");
        assertDecided(
                policy, request("s3:GetObject", BUCKET, single("aws:RequestedRegion", "x")), Decision.IMPLICIT_DENY);
    }

    /** U25 on: a wildcard that a variable brings into the head stays in its field (L44). */
    @Test
    void resource_wildcardInValueInHead_staysInItsField() {
        semantics = semantics.with(Point.WILDCARDS_IN_VARIABLE_VALUES, true);
        String policy = allow("*", "arn:aws:sqs:${svc:k}:*:q");
        assertDecided(policy, request("s3:GetObject", "arn:aws:sqs:r:a:q", single("svc:k", "*")), Decision.ALLOW);
        assertDecided(
                allow("*", "arn:aws:sqs:${svc:k}:q"),
                request("s3:GetObject", "arn:aws:sqs:r:a:q", single("svc:k", "r:?")),
                Decision.IMPLICIT_DENY);
        assertDecided(
                allow("*", "arn:aws:sqs:${svc:k}::q"),
                request("s3:GetObject", "arn:aws:sqs:r:x::q", single("svc:k", "*")),
                Decision.IMPLICIT_DENY);
    }

    /** L123: the reading that ForAnyValue with IfExists holds of an absent key. */
    @Test
    void forAnyValueIfExists_readOtherwise_holdsOfAbsence() {
        String policy = allowIf("\"ForAnyValue:StringEqualsIfExists\":{\"svc:k\":\"a\"}");
        assertDecided(policy, Map.of(), Decision.IMPLICIT_DENY);
        semantics = semantics.with(Point.FOR_ANY_VALUE_IGNORES_IF_EXISTS, false);
        assertDecided(policy, Map.of(), Decision.ALLOW);
        assertDecided(policy, Map.of("svc:k", new ContextValue.Multiple(List.of())), Decision.IMPLICIT_DENY);
    }

    /** U24: the reading that an unresolved value spoils the condition, with ARN operators too. */
    @Test
    void arnLike_unresolvedValueThatSpoils_fails() {
        String policy = allowIf("\"ArnLike\":{\"svc:k\":[\"arn:aws:iam::1:*\",\"arn:aws:iam::1:${svc:none}\"]}");
        assertDecided(policy, single("svc:k", "arn:aws:iam::1:a"), Decision.ALLOW);
        semantics = semantics.with(Point.UNRESOLVED_VALUE_SPOILS_CONDITION, true);
        assertDecided(policy, single("svc:k", "arn:aws:iam::1:a"), Decision.IMPLICIT_DENY);
    }

    /** U4: the reading that an empty condition block holds nothing. */
    @Test
    void emptyCondition_readOtherwise_neverApplies() {
        String policy = allowIf("");
        assertDecided(policy, Map.of(), Decision.ALLOW);
        semantics = semantics.with(Point.EMPTY_CONDITION_HOLDS, false);
        assertDecided(policy, Map.of(), Decision.IMPLICIT_DENY);
    }

    /** U29 off: an empty NotPrincipal with Allow means everyone, but only where NotPrincipal may grant (E31). */
    @Test
    void emptyNotPrincipal_readLiterally_grantsAsNotPrincipalDoes() {
        String statement = "{\"Effect\":\"Allow\",\"NotPrincipal\":{},\"Action\":\"*\",\"Resource\":\"*\"}";
        Store store = guarded(statement, List.of());
        AccessRequest asked = request("s3:GetObject", BUCKET, Map.of());
        assertDecided(store, asked, Decision.IMPLICIT_DENY);
        semantics = semantics.with(Point.EMPTY_NOT_LIST_HAS_NO_EFFECT, false);
        assertDecided(store, asked, Decision.ALLOW);
        semantics = semantics.with(Point.NOT_PRINCIPAL_ALLOW_GRANTS, false);
        assertDecided(store, asked, Decision.IMPLICIT_DENY);
    }

    /** What a resource covers is matched field by field; stars of policies may run over colons (L43). */
    @Test
    void covers_starBeforeAColon_staysInItsField() {
        Store store = guarded(
                "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}",
                List.of("arn:aws:s3:*::x"));
        assertDecided(store, request("s3:GetObject", "arn:aws:s3:r::x", Map.of()), Decision.ALLOW);
        assertDecided(store, request("s3:GetObject", "arn:aws:s3:r:a::x", Map.of()), Decision.IMPLICIT_DENY);
    }

    /** E19: the store knows the user's ARN, but no policy of it names him; the request's resource policy does. */
    @Test
    void requestsResourcePolicy_namesUserOfTheStore_coversFederatedSession() {
        String everyone = "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}";
        Store store = Store.builder()
                .checks(Checks.STORED)
                .policy("all", allow("*", "*"))
                .user(ALICE, user -> user.attach("all"))
                .policy("everyone", statements(everyone))
                .resource(new GuardedResource(
                        BUCKET + "2", ACCOUNT, Optional.of("everyone"), List.of(), Map.of(), Optional.empty()))
                .build();
        AccessRequest asked = new AccessRequest(
                "arn:aws:sts::" + ACCOUNT + ":federated-user/alice",
                "s3:GetObject",
                BUCKET,
                Optional.of(ACCOUNT),
                Map.of(),
                Optional.of(PolicySource.of(
                        "bucket",
                        statements(
                                "{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\"" + ALICE
                                        + "\"},\"Action\":\"*\",\"Resource\":\"*\"}",
                                everyone))),
                Optional.empty(),
                Situation.Facts.NONE);
        assertDecided(store, asked, Decision.EXPLICIT_DENY);
    }

    private static Store guarded(String statement, List<String> covers) {
        return Store.builder()
                .checks(Checks.STORED)
                .policy("p", statements(statement))
                .resource(new GuardedResource(BUCKET, ACCOUNT, Optional.of("p"), covers, Map.of(), Optional.empty()))
                .build();
    }

    private static String statements(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String allow(String action, String resource) {
        return statements("{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}");
    }

    private static String allowIf(String conditions) {
        return statements(
                "{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{" + conditions + "}}");
    }

    private static Map<String, ContextValue> single(String key, String value) {
        return Map.of(key, new ContextValue.Single(value));
    }

    private static AccessRequest request(String action, String resource, Map<String, ContextValue> context) {
        return new AccessRequest(
                ALICE,
                action,
                resource,
                Optional.of(ACCOUNT),
                context,
                Optional.empty(),
                Optional.empty(),
                Situation.Facts.NONE);
    }

    private void assertDecided(String policy, Map<String, ContextValue> context, Decision expected) {
        assertDecided(policy, request("q:SendMessage", "*", context), expected);
    }

    private void assertDecided(String policy, AccessRequest asked, Decision expected) {
        Store store = Store.builder()
                .checks(Checks.STORED)
                .policy("p", policy)
                .user(ALICE, user -> user.attach("p"))
                .build();
        assertDecided(store, asked, expected);
    }

    private void assertDecided(Store store, AccessRequest asked, Decision expected) {
        Outcome outcome = new Contest(store, semantics).decide(asked, false);
        assertThat(outcome).isEqualTo(new Outcome(Optional.of(expected), Optional.of(expected)));
    }
}
