package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ConditionOperator.Family;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalConditionKeysTest {

    /** The whole table of section 7. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            aws:PrincipalArn, ARN, S
            aws:PrincipalAccount, STRING, S
            aws:PrincipalOrgID, STRING, S
            aws:PrincipalOrgPaths, STRING, M
            aws:PrincipalIsAWSService, BOOL, S
            aws:PrincipalServiceName, STRING, S
            aws:PrincipalServiceNamesList, STRING, M
            aws:PrincipalType, STRING, S
            aws:userid, STRING, S
            aws:username, STRING, S
            aws:AssumedRoot, BOOL, S
            aws:FederatedProvider, STRING, S
            aws:TokenIssueTime, DATE, S
            aws:MultiFactorAuthAge, NUMERIC, S
            aws:MultiFactorAuthPresent, BOOL, S
            aws:SourceIdentity, STRING, S
            aws:ChatbotSourceArn, ARN, S
            aws:Ec2InstanceSourceVpc, STRING, S
            aws:Ec2InstanceSourcePrivateIPv4, IP, S
            ec2:RoleDelivery, NUMERIC, S
            ec2:SourceInstanceArn, ARN, S
            glue:RoleAssumedBy, STRING, S
            glue:CredentialIssuingService, STRING, S
            lambda:SourceFunctionArn, ARN, S
            ssm:SourceInstanceArn, ARN, S
            aws:SourceIp, IP, S
            aws:SourceVpc, STRING, S
            aws:SourceVpce, STRING, S
            aws:VpcSourceIp, IP, S
            aws:VpceAccount, STRING, S
            aws:VpceOrgID, STRING, S
            aws:VpceOrgPaths, STRING, M
            aws:ResourceAccount, STRING, S
            aws:ResourceOrgID, STRING, S
            aws:ResourceOrgPaths, STRING, M
            aws:CalledVia, STRING, M
            aws:CalledViaFirst, STRING, S
            aws:CalledViaLast, STRING, S
            aws:ViaAWSService, BOOL, S
            aws:CurrentTime, DATE, S
            aws:referer, STRING, S
            aws:UserAgent, STRING, S
            aws:RequestedRegion, STRING, S
            aws:TagKeys, STRING, M
            aws:SecureTransport, BOOL, S
            aws:SourceArn, ARN, S
            aws:SourceAccount, STRING, S
            aws:SourceOrgID, STRING, S
            aws:SourceOrgPaths, STRING, M
            aws:SourceVpcArn, STRING, S
            aws:SourceOwner, STRING, S
            aws:CalledViaAWSMCP, STRING, S
            aws:ViaAWSMCPService, BOOL, S
            aws:IsMcpServiceAction, BOOL, S
            """)
    void find_documentedKey_hasItsTypeAndNumber(String name, Family type, String number) { // L152, L153
        for (String spelling : new String[] {name, name.toUpperCase(java.util.Locale.ROOT)}) { // L80
            GlobalConditionKeys.GlobalKey key =
                    GlobalConditionKeys.find(spelling).orElseThrow();
            assertThat(key.name()).isEqualTo(name);
            assertThat(key.types()).containsExactly(type);
            assertThat(key.multivalued()).isEqualTo(number.equals("M"));
        }
    }

    @Test
    void find_epochTime_isDateAndNumber() {
        assertThat(GlobalConditionKeys.find("aws:EpochTime").orElseThrow().types())
                .containsExactlyInAnyOrder(Family.DATE, Family.NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:PrincipalTag/team", "aws:ResourceTag/a/b", "AWS:REQUESTTAG/x:y"})
    void find_tagKey_fitsEveryOperator(String key) { // L81
        GlobalConditionKeys.GlobalKey found = GlobalConditionKeys.find(key).orElseThrow();
        assertThat(found.types()).contains(Family.STRING, Family.NUMERIC, Family.ARN);
        assertThat(found.multivalued()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:ARN", "aws:Nope", "s3:prefix", "aws:SourceIp/x", "identitystore:UserId", ""})
    void find_otherKey_isEmpty(String key) {
        assertThat(GlobalConditionKeys.find(key)).isEmpty();
    }

    @Test
    void names_all_areFound() {
        assertThat(GlobalConditionKeys.names())
                .hasSize(58)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(GlobalConditionKeys.find(name)).isPresent());
    }
}
