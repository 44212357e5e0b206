package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.reference.ReferenceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidateCommandTest {

    private static final String WARNED = """
            {
              "Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
            }
            """;
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}}
            """;
    private static final String BUCKET = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "111122223333"},
              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
            """;

    @TempDir
    private Path folder;

    private Documents documents;

    @BeforeEach
    void prepare() {
        documents = new Documents(folder);
    }

    private Ran validate(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "validate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Ran ran = Ran.run(all);
        return new Ran(ran.code(), documents.relative(ran.out()), documents.relative(ran.err()));
    }

    @Test
    void validate_cleanDocument_findsNothing() {
        assertThat(validate(documents.write("p.json", Documents.READ)))
                .isEqualTo(new Ran(0, "1 document checked: nothing found\n", ""));
    }

    @Test
    void validate_errors_areAllShownWithTheirLine() {
        String file = documents.write(
                "p.json", Documents.READ.replace("\"Allow\"", "\"Alow\"").replace("\"Bool\"", "\"Boolean\""));

        Ran ran = validate(file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).startsWith("""
                error[INVALID_EFFECT] p.json:6:17: `Alow` is no effect
                 6 |       "Effect": "Alow",
                   |                 ^^^^^^
                help: did you mean `Allow`?

                error[INVALID_CONDITION_OPERATOR] p.json:14:22:\s""").endsWith("\n\n1 document checked: 2 errors\n");
    }

    @ParameterizedTest
    @CsvSource({"error, 0", "warning, 1", "suggestion, 1", "WARNING, 1"})
    void validate_failOn_decidesFromWhichSeverityOn(String failOn, int code) {
        Ran ran = validate(documents.write("p.json", WARNED), "--fail-on", failOn);

        assertThat(ran.code()).isEqualTo(code);
        assertThat(ran.out()).startsWith("warning[MISSING_VERSION] p.json:").endsWith("checked: 1 warning\n");
    }

    @Test
    void validate_suggestion_failsOnlyWhereAsked() {
        String file = documents.write("p.json", Documents.READ.replace("\"Read\"", "\"\""));

        assertThat(validate(file, "--fail-on", "warning").code()).isZero();
        assertThat(validate(file, "--fail-on", "suggestion").code()).isEqualTo(1);
    }

    @Test
    void validate_principalAndResource_isCheckedAsResourceBased() {
        assertThat(validate(documents.write("b.json", BUCKET)))
                .isEqualTo(new Ran(
                        0,
                        "1 document checked: nothing found\n",
                        "note: `b.json` names a Principal: checked as a resource-based policy; --type says"
                                + " otherwise\n"));
    }

    @Test
    void validate_principalWithoutResource_isCheckedAsTrustPolicy() {
        Ran ran = validate(documents.write("t.json", TRUST));

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("checked as a role trust policy");
    }

    @Test
    void validate_typeGiven_isNotGuessed() {
        Ran ran = validate(documents.write("b.json", BUCKET), "--type", "identity");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("error[UNSUPPORTED_PRINCIPAL] b.json:1:");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"identity", "resource", "trust", "boundary", "session", "scp", "rcp", "vpc-endpoint"})
    void validate_everyType_isKnown(String type) {
        assertThat(validate(documents.write("p.json", Documents.READ), "--type", type)
                        .code())
                .isBetween(0, 1);
    }

    @Test
    void validate_unknownType_listsThem() {
        Ran ran = validate("p.json", "--type", "group");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("`group` is no policy type; there are identity, resource, trust, boundary");
    }

    @Test
    void validate_stored_takesWhatAwsStillEvaluates() {
        String file = documents.write("p.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": [], "Resource": "*"}}
                """);

        assertThat(validate(file).code()).isEqualTo(1);
        assertThat(validate(file, "--stored").code()).isZero();
    }

    @Test
    void validate_parameters_bindPlaceholders() {
        String file = documents.write("p.json", Documents.READ.replace("s3:::b", "s3:::{{bucket}}"));

        assertThat(validate(file).out()).contains("error[UNBOUND_PLACEHOLDER] p.json:8:");
        assertThat(validate(file, "--parameter", "bucket=b").code()).isZero();
        assertThat(validate(file, "--parameter", "bucket").code()).isEqualTo(2);
        assertThat(validate(file, "--parameter", "bucket=a", "--parameter", "bucket=b")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void validate_notJson_isAnErrorWithItsPlace() {
        Ran ran = validate(documents.write("p.json", "{\"Version\" \"2012-10-17\"}"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).contains("p.json:1:12: ");
    }

    @Test
    void validate_notUtf8_isAnError() throws IOException {
        Path file = Files.write(folder.resolve("p.json"), new byte[] {'{', '"', (byte) 0xFF, '"', '}'});

        Ran ran = validate(file.toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("error[");
    }

    @Test
    void validate_documentThatIsTooLong_isAnError() {
        Ran ran = validate(documents.write("p.json", "{" + " ".repeat(1 << 20) + "}"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("error[");
    }

    @Test
    void validate_folder_meansItsJsonFilesInNameOrder() {
        documents.write("f/b.json", WARNED);
        documents.write("f/a/c.json", WARNED);
        documents.write("f/notes.txt", "no policy");

        Ran ran = validate(folder.resolve("f").toString());

        assertThat(ran.out())
                .startsWith("warning[MISSING_VERSION] f/a/c.json:")
                .contains("\nwarning[MISSING_VERSION] f/b.json:")
                .endsWith("2 documents checked: 2 warnings\n");
    }

    @Test
    void validate_emptyFolder_isAnError() {
        assertThat(validate(folder.toString()).code()).isEqualTo(2);
    }

    @Test
    void validate_missingFile_isAnError() {
        assertThat(validate("none.json")).isEqualTo(new Ran(2, "", "error: can't read `none.json`: no such file\n"));
    }

    @Test
    void validate_standardInput_isChecked() {
        assertThat(Ran.run(Documents.READ, new String[] {"validate", "-"}).code())
                .isZero();
    }

    @Test
    void validate_store_checksItsFilesAsWhatTheyAre() {
        documents.write("s/store.json", """
                {"roles": {"arn:aws:iam::111122223333:role/r": {"policies": ["p"], "trust": "t"}}}
                """);
        documents.write("s/policies/p.json", Documents.READ);
        documents.write("s/policies/t.json", TRUST);

        assertThat(validate(folder.resolve("s").toString()))
                .isEqualTo(new Ran(0, "3 documents checked: nothing found\n", ""));
    }

    @Test
    void validate_brokenStore_namesTheFilesOfItsProblems() {
        documents.write("s/store.json", """
                {"roles": {"arn:aws:iam::111122223333:role/r": {"policies": ["p", "missing"], "trust": "t"}}}
                """);
        documents.write("s/policies/p.json", Documents.READ.replace("\"Allow\"", "\"Alow\""));
        documents.write("s/policies/t.json", TRUST);

        Ran ran = validate(folder.resolve("s").toString());

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .contains("error[INVALID_EFFECT] s/policies/p.json:6:17: `Alow` is no effect\n")
                .contains("] s/store.json:1:")
                .endsWith("3 documents checked: 2 errors\n");
    }

    @Test
    void validate_storeWithType_isAnError() {
        documents.write("s/store.json", "{}");

        Ran ran = validate(folder.resolve("s").toString(), "--type", "scp");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is a store");
    }

    @Test
    void validate_json_listsDocumentsAndFindings() {
        String file = documents.write("p.json", Documents.READ.replace("\"Allow\"", "\"Alow\""));

        assertThat(validate(file, "--format", "json")).isEqualTo(new Ran(1, """
                {
                  "documents": [
                    {
                      "file": "p.json",
                      "findings": [
                        {
                          "code": "INVALID_EFFECT",
                          "severity": "ERROR",
                          "message": "`Alow` is no effect",
                          "help": "did you mean `Allow`?",
                          "line": 6,
                          "column": 17,
                          "endLine": 6,
                          "endColumn": 23
                        }
                      ]
                    }
                  ]
                }
                """, ""));
    }

    @Test
    void validate_sarif_pointsAtTheFinding() {
        String file = documents.write("p.json", Documents.READ.replace("\"Allow\"", "\"Alow\""));

        Ran ran = validate(file, "--format", "sarif");

        assertThat(ran.code()).isEqualTo(1);
        ReferenceJson.Obj log = (ReferenceJson.Obj) ReferenceJson.read(ran.out());
        assertThat(((ReferenceJson.Str) log.get("version").orElseThrow()).value())
                .isEqualTo("2.1.0");
        assertThat(ran.out()).contains("\"ruleId\": \"INVALID_EFFECT\"", "\"startLine\": 6", "\"endColumn\": 23");
    }

    @Test
    void validate_colour_isInTheFirstLineOfAFinding() {
        String file = documents.write("p.json", Documents.READ.replace("\"Allow\"", "\"Alow\""));

        Ran ran = Ran.run("", Set.of("out"), Map.of(), "validate", file);

        assertThat(ran.out())
                .startsWith("\u001B[31merror[INVALID_EFFECT] " + file + ":6:17: `Alow` is no effect\u001B[0m\n 6 |");
    }

    @Test
    void validate_controlCharacters_doNotReachTheTerminal() {
        String file = documents.write("p.json", Documents.READ.replace("\"Allow\"", "\"A\u009B2J\\u001b[2J\u202E\""));

        Ran ran = validate(file);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).doesNotContain("\u001B").doesNotContain("\u009B").doesNotContain("\u202E");
    }
}
