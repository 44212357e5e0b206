package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table "documents a validator should refuse (or must not refuse)" of the semantics, section 10, row by row. */
class VerdictTableTest {

    /** {@code S} stands for a sound statement, {@code C} for the rest of one that wants a Condition. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            L5   | {}                                                                        | E:MISSING_STATEMENT W:MISSING_VERSION
            L4   | {'Statement':[S]}                                                         | W:MISSING_VERSION
            L11  | {'version':'2012-10-17','Statement':[S]}                                  | W:MISSING_VERSION E:INVALID_POLICY_ELEMENT
            L3   | {'Version':'2012-10-17 ','Statement':[S]}                                 | E:INVALID_VERSION
            L10  | V{'Effect':'ALLOW','Action':'s3:GetObject','Resource':'*'}                | E:INVALID_EFFECT
            L8   | V{'Action':'s3:GetObject','Resource':'*'}                                 | E:MISSING_EFFECT
            L8   | V{'Effect':'Allow','Resource':'*'}                                        | E:MISSING_ACTION
            L8   | V{'Effect':'Allow','Action':'s3:GetObject'}                               | E:MISSING_RESOURCE
            L9   | V{'Effect':'Allow','Action':'a:b','NotAction':'a:c','Resource':'*'}       | E:UNSUPPORTED_ELEMENT_COMBINATION
            L9   | V{'Effect':'Allow','Action':'a:b','Resource':'*','NotResource':'*'}       | E:UNSUPPORTED_ELEMENT_COMBINATION
            L57  | V{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'*'} | E:UNSUPPORTED_PRINCIPAL
            L14  | V{'Sid':'A','Effect':'Allow','Action':'a:b','Resource':'*'},{'Sid':'A','Effect':'Deny','Action':'a:b','Resource':'*'} | E:UNIQUE_SIDS_REQUIRED
            L14  | V{'Sid':'a-b','Effect':'Allow','Action':'a:b','Resource':'*'}             | E:UNSUPPORTED_SID
            L14  | V{'Sid':'','Effect':'Allow','Action':'a:b','Resource':'*'}                | I:EMPTY_SID_VALUE
            L29  | V{'Effect':'Allow','Action':'GetObject','Resource':'*'}                   | E:INVALID_ACTION
            L29  | V{'Effect':'Allow','Action':'s3:Get:Object','Resource':'*'}               | E:INVALID_ACTION
            L27  | V{'Effect':'Allow','Action':'s3:NoSuchAction','Resource':'*'}             | ~~
            L18  | V{'Effect':'Allow','Action':[],'Resource':'*'}                            | E:EMPTY_ARRAY_ACTION
            L49  | V{'Effect':'Allow','Action':'a:b','Resource':'my-bucket'}                 | E:INVALID_ARN_PREFIX
            L48  | V{'Effect':'Allow','Action':'a:b','Resource':'arn:aws:s3'}                | W:MISSING_ARN_FIELD
            L89  | C{'StringEqual':{'a:b':'x'}}                                              | E:INVALID_CONDITION_OPERATOR
            L127 | C{'NullIfExists':{'a:b':'true'}}                                          | E:NULL_WITH_IF_EXISTS
            CHK  | C{'StringEquals':{'SourceIp':'x'}}                                        | E:INVALID_CONDITION_KEY_FORMAT
            CHK  | C{'StringEquals':{'aws:RequestTag':'x'}}                                  | E:MISSING_TAG_KEY_IN_CONDITION
            L82  | C{'StringEquals':{'aws:username':'a','AWS:UserName':'b'}}                 | E:DUPLICATE_KEYS_WITH_DIFFERENT_CASE
            L78  | C{'Bool':{'aws:SecureTransport':['true','false']}}                        | E:INVALID_CONDITION_MULTIPLE_BOOLEAN
            L147 | V{'Effect':'Allow','Action':'a:b','Resource':'arn:aws:s3:::b/${aws:username'} | E:MISSING_BRACE_IN_VARIABLE
            L37  | V{'Effect':'Allow','Action':'s3:${aws:username}','Resource':'*'}          | E:VARIABLE_UNSUPPORTED_IN_ELEMENT
            L12  | V{'Effect':'Deny','Effect':'Allow','Action':'a:b','Resource':'*'}         | E:DUPLICATE_ELEMENT
            L1   | {'Version':'2012-10-17','Statement':[S]}x                                 | E:JSON_SYNTAX_ERROR
            """)
    void read_fragmentOfTheTable_hasItsVerdict(String rule, String fragment, String expected) {
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, document(fragment)))
                .isEqualTo(expected);
    }

    private static String document(String fragment) {
        if (fragment.startsWith("C")) {
            return Checked.document(Checked.statement(fragment.substring(1)));
        }
        return fragment.startsWith("V")
                ? Checked.document(fragment.substring(1))
                : fragment.replace("S]", "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}]");
    }

    /** The table says valid with a warning; captures of live AWS, which win, say refused (rule L88). */
    @Test
    void read_unreadableNumber_isRefusedWhenSavedAndAWarningWhereStored() {
        String document = document("C{'NumericEquals':{'s3:max-keys':'ten'}}");
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, document)).isEqualTo("E:TYPE_MISMATCH_NUMBER");
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.STORED, document))
                .isEqualTo("W:TYPE_MISMATCH_NUMBER");
    }

    /** Rows whose document AWS may hold already, with a meaning of its own. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            L18  | V{'Effect':'Allow','Action':[],'Resource':'*'}                    | W:EMPTY_ARRAY_ACTION
            L78  | C{'Bool':{'aws:SecureTransport':['true','false']}}                | W:INVALID_CONDITION_MULTIPLE_BOOLEAN
            L13  | V{'Effect':'Deny','Effect':'Allow','Action':'a:b','Resource':'*'} | W:DUPLICATE_ELEMENT
            """)
    void read_storedFragmentOfTheTable_isEvaluated(String rule, String fragment, String expected) {
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.STORED, document(fragment)))
                .isEqualTo(expected);
    }
}
