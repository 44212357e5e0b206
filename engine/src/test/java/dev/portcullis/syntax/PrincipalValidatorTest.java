package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalValidatorTest {

    private static final String CANONICAL = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
    private static final String GUARD = "'Condition':{'StringEquals':{'aws:SourceAccount':'111122223333'}}";

    private static String statement(PolicyType type, String principal) {
        String effect = type == PolicyType.RESOURCE_CONTROL ? "Deny" : "Allow";
        String action = type == PolicyType.TRUST ? "sts:AssumeRole*" : "s3:GetObject";
        String resource = type == PolicyType.TRUST ? "" : "'Resource':'*',";
        return "{'Effect':'" + effect + "','Principal':" + principal.replace("CANONICAL", CANONICAL) + ",'Action':'"
                + action + "'," + resource + GUARD + "}";
    }

    private static PrincipalElement sound(PolicyType type, Checks checks, String principal) {
        return Checked.soundStatement(type, checks, statement(type, principal))
                .principal()
                .orElseThrow();
    }

    /** What an entry is taken for (rules L58 to L72). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            '*'                                                                | Everyone
            {'AWS':'*'}                                                        | Everyone
            {'AWS':['*']}                                                      | Everyone
            {'AWS':'111122223333'}                                             | Account
            {'AWS':'arn:aws:iam::111122223333:root'}                           | Account
            {'AWS':'arn:aws-cn:iam::111122223333:root'}                        | Account
            {'AWS':'arn:aws-us-gov:iam::111122223333:user/a'}                  | User
            {'AWS':'arn:aws:iam::111122223333:user/div/Bob'}                   | User
            {'AWS':'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1'} | User
            {'AWS':'arn:aws:iam::111122223333:role/dev'}                       | Role
            {'AWS':'arn:aws:iam::111122223333:role/path/dev'}                  | Role
            {'AWS':'arn:aws:sts::111122223333:assumed-role/dev/s1'}            | RoleSession
            {'AWS':'arn:aws:sts::111122223333:federated-user/bob'}             | FederatedUser
            {'AWS':'AIDAJQABLZS4A3QDU576Q'}                                    | UniqueId
            {'AWS':'AROAJQABLZS4A3QDU576Q'}                                    | UniqueId
            {'Service':'ec2.amazonaws.com'}                                    | Service
            {'Service':'lambda.me-south-1.amazonaws.com'}                      | Service
            {'CanonicalUser':'CANONICAL'}                                      | CanonicalUser
            """)
    void read_resourcePolicy_classifiesTheEntry(String principal, String expected) {
        PrincipalElement element = sound(PolicyType.RESOURCE, Checks.NEW, principal);
        assertThat(element.negated()).isFalse();
        assertThat(element.principals()).hasSize(1);
        assertThat(element.principals().get(0).getClass().getSimpleName()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'Federated':'accounts.google.com'}                                | ~~
            {'Federated':'cognito-identity.amazonaws.com'}                     | ~~
            {'Federated':'arn:aws:iam::111122223333:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/E'} | ~~
            {'Federated':'arn:aws:iam::111122223333:saml-provider/Okta'}       | ~~
            {'Federated':'not a provider'}                                     | E:INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY
            {'Federated':'arn:aws:iam::111122223333:role/x'}                   | E:INVALID_FEDERATED_PRINCIPAL_SYNTAX_IN_ROLE_TRUST_POLICY
            {'Federated':'*'}                                                  | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'CanonicalUser':'CANONICAL'}                                      | E:UNSUPPORTED_PRINCIPAL
            '*'                                                                | W:ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'*'}                                                        | W:ROLE_TRUST_POLICY_UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':['111122223333','444455556666'],'Service':'ec2.amazonaws.com'} | ~~
            """)
    void read_trustPolicy_takesProvidersAndWarnsOfEveryone(String principal, String expected) { // L66, U11
        String found = Checked.ofStatement(PolicyType.TRUST, Checks.NEW, statement(PolicyType.TRUST, principal));
        assertThat(found.replace("S:MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL", ""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L58
            'arn:aws:iam::111122223333:root'                          | E:INVALID_PRINCIPAL_FORMAT
            ['*']                                                     | E:INVALID_PRINCIPAL_FORMAT
            7                                                         | E:INVALID_PRINCIPAL_FORMAT
            null                                                      | E:INVALID_PRINCIPAL_FORMAT
            {'User':'x'}                                              | E:INVALID_PRINCIPAL_KEY
            {'aws':'111122223333'}                                    | E:INVALID_PRINCIPAL_KEY
            {'AWS':'111122223333','AWS':'444455556666'}               | E:DUPLICATE_ELEMENT
            {'AWS':{'x':'y'}}                                         | E:DATA_TYPE_MISMATCH
            {'AWS':[111122223333]}                                    | E:DATA_TYPE_MISMATCH
            # L20
            {}                                                        | E:EMPTY_OBJECT_PRINCIPAL
            []                                                        | E:EMPTY_ARRAY_PRINCIPAL
            {'AWS':[]}                                                | E:EMPTY_ARRAY_PRINCIPAL
            # L60 to L65
            {'AWS':'11112222333'}                                     | E:INVALID_PRINCIPAL
            {'AWS':'bob'}                                             | E:INVALID_PRINCIPAL
            {'AWS':''}                                                | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:iam::1:root'}                             | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:iam:us-east-1:111122223333:root'}         | E:INVALID_PRINCIPAL
            {'AWS':'arn:azure:iam::111122223333:root'}                | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:s3:::bucket'}                             | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:iam::111122223333:user/'}                 | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:iam::111122223333:policy/x'}              | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:sts::111122223333:assumed-role/dev'}      | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:sts::111122223333:assumed-role/dev/'}     | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:sts::111122223333:assumed-role/a/b/c'}    | E:INVALID_PRINCIPAL
            {'AWS':'arn:aws:iam::cloudfront:role/x'}                  | E:INVALID_PRINCIPAL
            {'AWS':'AGPAJQABLZS4A3QDU576Q'}                           | E:INVALID_PRINCIPAL
            # L66
            {'Federated':'accounts.google.com'}                       | E:FEDERATED_PRINCIPAL_NOT_SUPPORTED
            # L67
            {'Service':'*'}                                           | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'Service':'ec2'}                                         | E:INVALID_PRINCIPAL
            {'Service':'ec2.amazonaws.com '}                          | E:INVALID_PRINCIPAL
            {'Service':'service.example.org'}                         | W:INVALID_SERVICE_PRINCIPAL_FORMAT
            # L68
            {'CanonicalUser':'79a5'}                                  | E:INVALID_PRINCIPAL
            # L70, L71
            {'AWS':'arn:aws:iam::111122223333:role/*'}                | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'arn:aws:iam::*:root'}                             | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'11112222333?'}                                    | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'arn:aws:iam::111122223333:group/devs'}            | E:UNSUPPORTED_PRINCIPAL
            # L72
            {'AWS':'AIDAJQABLZS4A3QDU576Q'}                           | W:INVALID_USER_REFERENCE
            {'AWS':'AROAJQABLZS4A3QDU576Q'}                           | W:INVALID_ROLE_REFERENCE
            # L137
            {'AWS':'arn:aws:iam::111122223333:user/${aws:username}'}  | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            """)
    void read_newResourcePolicy_findsEveryFault(String principal, String expected) {
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.NEW, statement(PolicyType.RESOURCE, principal)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                        | W:EMPTY_OBJECT_PRINCIPAL
            []                                                        | W:EMPTY_ARRAY_PRINCIPAL
            {'AWS':[]}                                                | W:EMPTY_ARRAY_PRINCIPAL
            {'AWS':'arn:aws:iam::111122223333:role/*'}                | W:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'arn:aws:iam::111122223333:group/devs'}            | W:UNSUPPORTED_PRINCIPAL
            {'Federated':'accounts.google.com'}                       | W:FEDERATED_PRINCIPAL_NOT_SUPPORTED
            {'Service':'*'}                                           | E:UNSUPPORTED_WILDCARD_IN_PRINCIPAL
            {'AWS':'bob'}                                             | E:INVALID_PRINCIPAL
            {'User':'x'}                                              | E:INVALID_PRINCIPAL_KEY
            """)
    void read_storedResourcePolicy_keepsWhatHasAMeaning(String principal, String expected) {
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.STORED, statement(PolicyType.RESOURCE, principal)))
                .isEqualTo(expected);
    }

    @Test
    void read_storedGroupOrWildcard_matchesNobody() { // E25, E26
        PrincipalElement element = sound(
                PolicyType.RESOURCE,
                Checks.STORED,
                "{'AWS':['arn:aws:iam::111122223333:group/devs','arn:aws:sts::111122223333:assumed-role/app/*']}");
        assertThat(element.principals()).hasSize(2).allMatch(Principal.Nobody.class::isInstance);
        assertThat(element.principals().get(1).text()).isEqualTo("arn:aws:sts::111122223333:assumed-role/app/*");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            '*'                              | ~~
            {'AWS':'*'}                      | ~~
            ['*']                            | E:INVALID_PRINCIPAL_FORMAT
            {'AWS':'111122223333'}           | E:RCP_SYNTAX_ERROR_PRINCIPAL
            {'AWS':['*','111122223333']}     | E:RCP_SYNTAX_ERROR_PRINCIPAL
            {'Service':'ec2.amazonaws.com'}  | E:RCP_SYNTAX_ERROR_PRINCIPAL
            """)
    void read_resourceControlPolicy_takesEveryoneOnly(String principal, String expected) { // L26, E60
        String found = Checked.ofStatement(
                PolicyType.RESOURCE_CONTROL, Checks.NEW, statement(PolicyType.RESOURCE_CONTROL, principal));
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void read_accountAsIdOrRoot_isTheSameAccount() { // L60
        PrincipalElement element =
                sound(PolicyType.RESOURCE, Checks.NEW, "{'AWS':['111122223333','arn:aws:iam::111122223333:root']}");
        assertThat(element.principals())
                .extracting(principal -> ((Principal.Account) principal).accountId())
                .containsExactly("111122223333", "111122223333");
    }

    @Test
    void read_severalTypes_keepDocumentOrderAndPlaces() { // L59
        String text = Checked.document(statement(
                PolicyType.RESOURCE, "{'Service':'sns.amazonaws.com','AWS':['111122223333','444455556666']}"));
        PrincipalElement element = Checked.sound(PolicyType.RESOURCE, Checks.NEW, text)
                .statements()
                .get(0)
                .principal()
                .orElseThrow();
        assertThat(element.principals())
                .extracting(Principal::text)
                .containsExactly("sns.amazonaws.com", "111122223333", "444455556666");
        Principal last = element.principals().get(2);
        assertThat(text.substring(last.span().start(), last.span().end())).isEqualTo("'444455556666'");
    }

    @Test
    void read_notPrincipalWithAllow_isASecurityWarning() { // L73, E31
        String text = "{'Effect':'Allow','NotPrincipal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.NEW, text)).isEqualTo("S:ALLOW_WITH_NOTPRINCIPAL");
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.NEW, text.replace("Allow", "Deny")))
                .isEmpty();
    }
}
