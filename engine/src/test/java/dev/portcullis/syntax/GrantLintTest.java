package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GrantLintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'Action':'iam:PassRole','Resource':'*'                                            | S:PASS_ROLE_WITH_STAR_IN_RESOURCE
            'Action':'iam:passrole','Resource':'arn:aws:iam::*:role/*'                        | S:PASS_ROLE_WITH_STAR_IN_RESOURCE
            'Action':'iam:PassRole','Resource':'arn:aws:iam::111122223333:*'                  | S:PASS_ROLE_WITH_STAR_IN_RESOURCE
            'Action':'iam:PassRole','Resource':'arn:aws:iam::*:role/dev-*'                    | ~~
            'Action':'iam:PassRole','Resource':'arn:aws:s3:::*'                               | ~~
            'Action':'iam:Pass*','Resource':'*'                                               | S:PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE
            'Action':'iam:PassRole','NotResource':'arn:aws:iam::*:role/admin'                 | S:PASS_ROLE_WITH_NOTRESOURCE
            'Action':'iam:Pass*','NotResource':'arn:aws:iam::*:role/admin'                    | S:PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE
            'Action':'iam:PassRole','NotResource':'arn:aws:iam::*:role/*'                     | ~~
            'NotAction':'iam:Create*','Resource':'*'                                          | S:PASS_ROLE_WITH_STAR_IN_RESOURCE_AND_NOTACTION
            'NotAction':'iam:Create*','NotResource':'arn:aws:s3:::b'                          | S:PASS_ROLE_WITH_NOTACTION_AND_NOTRESOURCE
            'NotAction':'iam:*','Resource':'*'                                                | ~~
            'Action':'iam:PassRole','Resource':'*','Condition':{'StringEquals':{'iam:PassedToService':'ec2.amazonaws.com'}} | ~~
            'Action':'iam:CreateServiceLinkedRole','Resource':'*'                             | W:CREATE_SLR_WITH_STAR_IN_RESOURCE
            'Action':'iam:CreateServiceLinkedRole','Resource':'arn:aws:iam::*:role/aws-service-role/*' | W:CREATE_SLR_WITH_STAR_IN_RESOURCE
            'Action':'iam:CreateServiceLinkedRole','Resource':'arn:aws:iam::*:role/aws-service-role/q.amazonaws.com/*' | ~~
            'Action':'iam:CreateService*','Resource':'*'                                      | W:CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE
            'Action':'iam:CreateServiceLinkedRole','NotResource':'arn:aws:iam::*:role/x'      | W:CREATE_SLR_WITH_NOTRESOURCE
            'Action':'iam:CreateService*','NotResource':'arn:aws:iam::*:role/x'               | W:CREATE_SLR_WITH_STAR_IN_ACTION_AND_NOTRESOURCE
            'NotAction':'iam:Pass*','Resource':'*'                                            | W:CREATE_SLR_WITH_STAR_IN_RESOURCE_AND_NOTACTION
            'NotAction':'iam:Pass*','NotResource':'arn:aws:s3:::b'                            | W:CREATE_SLR_WITH_NOTACTION_AND_NOTRESOURCE
            'Action':'iam:CreateServiceLinkedRole','Resource':'*','Condition':{'StringLike':{'iam:AWSServiceName':'q.amazonaws.com'}} | ~~
            """)
    void check_identityAllow_findsBroadGrants(String elements, String expected) {
        String statement = "{'Effect':'Allow'," + elements + "}";
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement))
                .isEqualTo(expected);
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement.replace("Allow", "Deny")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"BOUNDARY", "SESSION", "SERVICE_CONTROL"})
    void check_policyThatGrantsNothing_isFine(PolicyType type) {
        String statement = "{'Effect':'Allow','Action':'*','Resource':'*'}";
        assertThat(Checked.ofStatement(type, Checks.NEW, statement)).isEmpty();
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement))
                .isEqualTo(
                        "S:PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE W:CREATE_SLR_WITH_STAR_IN_ACTION_AND_RESOURCE");
    }
}
