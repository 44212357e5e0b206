package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.ALLOW_ALL;
import static dev.portcullis.corpus.reference.Scenes.holds;
import static dev.portcullis.corpus.reference.Scenes.identity;
import static dev.portcullis.corpus.reference.Scenes.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.ContextValue.Multiple;
import dev.portcullis.policy.ContextValue.Single;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 5.7 of the language's rules, and what becomes of errors (rule E7). */
class ArnOperatorsTest {

    private static final String USER = "arn:aws:iam::123456789012:user/test";

    private static Explanation explain(String effect, String condition, Map<String, ContextValue> context) {
        String statement = "{`Effect`:`" + effect + "`,`Action`:`*`,`Resource`:`*`,`Condition`:" + condition + "}";
        List<ReferencePolicy> policies = effect.equals("Deny")
                ? List.of(identity(ALLOW_ALL), identity(statement))
                : List.of(identity(statement));
        return ReferenceEvaluator.explain(
                reads().identityPolicies(policies).context(context).build());
    }

    private static String outcome(String operator, String values, String request) {
        String condition = "{`" + operator + "`:{`svc:key`:" + values + "}}";
        Map<String, ContextValue> context = Map.of("svc:key", new Single(request));
        boolean allows = explain("Allow", condition, context).decision() == Decision.ALLOW;
        boolean denies = explain("Deny", condition, context).decision() == Decision.EXPLICIT_DENY;
        if (allows != denies) {
            return "error";
        }
        return allows ? "true" : "false";
    }

    @ParameterizedTest
    @CsvSource({
        // L115 to L118
        "arn:aws:sns:us-west-2:123456789012:TOPIC,arn:aws:sns:us-west-2:123456789012:TOPIC,true",
        "arn:aws:sns:us-west-2:123456789012:topic,arn:aws:sns:us-west-2:123456789012:TOPIC,false",
        "arn:aws:s3:::demo*,arn:aws:s3:::demo-logs,true",
        "arn:aws:s3:::a?c,arn:aws:s3:::a:c,true",
        "arn:aws:s3:::a*c,arn:aws:s3:::a:b:c,true",
        "arn:aws:*:x,arn:aws:a:b:c:x,error",
        "arn:aws:svc:*:111122223333:finance/*,arn:aws:svc:us-east-2:999:store/abc:111122223333:finance/d,false",
        "arn:*:*:*:*:*,arn:aws:s3:::b,true",
        "arn:aws:s3:::b,arn:aws:s3:us-east-1::b,false",
        "arn:aws:s3:?::b,arn:aws:s3:::b,false"
    })
    void arns_areComparedPartByPart(String policy, String request, String expected) {
        for (String operator : List.of("ArnLike", "ArnEquals")) {
            assertThat(outcome(operator, "`" + policy + "`", request)).isEqualTo(expected);
        }
        // L119
        String negated = switch (expected) {
            case "true" -> "false";
            case "false" -> "true";
            default -> "error";
        };
        for (String operator : List.of("ArnNotLike", "ArnNotEquals")) {
            assertThat(outcome(operator, "`" + policy + "`", request)).isEqualTo(negated);
        }
    }

