package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Explanation;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExplanationTextTest {

    @Test
    void printDetails_explicitDeny_namesStatementLayersAndProblems() {
        assertThat(printed(Explanations.denied(), "", ColorMode.NEVER)).isEqualTo("""

                Deciding statement
                  limits[NoPass] 2:3, Deny, permissions boundary
                    2 | {
                    3 |   "Effect": "Deny"
                    4 | }

                Layers
                  service control policy (Root)  allows: dev[#2] 2:3
                  resource-based policy          not consulted: the resource has none
                  permissions boundary           denies: limits[NoPass] 2:3

                Conditions that could not be evaluated
                  dev[#2] 2:3: `x` is not an ARN
                """);
    }

    @Test
    void printDetails_implicitDeny_saysWhatCameClosest() {
        assertThat(printed(Explanations.missed(), "", ColorMode.NEVER)).isEqualTo("""

                Layers
                  identity-based policy  silent

                What came closest
                  dev[#2] 2:3, identity-based policy
                    condition StringEquals on iam:PassedToService: wanted `q.amazonaws.com`, `a␛[2J`; \
                the request has no such key
                  dev[#2] 2:3, identity-based policy
                    condition Null on aws:TagKeys: wanted nothing; the request has no value
                  dev[#2] 2:3, identity-based policy
                    resource: wanted `arn:aws:s3:::a`; the request has `arn:aws:s3:::b`

                Context keys that the request lacks
                  iam:PassedToService
                """);
    }

    @Test
    void printDetails_indented_indentsEveryLineButEmptyOnes() {
        assertThat(printed(Explanations.denied(), "    ", ColorMode.NEVER).lines())
                .allMatch(line -> line.isEmpty() || line.startsWith("    "));
    }

    @Test
    void printDetails_coloured_saysTheSame() {
        String coloured = printed(Explanations.denied(), "", ColorMode.ALWAYS);

        assertThat(coloured).contains("\u001B[31mdenies\u001B[0m", "\u001B[32mallows\u001B[0m");
        assertThat(coloured.replaceAll("\u001B\\[[0-9]+m", ""))
                .isEqualTo(printed(Explanations.denied(), "", ColorMode.NEVER));
    }

    private static String printed(Explanation explanation, String indentation, ColorMode mode) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(InputStream.nullInputStream(), out, OutputStream.nullOutputStream(), Set.of(), Map.of());
        terminal.colorMode(mode);
        new ExplanationText(terminal, statement -> Optional.of(Explanations.TEXT))
                .printDetails(explanation, indentation);
        terminal.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
