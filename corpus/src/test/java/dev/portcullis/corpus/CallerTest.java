package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::111122223333:user/alice, USER, 111122223333, alice, ''",
        "arn:aws:iam::111122223333:user/team/a/alice, USER, 111122223333, alice, ''",
        "arn:aws:iam::111122223333:role/path/app, ROLE, 111122223333, app, ''",
        "arn:aws:sts::111122223333:assumed-role/app/s1, ROLE_SESSION, 111122223333, app, s1",
        "arn:aws:sts::111122223333:assumed-role/app, OTHER, 111122223333, app, ''",
        "arn:aws:sts::111122223333:federated-user/bob, FEDERATED_USER, 111122223333, bob, ''",
        "arn:aws-cn:iam::111122223333:root, ROOT, 111122223333, root, ''",
        "arn:aws:iam::111122223333:group/devs, OTHER, 111122223333, devs, ''",
        "arn:aws:iam::111122223333:user, OTHER, 111122223333, user, ''",
        "arn:aws:iam::111122223333:saml-provider/Okta, IDENTITY_PROVIDER, 111122223333, Okta, ''",
        "arn:aws:iam::111122223333:oidc-provider/t.example/x, IDENTITY_PROVIDER, 111122223333, x, ''",
        "accounts.google.com, IDENTITY_PROVIDER, '', '', ''",
        "sns.amazonaws.com, SERVICE, '', '', ''",
        "s3.ap-east-1.amazonaws.com, SERVICE, '', '', ''",
        "anonymous, ANONYMOUS, '', '', ''",
        "arn:aws:iam, OTHER, '', '', ''",
        "arn:aws:iam::aws:user/x, USER, '', x, ''",
    })
    void of_principal_tellsKindAccountAndNames(
            String principal, Caller.Kind kind, String account, String name, String session) {
        Caller caller = Caller.of(principal);
        assertThat(caller.kind()).isEqualTo(kind);
        assertThat(caller.account()).isEqualTo(account);
        assertThat(caller.name()).isEqualTo(name);
        assertThat(caller.session()).isEqualTo(session);
    }

    @Test
    void isOfAccount_onlyAccountsOwnPrincipals() {
        assertThat(Caller.of("arn:aws:iam::111122223333:root").isOfAccount()).isTrue();
        assertThat(Caller.of("arn:aws:sts::111122223333:assumed-role/app/s1").isOfAccount())
                .isTrue();
        assertThat(Caller.of("sns.amazonaws.com").isOfAccount()).isFalse();
        assertThat(Caller.of("anonymous").isOfAccount()).isFalse();
        assertThat(Caller.of("arn:aws:iam::111122223333:saml-provider/Okta").isOfAccount())
                .isFalse();
    }
}
