package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.TextPattern.Literal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static final String POLICY = """
            {
              "Version": "2012-10-17",
              "Statement": {
                "Effect": "Allow",
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::{{bucket}}/*"
              }
            }
            """;

    private static Policies.Reading read(String text, Map<String, String> parameters) {
        return Policies.read("p", PolicyType.IDENTITY, text, Checks.NEW, parameters);
    }

    @Test
    void read_bytesAndText_giveTheSame() {
        Policies.Reading text = read(POLICY, Map.of("bucket", "b"));
        Policies.Reading bytes = Policies.read(
                "p", PolicyType.IDENTITY, POLICY.getBytes(StandardCharsets.UTF_8), Checks.NEW, Map.of("bucket", "b"));
        assertThat(bytes).isEqualTo(text);
        assertThat(text.diagnostics()).isEmpty();
        PolicyDocument document = text.document().orElseThrow();
        assertThat(document.source()).isEqualTo(POLICY);
        assertThat(document.statements()
                        .get(0)
                        .resource()
                        .orElseThrow()
                        .patterns()
                        .get(0)
                        .text()
                        .segments()
                        .get(0))
                .isEqualTo(new Literal("arn:aws:s3:::b/"));
    }

    @Test
    void read_unboundPlaceholder_isAnErrorWhereItStands() {
        Policies.Reading reading = read(POLICY, Map.of());
        assertThat(reading.document()).isEmpty();
        Diagnostic error = reading.diagnostics().get(0);
        assertThat(error.code()).isEqualTo("UNBOUND_PLACEHOLDER");
        assertThat(POLICY.substring(error.span().start(), error.span().end())).isEqualTo("{{bucket}}");
    }

    @Test
    void read_boundTextThatIsNoArn_isRefused() {
        String text = POLICY.replace("arn:aws:s3:::{{bucket}}/*", "{{bucket}}");
        assertThat(read(text, Map.of("bucket", "b")).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly("INVALID_ARN_PREFIX");
    }

    @Test
    void read_brokenJson_isOneError() {
        Policies.Reading reading = read("{", Map.of());
        assertThat(reading.document()).isEmpty();
        assertThat(reading.diagnostics()).extracting(Diagnostic::code).containsExactly("JSON_SYNTAX_ERROR");
    }

    @Test
    void read_badUtf8AndOversizedText_areErrors() {
        assertThat(Policies.read("p", PolicyType.TRUST, new byte[] {'{', (byte) 0xC0, '}'}, Checks.STORED, Map.of())
                        .diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly("INVALID_ENCODING");
        String large = "{\"Id\":\"" + "x".repeat(Limits.DOCUMENT_BYTES) + "\"}";
        assertThat(read(large, Map.of()).diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly("DOCUMENT_TOO_LARGE");
    }

    @Test
    void print_document_readsBackEqual() {
        String printed =
                Policies.print(read(POLICY, Map.of("bucket", "b")).document().orElseThrow());
        assertThat(printed).isEqualTo("""
                {
                  "Version": "2012-10-17",
                  "Statement": [
                    {
                      "Effect": "Allow",
                      "Action": "s3:GetObject",
                      "Resource": "arn:aws:s3:::b/*"
                    }
                  ]
                }
                """);
        assertThat(Policies.print(read(printed, Map.of()).document().orElseThrow()))
                .isEqualTo(printed);
    }

    @Test
    void render_diagnostic_showsTheLineAndHelp() {
        String text = POLICY.replace("Effect", "Efect");
        Policies.Reading reading = read(text, Map.of("bucket", "b"));
        Diagnostic unknown = reading.diagnostics().get(1);
        assertThat(Policies.render(unknown, text)).isEqualTo("""
                error[INVALID_POLICY_ELEMENT] p:4:5: `Efect` is no element of a statement
                 4 |     "Efect": "Allow",
                   |     ^^^^^^^
                help: did you mean `Effect`?""");
    }
}
