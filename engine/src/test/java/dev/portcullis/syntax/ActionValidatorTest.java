package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionValidatorTest {

    private static String statement(String action) {
        return "{'Effect':'Deny','Action':" + action + ",'Resource':'*'}";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L27, L29 to L33
            's3:GetObject'                 | ~~
            's3:NoSuchAction'              | ~~
            'S3:getobject'                 | ~~
            '*'                            | ~~
            's3:*'                         | ~~
            's3:?et*'                      | ~~
            'user-subscriptions:CreateClaim' | ~~
            '*:*'                          | I:WILDCARD_IN_SERVICE_NAME
            'code*:List*'                  | I:WILDCARD_IN_SERVICE_NAME
            's?:GetObject'                 | I:WILDCARD_IN_SERVICE_NAME
            'GetObject'                    | E:INVALID_ACTION
            's3:Get:Object'                | E:INVALID_ACTION
            's3:'                          | E:INVALID_ACTION
            ':GetObject'                   | E:INVALID_ACTION
            ':'                            | E:INVALID_ACTION
            ''                             | E:INVALID_ACTION
            '**'                           | E:INVALID_ACTION
            # L28: strings are not trimmed
            ' s3:GetObject'                | E:INVALID_SERVICE_IN_ACTION
            's3:GetObject '                | W:INVALID_ACTION
            's 3:GetObject'                | E:INVALID_SERVICE_IN_ACTION
            # L37
            's3:${aws:username}'           | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            '${aws:username}:Get*'         | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            # L18, L16
            []                             | E:EMPTY_ARRAY_ACTION
            ['s3:GetObject']               | ~~
            [['s3:GetObject']]             | E:DATA_TYPE_MISMATCH
            {'s3':'GetObject'}             | E:DATA_TYPE_MISMATCH
            true                           | E:DATA_TYPE_MISMATCH
            ['s3:GetObject',null,'x']      | E:DATA_TYPE_MISMATCH E:INVALID_ACTION
            """)
    void read_newAction_findsEveryFault(String action, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement(action)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                   | W:EMPTY_ARRAY_ACTION
            ' s3:GetObject'      | W:INVALID_SERVICE_IN_ACTION
            'GetObject'          | E:INVALID_ACTION
            's3:Get:Object'      | E:INVALID_ACTION
            's3:${aws:username}' | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            """)
    void read_storedAction_keepsWhatHasAMeaning(String action, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, statement(action)))
                .isEqualTo(expected);
    }

    @Test
    void read_emptyLists_haveNoEffect() { // L18, U29
        ActionElement action = Checked.soundStatement(PolicyType.IDENTITY, Checks.STORED, statement("[]"))
                .action();
        assertThat(action.negated()).isFalse();
        assertThat(action.patterns()).isEmpty();
        String not = "{'Effect':'Allow','NotAction':[],'Resource':'*'}";
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, not)).isEqualTo("E:EMPTY_ARRAY_ACTION");
        assertThat(Checked.soundStatement(PolicyType.IDENTITY, Checks.STORED, not)
                        .action()
                        .negated())
                .isTrue();
    }

    @Test
    void read_list_keepsTextsAsWritten() { // L34
        ActionElement action = Checked.soundStatement(
                        PolicyType.IDENTITY, Checks.NEW, statement("['S3:getobject','*:*','\\u0073qs:Send?essage']"))
                .action();
        assertThat(action.patterns())
                .extracting(ActionPattern::text)
                .containsExactly("S3:getobject", "*:*", "sqs:Send?essage");
        assertThat(action.patterns().get(0).service()).isEqualTo("S3");
    }

    @Test
    void read_oversizedAction_isRefused() {
        String longest = "s3:" + "a".repeat(Limits.PATTERN_UNITS - 3);
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement("'" + longest + "'")))
                .isEmpty();
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.STORED, statement("'" + longest + "a'")))
                .isEqualTo("E:PATTERN_TOO_LONG");
        String widest = "s3:" + "*".repeat(Limits.PATTERN_WILDCARDS);
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement("'" + widest + "'")))
                .isEmpty();
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement("'" + widest + "*'")))
                .isEqualTo("E:TOO_MANY_WILDCARDS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'sts:AssumeRole'                    | ~~
            'STS:AssumeRole'                    | ~~
            'sts:*'                             | ~~
            '*'                                 | ~~
            ['sts:AssumeRole','sts:TagSession'] | ~~
            's3:GetObject'                      | E:UNSUPPORTED_ACTION_IN_POLICY
            """)
    void read_trustPolicy_isAboutStsOnly(String action, String expected) {
        String statement = "{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':" + action + "}";
        assertThat(Checked.ofStatement(PolicyType.TRUST, Checks.NEW, statement)).isEqualTo(expected);
        assertThat(Checked.ofStatement(PolicyType.TRUST, Checks.STORED, statement))
                .isEqualTo(expected.replace("E:", "W:"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            's3:*Object'    | ~~
            's3:Get*'       | ~~
            '*'             | ~~
            """)
    void read_serviceControlPolicy_takesWildcardsAnywhere(String action, String expected) { // L38, U20
        assertThat(Checked.ofStatement(PolicyType.SERVICE_CONTROL, Checks.NEW, statement(action)))
                .isEqualTo(expected);
    }
}
