package dev.portcullis.corpus.reference;

import static dev.portcullis.corpus.reference.Scenes.reads;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Section 3 of the language's rules. */
class ResourcesTest {

    private static final String QUEUE = "arn:aws:sqs:us-east-2:111122223333:queue1";

    private static Decision decide(String effect, String element, String resource, Semantics semantics) {
        ReferencePolicy policy = Scenes.identity("{`Effect`:`" + effect + "`,`Action`:`*`," + element + "}");
        return Scenes.decide(Situation.builder()
                .principal(Scenes.ALICE)
                .action("svc:Do")
                .resource(resource, Scenes.ACCOUNT)
                .context("aws:username", "alice")
                .context("aws:PrincipalTag/star", "*")
                .contextValues("aws:TagKeys", "alice")
                .identityPolicies(List.of(policy))
                .semantics(semantics));
    }

    private static boolean matches(String pattern, String resource) {
        return matches(pattern, resource, Semantics.defaults());
    }

    private static boolean matches(String pattern, String resource, Semantics semantics) {
        return decide("Allow", "`Resource`:`" + pattern + "`", resource, semantics) == Decision.ALLOW;
    }

    @ParameterizedTest
    @CsvSource({
        // L40, L52
        "*,arn:aws:s3:::b,true",
        "*,*,true",
        "arn:aws:s3:::*,*,false",
        "arn:*,*,false",
        // L39, L41
        "arn:aws:s3:::b,arn:aws:s3:::b/k,false",
        "arn:aws:s3:::b/*,arn:aws:s3:::b,false",
        "arn:aws:s3:::b/????-test,arn:aws:s3:::b/2024-test,true",
        "arn:aws:s3:::b/????-test,arn:aws:s3:::b/24-test,false",
        "arn:aws:s3:::b/*,arn:aws-cn:s3:::b/k,false",
        // L31 (live), for L41: one UTF-16 unit each
        "arn:aws:s3:::b/?,arn:aws:s3:::b/\uD83D\uDE00,false",
        "arn:aws:s3:::b/??,arn:aws:s3:::b/\uD83D\uDE00,true",
        // L42
        "arn:aws:s3:::b/*/test/*,arn:aws:s3:::b//test/object.jpg,true",
        "arn:aws:s3:::b/*/test/*,arn:aws:s3:::b/1/test/,true",
        "arn:aws:s3:::b/*/test/*,arn:aws:s3:::b/test/object.jpg,false",
        "arn:aws:s3:::b/*/test/*,arn:aws:s3:::b/1-test/object.jpg,false",
        // L43
        "arn:aws:logs:us-east-1:111122223333:log-group:*,arn:aws:logs:us-east-1:111122223333:log-group:a:s:1,true",
        "arn:aws:logs:*:a:b,arn:aws:logs:us-east-1:111122223333:x:a:b,true",
        // L44
        "arn:aws:ec2:us-*-1:111122223333:instance/*,arn:aws:ec2:us-east-1:111122223333:instance/i-1,true",
        "arn:aws:ec2:us-*-1:111122223333:instance/*,arn:aws:ec2:us-east-2:111122223333:instance/i-1,false",
        "arn:aws:ec2:us-*-1:1:x,arn:aws:ec2:us-a:b-1:1:x,false",
        "arn:aws:ec2:us?a:1:x:y,arn:aws:ec2:us:a:1:x:y,false",
        "arn:aws:ec2:::us?a,arn:aws:ec2:::us:a,true",
        // L45, U7
        "arn:*:iam::*:u*,arn:aws:iam::111122223333:user/bob,true",
        "arn:aws:*:*:*:*/*,arn:aws:s3:::b/k,true",
        // L46
        "arn:aws:iam::111122223333:user/Bob,arn:aws:iam::111122223333:user/bob,false",
        "arn:aws:IAM::111122223333:user/bob,arn:aws:iam::111122223333:user/bob,false",
        // L47
        "arn:aws:s3:::b,arn:aws:s3:us-east-1::b,false"
    })
    void resource_pattern_matchesOrNot(String pattern, String resource, boolean expected) {
        assertThat(matches(pattern, resource)).isEqualTo(expected);
        // L51, L52
        boolean notMatches =
                decide("Allow", "`NotResource`:`" + pattern + "`", resource, Semantics.defaults()) == Decision.ALLOW;
        assertThat(notMatches).isNotEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:sqs,true",
        "arn:aws:sqs:us-east-2,true",
        "arn:aws:sqs:us-west-2,false",
        "arn:aws:sqs:us-east-2:111122223333,true",
        "arn:aws:sqs:us-*,true",
        "arn:aws,true",
        "arn:,false",
        "arn:*,true",
        "arn:aws:sqs:*:queue1,false"
    })
    void resource_shortArn_isCompletedInIdentityPolicies(String pattern, boolean expected) {
        // L48; `arn:` has an empty partition
        assertThat(matches(pattern, QUEUE)).isEqualTo(expected);
    }

    @Test
    void resource_completedPattern_isMatchedFieldByField() {
        // U8: the account field would have to be `table/prod-x`, a star over colons doesn't help.
        String table = "arn:aws:dynamodb:us-east-1:111122223333:table/prod-x:index";
        assertThat(matches("arn:aws:dynamodb:*:table/prod-*", table)).isFalse();
        assertThat(matches("arn:aws:dynamodb:*:table/prod-*:*", table)).isTrue();
    }

    @Test
    void resource_shortArnElsewhere_matchesNothing() {
        // L48, U8
        String shortened = "{`Effect`:`Allow`,`Action`:`*`,`Resource`:`arn:aws:sqs`}";
        Situation.Builder builder = reads().resource(QUEUE, Scenes.ACCOUNT)
                .identityPolicies(List.of(Scenes.identity(Scenes.ALLOW_ALL)))
                .boundaries(Scenes.boundary(shortened));
        assertThat(Scenes.decide(builder)).isEqualTo(Decision.ALLOW);
        builder.serviceControlPolicies(List.of(Scenes.serviceControl("root", shortened)));
        assertThat(Scenes.decide(builder)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(Scenes.decide(
                        builder.semantics(Semantics.defaults().with(Point.SHORT_ARNS_COMPLETED_EVERYWHERE, true))))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void resource_starEndingAField_crossesColonsUnlessTheSettingSaysNo() {
        // U27
        Semantics anchored = Semantics.defaults().with(Point.STAR_ENDING_A_FIELD_CROSSES_COLONS, false);
        String resource = "arn:aws:logs:us-east-1:111122223333:x:a:b";
        assertThat(matches("arn:aws:logs:*:a:b", resource)).isTrue();
        assertThat(matches("arn:aws:logs:*:a:b", resource, anchored)).isFalse();
        assertThat(matches("arn:aws:logs:*:*:x:*", resource, anchored)).isTrue();
    }

    @Test
    void resource_list_isAnOr() {
        // L50, L51
        assertThat(decide(
                        "Allow",
                        "`Resource`:[`arn:aws:s3:::a`,`arn:aws:s3:::b`]",
                        "arn:aws:s3:::b",
                        Semantics.defaults()))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(
                        "Deny",
                        "`NotResource`:[`arn:aws:s3:::a`,`arn:aws:s3:::b`]",
                        "arn:aws:s3:::b",
                        Semantics.defaults()))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(
                        "Deny",
                        "`NotResource`:[`arn:aws:s3:::a`,`arn:aws:s3:::b`]",
                        "arn:aws:s3:::c",
                        Semantics.defaults()))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void resource_variable_isReplaced() {
        // L53, L136
        assertThat(matches("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/alice/x"))
                .isTrue();
        assertThat(matches("arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/bob/x"))
                .isFalse();
    }

    @Test
    void resource_unresolvedVariable_matchesNothingButTheOthersCount() {
        // L54
        assertThat(matches("arn:aws:s3:::b/${aws:userid}", "arn:aws:s3:::b/")).isFalse();
        assertThat(decide(
                        "Allow",
                        "`Resource`:[`arn:aws:s3:::b/${aws:userid}`,`arn:aws:s3:::b/x`]",
                        "arn:aws:s3:::b/x",
                        Semantics.defaults()))
                .isEqualTo(Decision.ALLOW);
        // L141
        assertThat(matches("arn:aws:s3:::b/${aws:TagKeys}", "arn:aws:s3:::b/alice"))
                .isFalse();
    }

    @Test
    void notResource_unresolvedVariable_failsClosedByDefault() {
        // L55, U10
        String element = "`NotResource`:[`arn:aws:s3:::b/${aws:userid}`,`arn:aws:s3:::b/x`]";
        Semantics literal = Semantics.defaults().with(Point.UNRESOLVED_NOT_RESOURCE_FAILS_CLOSED, false);
        assertThat(decide("Allow", element, "arn:aws:s3:::c", Semantics.defaults()))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide("Allow", element, "arn:aws:s3:::c", literal)).isEqualTo(Decision.ALLOW);
        assertThat(decide("Deny", element, "arn:aws:s3:::c", Semantics.defaults()))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide("Deny", element, "arn:aws:s3:::c", literal)).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide("Deny", element, "arn:aws:s3:::b/x", Semantics.defaults()))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void resource_variableInTheHead_isReplacedUnlessTheSettingSaysNo() {
        // U9
        String pattern = "arn:aws:sqs:us-east-2:111122223333:${aws:username}";
        String head = "arn:aws:${aws:username}:us-east-2:111122223333:x";
        Semantics without = Semantics.defaults().with(Point.VARIABLES_IN_ARN_HEAD, false);
        assertThat(matches(head, "arn:aws:alice:us-east-2:111122223333:x")).isTrue();
        assertThat(matches(head, "arn:aws:alice:us-east-2:111122223333:x", without))
                .isFalse();
        assertThat(matches(pattern, "arn:aws:sqs:us-east-2:111122223333:alice", without))
                .isTrue();
    }

    @Test
    void resource_wildcardFromAVariable_isLiteralUnlessTheSettingSaysNo() {
        // U25
        Semantics wild = Semantics.defaults().with(Point.WILDCARDS_IN_VARIABLE_VALUES, true);
        String pattern = "arn:aws:s3:::b/${aws:PrincipalTag/star}";
        assertThat(matches(pattern, "arn:aws:s3:::b/x")).isFalse();
        assertThat(matches(pattern, "arn:aws:s3:::b/*")).isTrue();
        assertThat(matches(pattern, "arn:aws:s3:::b/x", wild)).isTrue();
        // In the head it stays within its field.
        String head = "arn:aws:sqs:${aws:PrincipalTag/star}:111122223333:q";
        assertThat(matches(head, "arn:aws:sqs:us-east-2:111122223333:q", wild)).isTrue();
        assertThat(matches(head, "arn:aws:sqs:us-east-2:x:111122223333:q", wild))
                .isFalse();
    }

    @Test
    void resource_escapes_areLiteral() {
        // L138
        assertThat(matches("arn:aws:s3:::b/${*}.txt", "arn:aws:s3:::b/a.txt")).isFalse();
        assertThat(matches("arn:aws:s3:::b/${*}.txt", "arn:aws:s3:::b/*.txt")).isTrue();
        assertThat(matches("arn:aws:s3:::b/${?}${$}", "arn:aws:s3:::b/?$")).isTrue();
    }

    @Test
    void resource_missingInATrustPolicy_meansTheRole() {
        // E33
        ReferencePolicy trust = Scenes.policy(
                PolicyType.TRUST,
                "{`Effect`:`Allow`,`Principal`:" + Scenes.aws(Scenes.ALICE) + ",`Action`:`sts:AssumeRole`}");
        assertThat(Scenes.decide(reads().action("sts:AssumeRole")
                        .resource("arn:aws:iam::111122223333:role/target", Scenes.ACCOUNT)
                        .resourcePolicy(trust)))
                .isEqualTo(Decision.ALLOW);
    }
}
