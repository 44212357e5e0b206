package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SarifLogTest {

    private static final Span SPAN = new Span(2, 5, 2, 1);

    @Test
    void of_findings_isTheLogThatTheFormatAsksFor() {
        CheckedDocument document = new CheckedDocument(
                Path.of("a folder", "p.json"),
                "{\n\"b\"\n}",
                List.of(
                        new Diagnostic(
                                "MISSING_EFFECT", Severity.ERROR, "p", SPAN, "no `Effect`", Optional.of("add it")),
                        new Diagnostic("EMPTY_SID", Severity.SUGGESTION, "p", Span.NONE, "empty")));

        assertThat(SarifLog.of(List.of(document))).isEqualTo("""
                {
                  "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "tool": {
                        "driver": {
                          "name": "Portcullis",
                          "version": "%s",
                          "rules": [
                            {
                              "id": "EMPTY_SID",
                              "shortDescription": {
                                "text": "Empty sid"
                              }
                            },
                            {
                              "id": "MISSING_EFFECT",
                              "shortDescription": {
                                "text": "Missing effect"
                              }
                            }
                          ]
                        }
                      },
                      "columnKind": "utf16CodeUnits",
                      "results": [
                        {
                          "ruleId": "MISSING_EFFECT",
                          "ruleIndex": 1,
                          "level": "error",
                          "message": {
                            "text": "no `Effect`; add it"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "a%%20folder/p.json"
                                },
                                "region": {
                                  "startLine": 2,
                                  "startColumn": 1,
                                  "endLine": 2,
                                  "endColumn": 4
                                }
                              }
                            }
                          ]
                        },
                        {
                          "ruleId": "EMPTY_SID",
                          "ruleIndex": 0,
                          "level": "note",
                          "message": {
                            "text": "empty"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "a%%20folder/p.json"
                                }
                              }
                            }
                          ]
                        }
                      ]
                    }
                  ]
                }""".formatted(Portcullis.Version.text()));
    }

    @Test
    void of_bothKindsOfWarning_haveTheLevelWarning() {
        CheckedDocument document = new CheckedDocument(
                Path.of("p.json"),
                "{}",
                List.of(
                        new Diagnostic("A", Severity.SECURITY_WARNING, "p", Span.NONE, "a"),
                        new Diagnostic("B", Severity.WARNING, "p", Span.NONE, "b")));

        assertThat(SarifLog.of(List.of(document)).split("\"level\": \"warning\"", -1))
                .hasSize(3);
    }

    @Test
    void of_pathsOfEveryKind_becomeUris() {
        assertThat(uriOf(Path.of("/tmp x/é.json"))).isEqualTo("file:///tmp%20x/%C3%A9.json");
        assertThat(uriOf(Path.of("./a/../b.json"))).isEqualTo("b.json");
        assertThat(uriOf(Path.of("a:b.json"))).isEqualTo("./a:b.json");
        assertThat(uriOf(Path.of("100%#?.json"))).isEqualTo("100%25%23%3F.json");
    }

    @Test
    void of_messageWithBracesAndLinks_meansWhatItSays() {
        CheckedDocument document = new CheckedDocument(
                Path.of("p.json"),
                "{}",
                List.of(
                        new Diagnostic("A", Severity.ERROR, "p", Span.NONE, "no value for `${a}` in `{{b}}` [0]"),
                        new Diagnostic("B", Severity.ERROR, "p", Span.NONE, "`[a](1)\\` is no effect")));

        assertThat(SarifLog.of(List.of(document)))
                .contains("\"no value for `${{a}}` in `{{{{b}}}}` [0]\"")
                .contains("\"`\\\\[a\\\\](1)\\\\\\\\` is no effect\"");
    }

    @Test
    void of_noFindings_isALogWithoutResults() {
        String log = SarifLog.of(List.of(new CheckedDocument(Path.of("p.json"), "{}", List.of())));

        assertThat(ReferenceJson.read(log)).isInstanceOf(ReferenceJson.Obj.class);
        assertThat(log).contains("\"results\": []", "\"rules\": []");
    }

    private static String uriOf(Path file) {
        String log = SarifLog.of(List.of(
                new CheckedDocument(file, "{}", List.of(new Diagnostic("A", Severity.ERROR, "p", Span.NONE, "a")))));
        return log.replaceAll("(?s).*\"uri\": \"([^\"]*)\".*", "$1");
    }
}