    @Test
    void stringLike_onAnArn_runsOverColons() {
        // L118
        assertThat(holds(
                        "StringLike",
                        "arn:aws:svc:*:111122223333:finance/*",
                        "arn:aws:svc:us-east-2:999:store/abc:111122223333:finance/d"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not-an-arn", "arn:aws:s3", "arn:aws:iam::123456789012", "ARN:aws:iam::1:user/x", "*"})
    void arns_requestValueIsNone_makesBothFormsFalse(String request) {
        // L120 (live), also when the policy value is none
        for (String value : List.of("`arn:aws:iam::*:user/*`", "`not-an-arn`", "`*`")) {
            assertThat(outcome("ArnLike", value, request)).isEqualTo("false");
            assertThat(outcome("ArnNotLike", value, request)).isEqualTo("false");
        }
    }

    @ParameterizedTest
    @CsvSource({
        // L120 (live): values are tried in order
        "not-an-arn|arn:aws:iam::*:user/*,error,error",
        "arn:aws:iam::*:user/*|not-an-arn,true,false",
        "arn:aws:iam::*:role/*|not-an-arn,error,error",
        "not-an-arn|arn:aws:iam::*:role/*,error,error",
        "arn:aws:s3,error,error",
        "a*:aws:iam::*:user/*,error,error"
    })
    void arns_policyValueIsNone_isAnError(String values, String like, String notLike) {
        String list = "[`" + values.replace("|", "`,`") + "`]";
        assertThat(outcome("ArnLike", list, USER)).isEqualTo(like);
        assertThat(outcome("ArnNotLike", list, USER)).isEqualTo(notLike);
    }

    @Test
    void arns_starAlone_matchesWhereTheSettingSaysSo() {
        // U23
        assertThat(outcome("ArnLike", "`*`", USER)).isEqualTo("error");
        Semantics matching = Semantics.defaults().with(Point.ARN_LIKE_STAR_MATCHES, true);
        Map<String, ContextValue> context = Map.of("svc:key", new Single(USER));
        assertThat(holds("{`ArnLike`:{`svc:key`:`*`}}", context, matching)).isTrue();
        assertThat(holds("{`ArnNotLike`:{`svc:key`:`*`}}", context, matching)).isFalse();
        assertThat(holds("{`ArnLike`:{`svc:key`:`*`}}", Map.of("svc:key", new Single("x")), matching))
                .isFalse();
    }

    @Test
    void arns_afterSubstitution_areCheckedAgain() {
        // L120 (live), L136, U25
        String condition = "{`ArnLike`:{`svc:key`:`${svc:pattern}`}}";
        assertThat(explain("Deny", condition, Map.of("svc:key", new Single(USER), "svc:pattern", new Single("x")))
                        .decision())
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(explain("Allow", condition, Map.of("svc:key", new Single(USER), "svc:pattern", new Single(USER)))
                        .decision())
                .isEqualTo(Decision.ALLOW);
        assertThat(explain(
                                "Allow",
                                condition,
                                Map.of("svc:key", new Single(USER), "svc:pattern", new Single("arn:aws:iam::*:user/*")))
                        .decision())
                .isEqualTo(Decision.IMPLICIT_DENY);
        // L142: no value is no error.
        assertThat(explain("Deny", condition, Map.of("svc:key", new Single(USER)))
                        .decision())
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void error_inOneStatement_leavesTheOthersAndIsShown() {
        // E7
        Map<String, ContextValue> context = Map.of("svc:key", new Single(USER));
        Explanation explanation = ReferenceEvaluator.explain(reads().identityPolicies(List.of(
                        identity(ALLOW_ALL),
                        identity("{`Effect`:`Allow`,`Action`:`*`,`Resource`:`*`,"
                                + "`Condition`:{`ArnLike`:{`svc:key`:`bad`}}}")))
                .context(context)
                .build());
        assertThat(explanation.decision()).isEqualTo(Decision.ALLOW);
        assertThat(explanation.deciding()).hasSize(1);
        assertThat(explanation.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.statement().index()).isZero();
            assertThat(problem.message()).contains("ArnLike").contains("svc:key");
        });
    }

    @Test
    void error_besideAConditionThatFails_isNoError() {
        // L77: the block is false whatever became of the rest.
        String condition = "{`ArnLike`:{`svc:key`:`bad`},`StringEquals`:{`svc:other`:`x`}}";
        Map<String, ContextValue> context = Map.of("svc:key", new Single(USER), "svc:other", new Single("y"));
        Explanation explanation = explain("Deny", condition, context);
        assertThat(explanation.decision()).isEqualTo(Decision.ALLOW);
        assertThat(explanation.problems()).isEmpty();
        Map<String, ContextValue> holding = Map.of("svc:key", new Single(USER), "svc:other", new Single("x"));
        assertThat(explain("Deny", condition, holding).decision()).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void error_inASet_countsWhenItIsReached() {
        // L120, L128, L129: request values in their order
        String any = "{`ForAnyValue:ArnLike`:{`svc:key`:[`arn:aws:s3:::a`,`bad`]}}";
        Map<String, ContextValue> first = Map.of("svc:key", new Multiple(List.of("arn:aws:s3:::a", "arn:aws:s3:::b")));
        Map<String, ContextValue> second = Map.of("svc:key", new Multiple(List.of("arn:aws:s3:::b", "arn:aws:s3:::a")));
        assertThat(explain("Allow", any, first).decision()).isEqualTo(Decision.ALLOW);
        assertThat(explain("Allow", any, second).decision()).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(explain("Deny", any, second).decision()).isEqualTo(Decision.EXPLICIT_DENY);
    }
}
