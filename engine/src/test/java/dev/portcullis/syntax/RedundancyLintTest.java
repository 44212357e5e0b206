package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedundancyLintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ['s3:GetObject','S3:GETOBJECT']        | the action `S3:GETOBJECT` is covered by `s3:GetObject`
            ['s3:GetObject','s3:GetObject']        | the action `s3:GetObject` is listed twice
            ['s3:GetObject','s3:Get*']             | the action `s3:GetObject` is covered by `s3:Get*`
            ['s3:Get*','s3:getobjectacl']          | the action `s3:getobjectacl` is covered by `s3:Get*`
            ['s3:Get?','s3:Get*']                  | the action `s3:Get?` is covered by `s3:Get*`
            ['s3:GetObject','*']                   | the action `s3:GetObject` is covered by `*`
            ['s3:G**','s3:G*']                     | the action `s3:G*` is covered by `s3:G**`
            ['s3:Get*','sqs:GetQueue']             | ~~
            ['s3:Get*','s3:GetObject*','s3:Put*']  | the action `s3:GetObject*` is covered by `s3:Get*`
            """)
    void check_actions_findsCoveredOnes(String actions, String expected) {
        String statement = "{'Effect':'Deny','Action':" + actions + ",'Resource':'*'}";
        assertThat(messages(statement)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            ['arn:aws:s3:::b','arn:aws:s3:::b/*']              | ~~
            ['arn:aws:s3:::b*','arn:aws:s3:::b/*']             | the resource `arn:aws:s3:::b/*` is covered by `arn:aws:s3:::b*`
            ['arn:aws:s3:::b','*']                             | the resource `arn:aws:s3:::b` is covered by `*`
            ['arn:aws:s3:::b','arn:aws:s3:::b']                | the resource `arn:aws:s3:::b` is listed twice
            ['arn:aws:s3:::B*','arn:aws:s3:::b']               | ~~
            ['arn:aws:ec2:*:1*:x','arn:aws:ec2:eu:111122223333:x'] | the resource `arn:aws:ec2:eu:111122223333:x` is covered by `arn:aws:ec2:*:1*:x`
            ['arn:aws:s3:::*','arn:aws:s3:::${aws:username}']  | the resource `arn:aws:s3:::${aws:username}` is covered by `arn:aws:s3:::*`
            ['arn:aws:s3:::?','arn:aws:s3:::${aws:username}']  | ~~
            ['arn:aws:s3:::${a:b}*','arn:aws:s3:::${a:b}/x']   | the resource `arn:aws:s3:::${a:b}/x` is covered by `arn:aws:s3:::${a:b}*`
            ['arn:aws:s3:::${a:c}*','arn:aws:s3:::${a:b}/x']   | ~~
            ['arn:aws:s3:::*x','arn:aws:s3:::${*}x']           | the resource `arn:aws:s3:::${*}x` is covered by `arn:aws:s3:::*x`
            ['arn:aws:s3:::${*}x','arn:aws:s3:::yx']           | ~~
            """)
    void check_resources_findsCoveredOnes(String resources, String expected) {
        String statement = "{'Effect':'Deny','Action':'s3:GetObject','Resource':" + resources + "}";
        assertThat(messages(statement)).isEqualTo(expected);
    }

    private static String messages(String statement) {
        List<Diagnostic> diagnostics = Checked.read(PolicyType.IDENTITY, Checks.NEW, Checked.document(statement))
                .diagnostics();
        return String.join("; ", diagnostics.stream().map(Diagnostic::message).toList());
    }

    @Test
    void check_sameStatementTwice_isFound() {
        String one = "{'Sid':'A','Effect':'Deny','Action':'s3:GetObject','Resource':'*',"
                + "'Condition':{'Bool':{'aws:SecureTransport':'false'}}}";
        String same = one.replace("'Sid':'A',", "").replace("'s3:GetObject'", "['s3:GetObject']");
        String other = one.replace("false", "true").replace("'A'", "'B'");
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, Checked.document(one, same, other)))
                .isEqualTo("I:REDUNDANT_STATEMENT");
    }

    @Test
    void check_samePrincipalsInAnotherStatement_isFound() {
        String one = "{'Effect':'Deny','Principal':{'AWS':'111122223333'},'Action':'s3:*','Resource':'*'}";
        assertThat(Checked.findings(PolicyType.RESOURCE, Checks.NEW, Checked.document(one, one)))
                .isEqualTo("I:REDUNDANT_STATEMENT");
        String other = one.replace("111122223333", "444455556666");
        assertThat(Checked.findings(PolicyType.RESOURCE, Checks.NEW, Checked.document(one, other)))
                .isEmpty();
    }
}
