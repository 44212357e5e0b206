package dev.portcullis;

import static dev.portcullis.EngineStore.ACCOUNT;
import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.APP_SESSION;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.JO;
import static dev.portcullis.EngineStore.KEY;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

    private static final String SESSION = document(allow("t:Do", ""));

    private final Engine engine = EngineStore.engine("");
    private final Request request = engine.newRequest();

    private static UnsafeBuffer bytes(String text) {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private Request filled() {
        return request.clear().principal(ALICE).action("t:Do").resource("*");
    }

    private void assertRefused(UnaryOperator<Request> setter, String message) {
        request.clear();
        assertThatThrownBy(() -> setter.apply(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "arn:aws:iam::111122223333:group/g",
                "arn:aws:iam::111122223333:user/",
                "arn:aws:iam:eu-west-1:111122223333:user/a",
                "arn:aws:iam::1111:user/a",
                "arn::iam::111122223333:user/a",
                "arn:aws:iam::111122223333:user/*",
                "arn:aws:sts::111122223333:assumed-role/a",
                "arn:aws:sts::111122223333:assumed-role/a/b/c",
                "arn:aws:sts::111122223333:assumed-role/a/?",
                "arn:aws:sts::111122223333:federated-user/",
                "arn:aws:s3:::bucket",
                "a..b"
            })
    void principal_nobodyWhoCanAsk_isRefused(String principal) {
        assertRefused(r -> r.principal(principal), "principal: `" + principal + "` is nobody");
        assertRefused(r -> r.principal(bytes(principal), 0, bytes(principal).capacity()), "principal: ");
        assertThatThrownBy(() -> engine.principal(principal)).hasMessageStartingWith("principal: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "t", ":Do", "t:Do:It", "t:Dö", "t:D\no"})
    void action_malformed_isRefused(String action) {
        assertRefused(r -> r.action(action), "action: ");
        assertRefused(r -> r.action(bytes(action), 0, bytes(action).capacity()), "action: ");
        assertThatThrownBy(() -> engine.action(action)).hasMessageStartingWith("action: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "**", "bucket", "arn:aws:s3", "arn:aws:s3::", "ARN:aws:s3:::b"})
    void resource_neitherArnNorStar_isRefused(String resource) {
        assertRefused(r -> r.resource(resource), "resource: ");
        assertRefused(r -> r.resource(bytes(resource), 0, bytes(resource).capacity()), "resource: ");
        assertThatThrownBy(() -> engine.resource(resource)).hasMessageStartingWith("resource: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11112222333", "1111222233334", "11112222333x"})
    void resourceAccount_notTwelveDigits_isRefused(String account) {
        assertRefused(r -> r.resourceAccount(account), "resourceAccount: ");
        assertRefused(r -> r.resourceAccount(bytes(account), 0, bytes(account).capacity()), "resourceAccount: ");
    }

    @Test
    void setters_tooLong_areRefused() {
        String longText = "x".repeat(Limits.CONTEXT_VALUE_UNITS + 1);
        UnsafeBuffer buffer = bytes("x".repeat(3 * Limits.CONTEXT_VALUE_UNITS + 1));
        assertRefused(r -> r.principal(longText), "principal: is longer than");
        assertRefused(r -> r.action("t:" + longText), "action: is longer than");
        assertRefused(r -> r.resource("arn:aws:s3:::" + longText), "resource: is longer than");
        assertRefused(r -> r.context("t:k", longText), "context: a value of `t:k` is longer than");
        assertRefused(r -> r.context("t:k", buffer, 0, buffer.capacity()), "context: a value: is longer than");
        assertRefused(r -> r.context("t:k", buffer, 0, longText.length()), "context: a value: is longer than");
        assertRefused(r -> r.uniqueId(longText), "uniqueId: ");
    }

    @Test
    void context_tooMany_isRefused() {
        assertRefused(
                r -> {
                    for (int i = 0; i <= Limits.CONTEXT_KEYS; i++) {
                        r.context("t:k" + i, "v");
                    }
                    return r;
                },
                "context: more than " + Limits.CONTEXT_KEYS + " keys");
        assertRefused(
                r -> {
                    r.contextList("t:k");
                    for (int i = 0; i <= Limits.CONTEXT_VALUES; i++) {
                        r.listValue("v");
                    }
                    return r;
                },
                "context: more than " + Limits.CONTEXT_VALUES + " values");
    }

    @Test
    void setters_twice_areRefused() {
        ResourcePolicy policy = engine.compileResourcePolicy(document(allow("\"*\"", "t:Do", "")));
        List<UnaryOperator<Request>> setters = List.of(
                r -> r.principal(ALICE),
                r -> r.action("t:Do"),
                r -> r.resource("*"),
                r -> r.resourceAccount(ACCOUNT),
                r -> r.roleArn(APP),
                r -> r.federatingUser(ALICE),
                r -> r.uniqueId("AIDA"),
                r -> r.canonicalId("0a"),
                r -> r.sessionPolicies(SESSION),
                r -> r.resourcePolicy(policy));
        for (UnaryOperator<Request> setter : setters) {
            assertThat(setter.apply(request.clear())).isSameAs(request);
            assertThatThrownBy(() -> setter.apply(request))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("is set already; clear the request first");
        }
        request.clear().context("aws:SourceIp", "203.0.113.7");
        assertThatThrownBy(() -> request.context("AWS:sourceip", "203.0.113.8"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("context: `AWS:sourceip` is given twice (U12)");
        assertThatThrownBy(() -> request.contextValues("aws:SOURCEIP"))
                .hasMessage("context: `aws:SOURCEIP` is given twice (U12)");
    }

    /** L81: the tag part of a key ignores case as well, whatever its letters. */
    @Test
    void context_tagKeysThatDifferInCase_areOneKey() {
        request.clear().context("t:Tag/ΟΔΟΣ", "a").context("t:Tag/Größe", "a");
        assertThatThrownBy(() -> request.context("T:tag/οδος", "b")).hasMessageContaining("U12");
        UnsafeBuffer key = bytes("t:tag/GRÖßE");
        assertThatThrownBy(() -> request.context(key, 0, key.capacity(), 0, 1)).hasMessageContaining("U12");
        // Another letter, not another case.
        request.context("t:tag/οδοσ", "b");
        assertThatThrownBy(() -> request.context("", "b")).hasMessage("context: a key without a name");
    }

    @Test
    void listValue_withoutAList_isRefused() {
        request.clear().contextList("t:k").listValue("a").context("t:other", "b");
        assertThatThrownBy(() -> request.listValue("c")).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80",
                "C0AF",
                "C1BF",
                "E0809F",
                "E09FBF",
                "EDA080",
                "EDBFBF",
                "F08FBFBF",
                "F4908080",
                "F5808080",
                "FF",
                "C3",
                "E282",
                "F09F98",
                "C328",
                "E28228",
                "F09F9828",
                "6162636465666768C3"
            })
    void context_malformedUtf8_isRefused(String hex) {
        byte[] malformed = new java.math.BigInteger(hex, 16).toByteArray();
        UnsafeBuffer buffer = new UnsafeBuffer(malformed);
        int from = malformed.length - hex.length() / 2;
        assertRefused(r -> r.context("t:k", buffer, from, hex.length() / 2), "context: a value: is not UTF-8");
        assertRefused(r -> r.principal(buffer, from, hex.length() / 2), "principal: is not UTF-8");
    }

    @Test
    void context_bytes_areReadAsTheStringIs() {
        String text = "abcdefgh-ijklmnopq é ß € 😀 \u0000\uffff\ud7ff\ue000 12345678";
        Engine equal = EngineStore.engine("\"StringEquals\":{\"t:a\":\"${t:B}\"}");
        Request asked = equal.newRequest();
        UnsafeBuffer buffer = bytes("x" + text + "t:bt:a");
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        for (int run = 0; run < 2; run++) {
            asked.clear().principal(ALICE).action("t:Do").resource("*").context("t:a", text);
            assertThat(equal.decide(asked.context("t:b", buffer, 1, length))).isEqualTo(Decision.ALLOW);
        }
        asked.clear().principal(ALICE).action("t:Do").resource("*").context(buffer, 1 + length, 3, 1, length);
        assertThat(equal.decide(asked)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(equal.decide(asked.context(buffer, 1 + length + 3, 3, 1, length)))
                .isEqualTo(Decision.ALLOW);
        assertThatThrownBy(() -> asked.context("t:c", buffer, 5, buffer.capacity()))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void context_emptyBytes_areAnEmptyValueAlsoWhenDecidedAgain() {
        Engine equal = EngineStore.engine("\"StringEquals\":{\"t:a\":\"\"}");
        Request asked = equal.newRequest().principal(ALICE).action("t:Do").resource("*");
        asked.context("t:a", bytes(""), 0, 0);
        assertThat(equal.decide(asked)).isEqualTo(Decision.ALLOW);
        assertThat(equal.decide(asked)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void setters_stringHandleOrBytes_decideTheSame() {
        Engine asking =
                EngineStore.engine("\"StringEquals\":{\"t:A\":\"x\"},\"ForAnyValue:StringEquals\":{\"t:L\":\"y\"},"
                        + "\"StringLike\":{\"aws:PrincipalArn\":\"arn:*\",\"aws:userid\":\"A*0*\"}");
        Request asked = asking.newRequest();
        UnsafeBuffer x = bytes("x");
        UnsafeBuffer y = bytes("y");
        for (String principal : List.of(ALICE, APP_SESSION)) {
            for (String resource : List.of(KEY, "*", "arn:aws:s3:::bucket")) {
                for (String action : List.of("t:Do", "T:dO", "t:Unknown")) {
                    Decision expected = action.equalsIgnoreCase("t:do") ? Decision.ALLOW : Decision.IMPLICIT_DENY;
                    asked.clear().principal(principal).action(action).resource(resource);
                    assertThat(asking.decide(asked.context("t:a", "x").contextValues("t:l", "y")))
                            .isEqualTo(expected);
                    asked.clear()
                            .principal(asking.principal(principal))
                            .action(asking.action(action))
                            .resource(asking.resource(resource))
                            .context(asking.contextKey("T:a"), "x")
                            .contextValues(asking.contextKey("t:L"), "z", "y");
                    assertThat(asking.decide(asked)).isEqualTo(expected);
                    assertThat(asking.decide(asked)).isEqualTo(expected);
                    asked.clear()
                            .principal(bytes(principal), 0, principal.length())
                            .action(bytes(action), 0, action.length())
                            .resource(bytes(resource), 0, resource.length())
                            .context(asking.contextKey("t:a"), x, 0, 1)
                            .contextList(bytes("t:L"), 0, 3)
                            .listValue("z")
                            .listValue(y, 0, 1);
                    assertThat(asking.decide(asked)).isEqualTo(expected);
                    assertThat(asking.decide(asked)).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void handles_ofAnotherEngine_areRefused() {
        Engine other = EngineStore.engine("");
        assertRefused(r -> r.principal(other.principal(ALICE)), "principal: was made by another engine");
        assertRefused(r -> r.action(other.action("t:Do")), "action: ");
        assertRefused(r -> r.resource(other.resource("*")), "resource: ");
        assertRefused(r -> r.context(other.contextKey("t:a"), "x"), "context: ");
        assertRefused(r -> r.sessionPolicies(other.compileSession(SESSION)), "sessionPolicies: ");
        assertRefused(
                r -> r.resourcePolicy(other.compileResourcePolicy(document(allow("\"*\"", "t:Do", "")))),
                "resourcePolicy: ");
        assertThatThrownBy(() -> other.decide(filled())).isInstanceOf(IllegalStateException.class);
        assertThat(engine.withClock(EngineStore.CLOCK).decide(filled())).isEqualTo(Decision.ALLOW);
    }

    @Test
    void handles_tellWhatTheyStandFor() {
        assertThat(engine.principal(APP_SESSION)).hasToString(APP_SESSION);
        assertThat(engine.principal(APP_SESSION).isKnown()).isTrue();
        assertThat(engine.principal("arn:aws:sts::111122223333:assumed-role/nobody/s")
                        .isKnown())
                .isFalse();
        assertThat(engine.action("T:Do")).hasToString("T:Do");
        assertThat(engine.resource(KEY)).hasToString(KEY);
        assertThat(engine.contextKey("AWS:SourceIp")).hasToString("AWS:SourceIp");
    }

    @Test
    void decide_incomplete_isRefused() {
        assertThatThrownBy(() -> engine.decide(request.clear())).hasMessage("principal: is not set");
        assertThatThrownBy(() -> engine.decide(request.principal(ALICE))).hasMessage("action: is not set");
        assertThatThrownBy(() -> engine.decide(request.action("t:Do"))).hasMessage("resource: is not set");
        assertThat(engine.decide(request.resource("*"))).isEqualTo(Decision.ALLOW);
    }

    @Test
    void decide_unknownPrincipal_isRefusedIfSoAsked() {
        Engine strict = engine.refusingUnknownPrincipals();
        for (String unknown : List.of(
                "arn:aws:iam::111122223333:user/stranger", "arn:aws:sts::111122223333:assumed-role/nobody/s", JO)) {
            request.clear().principal(unknown).action("t:Do").resource(KEY);
            assertThat(engine.decide(request)).isEqualTo(Decision.ALLOW);
            assertThatThrownBy(() -> strict.decide(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("principal: `" + unknown + "` is not in the store");
        }
        for (String known : List.of(ALICE, APP, APP_SESSION, "anonymous", "sns.amazonaws.com")) {
            assertThat(strict.decide(
                            request.clear().principal(known).action("t:Do").resource(KEY)))
                    .isEqualTo(Decision.ALLOW);
        }
    }

    @Test
    void decide_factsThatContradict_areRefused() {
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(APP_SESSION)
                        .action("t:Do")
                        .resource("*")
                        .roleArn(APP + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("roleArn: `" + APP + "x` is not the role of the principal's session");
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(JO)
                        .action("t:Do")
                        .resource("*")
                        .federatingUser("arn:aws:iam::444455556666:user/eve")))
                .hasMessageStartingWith("federatingUser: ");
        assertThatThrownBy(() -> engine.decide(filled().contextValues("aws:SourceVpce", "vpce-1")))
                .hasMessage("context: `aws:SourceVpce` is single-valued, and must not be a list");
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource(KEY)
                        .resourceAccount("444455556666")))
                .hasMessageStartingWith("resourceAccount: the store says that `" + KEY + "` belongs to " + ACCOUNT);
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource("arn:aws:sqs:eu-west-1:111122223333:q")
                        .resourceOfNobody()))
                .hasMessageStartingWith("resourceAccount: ");
    }

    /** A fact about someone else counts for nothing, as for the reference. */
    @Test
    void decide_factsOfOtherKinds_countForNothing() {
        assertThat(engine.decide(filled().roleArn(APP).federatingUser(BOB).serviceLinkedRole()))
                .isEqualTo(Decision.ALLOW);
        assertThat(engine.decide(request.clear()
                        .principal(engine.principal(APP_SESSION))
                        .action("t:Do")
                        .resource("*")
                        .uniqueId("AROA1")
                        .canonicalId("0a")))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void resourcePolicy_besideOneOfTheStore_isRefused() {
        ResourcePolicy policy = engine.compileResourcePolicy(
                document(allow("{\"AWS\":\"arn:aws:iam::777788889999:root\"}", "t:Other", "")));
        assertThat(policy.type()).isEqualTo(PolicyType.RESOURCE);
        assertThat(policy.bytes()).isPositive();
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource(KEY)
                        .resourcePolicy(policy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resourcePolicy: the store has a policy of `" + KEY + "` already");
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(ALICE)
                        .action("t:Do")
                        .resource(APP)
                        .resourcePolicy(policy)))
                .hasMessage("resourcePolicy: a role has a trust policy, and nothing else has one");
    }

    @Test
    void resourcePolicy_trust_decidesWhoAssumesTheRole() {
        String role = "arn:aws:iam::777788889999:role/theirs";
        String text = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"Service\":\"sns.amazonaws.com\"}}}";
        ResourcePolicy trust = engine.compileTrustPolicy(text);
        request.clear().principal("sns.amazonaws.com").action("sts:AssumeRole").resource(role);
        assertThat(engine.decide(request)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(engine.decide(request.resourcePolicy(trust))).isEqualTo(Decision.ALLOW);
        request.clear().principal("sqs.amazonaws.com").action("sts:AssumeRole").resource(role);
        assertThat(engine.decide(request.resourcePolicy(trust))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThatThrownBy(() -> engine.compileTrustPolicy("{}")).isInstanceOf(InvalidPolicyException.class);
        assertThatThrownBy(() -> engine.compileResourcePolicy("[]")).isInstanceOf(InvalidPolicyException.class);
    }

    @Test
    void compile_placeholdersOfTheStore_areBoundInPoliciesOfRequests() {
        Engine bound =
                Engine.compile(EngineStore.builder("").parameter("team", "red").build());
        String text = document(allow("t:Do", "\"StringEquals\":{\"aws:PrincipalTag/team\":\"{{team}}\"}"));
        Request asked = bound.newRequest().principal(APP_SESSION).action("t:Do").resource("*");
        assertThat(bound.decide(asked.context("aws:PrincipalTag/team", "red").sessionPolicies(text)))
                .isEqualTo(Decision.ALLOW);
        assertThatThrownBy(() -> engine.compileSession(text)).isInstanceOf(InvalidPolicyException.class);
    }
}
