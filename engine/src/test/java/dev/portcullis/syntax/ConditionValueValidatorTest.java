package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionValueValidatorTest {

    /** Values that an operator can't read: refused when saved, taken in session policies and where stored (L88). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'NumericEquals':{'a:b':'ten'}}                      | TYPE_MISMATCH_NUMBER
            {'NumericLessThanIfExists':{'a:b':''}}               | TYPE_MISMATCH_NUMBER
            {'NumericEquals':{'a:b':true}}                       | TYPE_MISMATCH_NUMBER
            {'DateLessThan':{'a:b':'tomorrow'}}                  | TYPE_MISMATCH_DATE
            {'DateEquals':{'a:b':'2030-13-01'}}                  | TYPE_MISMATCH_DATE
            {'IpAddress':{'a:b':'not-an-ip'}}                    | TYPE_MISMATCH_IP_RANGE
            {'NotIpAddress':{'a:b':'192.0.2.0/33'}}              | TYPE_MISMATCH_IP_RANGE
            {'IpAddress':{'a:b':'2001:db8::5/64'}}               | TYPE_MISMATCH_IP_RANGE
            {'IpAddress':{'a:b':'2001:db8::192.0.2.0/120'}}      | TYPE_MISMATCH_IP_RANGE
            {'ArnLike':{'a:b':'not-an-arn'}}                     | TYPE_MISMATCH_ARN
            {'ArnNotEquals':{'a:b':''}}                          | TYPE_MISMATCH_ARN
            """)
    void read_unreadableValue_dependsOnTypeAndChecks(String condition, String code) {
        String statement = Checked.statement(condition);
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement))
                .isEqualTo("E:" + code);
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement))
                .isEqualTo("E:" + code);
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, statement))
                .isEqualTo("W:" + code);
        assertThat(Checked.ofStatement(PolicyType.SESSION, Checks.NEW, statement))
                .isEqualTo("W:" + code);
    }

    @Test
    void read_badBase64_isRefusedEverywhere() { // L88, L107
        String statement = Checked.statement("{'BinaryEquals':{'a:b':'no-binary'}}");
        for (PolicyType type : new PolicyType[] {PolicyType.IDENTITY, PolicyType.SESSION}) {
            for (Checks checks : Checks.values()) {
                assertThat(Checked.ofStatement(type, checks, statement)).isEqualTo("E:TYPE_MISMATCH_STRING");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L98 to L103
            {'NumericEquals':{'a:b':'01'}}                       | ~~
            {'NumericEquals':{'a:b':'+1.5e3'}}                   | ~~
            {'NumericEquals':{'a:b':7}}                          | ~~
            {'DateEquals':{'a:b':'2030-01-01T00:00:00Z'}}        | ~~
            {'DateEquals':{'a:b':'2030'}}                        | ~~
            {'DateEquals':{'a:b':2030}}                          | ~~
            {'DateEquals':{'a:b':'1893456000'}}                  | W:INVALID_DATE_VALUE
            {'DateEquals':{'a:b':1893456000}}                    | W:INVALID_DATE_VALUE
            # L105, L125
            {'Bool':{'a:b':'TRUE'}}                              | ~~
            {'Bool':{'a:b':'yes'}}                               | W:TYPE_MISMATCH_BOOLEAN
            {'Bool':{'a:b':1}}                                   | W:TYPE_MISMATCH_BOOLEAN
            {'Null':{'a:b':true}}                                | ~~
            {'Null':{'a:b':'yes'}}                               | W:TYPE_MISMATCH_BOOLEAN
            # L107
            {'BinaryEquals':{'a:b':'YQ=='}}                      | ~~
            {'BinaryEquals':{'a:b':'YQ'}}                        | W:TYPE_MISMATCH_STRING
            # L109 to L112
            {'IpAddress':{'a:b':'192.000.002.1'}}                | ~~
            {'IpAddress':{'a:b':'2001:db8:::1/128'}}             | ~~
            {'IpAddress':{'a:b':'203.0.113.77/24'}}              | I:IMPROVE_IP_RANGE
            {'IpAddress':{'a:b':'::ffff:c000:200/120'}}          | W:TYPE_MISMATCH_IP_RANGE
            # L120, U23
            {'ArnLike':{'a:b':'arn:aws:iam::*:role/*'}}          | ~~
            {'ArnLike':{'a:b':'arn:*:*:*:*:*'}}                  | ~~
            {'ArnLike':{'a:b':'*'}}                              | W:TYPE_MISMATCH_ARN
            {'ArnLike':{'a:b':'arn:aws:s3'}}                     | W:TYPE_MISMATCH_ARN
            {'ArnLike':{'a:b':'arn:aws:s3:::*'}}                 | ~~
            {'ArnLike':{'a:b':'${aws:SourceArn}'}}               | ~~
            {'ArnLike':{'a:b':'arn:aws:s3:::${a:c}'}}            | ~~
            # L95
            {'StringEquals':{'a:b':'x*'}}                        | W:WILDCARD_WITHOUT_LIKE_OPERATOR
            {'StringNotEqualsIgnoreCase':{'a:b':'x?'}}           | W:WILDCARD_WITHOUT_LIKE_OPERATOR
            {'StringEquals':{'a:b':'x${*}'}}                     | ~~
            {'StringLike':{'a:b':'x*'}}                          | ~~
            # L147
            {'StringEquals':{'a:b':'${aws:username'}}            | E:MISSING_BRACE_IN_VARIABLE
            {'StringEquals':{'a:b':'${}'}}                       | E:EMPTY_VARIABLE
            {'ArnLike':{'a:b':'arn:aws:s3:::${}'}}               | E:EMPTY_VARIABLE
            """)
    void read_newValue_isReadAsItsOperatorDoes(String condition, String expected) {
        assertThat(Checked.ofCondition(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NumericEquals", "DateEquals", "Bool", "BinaryEquals", "IpAddress", "Null"})
    void read_variable_standsWithStringAndArnOperatorsOnly(String operator) { // L99, L104, L106, L114, L148, U19
        String condition = "{'" + operator + "':{'a:b':'${aws:EpochTime}'}}";
        assertThat(Checked.ofCondition(condition)).isEqualTo("E:INVALID_VARIABLE_FOR_OPERATOR");
        assertThat(Checked.ofStatement(PolicyType.SESSION, Checks.STORED, Checked.statement(condition)))
                .isEqualTo("E:INVALID_VARIABLE_FOR_OPERATOR");
    }

    @Test
    void read_variableInOldVersion_isText() { // L145
        String text = "{'Statement':" + Checked.statement("{'StringLike':{'a:b':'${aws:username}*'}}") + "}";
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, text))
                .isEqualTo("W:MISSING_VERSION W:VARIABLE_UNSUPPORTED_IN_VERSION");
        assertThat(Checked.sound(PolicyType.IDENTITY, Checks.NEW, text)
                        .statements()
                        .get(0)
                        .conditions()
                        .get(0)
                        .values()
                        .get(0)
                        .text()
                        .segments())
                .containsExactly(new Literal("${aws:username}"), new AnyText());
        String numeric = "{'Statement':" + Checked.statement("{'NumericEquals':{'a:b':'${aws:EpochTime}'}}") + "}";
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, numeric))
                .isEqualTo("W:MISSING_VERSION E:TYPE_MISMATCH_NUMBER");
    }

    @Test
    void read_wildcardsAndVariables_areSpecialAsTheOperatorSays() { // L93, L95, L115, L137
        assertThat(Checked.soundCondition("{'StringEquals':{'a:b':'*${aws:username}'}}")
                        .values()
                        .get(0)
                        .text()
                        .segments())
                .containsExactly(new Literal("*"), new Variable("aws:username", Optional.empty()));
        assertThat(Checked.soundCondition("{'StringNotLike':{'a:b':'*${aws:username}'}}")
                        .values()
                        .get(0)
                        .text()
                        .segments())
                .containsExactly(new AnyText(), new Variable("aws:username", Optional.empty()));
        assertThat(Checked.soundCondition("{'ArnEquals':{'a:b':'arn:aws:s3:::*'}}")
                        .values()
                        .get(0)
                        .text()
                        .segments())
                .containsExactly(new Literal("arn:aws:s3:::"), new AnyText());
        assertThat(Checked.soundCondition("{'StringEqualsIgnoreCase':{'a:b':''}}")
                        .values()
                        .get(0)
                        .text()
                        .segments())
                .isEmpty();
    }
}
