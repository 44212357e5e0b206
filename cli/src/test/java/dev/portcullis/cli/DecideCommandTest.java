package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideCommandTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";

    @TempDir
    private Path folder;

    private Documents documents;
    private String policy;

    @BeforeEach
    void writePolicy() {
        documents = new Documents(folder);
        policy = documents.write("read.json", Documents.READ);
    }

    private Ran decide(String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("decide", "--policy", policy, "--principal", ALICE, "--action", "s3:GetObject"));
        arguments.addAll(List.of(more));
        Ran ran = Ran.run(arguments.toArray(String[]::new));
        return new Ran(ran.code(), documents.relative(ran.out()), documents.relative(ran.err()));
    }

    @Test
    void decide_allowed_saysSoAndExitsWith0() {
        assertThat(decide("--resource", "arn:aws:s3:::b/alice/k"))
                .isEqualTo(new Ran(0, "ALLOW: an identity-based policy allows the s3:GetObject action\n", ""));
    }

    @Test
    void decide_implicitlyDenied_saysSoAndExitsWith1() {
        assertThat(decide("--resource", "arn:aws:s3:::b/bob/k"))
                .isEqualTo(new Ran(1, "IMPLICIT_DENY: no identity-based policy allows the s3:GetObject action\n", ""));
    }

    @Test
    void decide_explicitlyDenied_saysSoAndExitsWith1() {
        assertThat(decide("--resource", "arn:aws:s3:::b/alice/k", "--context", "aws:SecureTransport=false"))
                .isEqualTo(new Ran(1, "EXPLICIT_DENY: explicit deny in an identity-based policy\n", ""));
    }

    @Test
    void decide_explain_showsStatementsAndLayers() {
        Ran ran = decide("--resource", "arn:aws:s3:::b/alice/k", "--context", "aws:SecureTransport=false", "--explain");

        assertThat(ran).isEqualTo(new Ran(1, """
                EXPLICIT_DENY: explicit deny in an identity-based policy

                Deciding statement
                  read.json[#2] 10:5, Deny, identity-based policy
                    10 | {
                    11 |   "Effect": "Deny",
                    12 |   "Action": "s3:*",
                    13 |   "Resource": "*",
                    14 |   "Condition": { "Bool": { "aws:SecureTransport": "false" } }
                    15 | }

                Layers
                  resource control policy  not consulted: no organization
                  service control policy   not consulted: no organization
                  resource-based policy    not consulted: none
                  identity-based policy    denies: read.json[Read] 4:5, read.json[#2] 10:5
                  permissions boundary     not consulted: none
                  session policy           not consulted: the caller is no session
                  VPC endpoint policy      not consulted: none
                """, ""));
    }

    @Test
    void decide_explainImplicitDeny_showsNearMissAndMissingKey() {
        Ran ran = decide("--resource", "arn:aws:s3:::b/bob/k", "--explain");

        assertThat(ran.out()).contains("""
                What came closest
                  read.json[Read] 4:5, identity-based policy
                    resource: wanted `arn:aws:s3:::b/${aws:username}/*`; the request has `arn:aws:s3:::b/bob/k`
                """);
    }

    @Test
    void decide_json_isOneObject() {
        assertThat(decide("--resource", "arn:aws:s3:::b/alice/k", "--format", "json"))
                .isEqualTo(new Ran(0, """
                {
                  "decision": "ALLOW",
                  "reason": "an identity-based policy allows the s3:GetObject action"
                }
                """, ""));
    }

    @Test
    void decide_jsonExplained_hasTheDetails() {
        Ran ran = decide("--resource", "arn:aws:s3:::b/alice/k", "--format", "json", "--explain");

        assertThat(ran.out()).startsWith("""
                {
                  "decision": "ALLOW",
                  "reason": "an identity-based policy allows the s3:GetObject action",
                  "deciding": [
                    {
                      "type": "identity",
                      "policy": "read.json",
                      "number": 1,
                      "sid": "Read",
                      "effect": "Allow",
                      "line": 4,
                      "column": 5
                    }
                  ],
                  "layers": [
                """);
    }

    @Test
    void decide_withoutPrincipal_isSomeoneOfTheResourcesAccount() {
        String any = documents.write("any.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "*",
                  "Condition": {"StringEquals": {"aws:PrincipalArn": "arn:aws:iam::444455556666:user/someone"}}}}
                """);

        assertThat(Ran.run(
                                "decide",
                                "--policy",
                                any,
                                "--action",
                                "q:GetPlugin",
                                "--resource",
                                "arn:aws:qdeveloper:us-east-1:444455556666:plugin/p")
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, aws:TagKeys=env, 0",
        "StringEquals, aws:TagKeys[]=env, 1",
        "ForAnyValue:StringEquals, aws:TagKeys[]=env, 0",
        "ForAnyValue:StringEquals, aws:TagKeys[]=, 1",
        "ForAllValues:StringEquals, aws:TagKeys[]=, 0",
        "StringEquals, aws:TagKeys=, 1"
    })
    void decide_singleAndMultivaluedContext_areToldApart(String operator, String context, int code) {
        String tags = documents.write("tags.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
                  "Condition": {"%s": {"aws:TagKeys": "env"}}}}
                """.formatted(operator));

        assertThat(Ran.run("decide", "--policy", tags, "--action", "iam:TagUser", "--context", context)
                        .code())
                .isEqualTo(code);
    }

    @Test
    void decide_sessionPolicy_limitsTheSession() {
        String all = documents.write("all.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
                """);
        String session = documents.write("session.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
                """);

        Ran ran = Ran.run(
                "decide",
                "--policy",
                all,
                "--session-policy",
                session,
                "--principal",
                "arn:aws:sts::111122223333:assumed-role/dev/s",
                "--action",
                "ec2:RunInstances");

        assertThat(ran)
                .isEqualTo(new Ran(1, "IMPLICIT_DENY: no session policy allows the ec2:RunInstances action\n", ""));
    }

    @Test
    void decide_resourcePolicy_grantsWhatTheIdentityLacks() {
        String bucket = documents.write("bucket.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": {"AWS": "%s"},
                  "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/bob/*"}}
                """.formatted(ALICE));

        assertThat(decide("--resource", "arn:aws:s3:::b/bob/k", "--resource-policy", bucket)
                        .out())
                .isEqualTo("ALLOW: a resource-based policy allows the s3:GetObject action\n");
    }

    @Test
    void decide_typeResource_takesTheDocumentAsTheResources() {
        String bucket = documents.write("bucket.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*",
                  "Action": "s3:GetObject", "Resource": "arn:aws:s3:::b/*"}}
                """);

        assertThat(Ran.run(
                                "decide",
                                "--policy",
                                bucket,
                                "--type",
                                "resource",
                                "--principal",
                                "anonymous",
                                "--action",
                                "s3:GetObject",
                                "--resource",
                                "arn:aws:s3:::b/k",
                                "--resource-account",
                                "111122223333")
                        .out())
                .isEqualTo("ALLOW: a resource-based policy allows the s3:GetObject action\n");
    }

    @Test
    void decide_typeThatGrantsNothing_isAnError() {
        Ran ran = Ran.run("decide", "--policy", policy, "--type", "scp", "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: a service control policy grants nothing alone");
    }

    @Test
    void decide_parameter_bindsPlaceholders() {
        String bound = documents.write("bound.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:GetObject",
                  "Resource": "arn:aws:s3:::{{bucket}}/*"}}
                """);
        String[] arguments = {
            "decide",
            "--policy",
            bound,
            "--action",
            "s3:GetObject",
            "--resource",
            "arn:aws:s3:::b/k",
            "--parameter",
            "bucket=b"
        };

        assertThat(Ran.run(arguments).code()).isZero();
        arguments[8] = "bucket=c";
        assertThat(Ran.run(arguments).code()).isEqualTo(1);
        arguments[8] = "other=b";
        assertThat(Ran.run(arguments).code()).isEqualTo(2);
    }

    @Test
    void decide_parameter_bindsPlaceholdersOfSessionPoliciesToo() {
        String session = documents.write("session.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "{{service}}:*", "Resource": "*"}}
                """);
        String[] arguments = {
            "decide",
            "--policy",
            documents.write(
                    "all.json",
                    "{\"Version\": \"2012-10-17\", \"Statement\":"
                            + " {\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\"}}"),
            "--session-policy",
            session,
            "--principal",
            "arn:aws:sts::111122223333:assumed-role/dev/s",
            "--action",
            "s3:GetObject",
            "--parameter",
            "service=s3"
        };

        assertThat(Ran.run(arguments).code()).isZero();
        arguments[10] = "service=ec2";
        assertThat(Ran.run(arguments).code()).isEqualTo(1);
    }

    @Test
    void decide_semantics_readsAContestedPointOtherwise() {
        String star = documents.write("star.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "*",
                  "Condition": {"ArnLike": {"aws:SourceArn": "*"}}}}
                """);
        String[] arguments = {
            "decide",
            "--policy",
            star,
            "--action",
            "q:SendMessage",
            "--context",
            "aws:SourceArn=arn:aws:sns:us-east-1:111122223333:t",
            "--semantics",
            "ARN_LIKE_STAR_MATCHES=true"
        };

        assertThat(Ran.run(arguments).code()).isZero();
        arguments[8] = "arn-like-star-matches=false";
        Ran off = Ran.run(arguments);
        assertThat(off.code()).isEqualTo(1);
        assertThat(off.err()).contains("warning: ", "star.json[#1]", "not an ARN");
    }

    @Test
    void decide_unknownSemanticsPoint_listsThem() {
        Ran ran = decide("--semantics", "FOO=true");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("error: `FOO` is no contested point; there are\n")
                .contains("  EMPTY_CONDITION_HOLDS (U4), default true\n");
    }

    @Test
    void decide_semanticsThatIsNotTrueOrFalse_isAnError() {
        assertThat(decide("--semantics", "EMPTY_CONDITION_HOLDS=yes").code()).isEqualTo(2);
        assertThat(decide("--semantics", "EMPTY_CONDITION_HOLDS").code()).isEqualTo(2);
    }

    @Test
    void decide_now_isTheTimeOfTheRequest() {
        String until = documents.write("until.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "*",
                  "Condition": {"DateLessThan": {"aws:CurrentTime": "2026-01-01T00:00:00Z"}}}}
                """);
        String[] arguments = {"decide", "--policy", until, "--action", "q:SendMessage", "--now", "2025-12-31T23:59:59Z"
        };

        assertThat(Ran.run(arguments).code()).isZero();
        arguments[6] = "2026-01-01T00:00:00Z";
        assertThat(Ran.run(arguments).code()).isEqualTo(1);
        arguments[6] = "soon";
        assertThat(Ran.run(arguments).code()).isEqualTo(2);
    }

    @Test
    void decide_refusedPolicies_tellsAllProblemsOfAllOfThem() {
        String other = documents.write("other.json", "{\"Version\": \"2012-10-17\", \"Statement\": []");
        String bad = documents.write("bad.json", Documents.READ.replace("\"Allow\"", "\"Alow\""));

        Ran ran = Ran.run("decide", "--policy", bad, other, "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(documents.relative(ran.err())).startsWith("""
                error: a policy is refused
                error[INVALID_EFFECT] bad.json:6:17: `Alow` is no effect
                 6 |       "Effect": "Alow",
                   |                 ^^^^^^
                """).contains("] other.json:1:");
    }

    @Test
    void decide_missingPolicyFile_isAnError() {
        assertThat(Ran.run("decide", "--policy", "none.json", "--action", "s3:GetObject"))
                .isEqualTo(new Ran(2, "", "error: can't read `none.json`: no such file\n"));
    }

    @Test
    void decide_directoryAsPolicy_isAnError() {
        Ran ran = Ran.run("decide", "--policy", folder.toString(), "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("error: can't read `" + folder + "`: it is a directory\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--store x --policy y --action a:b | a store and --policy exclude each other",
                "--store x --authorization-details y --action a:b --principal p"
                        + " | --store and --authorization-details exclude each other",
                "--store x --image y --action a:b --principal p | --image and a store exclude each other",
                "--image x --engine reference --action a:b --principal p"
                        + " | --engine reference needs the policies: an image has only what they say",
                "--store x --type identity --action a:b | --type goes with --policy",
                "--store x --parameter a=b --action a:b"
                        + " | a store gives the values of placeholders itself: --parameter doesn't go with it",
                "--policy x --known-principals --action a:b | --known-principals goes with a store",
                "--store x --requests a --cases b | --requests and --cases exclude each other",
                "--store x --requests a --action b:c | options that state one request don't go with a file",
                "--cases a --session-policy b | options that state one request don't go with a file",
                "--cases a --explain | --policy and --explain don't go with --cases",
                "--store x | nothing to decide: give --action, --requests or --cases",
                "--action a:b | nothing to decide against: give --store, --authorization-details, --image or --policy",
                "--requests a | nothing to decide against: give --store, --authorization-details, --image or --policy"
            })
    void decide_optionsThatContradict_areAnError(String arguments, String message) {
        Ran ran = Ran.run(("decide " + arguments).split(" "));

        assertThat(ran).isEqualTo(new Ran(2, "", "error: " + message + "\nTry `portcullis decide --help`.\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--context novalue | must be key=value",
                "--context a:b=1 --context A:B=2 | differ only in case",
                "--resource-account 12 | 12 digits",
                "--resource '' | the resource is empty"
            })
    void decide_requestWithoutMeaning_isAnError(String more, String message) {
        String[] arguments = Arrays.stream(more.split(" "))
                .map(argument -> argument.equals("''") ? "" : argument)
                .toArray(String[]::new);

        Ran ran = decide(arguments);

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("error: ").contains(message);
    }

    @Test
    void decide_principalWithoutMeaning_isAnError() {
        Ran ran = Ran.run("decide", "--policy", policy, "--principal", "alice", "--action", "s3:GetObject");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("error: principal: ");
    }

    @Test
    void decide_argumentThatLostCharacters_isAnError() {
        Ran ran = decide("--resource", "arn:aws:s3:::b/alice/\uFFFD");

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("is not text in the encoding of the locale");
    }
}
