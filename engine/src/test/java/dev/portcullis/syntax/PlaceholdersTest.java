package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.syntax.JsonReader.Bounds;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

    private static final Map<String, String> PARAMETERS =
            Map.of("region", "us-east-1", "account_id", "111122223333", "empty", "", "star", "*", "quote", "\",\"x");

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            arn:aws:logs:{{region}}:{{account_id}}:* | arn:aws:logs:us-east-1:111122223333:*
            {{ region }}                             | us-east-1
            {{region}}{{region}}                     | us-east-1us-east-1
            ${{{region}}}                            | ${us-east-1}
            a{{empty}}b                              | ab
            {{star}}                                 | *
            {region}                                 | {region}
            }}{{region}}                             | }}us-east-1
            """)
    void bind_placeholder_isReplacedByItsValue(String text, String expected) {
        Placeholders.Bound bound = bind("[\"" + text + "\"]");

        assertThat(bound.diagnostics()).isEmpty();
        assertThat(only(bound)).isEqualTo(expected);
    }

    @Test
    void bind_valueWithQuotes_staysInsideItsString() {
        Placeholders.Bound bound = bind("[\"{{quote}}\"]");

        assertThat(((ArrayNode) bound.tree()).elements()).hasSize(1);
        assertThat(only(bound)).isEqualTo("\",\"x");
    }

    @Test
    void bind_escapedBraces_arePlaceholdersToo() {
        assertThat(only(bind("[\"\\u007b{region\\u007D}\"]"))).isEqualTo("us-east-1");
    }

    @Test
    void bind_namesOfMembers_areBoundAndKeepTheirPlace() {
        Placeholders.Bound bound = bind("{\"a/{{region}}\": {\"b\": [1, \"{{star}}\"]}}");

        SyntaxTree.Member member = ((ObjectNode) bound.tree()).members().get(0);
        assertThat(member.name().value()).isEqualTo("a/us-east-1");
        assertThat(member.name().span().toString()).isEqualTo("1:2");
        ArrayNode values =
                (ArrayNode) ((ObjectNode) member.value()).members().get(0).value();
        assertThat(((StringNode) values.elements().get(1)).value()).isEqualTo("*");
    }

    @Test
    void bind_unboundPlaceholders_areAllReportedByNameAndPlace() {
        String text =
                "{\"Resource\": [\"arn:{{partition}}:{{region}}\",\n  \"\\n{{ other name }}\"], \"{{partition}}\": 1}";
        Placeholders.Bound bound = bind(text);

        assertThat(bound.diagnostics()).extracting(Diagnostic::code).containsOnly("UNBOUND_PLACEHOLDER");
        assertThat(bound.diagnostics()).allMatch(Diagnostic::isError);
        assertThat(bound.diagnostics())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "no value is given for the placeholder `partition`",
                        "no value is given for the placeholder `other name`",
                        "no value is given for the placeholder `partition`");
        assertThat(bound.diagnostics())
                .extracting(problem ->
                        text.substring(problem.span().start(), problem.span().end()))
                .containsExactly("{{partition}}", "{{ other name }}", "{{partition}}");
        assertThat(bound.diagnostics())
                .extracting(problem -> problem.span().toString())
                .containsExactly("1:20", "2:6", "2:27");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {{region}   | 0
            a{{         | 1
            {{}}        | 0
            {{{{x       | 0
            """)
    void bind_bracesThatOpenNoPlaceholder_areTextWithAWarning(String text, int at) {
        Placeholders.Bound bound = bind("[\"" + text + "\"]");

        assertThat(only(bound)).isEqualTo(text);
        assertThat(bound.diagnostics()).extracting(Diagnostic::code).containsExactly("UNCLOSED_PLACEHOLDER");
        assertThat(bound.diagnostics()).noneMatch(Diagnostic::isError);
        assertThat(bound.diagnostics().get(0).span().start()).isEqualTo(at + 2);
    }

    @Test
    void bind_valueThatMakesUpAPlaceholder_isRefused() {
        assertThat(codes("[\"{{a}}\"]", Map.of("a", "{{b}}"))).containsExactly("INVALID_PLACEHOLDER_VALUE");
        assertThat(codes("[\"{{{a}}x}}\"]", Map.of("a", "{"))).containsExactly("INVALID_PLACEHOLDER_VALUE");
    }

    @Test
    void bind_valueThatNoDocumentCouldHold_isRefused() {
        assertThat(codes("[\"{{a}}\"]", Map.of("a", "x\0"))).containsExactly("INVALID_PLACEHOLDER_VALUE");
        assertThat(codes("[\"{{a}}\"]", Map.of("a", "\uD800"))).containsExactly("INVALID_PLACEHOLDER_VALUE");
    }

    @Test
    void bind_valuesThatBlowUpTheDocument_areRefused() {
        String text = "[" + "\"{{a}}{{a}}\",".repeat(1_000) + "1]";
        Map<String, String> parameters = Map.of("a", "x".repeat(Limits.DOCUMENT_BYTES / 10));

        assertThat(codes(text, parameters)).hasSize(Limits.DIAGNOSTICS).containsOnly("INVALID_PLACEHOLDER_VALUE");
    }

    private static List<String> codes(String text, Map<String, String> parameters) {
        return Placeholders.bind("p", text, tree(text), parameters).diagnostics().stream()
                .map(Diagnostic::code)
                .toList();
    }

    private static Placeholders.Bound bind(String text) {
        return Placeholders.bind("p", text, tree(text), PARAMETERS);
    }

    private static String only(Placeholders.Bound bound) {
        return ((StringNode) ((ArrayNode) bound.tree()).elements().get(0)).value();
    }

    private static SyntaxTree tree(String text) {
        return JsonReader.read("p", text, Bounds.DOCUMENT).tree().orElseThrow();
    }
}
