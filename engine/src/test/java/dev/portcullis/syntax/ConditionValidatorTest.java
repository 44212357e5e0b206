package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator.Comparison;
import dev.portcullis.policy.ConditionOperator.Quantifier;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionValidatorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L21, L76
            {}                                                             | I:EMPTY_OBJECT_CONDITION
            {'StringEquals':{}}                                            | I:EMPTY_OBJECT_CONDITION
            []                                                             | E:DATA_TYPE_MISMATCH
            'x'                                                            | E:DATA_TYPE_MISMATCH
            {'StringEquals':'x'}                                           | E:DATA_TYPE_MISMATCH
            {'StringEquals':['a:b']}                                       | E:DATA_TYPE_MISMATCH
            {'Nope':'x'}                                                   | E:INVALID_CONDITION_OPERATOR E:DATA_TYPE_MISMATCH
            # L89, L127, U3
            {'StringEqual':{'a:b':'x'}}                                    | E:INVALID_CONDITION_OPERATOR
            {'stringequals':{'a:b':'x'}}                                   | E:INVALID_CONDITION_OPERATOR
            {'StringEqualIfExists':{'a:b':'x'}}                            | E:INVALID_CONDITION_OPERATOR
            {'ForAllValue:StringEquals':{'a:b':'x'}}                       | E:INVALID_CONDITION_OPERATOR
            {'ForAnyValue:ForAllValues:StringEquals':{'a:b':'x'}}          | E:INVALID_CONDITION_OPERATOR
            {'StringEqualsIfExistsIfExists':{'a:b':'x'}}                   | E:INVALID_CONDITION_OPERATOR
            {'NullIfExists':{'a:b':'true'}}                                | E:NULL_WITH_IF_EXISTS
            {'ForAnyValue:NullIfExists':{'a:b':'true'}}                    | E:NULL_WITH_IF_EXISTS
            {'ForAnyValue:StringLikeIfExists':{'a:b':'x'}}                 | ~~
            {'ForAllValues:Null':{'a:b':'true'}}                           | I:NULL_WITH_QUALIFIER
            # L12, L82
            {'StringEquals':{'a:b':'x'},'StringEquals':{'a:c':'x'}}        | E:DUPLICATE_ELEMENT
            {'StringEquals':{'a:b':'x','a:b':'y'}}                         | E:DUPLICATE_ELEMENT
            {'StringEquals':{'aws:username':'a','AWS:UserName':'b'}}       | E:DUPLICATE_KEYS_WITH_DIFFERENT_CASE
            {'StringEquals':{'a:b':'x'},'StringLike':{'A:B':'x'}}          | ~~
            # Keys
            {'StringEquals':{'SourceIp':'x'}}                              | E:INVALID_CONDITION_KEY_FORMAT
            {'StringEquals':{':x':'x'}}                                    | E:INVALID_CONDITION_KEY_FORMAT
            {'StringEquals':{'aws:':'x'}}                                  | E:INVALID_CONDITION_KEY_FORMAT
            {'StringEquals':{'':'x'}}                                      | E:INVALID_CONDITION_KEY_FORMAT
            {'StringEquals':{'aws:RequestTag':'x'}}                        | E:MISSING_TAG_KEY_IN_CONDITION
            {'StringEquals':{'aws:requesttag/':'x'}}                       | E:MISSING_TAG_KEY_IN_CONDITION
            {'StringEquals':{'aws:RequestTag/a b':'x'}}                    | ~~
            {'StringEquals':{'aws:Nope':'x'}}                              | W:INVALID_GLOBAL_CONDITION_KEY
            {'StringEquals':{'aws:SourceIp/x':'x'}}                        | W:INVALID_GLOBAL_CONDITION_KEY
            {'StringEquals':{'aws:ARN':'x'}}                               | W:UNSUPPORTED_GLOBAL_CONDITION_KEY
            {'StringEquals':{'aws:PrincipalTag/${aws:username}':'x'}}      | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            {'StringEquals':{'kms:EncryptionContext:aws-crypto-ec:aws:qdeveloper:accountId':'x'}} | ~~
            {'StringEquals':{'token.actions.githubusercontent.com:sub':'x'}} | ~~
            # L17, L22
            {'StringEquals':{'a:b':[]}}                                    | E:EMPTY_ARRAY_CONDITION
            {'StringEqualsIfExists':{'a:b':[]}}                            | E:EMPTY_ARRAY_CONDITION_IFEXISTS
            {'ForAllValues:StringEquals':{'a:b':[]}}                       | E:EMPTY_ARRAY_CONDITION_FORALLVALUES
            {'ForAnyValue:StringEquals':{'a:b':[]}}                        | E:EMPTY_ARRAY_CONDITION_FORANYVALUE
            {'StringEquals':{'a:b':null}}                                  | E:INVALID_CONDITION_DATA_TYPE
            {'StringEquals':{'a:b':{'x':'y'}}}                             | E:INVALID_CONDITION_DATA_TYPE
            {'StringEquals':{'a:b':[['x']]}}                               | E:INVALID_CONDITION_DATA_TYPE
            {'NumericEquals':{'a:b':['10',20]}}                            | E:INVALID_CONDITION_DATA_TYPE
            {'NumericEquals':{'a:b':[10,20]}}                              | ~~
            {'StringEquals':{'a:b':['x',true]}}                            | E:INVALID_CONDITION_DATA_TYPE
            # L78
            {'Bool':{'aws:SecureTransport':['true','false']}}              | E:INVALID_CONDITION_MULTIPLE_BOOLEAN
            {'BoolIfExists':{'aws:SecureTransport':['true','false']}}      | E:INVALID_CONDITION_MULTIPLE_BOOLEAN
            {'ForAllValues:Bool':{'a:b':['true','false']}}                 | ~~
            {'Bool':{'aws:SecureTransport':['true']}}                      | ~~
            {'Null':{'a:b':['true','false']}}                              | W:INVALID_CONDITION_MULTIPLE_BOOLEAN
            """)
    void read_newCondition_findsEveryFault(String condition, String expected) {
        assertThat(Checked.ofCondition(condition)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'StringEquals':{'a:b':[]}}                              | W:EMPTY_ARRAY_CONDITION
            {'StringEqualsIfExists':{'a:b':[]}}                      | W:EMPTY_ARRAY_CONDITION_IFEXISTS
            {'ForAllValues:StringEquals':{'a:b':[]}}                 | W:EMPTY_ARRAY_CONDITION_FORALLVALUES
            {'ForAnyValue:StringEquals':{'a:b':[]}}                  | W:EMPTY_ARRAY_CONDITION_FORANYVALUE
            {'NumericEquals':{'a:b':['10',20]}}                      | W:INVALID_CONDITION_DATA_TYPE
            {'Bool':{'aws:SecureTransport':['true','false']}}        | W:INVALID_CONDITION_MULTIPLE_BOOLEAN
            {'StringEquals':{'SourceIp':'x'}}                        | W:INVALID_CONDITION_KEY_FORMAT
            {'StringEquals':{'aws:RequestTag':'x'}}                  | W:MISSING_TAG_KEY_IN_CONDITION
            {'StringEquals':{'a:b':null}}                            | E:INVALID_CONDITION_DATA_TYPE
            {'StringEqual':{'a:b':'x'}}                              | E:INVALID_CONDITION_OPERATOR
            {'StringEquals':{'a:b':'x','A:b':'y'}}                   | E:DUPLICATE_KEYS_WITH_DIFFERENT_CASE
            {'StringEquals':{'a:b':'x'},'StringEquals':{'a:c':'x'}}  | E:DUPLICATE_ELEMENT
            """)
    void read_storedCondition_keepsWhatHasAMeaning(String condition, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, Checked.statement(condition)))
                .isEqualTo(expected);
    }

    @Test
    void read_severalOperatorsAndKeys_areAllKeptInOrder() { // L76, L77
        List<Condition> conditions = Checked.soundStatement(
                        PolicyType.IDENTITY,
                        Checks.NEW,
                        Checked.statement("{'StringEquals':{'aws:username':'a','aws:PrincipalType':'User'},"
                                + "'ForAnyValue:StringLikeIfExists':{'aws:TagKeys':['b*','c']}}"))
                .conditions();
        assertThat(conditions)
                .extracting(Condition::key)
                .containsExactly("aws:username", "aws:PrincipalType", "aws:TagKeys");
        Condition last = conditions.get(2);
        assertThat(last.operator().quantifier()).isEqualTo(Quantifier.FOR_ANY_VALUE);
        assertThat(last.operator().comparison()).isEqualTo(Comparison.STRING_LIKE);
        assertThat(last.operator().ifExists()).isTrue();
        assertThat(last.values()).extracting(value -> value.text().source()).containsExactly("b*", "c");
    }

    @Test
    void read_emptyCondition_isNoCondition() { // L21, U4
        Statement statement = Checked.soundStatement(PolicyType.IDENTITY, Checks.NEW, Checked.statement("{}"));
        assertThat(statement.conditions()).isEmpty();
        assertThat(statement.emptyCondition()).isTrue();
    }

    @Test
    void read_numberAndBoolean_areKeptAsText() { // L17
        assertThat(Checked.soundCondition("{'NumericEquals':{'s3:max-keys':1.50}}")
                        .values()
                        .get(0)
                        .text()
                        .source())
                .isEqualTo("1.50");
        assertThat(Checked.soundCondition("{'Bool':{'aws:SecureTransport':true}}")
                        .values()
                        .get(0)
                        .text()
                        .source())
                .isEqualTo("true");
    }

    @Test
    void read_keySpan_isTheKeyWithItsQuotes() {
        String text = Checked.document(Checked.statement("{'StringEquals':{'aws:username':'a'}}"));
        Condition condition = Checked.sound(PolicyType.IDENTITY, Checks.NEW, text)
                .statements()
                .get(0)
                .conditions()
                .get(0);
        assertThat(text.substring(
                        condition.keySpan().start(), condition.keySpan().end()))
                .isEqualTo("'aws:username'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'StringEqual':{'a:b':'x'}}                 | did you mean `StringEquals`?
            {'ForAnyvalue:StringEquals':{'a:b':'x'}}    | did you mean `ForAnyValue:StringEquals`?
            {'NumericLesThanIfExist':{'a:b':'1'}}       | did you mean `NumericLessThanIfExists`?
            {'StringEquals':{'SourceIp':'x'}}           | did you mean `aws:SourceIp`?
            {'StringEquals':{'aws:PrincipalOrgIdd':'x'}} | did you mean `aws:PrincipalOrgID`?
            {'StringEquals':{'aws:RequestTag':'x'}}     | such as `aws:RequestTag/team`
            """)
    void read_nearMiss_saysWhatMayBeMeant(String condition, String help) {
        List<Diagnostic> diagnostics = Checked.read(
                        PolicyType.IDENTITY, Checks.NEW, Checked.document(Checked.statement(condition)))
                .diagnostics();
        assertThat(diagnostics).hasSize(1);
        assertThat(diagnostics.get(0).help()).contains(help);
    }
}
