package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceValidatorTest {

    private static String statement(String resource) {
        return "{'Effect':'Deny','Action':'s3:GetObject','Resource':" + resource + "}";
    }

    private static ResourcePattern sound(String resource) {
        ResourceElement element = Checked.soundStatement(PolicyType.IDENTITY, Checks.NEW, statement(resource))
                .resource()
                .orElseThrow();
        assertThat(element.patterns()).hasSize(1);
        return element.patterns().get(0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L39 to L46
            '*'                                              | ~~
            'arn:aws:s3:::b'                                 | ~~
            'arn:aws:s3:::b/*/x?'                            | ~~
            'arn:aws:logs:us-*-1:111122223333:log-group:*:log-stream:*' | ~~
            'arn:*:s3:::b'                                   | ~~
            'arn:aws-us-gov:s3:::b'                          | ~~
            'arn:aws:iam::aws:policy/AdministratorAccess'    | ~~
            'arn:aws:*:us-east-1:111122223333:x'             | I:WILDCARD_IN_SERVICE_NAME
            'arn:aws:*code*:us-east-1:111122223333:x'        | I:WILDCARD_IN_SERVICE_NAME
            'arn:aws:S3:::b'                                 | W:INVALID_ARN_SERVICE_CASE
            'arn:aws::::b'                                   | E:INVALID_SERVICE
            'arn:azure:s3:::b'                               | E:INVALID_PARTITION
            'arn::s3:::b'                                    | E:INVALID_PARTITION
            'arn:aws:iam:us-east-1:111122223333:user/a'      | E:ARN_REGION_NOT_ALLOWED
            'arn:aws:sqs:us-east-1:1111:q'                   | W:INVALID_ARN_ACCOUNT
            # L49
            'my-bucket'                                      | E:INVALID_ARN_PREFIX
            'my-bucket/*'                                    | E:INVALID_ARN_PREFIX
            ''                                               | E:INVALID_ARN_PREFIX
            '**'                                             | E:INVALID_ARN_PREFIX
            '?'                                              | E:INVALID_ARN_PREFIX
            'ARN:aws:s3:::b'                                 | E:INVALID_ARN_PREFIX
            '*:aws:s3:::b'                                   | E:INVALID_ARN_PREFIX
            'arn'                                            | E:INVALID_ARN_PREFIX
            ' arn:aws:s3:::b'                                | E:INVALID_ARN_PREFIX
            # L48
            'arn:aws:sqs'                                    | W:MISSING_ARN_FIELD
            'arn:aws:sqs:us-east-2'                          | W:MISSING_ARN_FIELD
            'arn:aws:waf:*'                                  | W:MISSING_ARN_FIELD
            'arn:aws:dynamodb:*:table/prod-*'                | W:MISSING_ARN_FIELD
            'arn:aws'                                        | E:MISSING_ARN_FIELD
            # L19, L16
            []                                               | E:EMPTY_ARRAY_RESOURCE
            ['arn:aws:s3:::b','arn:aws:s3:::c']              | ~~
            [7]                                              | E:DATA_TYPE_MISMATCH
            null                                             | E:DATA_TYPE_MISMATCH
            # L53, L137 to L139
            'arn:aws:s3:::b/${aws:username}/*'               | ~~
            'arn:aws:s3:::b/${*}${?}${$}'                    | ~~
            'arn:aws:sqs:${aws:RequestedRegion}::q'          | W:VARIABLE_OUTSIDE_RESOURCE_PART
            # L147
            'arn:aws:s3:::b/${aws:username'                  | E:MISSING_BRACE_IN_VARIABLE
            'arn:aws:s3:::b/${}'                             | E:EMPTY_VARIABLE
            'arn:aws:s3:::b/${aws: username}'                | E:UNSUPPORTED_SPACE_IN_VARIABLE
            'arn:aws:s3:::b/${a:b}/${}/${c:d'                | E:EMPTY_VARIABLE E:MISSING_BRACE_IN_VARIABLE
            # L141, L142: variables without a value
            'arn:aws:s3:::b/${aws:TagKeys}'                  | W:MULTIVALUED_KEY_IN_VARIABLE
            'arn:aws:s3:::b/${username}'                     | W:INVALID_CONDITION_KEY_FORMAT
            'arn:aws:s3:::b/${aws:usrname}'                  | W:INVALID_GLOBAL_CONDITION_KEY
            'arn:aws:s3:::b/${aws:PrincipalTag}'             | W:MISSING_TAG_KEY_IN_VARIABLE
            'arn:aws:s3:::b/${aws:PrincipalTag/team}'        | ~~
            """)
    void read_newIdentityResource_findsEveryFault(String resource, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement(resource)))
                .isEqualTo(expected);
    }

    @Test
    void read_variableWithoutQuote_isRefused() { // L147
        String text = Checked.document(statement("'arn:aws:s3:::b/${aws:username, QxQ}'"));
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, text.replace('Q', ' ')))
                .isEqualTo("E:MISSING_QUOTE_IN_VARIABLE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                                          | W:EMPTY_ARRAY_RESOURCE
            'arn:aws'                                   | W:MISSING_ARN_FIELD
            'arn:azure:s3:::b'                          | W:INVALID_PARTITION
            'arn:aws::::b'                              | W:INVALID_SERVICE
            'arn:aws:iam:us-east-1:111122223333:user/a' | W:ARN_REGION_NOT_ALLOWED
            'my-bucket'                                 | E:INVALID_ARN_PREFIX
            'arn:aws:s3:::b/${aws:username'             | E:MISSING_BRACE_IN_VARIABLE
            """)
    void read_storedIdentityResource_keepsWhatHasAMeaning(String resource, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, statement(resource)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"identity, W", "boundary, W", "session, E", "scp, E"})
    void read_shortenedArn_isCompletedInIdentityPoliciesOnly(String type, String severity) { // L48, U8
        String text = statement("'arn:aws:sqs:us-east-2'");
        assertThat(Checked.ofStatement(Checked.type(type), Checks.NEW, text))
                .isEqualTo(severity + ":MISSING_ARN_FIELD");
        assertThat(Checked.ofStatement(Checked.type(type), Checks.STORED, text))
                .isEqualTo(severity + ":MISSING_ARN_FIELD");
    }

    @Test
    void read_shortenedArnInResourcePolicy_isRefused() { // U8
        String text = "{'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.STORED, text))
                .isEqualTo("E:MISSING_ARN_FIELD");
    }

    @Test
    void read_shortenedArn_isSixFields() { // L48
        assertThat(sound("'arn:aws:sqs'").completed()).isTrue();
        assertThat(sound("'arn:aws:sqs'").text().source()).isEqualTo("arn:aws:sqs");
        assertThat(sound("'arn:aws:sqs'").text().segments())
                .containsExactly(
                        new Literal("arn:aws:sqs:"),
                        new AnyText(),
                        new Literal(":"),
                        new AnyText(),
                        new Literal(":"),
                        new AnyText());
        assertThat(sound("'arn:aws:waf:*'").text().segments())
                .containsExactly(
                        new Literal("arn:aws:waf:"),
                        new AnyText(),
                        new Literal(":"),
                        new AnyText(),
                        new Literal(":"),
                        new AnyText());
        assertThat(sound("'arn:aws:dynamodb:*:table/prod-*'").text().source())
                .isEqualTo("arn:aws:dynamodb:*:table/prod-*");
    }

    @Test
    void read_pattern_isSplitIntoSegments() { // L41, L136 to L139
        assertThat(sound("'arn:aws:s3:::b/${aws:username}/a?*${*}'").text().segments())
                .containsExactly(
                        new Literal("arn:aws:s3:::b/"),
                        new Variable("aws:username", Optional.empty()),
                        new Literal("/a"),
                        new AnyUnit(),
                        new AnyText(),
                        new Literal("*"));
        assertThat(sound("'*'").isEverything()).isTrue();
    }

    @Test
    void read_variableInOldVersion_isTextAndAWarning() { // L145
        String text = "{'Statement':" + statement("'arn:aws:s3:::${aws:username}${'") + "}";
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, text))
                .isEqualTo("W:MISSING_VERSION W:VARIABLE_UNSUPPORTED_IN_VERSION");
        ResourceElement element = Checked.sound(PolicyType.IDENTITY, Checks.NEW, text)
                .statements()
                .get(0)
                .resource()
                .orElseThrow();
        assertThat(element.patterns().get(0).text().segments())
                .containsExactly(new Literal("arn:aws:s3:::${aws:username}${"));
    }

    @Test
    void read_oversizedResource_isRefused() {
        String longest = "arn:aws:s3:::" + "a".repeat(Limits.PATTERN_UNITS - 13);
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement("'" + longest + "'")))
                .isEmpty();
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.STORED, statement("'" + longest + "a'")))
                .isEqualTo("E:PATTERN_TOO_LONG");
    }
}
