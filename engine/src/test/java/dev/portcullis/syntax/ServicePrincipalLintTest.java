package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePrincipalLintTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            Allow | {'Bool':{'aws:SecureTransport':'true'}}                | S:RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL
            Allow | {'StringEquals':{'AWS:SourceAccount':'111122223333'}}  | ~~
            Allow | {'ArnLike':{'aws:SourceArn':'arn:aws:s3:::b'}}         | ~~
            Deny  | {'Bool':{'aws:SecureTransport':'true'}}                | ~~
            """)
    void check_serviceInResourcePolicy_needsItsSource(String effect, String condition, String expected) {
        String statement = "{'Effect':'" + effect + "','Principal':{'Service':'sns.amazonaws.com'},'Action':'sqs:*',"
                + "'Resource':'*','Condition':" + condition + "}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.NEW, statement))
                .isEqualTo(expected);
    }
}
