package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules L26 and E60, and the checks of section 8 that are about resource control policies. */
class ResourceControlRulesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'Effect':'Deny','Action':'sqs:SendMessage','Resource':'*'                       | ~~
            'Effect':'Deny','Action':'SQS:*','NotResource':'arn:aws:sqs:us-east-1:111122223333:q' | ~~
            'Effect':'Deny','Action':'sqs:NoSuchAction','Resource':'*'                      | ~~
            'Effect':'Deny','Action':['s3:*','sts:AssumeRole','kms:*'],'Resource':'*'       | ~~
            'Effect':'Deny','Action':'*','Resource':'*'                                     | E:RCP_SYNTAX_ERROR_ACTION
            'Effect':'Deny','Action':'s*:Get','Resource':'*'                                | E:RCP_SYNTAX_ERROR_ACTION
            'Effect':'Deny','Action':'iam:CreateUser','Resource':'*'                        | E:RCP_SYNTAX_ERROR_ACTION
            'Effect':'Deny','Action':'nosuch:Action','Resource':'*'                         | E:RCP_SYNTAX_ERROR_ACTION
            'Effect':'Deny','NotAction':'s3:*','Resource':'*'                               | E:RCP_SYNTAX_ERROR_NOTACTION
            'Effect':'Allow','Action':'s3:*','Resource':'*'                                 | E:RCP_SYNTAX_ERROR_ALLOW
            'Effect':'Allow','Action':'*','Resource':'arn:aws:s3:::b'                       | E:RCP_SYNTAX_ERROR_ALLOW
            'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}} | E:RCP_SYNTAX_ERROR_ALLOW
            'Effect':'Allow','Action':'*','Resource':'*'                                    | ~~
            """)
    void check_newStatement_deniesListedServicesOnly(String elements, String expected) {
        String statement = "{'Principal':'*'," + elements + "}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE_CONTROL, Checks.NEW, statement))
                .isEqualTo(expected);
    }

    @Test
    void check_storedStatement_mayNameAServiceThatJoinedLater() { // E59
        String statement = "{'Principal':'*','Effect':'Deny','Action':'iam:CreateUser','Resource':'*'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE_CONTROL, Checks.STORED, statement))
                .isEqualTo("W:RCP_SYNTAX_ERROR_ACTION");
        assertThat(Checked.ofStatement(
                        PolicyType.RESOURCE_CONTROL, Checks.STORED, statement.replace("iam:CreateUser", "*")))
                .isEqualTo("E:RCP_SYNTAX_ERROR_ACTION");
    }

    @Test
    void check_notPrincipal_isRefused() {
        String statement = "{'NotPrincipal':'*','Effect':'Deny','Action':'s3:*','Resource':'*'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE_CONTROL, Checks.NEW, statement))
                .isEqualTo("E:RCP_SYNTAX_ERROR_PRINCIPAL");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'StringNotEqualsIfExists':{'aws:PrincipalOrgID':'o-1'}}                                                              | W:RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY
            {'StringNotEqualsIfExists':{'aws:PrincipalOrgID':'o-1'},'BoolIfExists':{'aws:PrincipalIsAWSService':'false'}}         | ~~
            {'StringEquals':{'aws:PrincipalOrgID':'o-1'}}                                                                         | ~~
            {'StringNotEqualsIfExists':{'aws:SourceOrgID':'o-1'}}                                                                 | W:RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY W:RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK
            {'StringNotEqualsIfExists':{'aws:SourceOrgID':'o-1'},'Bool':{'aws:PrincipalIsAWSService':'true'}}                     | W:RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK
            {'StringNotEqualsIfExists':{'aws:SourceOrgID':'o-1'},'Bool':{'aws:PrincipalIsAWSService':'true'},'Null':{'aws:SourceAccount':'false'}} | ~~
            """)
    void check_keysOfPrincipalsAndSources_needTheirGuards(String condition, String expected) {
        String statement =
                "{'Principal':'*','Effect':'Deny','Action':'s3:*','Resource':'*','Condition':" + condition + "}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE_CONTROL, Checks.NEW, statement))
                .isEqualTo(expected);
    }

    @Test
    void contains_participatingServices_whateverTheCase() {
        assertThat(ResourceControlServices.contains("s3")).isTrue();
        assertThat(ResourceControlServices.contains("SecretsManager")).isTrue();
        assertThat(ResourceControlServices.contains("iam")).isFalse();
        assertThat(ResourceControlServices.contains("q")).isFalse(); // section 9
        assertThat(ResourceControlServices.prefixes()).hasSize(62).allMatch(prefix -> prefix.matches("[a-z0-9-]+"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'Effect':'Deny','NotAction':'iam:*','NotResource':'arn:aws:s3:::b'                     | ~~
            'Effect':'Allow','Action':'s3:*','Resource':'arn:aws:s3:::b'                           | ~~
            'Effect':'Allow','NotAction':'s3:*','Resource':'*','Condition':{'Bool':{'aws:SecureTransport':'true'}} | ~~
            'Effect':'Allow','Action':'s3:*Object','NotResource':'arn:aws:s3:::b'                  | ~~
            """)
    void serviceControlPolicy_takesTheWholeLanguage(String elements, String expected) { // E52
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, "{" + elements + "}"))
                .isEqualTo(expected);
    }
}
