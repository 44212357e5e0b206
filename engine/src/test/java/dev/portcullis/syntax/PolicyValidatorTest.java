package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PolicyValidatorTest {

    private static final String STATEMENT = "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*'}";
    private static final String GRANT =
            "{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::b/*'}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            # L1, L2, L5: shape of the document
            []                                                    | E:DATA_TYPE_MISMATCH
            'x'                                                   | E:DATA_TYPE_MISMATCH
            {'Version':'2012-10-17'}                              | E:MISSING_STATEMENT
            {'Version':'2012-10-17','Statement':[]}               | E:MISSING_STATEMENT
            {'Version':'2012-10-17','Statement':'x'}              | E:DATA_TYPE_MISMATCH
            {'Version':'2012-10-17','Statement':[1,null]}         | E:DATA_TYPE_MISMATCH E:DATA_TYPE_MISMATCH
            {'Version':'2012-10-17','Statement':[$],'Comment':1}  | E:INVALID_POLICY_ELEMENT
            {'Version':'2012-10-17','statement':[$]}              | E:MISSING_STATEMENT E:INVALID_POLICY_ELEMENT
            # L6, L12
            {'Version':'2012-10-17','Statement':$,'Statement':$}  | E:DUPLICATE_ELEMENT
            {'Version':'2012-10-17','Version':'2012-10-17','Statement':$} | E:DUPLICATE_ELEMENT
            # L3, L4
            {'Version':'2012-10-17 ','Statement':$}               | E:INVALID_VERSION
            {'Version':'2020-01-01','Statement':$}                | E:INVALID_VERSION
            {'Version':2012,'Statement':$}                        | E:DATA_TYPE_MISMATCH
            {'Statement':$}                                       | W:MISSING_VERSION
            {'Version':'2008-10-17','Statement':$}                | W:OUTDATED_VERSION
            # L5, L7
            {'Version':'2012-10-17','Statement':$}                | ~~
            {'Statement':[$],'Version':'2012-10-17'}              | ~~
            # L15
            {'Version':'2012-10-17','Id':'x','Statement':$}       | E:INVALID_POLICY_ELEMENT
            {'Version':'2012-10-17','Id':1,'Statement':$}         | E:INVALID_POLICY_ELEMENT E:DATA_TYPE_MISMATCH
            """)
    void validate_newIdentityPolicy_findsShapeErrors(String document, String expected) {
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.NEW, document.replace("$", STATEMENT)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'Version':'2012-10-17','Statement':[]}              | W:MISSING_STATEMENT
            {'Version':'2012-10-17','Id':'x','Statement':$}      | W:INVALID_POLICY_ELEMENT
            {'Version':'2012-10-17','Statement':$,'Statement':$} | E:DUPLICATE_ELEMENT
            {'Version':'2012-10-17','Statement':[$],'Comment':1} | E:INVALID_POLICY_ELEMENT
            {'Version':'2020-01-01','Statement':$}               | E:INVALID_VERSION
            {'Version':'2012-10-17'}                             | E:MISSING_STATEMENT
            """)
    void validate_storedIdentityPolicy_refusesWhatHasNoMeaning(String document, String expected) {
        assertThat(Checked.findings(PolicyType.IDENTITY, Checks.STORED, document.replace("$", STATEMENT)))
                .isEqualTo(expected);
    }

    @Test
    void validate_resourcePolicy_keepsIdAndVersion() { // L15, L4
        PolicyDocument document = Checked.sound(
                PolicyType.RESOURCE, Checks.NEW, "{'Id':'my policy','Version':'2008-10-17','Statement':" + GRANT + "}");
        assertThat(document.id()).contains("my policy");
        assertThat(document.declaredVersion()).contains(PolicyVersion.V2008_10_17);
        assertThat(document.version()).isEqualTo(PolicyVersion.V2008_10_17);
        assertThat(document.name()).isEqualTo("test");
        assertThat(document.type()).isEqualTo(PolicyType.RESOURCE);
    }

    @Test
    void validate_noVersion_isReadAs2008() { // L4
        PolicyDocument document = Checked.sound(PolicyType.RESOURCE, Checks.NEW, "{'Statement':[" + GRANT + "]}");
        assertThat(document.declaredVersion()).isEmpty();
        assertThat(document.version()).isEqualTo(PolicyVersion.V2008_10_17);
    }

    @Test
    void validate_severalStatements_keepOrderAndPlaces() {
        String text = "{\"Version\":\"2012-10-17\",\n\"Statement\":[\n " + GRANT + ",\n "
                + GRANT.replace("Allow", "Deny") + "]}";
        PolicyDocument document = Checked.sound(PolicyType.RESOURCE, Checks.NEW, text);
        assertThat(document.statements()).hasSize(2);
        assertThat(document.statements().get(0).index()).isZero();
        assertThat(document.statements().get(1).index()).isEqualTo(1);
        Span second = document.statements().get(1).span();
        assertThat(second.line()).isEqualTo(4);
        assertThat(second.column()).isEqualTo(2);
        assertThat(document.source().substring(second.start(), second.end()))
                .isEqualTo(GRANT.replace("Allow", "Deny").replace('\'', '"'));
    }

    @Test
    void validate_severalErrors_reportsAllInDocumentOrder() {
        String text =
                "{'Version':'2013','Statement':[{'Effect':'allow','Action':'x'},{'Acton':'s3:*','Resource':'b'}]}";
        Policies.Reading reading = Checked.read(PolicyType.IDENTITY, Checks.NEW, text);
        assertThat(Checked.shown(reading.diagnostics()))
                .isEqualTo("E:INVALID_VERSION E:MISSING_RESOURCE E:INVALID_EFFECT E:INVALID_ACTION E:MISSING_EFFECT"
                        + " E:MISSING_ACTION E:INVALID_POLICY_ELEMENT E:INVALID_ARN_PREFIX");
        assertThat(reading.diagnostics())
                .isSortedAccordingTo(
                        (a, b) -> Integer.compare(a.span().start(), b.span().start()));
        assertThat(reading.diagnostics())
                .allMatch(diagnostic -> diagnostic.policyName().equals("test"));
    }

    @Test
    void validate_manyFindings_keepsTheGravestAndCountsTheRest() {
        String suggestions = "{'Effect':'Allow','Action':[" + "'s3:GetObject',".repeat(300) + "'s3:*'],'Resource':'*'}";
        String errors = "{'Effect':'Allow','Action':'s3:*','Resource':[" + "'x',".repeat(149) + "'x']}";
        List<Diagnostic> diagnostics = Checked.read(
                        PolicyType.IDENTITY, Checks.NEW, Checked.document(suggestions, errors))
                .diagnostics();
        assertThat(diagnostics).hasSize(Limits.DIAGNOSTICS + 1);
        assertThat(diagnostics.stream().filter(Diagnostic::isError)).hasSize(150);
        Diagnostic last = diagnostics.get(Limits.DIAGNOSTICS);
        assertThat(last.code()).isEqualTo("MORE_FINDINGS");
        assertThat(last.severity()).isEqualTo(Severity.SUGGESTION);
        assertThat(last.message()).isEqualTo("and 250 more");
    }

    @Test
    void validate_manyErrors_theCountIsAnError() {
        String errors = "{'Effect':'Allow','Action':'s3:*','Resource':[" + "'x',".repeat(300) + "'x']}";
        List<Diagnostic> diagnostics = Checked.read(PolicyType.IDENTITY, Checks.NEW, Checked.document(errors))
                .diagnostics();
        assertThat(diagnostics).hasSize(Limits.DIAGNOSTICS + 1).allMatch(Diagnostic::isError);
        assertThat(diagnostics.get(Limits.DIAGNOSTICS).message()).isEqualTo("and 101 more");
    }

    @Test
    void validate_tooManyStatements_isAnError() {
        String tiny = "{'Effect':'Deny','Action':'s3:*','Resource':'*'}";
        String text = "{'Version':'2012-10-17','Statement':[" + (tiny + ",").repeat(Limits.STATEMENTS) + tiny + "]}";
        assertThat(Checked.findings(PolicyType.RESOURCE, Checks.STORED, text))
                .isEqualTo("W:POLICY_SIZE_EXCEEDS_RESOURCE_POLICY_QUOTA E:TOO_MANY_STATEMENTS");
    }

    @ParameterizedTest
    @EnumSource
    void validate_placeholders_areBoundInEveryType(PolicyType type) {
        String principal = type.namesPrincipals() ? "'Principal':'*'," : "";
        String resource = type == PolicyType.TRUST ? "" : ",'Resource':'arn:aws:s3:::{{bucket}}'";
        String action = type == PolicyType.TRUST ? "sts:AssumeRole" : "s3:GetObject";
        String text = Checked.document("{'Effect':'Deny'," + principal + "'Action':'" + action + "'" + resource
                        + ",'Condition':{'StringEquals':{'aws:RequestedRegion':'{{region}}'}}}")
                .replace('\'', '"');
        Policies.Reading reading =
                Policies.read("test", type, text, Checks.NEW, Map.of("bucket", "b", "region", "eu-central-1"));
        assertThat(reading.diagnostics()).isEmpty();
        assertThat(Policies.print(reading.document().orElseThrow())).contains("eu-central-1");

        Policies.Reading unbound = Policies.read("test", type, text, Checks.STORED, Map.of("bucket", "b"));
        assertThat(Checked.shown(unbound.diagnostics())).isEqualTo("E:UNBOUND_PLACEHOLDER");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"IDENTITY", "BOUNDARY", "SESSION"})
    void validate_characterAboveLatin1_isRefusedByIam(PolicyType type) { // L24
        String text = Checked.document(Checked.statement("{'StringLike':{'s3:prefix':'\u0141\u00f3d\u017a'}}"));
        assertThat(Checked.findings(type, Checks.NEW, text)).isEqualTo("E:UNSUPPORTED_CHARACTER");
        assertThat(Checked.findings(type, Checks.STORED, text)).isEqualTo("W:UNSUPPORTED_CHARACTER");
        String escaped = text.replace("\u0141", "\\u0141").replace("\u017a", "\\u017a");
        assertThat(Checked.findings(type, Checks.NEW, escaped)).isEmpty();
    }

    @Test
    void validate_characterAboveLatin1_isNoMatterOutsideIam() { // L24
        String text = Checked.document(GRANT.replace("arn:aws:s3:::b/*", "arn:aws:s3:::b/\u0141"));
        assertThat(Checked.findings(PolicyType.RESOURCE, Checks.NEW, text)).isEmpty();
    }
}
