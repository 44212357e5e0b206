package dev.portcullis.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IamArnTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:iam::111122223333:user/alice",
                "arn:aws-cn:iam::111122223333:user/a_b+c=d,e.f@g-h",
                "arn:aws-us-gov:iam::111122223333:user/division/sub-division/alice",
                "arn:aws:iam::111122223333:user/a:b/alice"
            })
    void problem_wellFormed_isEmpty(String arn) {
        assertThat(IamArn.problem(arn, IdentityKind.USER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alice                                        | it does not begin with `arn:`
            ''                                           | it does not begin with `arn:`
            ARN:aws:iam::111122223333:user/alice         | it does not begin with `arn:`
            arn:aws:iam::user/alice                      | it has 5 fields, not 6
            arn:amazon:iam::111122223333:user/alice      | its partition `amazon` is not `aws` or `aws-…`
            arn:aws-CN:iam::111122223333:user/alice      | its partition `aws-CN` is not `aws` or `aws-…`
            arn::iam::111122223333:user/alice            | its partition `` is not `aws` or `aws-…`
            arn:aws:IAM::111122223333:user/alice         | its service `IAM` is not a lower-case name
            arn:aws:sts::111122223333:assumed-role/a/b   | it names a session, not a user
            arn:aws:s3::111122223333:user/alice          | its service is `s3`, not `iam`
            arn:aws:iam:eu-west-1:111122223333:user/a    | ARNs of IAM have no region
            arn:aws:iam::1111-2222-3333:user/alice       | its account `1111-2222-3333` is not 12 digits
            arn:aws:iam::11112222333:user/alice          | its account `11112222333` is not 12 digits
            arn:aws:iam::*:user/alice                    | its account `*` is not 12 digits
            arn:aws:iam::111122223333:                   | its last field is empty
            arn:aws:iam::111122223333:root               | it names an account's root user, which has no attached policies
            arn:aws:iam::111122223333:group/developers   | it does not name a user
            arn:aws:iam::111122223333:user               | it does not name a user
            arn:aws:iam::111122223333:user/              | its name `` is not 1 to 64 letters, digits or any of `_+=,.@-`
            arn:aws:iam::111122223333:user/*             | its name `*` is not 1 to 64 letters, digits or any of `_+=,.@-`
            arn:aws:iam::111122223333:user/a b           | its name `a b` is not 1 to 64 letters, digits or any of `_+=,.@-`
            arn:aws:iam::111122223333:user/é             | its name `é` is not 1 to 64 letters, digits or any of `_+=,.@-`
            arn:aws:iam::111122223333:user/a b/alice     | its path `/a b/` is not a path of IAM
            """)
    void problem_malformed_saysWhat(String arn, String problem) {
        assertThat(IamArn.problem(arn, IdentityKind.USER)).contains(problem);
    }

    @Test
    void problem_controlCharacter_isRefused() {
        assertThat(IamArn.problem("arn:aws:iam::111122223333:user/al\u0007ice", IdentityKind.USER))
                .contains("it contains a control character");
    }

    @Test
    void problem_longName_dependsOnKind() {
        String name = "n".repeat(100);

        assertThat(IamArn.problem("arn:aws:iam::111122223333:group/" + name, IdentityKind.GROUP))
                .isEmpty();
        assertThat(IamArn.problem("arn:aws:iam::111122223333:role/" + name, IdentityKind.ROLE))
                .isPresent();
    }

    @Test
    void problem_hugeText_isRefusedByItsLength() {
        assertThat(IamArn.problem("arn:aws:iam::111122223333:user/" + "a".repeat(10_000_000), IdentityKind.USER))
                .contains("it has more than 2048 characters");
    }

    @Test
    void of_pathAndName_areTakenApart() {
        assertThat(IamArn.of("arn:aws-cn:iam::111122223333:role/service-role/x/build"))
                .isEqualTo(new IamArn("aws-cn", "111122223333", "/service-role/x/", "build"));
        assertThat(IamArn.of("arn:aws:iam::111122223333:role/build"))
                .isEqualTo(new IamArn("aws", "111122223333", "/", "build"));
    }
}
