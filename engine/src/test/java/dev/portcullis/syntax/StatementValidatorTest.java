package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementValidatorTest {

    private static final String PRINCIPAL = "'Principal':{'AWS':'111122223333'}";

    /** Which elements each type takes (rules L8, L26, L57, E10). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            identity     | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | ~~
            boundary     | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | ~~
            session      | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | ~~
            scp          | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | ~~
            resource     | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | ~~
            vpc-endpoint | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | ~~
            trust        | {'Effect':'Allow',$,'Action':'sts:AssumeRole'}            | ~~
            rcp          | {'Effect':'Deny','Principal':'*','Action':'s3:*','Resource':'*'} | ~~
            identity     | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | E:UNSUPPORTED_PRINCIPAL
            boundary     | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | E:UNSUPPORTED_PRINCIPAL
            session      | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | E:UNSUPPORTED_PRINCIPAL
            scp          | {'Effect':'Allow',$,'Action':'s3:*','Resource':'*'}       | E:SCP_SYNTAX_ERROR_PRINCIPAL
            identity     | {'Effect':'Deny','NotPrincipal':'*','Action':'s3:*','Resource':'*'} | E:UNSUPPORTED_PRINCIPAL
            resource     | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | E:MISSING_PRINCIPAL
            vpc-endpoint | {'Effect':'Allow','Action':'s3:*','Resource':'*'}         | E:MISSING_PRINCIPAL
            trust        | {'Effect':'Allow','Action':'sts:AssumeRole'}              | E:MISSING_PRINCIPAL
            rcp          | {'Effect':'Deny','Action':'s3:*','Resource':'*'}          | E:MISSING_PRINCIPAL
            trust        | {'Effect':'Allow',$,'Action':'sts:AssumeRole','Resource':'*'} | E:ROLE_TRUST_POLICY_SYNTAX_ERROR_RESOURCE
            trust        | {'Effect':'Deny','NotPrincipal':{'AWS':'111122223333'},'Action':'sts:AssumeRole'} | E:ROLE_TRUST_POLICY_SYNTAX_ERROR_NOTPRINCIPAL
            identity     | {'Effect':'Allow','Action':'s3:*'}                        | E:MISSING_RESOURCE
            scp          | {'Effect':'Deny','Action':'s3:*'}                         | E:MISSING_RESOURCE
            rcp          | {'Effect':'Deny','Principal':'*','Action':'s3:*'}         | E:MISSING_RESOURCE
            resource     | {'Effect':'Allow',$,'Action':'s3:*'}                      | E:MISSING_RESOURCE
            identity     | {'Effect':'Allow','Resource':'*'}                         | E:MISSING_ACTION
            trust        | {'Effect':'Allow',$}                                      | E:MISSING_ACTION
            identity     | {'Action':'s3:*','Resource':'*'}                          | E:MISSING_EFFECT
            identity     | {}                                                        | E:MISSING_EFFECT E:MISSING_ACTION E:MISSING_RESOURCE
            """)
    void read_newStatement_hasTheElementsOfItsType(String type, String statement, String expected) {
        assertThat(Checked.ofStatement(Checked.type(type), Checks.NEW, statement.replace("$", PRINCIPAL)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L9
            {'Effect':'Allow','Action':'a:b','NotAction':'a:c','Resource':'*'}           | E:UNSUPPORTED_ELEMENT_COMBINATION
            {'Effect':'Allow','Action':'a:b','Resource':'*','NotResource':'arn:aws:a:::b'} | E:UNSUPPORTED_ELEMENT_COMBINATION
            # L10
            {'Effect':'allow','Action':'a:b','Resource':'*'}                             | E:INVALID_EFFECT
            {'Effect':'ALLOW','Action':'a:b','Resource':'*'}                             | E:INVALID_EFFECT
            {'Effect':'Permit','Action':'a:b','Resource':'*'}                            | E:INVALID_EFFECT
            {'Effect':['Allow'],'Action':'a:b','Resource':'*'}                           | E:DATA_TYPE_MISMATCH
            {'Effect':null,'Action':'a:b','Resource':'*'}                                | E:DATA_TYPE_MISMATCH
            # L11
            {'effect':'Allow','Action':'a:b','Resource':'*'}                             | E:MISSING_EFFECT E:INVALID_POLICY_ELEMENT
            {'Effect':'Allow','ACTION':'a:b','Resource':'*'}                             | E:MISSING_ACTION E:INVALID_POLICY_ELEMENT
            # L12
            {'Effect':'Deny','Effect':'Allow','Action':'a:b','Resource':'*'}             | E:DUPLICATE_ELEMENT
            {'Effect':'Deny','Action':'a:b','Action':'a:c','Resource':'*'}               | E:DUPLICATE_ELEMENT
            {'Effect':'Deny','Action':'a:b','Resource':'*','Resource':'*'}               | E:DUPLICATE_ELEMENT
            {'Sid':'A','Sid':'B','Effect':'Deny','Action':'a:b','Resource':'*'}          | E:DUPLICATE_ELEMENT
            # L14
            {'Sid':'a-b','Effect':'Allow','Action':'a:b','Resource':'*'}                 | E:UNSUPPORTED_SID
            {'Sid':'Allow Read','Effect':'Allow','Action':'a:b','Resource':'*'}          | E:UNSUPPORTED_SID
            {'Sid':'','Effect':'Allow','Action':'a:b','Resource':'*'}                    | I:EMPTY_SID_VALUE
            {'Sid':7,'Effect':'Allow','Action':'a:b','Resource':'*'}                     | E:DATA_TYPE_MISMATCH
            {'Sid':'Az09','Effect':'Allow','Action':'a:b','Resource':'*'}                | ~~
            """)
    void read_newIdentityStatement_obeysTheGrammar(String statement, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.NEW, statement))
                .isEqualTo(expected);
    }

    @Test
    void read_equalSids_areRefusedByIamOnly() { // L14
        String one = "{'Sid':'A','Effect':'Deny',$'Action':'s3:GetObject','Resource':'*'}";
        String two = "{'Sid':'A','Effect':'Deny',$'Action':'s3:PutObject','Resource':'*'}";
        String plain = Checked.document(one, two).replace("$", "");
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, plain)).isEqualTo("E:UNIQUE_SIDS_REQUIRED");
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.STORED, plain)).isEqualTo("W:UNIQUE_SIDS_REQUIRED");
        assertThat(Checked.findings(PolicyType.SERVICE_CONTROL, Checks.NEW, plain))
                .isEqualTo("W:UNIQUE_SIDS_RECOMMENDED");
        String withPrincipal = Checked.document(one, two).replace("$", "'Principal':'*',");
        assertThat(Checked.findings(PolicyType.RESOURCE, Checks.NEW, withPrincipal))
                .isEqualTo("W:UNIQUE_SIDS_RECOMMENDED");
    }

    @Test
    void read_severalEmptySids_areNoDuplicates() { // L14
        String one = "{'Sid':'','Effect':'Deny','Action':'s3:GetObject','Resource':'*'}";
        String two = "{'Sid':'','Effect':'Deny','Action':'s3:PutObject','Resource':'*'}";
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, Checked.document(one, two)))
                .isEqualTo("I:EMPTY_SID_VALUE I:EMPTY_SID_VALUE");
    }

    @Test
    void read_sidWithBlank_isFineInResourcePolicies() { // L14: other services allow more characters
        String statement = "{'Sid':'Allow Read','Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'*'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.NEW, statement))
                .isEmpty();
        assertThat(Checked.ofStatement(
                        PolicyType.SERVICE_CONTROL, Checks.NEW, statement.replace("'Principal':'*',", "")))
                .isEqualTo("W:UNSUPPORTED_SID");
    }

    @Test
    void read_storedDuplicates_lastEffectWinsOthersAreJoined() { // L13
        String text = "{'Effect':'Deny','Effect':'Allow','Action':'s3:A','Action':['s3:B','s3:C'],"
                + "'Resource':'arn:aws:s3:::a','Resource':'arn:aws:s3:::b'}";
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, text))
                .isEqualTo("W:DUPLICATE_ELEMENT W:DUPLICATE_ELEMENT W:DUPLICATE_ELEMENT");
        Statement statement = Checked.soundStatement(PolicyType.IDENTITY, Checks.STORED, text);
        assertThat(statement.effect()).isEqualTo(Effect.ALLOW);
        assertThat(statement.action().patterns())
                .extracting(ActionPattern::text)
                .containsExactly("s3:A", "s3:B", "s3:C");
        assertThat(statement.resource().orElseThrow().patterns())
                .extracting(pattern -> pattern.text().source())
                .containsExactly("arn:aws:s3:::a", "arn:aws:s3:::b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'Effect':'Deny','NotAction':'a:b','NotAction':'a:c','Resource':'*'}            | E:DUPLICATE_ELEMENT
            {'Effect':'Deny','Action':'a:b','NotResource':'*','NotResource':'*'}            | E:DUPLICATE_ELEMENT
            {'Effect':'Deny','Action':'a:b','Resource':'*','Condition':{},'Condition':{}}   | E:DUPLICATE_ELEMENT I:EMPTY_OBJECT_CONDITION
            {'Effect':'Deny','Effect':'nope','Action':'a:b','Resource':'*'}                 | W:DUPLICATE_ELEMENT E:INVALID_EFFECT
            {'Sid':'a b','Effect':'Deny','Action':'a:b','Resource':'*'}                     | W:UNSUPPORTED_SID
            {'Action':'a:b','Resource':'*'}                                                 | E:MISSING_EFFECT
            {'Effect':'Deny','Action':'a:b'}                                                | E:MISSING_RESOURCE
            """)
    void read_storedIdentityStatement_refusesWhatHasNoMeaning(String statement, String expected) {
        assertThat(Checked.ofStatement(PolicyType.IDENTITY, Checks.STORED, statement))
                .isEqualTo(expected);
    }

    @Test
    void read_storedResourceStatementWithoutResource_meansTheAttachedOne() { // E33
        String text = "{'Effect':'Allow','Principal':{'AWS':'111122223333'},'Action':'ecr:GetDownloadUrlForLayer'}";
        assertThat(Checked.ofStatement(PolicyType.RESOURCE, Checks.STORED, text))
                .isEqualTo("W:MISSING_RESOURCE");
        assertThat(Checked.soundStatement(PolicyType.RESOURCE, Checks.STORED, text)
                        .resource())
                .isEmpty();
    }

    @Test
    void read_completeStatement_isTheModel() { // L8
        Statement statement = Checked.soundStatement(
                PolicyType.RESOURCE,
                Checks.NEW,
                "{'Condition':{'Bool':{'aws:SecureTransport':true}},'NotResource':'*','NotAction':['s3:*'],"
                        + "'NotPrincipal':{'AWS':'111122223333'},'Effect':'Deny','Sid':'One'}");
        assertThat(statement.sid()).contains("One");
        assertThat(statement.effect()).isEqualTo(Effect.DENY);
        assertThat(statement.principal().orElseThrow().negated()).isTrue();
        assertThat(statement.action().negated()).isTrue();
        assertThat(statement.resource().orElseThrow().negated()).isTrue();
        assertThat(statement.conditions()).hasSize(1);
    }
}
