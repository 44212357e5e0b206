package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommandTest {

    private static final String CASE = """
            {"id": "%s", "request": {"principal": "arn:aws:iam::111122223333:user/alice", "action": "q:SendMessage", \
            "resource": "*", "context": {}}, "identityPolicies": [{"name": "p", "policy": {"Version": "2012-10-17", \
            "Statement": [{"Sid": "Chat", "Effect": "Allow", "Action": "q:*", "Resource": "*"}, \
            {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}]}}], "expect": "%s"}
            """;

    @TempDir
    private Path folder;

    private Documents documents;

    @BeforeEach
    void prepare() {
        documents = new Documents(folder);
    }

    private Ran test(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "test";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Ran ran = Ran.run(all);
        return new Ran(ran.code(), documents.relative(ran.out()), documents.relative(ran.err()));
    }

    @Test
    void test_allPass_countsThemAndNamesUntouchedStatements() {
        String file = documents.write("c.jsonl", CASE.formatted("a", "ALLOW") + CASE.formatted("b", "ALLOW"));

        assertThat(test(file)).isEqualTo(new Ran(0, """
                Statements that no case touched (1 of 2)
                  p[#2] 1:293

                2 passed, 0 failed
                """, ""));
    }

    @Test
    void test_caseDiffers_explainsItAndExitsWith1() {
        String file = documents.write("c.jsonl", CASE.formatted("a", "IMPLICIT_DENY"));

        assertThat(test(file)).isEqualTo(new Ran(1, """
                FAIL a (c.jsonl:1)
                  expected IMPLICIT_DENY, got ALLOW: an identity-based policy allows the q:SendMessage action

                  Deciding statement
                    p[Chat] 1:223, Allow, identity-based policy
                      1 | {"Sid": "Chat", "Effect": "Allow", "Action": "q:*", "Resource": "*"}

                  Layers
                    resource control policy  not consulted: no organization
                    service control policy   not consulted: no organization
                    resource-based policy    not consulted: none
                    identity-based policy    allows: p[Chat] 1:223
                    permissions boundary     not consulted: none
                    session policy           not consulted: the caller is no session
                    VPC endpoint policy      not consulted: none

                Statements that no case touched (1 of 2)
                  p[#2] 1:293

                0 passed, 1 failed
                """, ""));
    }

    @Test
    void test_caseInError_beatsADifference() {
        String file = documents.write(
                "c.jsonl",
                CASE.formatted("a", "IMPLICIT_DENY") + CASE.formatted("b", "PERHAPS") + CASE.formatted("c", "ALLOW"));

        Ran ran = test(file);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out())
                .contains("FAIL a (c.jsonl:1)\n", "ERROR b (c.jsonl:2)\n  2:")
                .endsWith("\n1 passed, 1 failed, 1 error\n");
    }

    @Test
    void test_caseThatExpectsNothing_isAnError() {
        String file = documents.write("c.jsonl", CASE.formatted("a", "ALLOW").replace(", \"expect\": \"ALLOW\"", ""));

        Ran ran = test(file);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).contains("nothing is expected").endsWith("0 passed, 0 failed, 1 error\n");
    }

    @Test
    void test_severalFiles_areCountedTogether() {
        String good = documents.write("good.jsonl", CASE.formatted("a", "ALLOW"));
        String bad = documents.write("bad.jsonl", CASE.formatted("a", "EXPLICIT_DENY"));

        Ran ran = test(good, bad);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("FAIL a (bad.jsonl:1)\n").endsWith("\n1 passed, 1 failed\n");
    }

    @Test
    void test_fileWithoutCases_isAnError() {
        assertThat(test(documents.write("c.jsonl", "\n\n")))
                .isEqualTo(new Ran(2, "", "error: `c.jsonl` holds no case\n"));
    }

    @Test
    void test_missingFile_isAnError() {
        assertThat(test("none.jsonl")).isEqualTo(new Ran(2, "", "error: can't read `none.jsonl`: no such file\n"));
    }

    @Test
    void test_standardInput_isRead() {
        assertThat(Ran.run(CASE.formatted("a", "ALLOW"), new String[] {"test", "-"})
                        .code())
                .isZero();
    }

    @Test
    void test_json_hasTheDifferencesAndTheCoverage() {
        String file = documents.write("c.jsonl", CASE.formatted("a", "EXPLICIT_DENY") + CASE.formatted("b", "ALLOW"));

        Ran ran = test(file, "--format", "json");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).startsWith("""
                {
                  "results": [
                    {
                      "id": "a",
                      "file": "c.jsonl",
                      "line": 1,
                      "status": "FAILED",
                      "messages": [
                        "expected EXPLICIT_DENY, got ALLOW: an identity-based policy allows the q:SendMessage action"
                      ],
                      "decision": "ALLOW",
                      "reason": "an identity-based policy allows the q:SendMessage action",
                      "deciding": [
                """).endsWith("""
                    }
                  ],
                  "passed": 1,
                  "failed": 1,
                  "errors": 0,
                  "coverage": {
                    "statements": 2,
                    "untouched": [
                      {
                        "policy": "p",
                        "sid": "#2",
                        "line": 1,
                        "column": 293
                      }
                    ]
                  }
                }
                """);
    }

    @Test
    void test_jsonAllPass_hasNoResults() {
        Ran ran = test(documents.write("c.jsonl", CASE.formatted("a", "ALLOW")), "--format", "json");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("{\n  \"results\": [],\n  \"passed\": 1,\n");
    }

    @Test
    void test_semantics_changesWhatComesOut() {
        String file = documents.write(
                "c.jsonl",
                CASE.formatted("a", "ALLOW")
                        .replace("\"Resource\": \"*\"}, ", "\"Resource\": \"*\", \"Condition\": {}}, "));

        assertThat(test(file).code()).isZero();
        assertThat(test(file, "--semantics", "EMPTY_CONDITION_HOLDS=false").code())
                .isEqualTo(1);
    }

    @Test
    void test_idWithControlCharacters_doesNotReachTheTerminal() {
        Ran ran = test(documents.write("c.jsonl", CASE.formatted("\\u001b[2J", "EXPLICIT_DENY")));

        assertThat(ran.out()).doesNotContain("\u001B").contains("FAIL ␛[2J (");
    }
}
