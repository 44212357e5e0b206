package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.BundledCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleStoreTest {

    private static final Path EXAMPLE = Path.of("..", "examples", "amazon-q");
    private static final String STORE = EXAMPLE.toString();

    @Test
    void cases_all_passAndTouchEveryStatement() throws IOException {
        String file = EXAMPLE.resolve("cases.jsonl").toString();
        int cases = Files.readAllLines(Path.of(file)).size();

        assertThat(Ran.run("test", "--store", STORE, file)).isEqualTo(new Ran(0, cases + " passed, 0 failed\n", ""));
        assertThat(cases).isGreaterThanOrEqualTo(60);
    }

    @Test
    void requests_all_showEveryKindOfOutcome() throws IOException {
        String file = EXAMPLE.resolve("requests.jsonl").toString();

        Ran ran = Ran.run("decide", "--store", STORE, "--requests", file);

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines().count())
                .isEqualTo(Files.readAllLines(Path.of(file)).size())
                .isGreaterThanOrEqualTo(30);
        for (String outcome : List.of(
                "ALLOW .*: an identity-based policy allows",
                "ALLOW .*: a resource-based policy allows",
                "ALLOW .*: a role trust policy allows",
                "IMPLICIT_DENY .*: no identity-based policy allows",
                "IMPLICIT_DENY .*: no resource-based policy allows",
                "IMPLICIT_DENY .*: no role trust policy allows",
                "IMPLICIT_DENY .*: no permissions boundary allows",
                "IMPLICIT_DENY .*: no session policy allows",
                "IMPLICIT_DENY .*: no service control policy allows",
                "IMPLICIT_DENY .*: no VPC endpoint policy allows",
                "EXPLICIT_DENY .*: explicit deny in an identity-based policy",
                "EXPLICIT_DENY .*: explicit deny in a resource-based policy",
                "EXPLICIT_DENY .*: explicit deny in a permissions boundary",
                "EXPLICIT_DENY .*: explicit deny in a session policy",
                "EXPLICIT_DENY .*: explicit deny in a service control policy",
                "EXPLICIT_DENY .*: explicit deny in a resource control policy",
                "EXPLICIT_DENY .*: explicit deny in a VPC endpoint policy")) {
            assertThat(ran.out()).containsPattern("(?m)^" + outcome);
        }
    }

    @Test
    void policies_ofAws_areThereWordByWord() {
        BundledCases.seedPolicies()
                .forEach((name, text) -> assertThat(EXAMPLE.resolve("policies").resolve(name + ".json"))
                        .hasContent(text));
    }

    @Test
    void validate_theStore_findsNothing() {
        Ran ran = Ran.run("validate", "--fail-on", "suggestion", STORE);

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).endsWith(" documents checked: nothing found\n");
    }

    @Test
    void test_withoutACase_namesTheStatementsItTouchedAlone() throws IOException {
        List<String> cases = Files.readAllLines(EXAMPLE.resolve("cases.jsonl")).stream()
                .filter(line -> !line.contains("\"DenyInsecureTransport\""))
                .toList();

        Ran ran = Ran.run(String.join("\n", cases), new String[] {"test", "--store", STORE, "-"});

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).startsWith("""
                Statements that no case touched (1 of 91)
                  customization-sources-bucket[DenyInsecureTransport] 4:5

                """);
    }

    @Test
    void decide_readmeCommand_allows() {
        assertThat(Ran.run(
                        "decide",
                        "--store",
                        STORE,
                        "--principal",
                        "arn:aws:iam::111122223333:user/alice",
                        "--action",
                        "q:SendMessage",
                        "--context",
                        "aws:RequestedRegion=us-east-1"))
                .isEqualTo(new Ran(0, "ALLOW: an identity-based policy allows the q:SendMessage action\n", ""));
    }

    @Test
    void decide_principalThatTheStoreLacks_isNoted() {
        for (String unknown : List.of(
                "arn:aws:iam::111122223333:user/mallory",
                "arn:aws:iam::111122223333:role/nobody",
                "arn:aws:sts::111122223333:assumed-role/nobody/s")) {
            Ran ran = Ran.run("decide", "--store", STORE, "--principal", unknown, "--action", "iam:ListRoles");

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err())
                    .isEqualTo(
                            "note: the store doesn't know `" + unknown + "`, so it has no identity-based policies\n");
        }
        for (String known : List.of(
                "arn:aws:iam::111122223333:user/alice",
                "arn:aws:iam::111122223333:role/console-admin",
                "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForAmazonQDeveloper/s",
                "arn:aws:iam::111122223333:root",
                "q.amazonaws.com",
                "anonymous")) {
            assertThat(Ran.run("decide", "--store", STORE, "--principal", known, "--action", "iam:ListRoles")
                            .err())
                    .isEmpty();
        }
    }

    @Test
    void decide_knownPrincipals_refusesOthers() {
        Ran ran = Ran.run(
                "decide",
                "--store",
                STORE,
                "--known-principals",
                "--principal",
                "arn:aws:iam::111122223333:user/mallory",
                "--action",
                "iam:ListRoles");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("error: principal: `arn:aws:iam::111122223333:user/mallory` is not in the store\n");
    }

    @Test
    void decide_accountDetails_decidesAgainstThem() throws IOException {
        Path file = Files.createTempFile("details", ".json");
        try {
            Files.writeString(file, """
                    {"UserDetailList": [{"Path": "/", "UserName": "alice", "UserId": "AIDAACKCEVSQ6C2ALICE1",
                      "Arn": "arn:aws:iam::111122223333:user/alice", "CreateDate": "2026-01-01T00:00:00+00:00",
                      "UserPolicyList": [{"PolicyName": "chat", "PolicyDocument": {"Version": "2012-10-17",
                        "Statement": [{"Effect": "Allow", "Action": "q:SendMessage", "Resource": "*"}]}}],
                      "GroupList": [], "AttachedManagedPolicies": [], "Tags": []}],
                     "GroupDetailList": [], "RoleDetailList": [], "Policies": []}
                    """);

            Ran ran = Ran.run(
                    "decide",
                    "--authorization-details",
                    file.toString(),
                    "--principal",
                    "arn:aws:iam::111122223333:user/alice",
                    "--action",
                    "q:SendMessage",
                    "--explain");

            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("user/alice/chat[#1]");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void decide_refusedStore_tellsWhy() throws IOException {
        Path store = Files.createTempDirectory("store");
        try {
            Files.writeString(
                    store.resolve("store.json"),
                    "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"missing\"]}}}");

            Ran ran = Ran.run(
                    "decide", "--store", store.toString(), "--principal", "anonymous", "--action", "q:SendMessage");

            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err())
                    .startsWith("error: the store `" + store + "` is refused\nerror[")
                    .contains("`missing`");
        } finally {
            Files.delete(store.resolve("store.json"));
            Files.delete(store);
        }
    }
}
