package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.reference.ReferenceJson;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideFilesTest {

    private static final String ALLOWED = """
            {"id": "a", "principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", \
            "resource": "arn:aws:s3:::b/alice/k"}
            """;
    private static final String DENIED = """
            {"principal": "arn:aws:iam::111122223333:user/alice", "action": "s3:GetObject", \
            "resource": "arn:aws:s3:::b/alice/k", "context": {"aws:SecureTransport": "false"}}
            """;
    private static final String CASE = """
            {"id": "%s", "request": {"principal": "arn:aws:iam::111122223333:user/alice", "action": "%s", \
            "resource": "*", "context": {}}, "identityPolicies": [{"name": "p", "policy": {"Version": "2012-10-17", \
            "Statement": [{"Effect": "Allow", "Action": "q:*", "Resource": "*"}]}}]}
            """;

    @TempDir
    private Path folder;

    private Documents documents;
    private String policy;

    @BeforeEach
    void writePolicy() {
        documents = new Documents(folder);
        policy = documents.write("read.json", Documents.READ);
    }

    @Test
    void requests_allReadable_areDecidedInOrder() {
        Ran ran = Ran.run("decide", "--policy", policy, "--requests", documents.write("r", ALLOWED + "\n" + DENIED));

        assertThat(ran).isEqualTo(new Ran(0, """
                ALLOW a: an identity-based policy allows the s3:GetObject action
                EXPLICIT_DENY line 3: explicit deny in an identity-based policy
                """, ""));
    }

    @Test
    void requests_unreadableLineInTheMiddle_isToldAndTheOthersAreDecided() {
        Ran ran = Ran.run(
                "decide", "--policy", policy, "--requests", documents.write("r", ALLOWED + "{\"id\": 1}\n" + DENIED));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out().lines().toList())
                .hasSize(3)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("ALLOW a: "))
                .satisfies(lines -> assertThat(lines.get(1)).startsWith("ERROR line 2: 2:"))
                .satisfies(lines -> assertThat(lines.get(2)).startsWith("EXPLICIT_DENY line 3: "));
        assertThat(ran.err()).isEqualTo("error: 1 of 3 requests could not be decided\n");
    }

    @Test
    void requests_principalWithoutMeaning_isAnErrorOfThatLine() {
        Ran ran = Ran.run(
                "decide",
                "--policy",
                policy,
                "--format",
                "json",
                "--requests",
                documents.write("r", ALLOWED.replace("\"arn:aws:iam::111122223333:user/alice\"", "\"alice\"")));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).startsWith("{\"id\":\"a\",\"error\":\"1: principal: ");
    }

    @Test
    void requests_json_isAnObjectALine() {
        Ran ran = Ran.run(
                "decide", "--policy", policy, "--format", "json", "--requests", documents.write("r", ALLOWED + DENIED));

        assertThat(ran.out()).isEqualTo("""
                {"id":"a","decision":"ALLOW","reason":"an identity-based policy allows the s3:GetObject action"}
                {"id":"line 2","decision":"EXPLICIT_DENY","reason":"explicit deny in an identity-based policy"}
                """);
    }

    @Test
    void requests_explained_showsTheDetailsOfEach() {
        Ran ran = Ran.run(
                "decide", "--policy", policy, "--explain", "--requests", documents.write("r", ALLOWED + DENIED));

        assertThat(documents.relative(ran.out()))
                .startsWith("""
                        ALLOW a: an identity-based policy allows the s3:GetObject action

                          Deciding statement
                            read.json[Read] 4:5, Allow, identity-based policy
                              4 | {
                        """)
                .contains("\n\nEXPLICIT_DENY line 2: explicit deny in an identity-based policy\n");
    }

    @Test
    void requests_withSessionPolicyInTheLine_showsItsStatement() {
        String session = ALLOWED.replace(
                        "arn:aws:iam::111122223333:user/alice", "arn:aws:sts::111122223333:assumed-role/r/s")
                .replace(
                        "}\n",
                        ", \"sessionPolicy\": {\"Version\": \"2012-10-17\", \"Statement\":"
                                + " [{\"Sid\": \"No\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}}\n");

        Ran ran = Ran.run("decide", "--policy", policy, "--explain", "--requests", documents.write("r", session));

        assertThat(ran.out())
                .startsWith("EXPLICIT_DENY a: explicit deny in a session policy\n")
                .contains("1 | {\"Sid\": \"No\", \"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}\n");
    }

    @Test
    void requests_fromStandardInput_areDecided() {
        Ran ran = Ran.run(ALLOWED, new String[] {"decide", "--policy", policy, "--requests", "-"});

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("ALLOW a: ");
    }

    @Test
    void requests_controlCharacters_doNotReachTheTerminal() {
        String hostile = ALLOWED.replace("\"a\"", "\"\\u001b[2J\"").replace("s3:GetObject", "s3:\\u009b2J");

        Ran ran = Ran.run("decide", "--policy", policy, "--explain", "--requests", documents.write("r", hostile));

        assertThat(ran.out() + ran.err())
                .doesNotContain("\u001B")
                .doesNotContain("\u009B")
                .contains("␛[2J");
    }

    @Test
    void requests_coloured_colourTheDecision() {
        Ran ran = Ran.run(ALLOWED, Set.of("out"), Map.of(), "decide", "--policy", policy, "--requests", "-");

        assertThat(ran.out()).startsWith("\u001B[32mALLOW\u001B[0m a: ");
    }

    @Test
    void cases_allReadable_printsADecisionALine() {
        String file = documents.write("c", CASE.formatted("x", "q:SendMessage") + CASE.formatted("y", "s3:GetObject"));

        assertThat(Ran.run("decide", "--cases", file)).isEqualTo(new Ran(0, """
                {"id":"x","decision":"ALLOW"}
                {"id":"y","decision":"IMPLICIT_DENY"}
                """, ""));
    }

    @Test
    void cases_unreadableLines_haveAnErrorInTheirPlace() {
        String file = documents.write(
                "c",
                CASE.formatted("x", "q:SendMessage")
                        + "{\"id\": \"broken\", \n"
                        + CASE.formatted("z", "q:SendMessage").replace("\"Allow\"", "\"Alow\"")
                        + CASE.formatted("y", "s3:GetObject"));

        Ran ran = Ran.run("decide", "--cases", file);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("error: 2 of 4 cases could not be decided\n");
        List<String> lines = ran.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("{\"id\":\"x\",\"decision\":\"ALLOW\"}");
        assertThat(lines.get(1)).startsWith("{\"id\":\"line 2\",\"error\":\"2:");
        assertThat(lines.get(2)).startsWith("{\"id\":\"z\",\"error\":\"").contains("Alow");
        assertThat(lines.get(3)).isEqualTo("{\"id\":\"y\",\"decision\":\"IMPLICIT_DENY\"}");
    }

    @Test
    void cases_fromStandardInput_areDecided() {
        Ran ran = Ran.run(CASE.formatted("x", "q:SendMessage"), new String[] {"decide", "--cases", "-"});

        assertThat(ran).isEqualTo(new Ran(0, "{\"id\":\"x\",\"decision\":\"ALLOW\"}\n", ""));
    }

    @Test
    void cases_idsWithControlCharacters_areEscaped() {
        Ran ran = Ran.run(CASE.formatted("\\u001b\\u009b", "q:SendMessage"), new String[] {"decide", "--cases", "-"});

        assertThat(ran.out()).isEqualTo("{\"id\":\"\\u001b\\u009b\",\"decision\":\"ALLOW\"}\n");
    }

    @Test
    void cases_wantAStoreThatIsNotGiven_areErrors() {
        Ran ran = Ran.run(
                "{\"id\": \"s\", \"store\": true, \"request\": {\"principal\": \"anonymous\", \"action\": \"q:A\","
                        + " \"resource\": \"*\"}}\n",
                new String[] {"decide", "--cases", "-"});

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).startsWith("{\"id\":\"s\",\"error\":\"");
    }

    @Test
    void cases_missingFile_isAnError() {
        assertThat(Ran.run("decide", "--cases", "none.jsonl"))
                .isEqualTo(new Ran(2, "", "error: can't read `none.jsonl`: no such file\n"));
    }

    @Test
    void cases_bundledOnes_getTheDecisionsTheyExpect() throws IOException {
        for (String name : BundledCases.CASE_FILES) {
            String cases;
            try (InputStream in = BundledCases.open(name)) {
                cases = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
            List<String> expected = new ArrayList<>();
            for (String line : cases.lines().toList()) {
                ReferenceJson.Obj object = (ReferenceJson.Obj) ReferenceJson.read(line);
                expected.add("{\"id\":\"" + text(object, "id") + "\",\"decision\":\"" + text(object, "expect") + "\"}");
            }

            Ran ran = Ran.run(cases, new String[] {"decide", "--cases", "-"});

            assertThat(ran.out().lines().toList()).as(name).isEqualTo(expected);
            assertThat(ran.code()).isZero();
        }
    }

    @Test
    void files_outputThatNobodyReads_endsEarly() {
        String request = ALLOWED.repeat(3000);
        String theCase = CASE.formatted("x", "q:SendMessage").repeat(20_000);

        assertThat(bytesReadAfterBrokenPipe(request, "decide", "--policy", policy, "--requests", "-"))
                .isLessThan(request.length());
        assertThat(bytesReadAfterBrokenPipe(theCase, "decide", "--cases", "-")).isLessThan(theCase.length());
    }

    private static int bytesReadAfterBrokenPipe(String input, String... arguments) {
        ByteArrayInputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Portcullis.run(new Terminal(in, closed, err, Set.of(), Map.of()), arguments);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("error: standard output can't be written\n");
        return input.length() - in.available();
    }

    private static String text(ReferenceJson.Obj object, String name) {
        return ((ReferenceJson.Str) object.get(name).orElseThrow()).value();
    }
}
