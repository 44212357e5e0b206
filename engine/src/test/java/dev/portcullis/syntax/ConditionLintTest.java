package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionLintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L153: operator and type of the key
            {'StringEquals':{'aws:SourceIp':'203.0.113.1'}}                 | W:TYPE_MISMATCH
            {'StringEquals':{'aws:SecureTransport':'true'}}                 | W:TYPE_MISMATCH
            {'StringEquals':{'AWS:CURRENTTIME':'2030-01-01'}}               | W:TYPE_MISMATCH
            {'NumericEquals':{'aws:username':'1'}}                          | W:TYPE_MISMATCH
            {'ArnEquals':{'aws:PrincipalAccount':'arn:aws:iam::1:root'}}    | W:TYPE_MISMATCH
            {'NumericLessThan':{'aws:CurrentTime':'1893456000'}}            | W:TYPE_MISMATCH
            {'NumericLessThan':{'aws:EpochTime':'1893456000'}}              | ~~
            {'DateLessThan':{'aws:EpochTime':'2030-01-01'}}                 | ~~
            {'NumericLessThan':{'ec2:RoleDelivery':'2.0'}}                  | ~~
            {'NumericEquals':{'aws:RequestTag/size':'1'}}                   | ~~
            {'BinaryEquals':{'aws:username':'YQ=='}}                        | W:TYPE_MISMATCH
            {'Null':{'aws:SourceIp':'true'}}                                | ~~
            {'StringEquals':{'qapps:UserIsAppOwner':'true'}}                | ~~
            {'StringEquals':{'aws:PrincipalArn':'arn:aws:iam::111122223333:role/a'}} | ~~
            {'StringLike':{'aws:PrincipalArn':'arn:aws:iam::*:role/a'}}     | S:STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS
            {'StringNotLike':{'aws:SourceArn':'arn:aws:s3:::*'}}            | S:STRING_LIKE_OPERATOR_WITH_ARN_CONDITION_KEYS
            # L86, L133, L152
            {'StringEquals':{'aws:TagKeys':'team'}}                         | W:MISSING_QUALIFIER
            {'StringLikeIfExists':{'aws:PrincipalOrgPaths':'o-1/*'}}        | W:MISSING_QUALIFIER
            {'ForAnyValue:StringEquals':{'aws:TagKeys':'team'}}             | ~~
            {'Null':{'aws:TagKeys':'true'}}                                 | ~~
            {'ForAllValues:StringEquals':{'aws:PrincipalOrgID':'o-1'}}      | S:FORALLVALUES_WITH_SINGLE_VALUED_KEY
            {'ForAllValues:StringEquals':{'aws:RequestTag/team':'a'}}       | S:FORALLVALUES_WITH_SINGLE_VALUED_KEY
            {'ForAnyValue:StringEquals':{'aws:PrincipalOrgID':'o-1'}}       | ~~
            {'ForAllValues:StringEquals':{'aws:TagKeys':'team'}}            | ~~
            # L126
            {'ForAllValues:Null':{'aws:TagKeys':'true'}}                    | I:NULL_WITH_QUALIFIER
            {'ForAnyValue:Null':{'aws:TagKeys':'true'}}                     | I:NULL_WITH_QUALIFIER
            # L154
            {'StringLike':{'aws:PrincipalOrgID':'o-*'}}                     | S:WILDCARD_USAGE_TOO_PERMISSIVE
            {'StringNotLike':{'aws:PrincipalOrgID':'o-*'}}                  | ~~
            {'StringEquals':{'aws:PrincipalOrgID':'${aws:PrincipalTag/org}'}} | S:VARIABLE_USAGE_TOO_PERMISSIVE
            {'StringEquals':{'aws:ResourceAccount':'${aws:PrincipalAccount}'}} | ~~
            # Formats
            {'StringEquals':{'aws:SourceVpc':'vpc-0abc1234'}}               | ~~
            {'StringEquals':{'aws:SourceVpc':'vpc-0123456789abcdef0'}}      | ~~
            {'StringEquals':{'aws:SourceVpc':'vpc-1'}}                      | W:INVALID_VPC_FORMAT
            {'StringEquals':{'aws:SourceVpc':'vpce-0abc1234'}}              | W:INVALID_VPC_FORMAT
            {'StringEquals':{'aws:SourceVpce':'vpce-1'}}                    | W:INVALID_VPCE_FORMAT
            {'StringEquals':{'aws:SourceVpce':'vpce-0abc1234'}}             | ~~
            {'StringEquals':{'aws:PrincipalServiceName':'ec2'}}             | W:INVALID_SERVICE_PRINCIPAL_FORMAT
            {'ForAnyValue:StringEquals':{'aws:CalledVia':'q.amazonaws.com'}} | ~~
            {'StringLike':{'aws:CalledViaFirst':'ec2*'}}                    | ~~
            # Keys that callers set
            {'StringEquals':{'aws:Referer':'https://example.org'}}          | S:UNTRUSTWORTHY_CONDITION_KEY
            {'StringEquals':{'aws:UserAgent':'x'}}                          | S:UNTRUSTWORTHY_CONDITION_KEY
            # Nothing but a star
            {'StringLike':{'a:b':'*'}}                                      | I:EQUIVALENT_TO_NULL_FALSE
            {'StringNotLike':{'a:b':['x','*']}}                             | I:EQUIVALENT_TO_NULL_TRUE
            {'StringNotLikeIfExists':{'a:b':'*'}}                           | I:EQUIVALENT_TO_NULL_TRUE
            {'StringLikeIfExists':{'a:b':'*'}}                              | I:REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
            {'ForAllValues:StringLike':{'a:b':'**'}}                        | I:REDUNDANT_KEY_DUE_TO_WILDCARD_IN_CONDITION
            {'ForAnyValue:StringNotLike':{'a:b':'*'}}                       | I:REDUNDANT_STATEMENT_DUE_TO_WILDCARD_IN_CONDITION
            {'ForAnyValue:StringLike':{'a:b':'*'}}                          | ~~
            {'StringLike':{'a:b':'${*}'}}                                   | ~~
            # L78
            {'NumericLessThan':{'a:b':['10','20']}}                         | I:REDUNDANT_CONDITION_VALUE_NUM
            {'NumericEquals':{'a:b':['10','20']}}                           | ~~
            # L114
            {'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}}                     | W:PRIVATE_IP_ADDRESS
            {'IpAddress':{'aws:SourceIp':['10.1.2.3','fd00::/8']}}          | W:PRIVATE_IP_ADDRESS
            {'NotIpAddress':{'aws:SourceIp':'192.168.0.0/16'}}              | W:PRIVATE_NOTIPADDRESS
            {'IpAddress':{'aws:SourceIp':['172.16.0.0/12','203.0.113.0/24']}} | I:PRIVATE_IP_ADDRESS_SUBSET
            {'NotIpAddress':{'aws:SourceIp':['203.0.113.0/24','10.0.0.0/8']}} | I:PRIVATE_NOTIPADDRESS_SUBSET
            {'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}}                      | ~~
            {'IpAddress':{'aws:VpcSourceIp':'10.0.0.0/8'}}                  | S:MISSING_PAIRED_CONDITION_KEYS
            {'IpAddress':{'aws:VpcSourceIp':'10.0.0.0/8'},'StringEquals':{'aws:SourceVpc':'vpc-0abc1234'}} | ~~
            {'IpAddress':{'aws:Ec2InstanceSourcePrivateIPv4':'10.0.0.0/8'}} | S:MISSING_PAIRED_CONDITION_KEYS
            """)
    void check_allowStatement_findsWhatIsQuestionable(String condition, String expected) {
        assertThat(Checked.ofCondition(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'ForAllValues:StringEquals':{'aws:PrincipalOrgID':'o-1'}}         | ~~
            {'StringLike':{'aws:PrincipalOrgID':'o-*'}}                        | ~~
            {'StringNotLike':{'aws:PrincipalOrgID':'o-*'}}                     | S:WILDCARD_USAGE_TOO_PERMISSIVE
            {'StringNotEquals':{'aws:SourceVpc':'${aws:PrincipalTag/vpc}'}}    | S:VARIABLE_USAGE_TOO_PERMISSIVE
            {'StringNotEquals':{'aws:TagKeys':'team'}}                         | W:MISSING_QUALIFIER
            """)
    void check_denyStatement_findsWhatWidensAccess(String condition, String expected) {
        String deny = Checked.statement(condition).replace("Allow", "Deny");
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, deny)).isEqualTo(expected);
    }

    @Test
    void check_statementWithError_isNotLinted() {
        assertThat(Checked.ofCondition("{'StringEquals':{'aws:TagKeys':'team'},'Nope':{'a:b':'x'}}"))
                .isEqualTo("E:INVALID_CONDITION_OPERATOR");
    }
}
