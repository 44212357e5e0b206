package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.PolicyType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Block public access and what bucket policies grant to everyone (rule E94). */
class PublicAccessTest {

    private static final String EVERYONE =
            "{`Effect`:`Allow`,`Principal`:`*`,`Action`:`s3:GetObject`,`Resource`:`*`%s}";
    private static final AccessControlList BLOCKED = new AccessControlList(List.of(), false, true);
    private static final AccessControlList OPEN = new AccessControlList(List.of(), false, false);

    private static Decision decide(String principal, AccessControlList acl, String condition) {
        return ReferenceEvaluator.decide(Situation.builder()
                .principal(principal)
                .action("s3:GetObject")
                .resource(Scenes.OBJECT, Scenes.ACCOUNT)
                .context("aws:SourceVpc", "vpc-1")
                .context("aws:SourceIp", "203.0.113.7")
                .context("aws:PrincipalOrgID", "o-1")
                .resourcePolicy(Scenes.policy(PolicyType.RESOURCE, EVERYONE.replace("%s", condition)))
                .acl(acl)
                .build());
    }

    @ParameterizedTest
    @CsvSource({
        "anonymous, IMPLICIT_DENY",
        "arn:aws:iam::111122223333:user/alice, ALLOW",
        "logging.s3.amazonaws.com, ALLOW"
    })
    void decide_everyoneWhileBlocked_reachesOwnAccountAndServices(String principal, Decision expected) {
        assertThat(decide(principal, BLOCKED, "")).isEqualTo(expected);
        assertThat(decide(principal, OPEN, "")).isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`StringEquals`:{`aws:SourceVpc`:`vpc-1`}}",
                "{`StringEquals`:{`aws:PrincipalOrgID`:[`o-1`,`o-2`]}}",
                "{`IpAddress`:{`aws:SourceIp`:`203.0.113.0/24`}}"
            })
    void decide_tiedToFixedValue_isNotPublic(String condition) {
        assertThat(decide("anonymous", BLOCKED, ",`Condition`:" + condition)).isEqualTo(Decision.ALLOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{`StringLike`:{`aws:SourceVpc`:`vpc-*`}}",
                "{`StringEqualsIfExists`:{`aws:SourceVpc`:`vpc-1`}}",
                "{`StringNotEquals`:{`aws:SourceVpc`:`vpc-2`}}",
                "{`StringEquals`:{`aws:SourceVpc`:`${aws:SourceVpc}`}}",
                "{`IpAddress`:{`aws:SourceIp`:[`203.0.113.0/24`,`0.0.0.0/1`]}}"
            })
    void decide_tiedToNothingFixed_isPublic(String condition) {
        assertThat(decide("anonymous", BLOCKED, ",`Condition`:" + condition)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide("anonymous", OPEN, ",`Condition`:" + condition)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void decide_denyForEveryoneWhileBlocked_stillDenies() {
        assertThat(ReferenceEvaluator.decide(Situation.builder()
                        .principal("anonymous")
                        .action("s3:GetObject")
                        .resource(Scenes.OBJECT, Scenes.ACCOUNT)
                        .resourcePolicy(Scenes.policy(
                                PolicyType.RESOURCE,
                                "{`Effect`:`Deny`,`Principal`:`*`,`Action`:`s3:GetObject`,`Resource`:`*`}"))
                        .acl(BLOCKED)
                        .build()))
                .isEqualTo(Decision.EXPLICIT_DENY);
    }
}
