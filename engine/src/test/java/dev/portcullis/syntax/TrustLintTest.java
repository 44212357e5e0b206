package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustLintTest {

    private static final String GITHUB = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # E75: who calls which action
            {'AWS':'111122223333'}                                              | 'sts:AssumeRole'                  | {} | ~~
            {'AWS':'111122223333'}                                              | 'sts:AssumeRoleWithSAML'          | {} | W:MISMATCHED_ACTION_FOR_PRINCIPAL
            {'Service':'ec2.amazonaws.com'}                                     | 'sts:AssumeRoleWithWebIdentity'   | {} | W:MISMATCHED_ACTION_FOR_PRINCIPAL
            {'Federated':'arn:aws:iam::111122223333:saml-provider/Okta'}        | 'sts:AssumeRoleWithSAML'          | {} | ~~
            {'Federated':'arn:aws:iam::111122223333:saml-provider/Okta'}        | 'sts:assumerole'                  | {} | W:MISMATCHED_ACTION_FOR_PRINCIPAL
            {'Federated':'arn:aws:iam::111122223333:saml-provider/Okta'}        | ['sts:AssumeRoleWithSAML','sts:TagSession'] | {} | ~~
            {'AWS':'111122223333','Federated':'arn:aws:iam::111122223333:saml-provider/Okta'} | ['sts:AssumeRole','sts:AssumeRoleWithSAML'] | {} | ~~
            # Providers
            {'Federated':'accounts.google.com'}                                 | 'sts:AssumeRoleWithWebIdentity'   | {} | S:MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL
            {'Federated':'accounts.google.com'}                                 | 'sts:AssumeRoleWithWebIdentity'   | {'StringEquals':{'accounts.google.com:aud':'x'}} | ~~
            {'Federated':'arn:aws:iam::111122223333:oidc-provider/example.org/a'} | 'sts:AssumeRoleWithWebIdentity' | {'StringEquals':{'example.org/A:sub':'x'}} | ~~
            {'Federated':'arn:aws:iam::111122223333:oidc-provider/example.org/a'} | 'sts:AssumeRoleWithWebIdentity' | {'StringEquals':{'example.org/b:sub':'x'}} | S:MISSING_CONDITION_KEY_FOR_OIDC_PRINCIPAL
            {'Federated':'GITHUB'}  | 'sts:AssumeRoleWithWebIdentity' | {'StringEquals':{'token.actions.githubusercontent.com:aud':'sts.amazonaws.com'}} | S:MISSING_GITHUB_REPO_CONDITION_KEY
            {'Federated':'GITHUB'}  | 'sts:AssumeRoleWithWebIdentity' | {'StringLike':{'token.actions.githubusercontent.com:sub':'repo:o/r:*'}}  | W:SPECIFIC_GITHUB_REPO_AND_BRANCH_RECOMMENDED
            {'Federated':'GITHUB'}  | 'sts:AssumeRoleWithWebIdentity' | {'StringEquals':{'token.actions.githubusercontent.com:sub':'repo:o/r:ref:refs/heads/main'}} | ~~
            # Roles Anywhere
            {'Service':'rolesanywhere.amazonaws.com'} | ['sts:AssumeRole','sts:SetSourceIdentity','sts:TagSession'] | {} | ~~
            {'Service':'rolesanywhere.amazonaws.com'} | 'sts:*'          | {} | ~~
            {'Service':'rolesanywhere.amazonaws.com'} | 'sts:AssumeRole' | {} | W:MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY W:MISSING_ACTION_FOR_ROLES_ANYWHERE_TRUST_POLICY
            # L63
            {'AWS':['arn:aws:iam::111122223333:role/p/dev','arn:aws:sts::111122223333:assumed-role/dev/s']} | 'sts:AssumeRole' | {} | I:REDUNDANT_PRINCIPAL_IN_ROLE_TRUST_POLICY
            {'AWS':['arn:aws:iam::111122223333:role/ops','arn:aws:sts::111122223333:assumed-role/dev/s']} | 'sts:AssumeRole' | {} | ~~
            {'AWS':['arn:aws:iam::444455556666:role/dev','arn:aws:sts::111122223333:assumed-role/dev/s']} | 'sts:AssumeRole' | {} | ~~
            """)
    void check_trustAllow_findsWhatIsQuestionable(String principal, String action, String condition, String expected) {
        String statement = "{'Effect':'Allow','Principal':" + principal.replace("GITHUB", GITHUB) + ",'Action':"
                + action + (condition.equals("{}") ? "" : ",'Condition':" + condition) + "}";
        assertThat(Checked.ofStatement(PolicyType.TRUST, Checks.NEW, statement)).isEqualTo(expected);
    }

    @Test
    void check_deny_isFine() {
        String statement =
                "{'Effect':'Deny','Principal':{'Federated':'accounts.google.com'},'Action':'sts:AssumeRole'}";
        assertThat(Checked.ofStatement(PolicyType.TRUST, Checks.NEW, statement)).isEmpty();
    }
}
