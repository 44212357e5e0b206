package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ACCOUNT;
import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.OBJECT;
import static dev.portcullis.corpus.reference.Scenes.decide;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that have no meaning are refused, never answered. */
class RequestsTest {

    private static void refused(Situation.Builder situation, String field) {
        Situation.Builder allowed = situation.identityPolicies(List.of(identity(ALLOW_ALL)));
        assertThatThrownBy(() -> decide(allowed)).isInstanceOfSatisfying(MalformedRequest.class, e -> {
            assertThat(e.field()).isEqualTo(field);
            assertThat(e).hasMessageStartingWith(field + ": ");
        });
        assertThatThrownBy(() -> ReferenceEvaluator.explain(allowed.build())).isInstanceOf(MalformedRequest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GetObject", "*", ":GetObject", "s3:Get:Object", "s3:Get\u00e9", "s3:Get\n"})
    void decide_badAction_isRefused(String action) {
        refused(reads().action(action), "action");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3:*", "s3:", "s3:Get Object", "madeup:Action"})
    void decide_oddAction_isAnswered(String action) {
        // As live AWS does.
        assertThat(decide(reads().action(action).identityPolicies(List.of(identity(ALLOW_ALL)))))
                .isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not-an-arn", "arn:aws:s3", "arn:aws:s3:::", "**", "ARN:aws:s3:::b", "arn:aws:s3::b"})
    void decide_badResource_isRefusedUnlessItHasSixFields(String resource) {
        // L39
        if (resource.equals("arn:aws:s3:::")) {
            assertThat(decide(reads().resource(resource, ACCOUNT).identityPolicies(List.of(identity(ALLOW_ALL)))))
                    .isEqualTo(Decision.ALLOW);
        } else {
            refused(reads().resource(resource, ACCOUNT), "resource");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "alice",
                "111122223333",
                "arn:aws:iam::111122223333:group/devs",
                "arn:aws:iam::111122223333:user/",
                "arn:aws:iam::111122223333:user",
                "arn:aws:iam::1111:user/alice",
                "arn:aws:iam:us-east-1:111122223333:user/alice",
                "arn::iam::111122223333:user/alice",
                "arn:aws:iam::111122223333:user/*",
                "arn:aws:sts::111122223333:assumed-role/app",
                "arn:aws:sts::111122223333:assumed-role/app/*",
                "arn:aws:sts::111122223333:assumed-role//s1",
                "arn:aws:sts::111122223333:assumed-role/x/app/s1",
                "arn:aws:sts::111122223333:federated-user/",
                "arn:aws:iam::111122223333:root/x",
                "arn:aws:s3:::b",
                "sns.amazonaws.com.",
                "sns..amazonaws.com",
                "AIDAEXAMPLE"
            })
    void decide_badPrincipal_isRefused(String principal) {
        // L70, L71
        refused(reads().principal(principal), "principal");
    }

    @Test
    void decide_bareRole_isRefusedWhereTheSettingSaysSo() {
        // Section 10.8
        refused(
                reads().principal(Scenes.ROLE)
                        .semantics(Semantics.defaults().with(Point.BARE_ROLE_IS_A_SESSION, false)),
                "principal");
    }

    @Test
    void decide_badAccounts_areRefused() {
        refused(reads().resource(OBJECT, "1111"), "resourceAccount");
        refused(reads().resource(OBJECT, "11112222333x"), "resourceAccount");
        Situation.Facts none = Situation.Facts.NONE;
        refused(
                reads().facts(new Situation.Facts(
                        Optional.of("x"),
                        false,
                        none.roleArn(),
                        none.federatingUserArn(),
                        none.uniqueId(),
                        none.canonicalId(),
                        false)),
                "managementAccount");
    }

    @Test
    void decide_contextKeysThatDifferInCaseOnly_areRefused() {
        // U12
        refused(reads().context("aws:RequestTag/Team", "a").context("aws:requesttag/team", "a"), "aws:requesttag/team");
        refused(reads().context("", "a"), "context");
    }

    @Test
    void decide_oversized_isRefused() {
        refused(reads().action("s3:" + "x".repeat(Limits.ACTION_UNITS)), "action");
        refused(reads().resource("arn:aws:s3:::" + "x".repeat(Limits.RESOURCE_UNITS), ACCOUNT), "resource");
        refused(reads().context("a:b", "x".repeat(Limits.CONTEXT_VALUE_UNITS + 1)), "a:b");
        refused(
                reads().contextValues(
                                "a:b",
                                Collections.nCopies(Limits.CONTEXT_VALUES + 1, "x")
                                        .toArray(new String[0])),
                "context");
        Situation.Builder keys = reads();
        for (int i = 0; i <= Limits.CONTEXT_KEYS; i++) {
            keys.context("a:" + i, "x");
        }
        refused(keys, "context");
        refused(
                reads().sessionPolicies(Collections.nCopies(
                        Limits.SESSION_POLICIES + 1, Scenes.session(ALLOW_ALL).get(0))),
                "sessionPolicies");
    }

    @Test
    void decide_documentReadAsAnotherType_isRefused() {
        // E10
        ReferencePolicy identity = identity(ALLOW_ALL);
        refused(reads().resourcePolicy(identity), "resourcePolicy");
        refused(reads().boundaries(List.of(identity)), "boundaries");
        refused(reads().sessionPolicies(List.of(identity)), "sessionPolicies");
        refused(reads().endpointPolicies(List.of(identity)), "endpointPolicies");
        refused(
                reads().serviceControlPolicies(List.of(new Situation.Level("root", List.of(identity)))),
                "serviceControlPolicies");
        refused(
                reads().resourceControlPolicies(List.of(new Situation.Level("root", List.of(identity)))),
                "resourceControlPolicies");
        assertThatThrownBy(
                        () -> decide(reads().identityPolicies(List.of(Scenes.policy(PolicyType.BOUNDARY, ALLOW_ALL)))))
                .isInstanceOf(MalformedRequest.class);
    }

    @Test
    void decide_longPatternsAndValues_endQuickly() {
        // Patterns that make backtracking matchers explode.
        String pattern = "*a".repeat(500) + "b";
        ReferencePolicy policy = identity("{`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:s3:::" + pattern + "`,"
                + "`Condition`:{`StringLike`:{`svc:key`:`" + pattern + "`}}}");
        assertThat(decide(reads().resource("arn:aws:s3:::" + "a".repeat(8000), ACCOUNT)
                        .context("svc:key", "a".repeat(8000))
                        .identityPolicies(List.of(policy))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }
}
