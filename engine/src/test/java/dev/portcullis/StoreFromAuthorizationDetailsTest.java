package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreFromAuthorizationDetailsTest {

    private static final String ACCOUNT = "arn:aws:iam::111122223333:";
    private static final String ROLE_OF_Q =
            ACCOUNT + "role/aws-service-role/q.amazonaws.com/AWSServiceRoleForAmazonQDeveloper";

    @TempDir
    private Path directory;

    private String sample;

    @BeforeEach
    void readSample() throws IOException {
        try (InputStream stream = getClass().getResourceAsStream("store/account-details.json")) {
            sample = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void fromAuthorizationDetails_wholeAccount_isThere() throws IOException {
        Store store = read(sample);

        assertThat(store.users())
                .containsExactly(
                        Map.entry(
                                ACCOUNT + "user/alice",
                                new IamUser(
                                        ACCOUNT + "user/alice",
                                        List.of(
                                                "user/alice/own-conversations",
                                                "user/alice/no-plugins",
                                                "arn:aws:iam::aws:policy/AmazonQDeveloperAccess"),
                                        List.of(ACCOUNT + "group/teams/developers"),
                                        Optional.of(ACCOUNT + "policy/limits/developer-boundary"),
                                        Map.of("team", "q", "Stage", ""),
                                        Optional.of("AIDAEXAMPLEALICE00001"))),
                        Map.entry(
                                ACCOUNT + "user/contractors/bob",
                                new IamUser(
                                        ACCOUNT + "user/contractors/bob",
                                        List.of(),
                                        List.of(),
                                        Optional.empty(),
                                        Map.of(),
                                        Optional.of("AIDAEXAMPLEBOB0000001"))));
        assertThat(store.groups())
                .containsExactly(Map.entry(
                        ACCOUNT + "group/teams/developers",
                        new IamGroup(
                                ACCOUNT + "group/teams/developers",
                                List.of("group/developers/start", ACCOUNT + "policy/team-tools"))));
        assertThat(store.roles())
                .containsOnlyKeys(ROLE_OF_Q, ACCOUNT + "role/q-admin", ACCOUNT + "role/service-role/build");
        assertThat(store.roles().get(ROLE_OF_Q).serviceLinked()).isTrue();
        assertThat(store.roles().get(ACCOUNT + "role/q-admin"))
                .isEqualTo(new IamRole(
                        ACCOUNT + "role/q-admin",
                        List.of("role/q-admin/inline/trust", ACCOUNT + "policy/team-tools"),
                        Optional.empty(),
                        Optional.of("role/q-admin/trust"),
                        Map.of("owner", "platform"),
                        Optional.of("AROAEXAMPLEQADMIN0001")));
        assertThat(store.roleOfSession("arn:aws:sts::111122223333:assumed-role/build/s"))
                .contains(store.roles().get(ACCOUNT + "role/service-role/build"));
        assertThat(store.findings()).noneMatch(Diagnostic::isError);
    }

    @Test
    void fromAuthorizationDetails_documents_areDecodedAndOfTheDefaultVersion() throws IOException {
        Store store = read(sample);

        assertThat(store.texts().get("user/alice/own-conversations"))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
                        + "[\"q:ListConversations\",\"q:GetConversation\"],\"Resource\":\"*\",\"Condition\":"
                        + "{\"StringEquals\":{\"aws:PrincipalTag/team\":\"q + w\"}}}]}");
        assertThat(store.texts().get("user/alice/no-plugins"))
                .startsWith("{\n")
                .contains("\"Sid\": \"NoPlugins\"")
                .endsWith("}");
        assertThat(store.texts().get(ACCOUNT + "policy/team-tools"))
                .contains("q:SendMessage")
                .doesNotContain("\"Action\": \"*\"");
        assertThat(store.document("role/q-admin/trust", PolicyType.TRUST)).isPresent();
        assertThat(store.document("role/q-admin/inline/trust", PolicyType.IDENTITY))
                .isPresent();
        assertThat(store.document("role/build/trust", PolicyType.TRUST)).isPresent();
        assertThat(store.document(ACCOUNT + "policy/limits/developer-boundary", PolicyType.BOUNDARY))
                .isPresent();
        assertThat(store.document(ACCOUNT + "policy/limits/developer-boundary", PolicyType.IDENTITY))
                .isEmpty();
    }

    @Test
    void fromAuthorizationDetails_unattachedManagedPolicy_isCheckedAndNoWarning() throws IOException {
        Store store = read(
                edited("\"AttachedManagedPolicies\": (?=\\[\\s*\\{\\s*\"PolicyName\": \"AmazonQ)", "\"Detached\": "));

        assertThat(store.document("arn:aws:iam::aws:policy/AmazonQDeveloperAccess", PolicyType.IDENTITY))
                .isPresent();
        assertThat(store.findings()).extracting(Diagnostic::code).doesNotContain("UNUSED_POLICY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            "IsTruncated": false | "IsTruncated": true, "Marker": "x" | error[TRUNCATED] account.json:1:1: this is only a part of the account: `IsTruncated` is `true`
            "GroupDetailList" | "GroupList" | error[MISSING_MEMBER] account.json:1:1: `GroupDetailList` is missing here + error[UNKNOWN_GROUP] account.json:LINE: `arn:aws:iam::111122223333:user/alice` is a member of `developers`, which is not described
            "DefaultVersionId": "v2" | "DefaultVersionId": "v3" | error[MISSING_VERSION] account.json:LINE: the default version `v3` of `arn:aws:iam::111122223333:policy/team-tools` is not in its `PolicyVersionList` + error[AMBIGUOUS_VERSION] account.json:LINE: `DefaultVersionId` of `arn:aws:iam::111122223333:policy/team-tools` is `v3`, but `IsDefaultVersion` of `v2` says otherwise
            "VersionId": "v1",/s*"IsDefaultVersion": false | "VersionId": "v2", "IsDefaultVersion": true | error[AMBIGUOUS_VERSION] account.json:LINE: `arn:aws:iam::111122223333:policy/team-tools` has two versions `v2`
            "Arn": "arn:aws:iam::aws:policy/AmazonQDeveloperAccess" | "Arn": "arn:aws:iam::aws:policy/AmazonQFullAccess" | error[UNKNOWN_POLICY] account.json:LINE: `arn:aws:iam::111122223333:user/alice` names the identity-based policy `arn:aws:iam::aws:policy/AmazonQDeveloperAccess`, which is not there
            "UserName": "alice" | "UserName": "Alice" | error[NAME_MISMATCH] account.json:LINE: the name `Alice` is not the one in `arn:aws:iam::111122223333:user/alice`
            ::111122223333:user/contractors/bob | ::444455556666:user/contractors/bob | error[MIXED_ACCOUNTS] account.json:LINE: `arn:aws:iam::444455556666:user/contractors/bob` is of another account than the ones before it: `111122223333`
            "PolicyName": "no-plugins" | "PolicyName": "../no-plugins" | error[INVALID_POLICY_NAME] account.json:LINE: an inline policy can't be called `../no-plugins`
            "PolicyName": "own-conversations" | "PolicyName": "no-plugins" | error[DUPLICATE_ATTACHMENT] account.json:LINE: `arn:aws:iam::111122223333:user/alice` names the identity-based policy `user/alice/no-plugins` twice + error[DUPLICATE_POLICY] account.json:LINE: there are two policies called `user/alice/no-plugins`
            "PermissionsBoundaryArn": "[^"]*" | "Arn": "x" | error[MISSING_MEMBER] account.json:LINE: `PermissionsBoundaryArn` is missing here
            "UserId": "AIDAEXAMPLEBOB0000001" | "UserId": "AIDAEXAMPLEALICE00001" | error[DUPLICATE_UNIQUE_ID] account.json:LINE: `arn:aws:iam::111122223333:user/alice` and `arn:aws:iam::111122223333:user/contractors/bob` have the same unique id
            "Key": "Stage" | "Key": "TEAM" | error[DUPLICATE_TAG] account.json:LINE: tags `team` and `TEAM` of `arn:aws:iam::111122223333:user/alice` differ only in case, which condition keys ignore
            "UserName": "alice" | "UserName": "alice", "UserName": "alice" | error[DUPLICATE_MEMBER] account.json:LINE: there is a second member `UserName`
            "IsTruncated": false | "IsTruncated": "no" | error[WRONG_TYPE] account.json:LINE: `IsTruncated` is to be `true` or `false`, not a string
            "Tags": /[/] | "Tags": {} | error[WRONG_TYPE] account.json:LINE: `Tags` is to be a list, not an object
            """)
    void fromAuthorizationDetails_mistake_isReported(String from, String to, String summaries) throws IOException {
        String text = edited(from.replace("/s*", "\\s*").replace("/[/]", "\\[\\]"), to);

        assertThat(refused(text))
                .filteredOn(Diagnostic::isError)
                .extracting(diagnostic -> summaries.contains("LINE")
                        ? diagnostic.summary().replaceAll("account.json:(?!1:1:)\\d+:\\d+:", "account.json:LINE:")
                        : diagnostic.summary())
                .containsExactlyInAnyOrder(summaries.split(" \\+ "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            "%7B%zz"  | 7 | `%` is not followed by two hexadecimal digits
            "%7B%C0%AA" | 7 | the bytes here are not UTF-8
            "x%"      | 5 | `%` is not followed by two hexadecimal digits
            "\\u0025" | 3 | `%` is not followed by two hexadecimal digits
            """)
    void fromAuthorizationDetails_brokenEncoding_isReportedAtItsPlace(String literal, int column, String problem)
            throws IOException {
        String text = oneRole("\n  " + literal);

        assertThat(refused(text))
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.summary())
                        .isEqualTo("error[INVALID_URL_ENCODING] account.json:2:" + column
                                + ": the document is not URL-encoded text: " + problem));
    }

    @Test
    void fromAuthorizationDetails_documentAsPlainTextInAString_isTakenAsItIs() throws IOException {
        String document = StoreTest.TRUST_ACCOUNT.replace("sts:AssumeRole", "sts:Assume%52ole");
        String literal = "\"" + document.replace("\"", "\\\"").replace("\n", "\\n") + "\"";

        assertThat(read(oneRole(literal)).texts()).containsEntry("role/r/trust", document);
    }

    @Test
    void fromAuthorizationDetails_encodedDocument_isDecodedOnceOnly() throws IOException {
        String document = StoreTest.TRUST_ACCOUNT.replace("sts:AssumeRole", "sts:Assume%52ole");
        String encoded = URLEncoder.encode(document, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(read(oneRole("\"" + encoded + "\"")).texts()).containsEntry("role/r/trust", document);
    }

    @Test
    void fromAuthorizationDetails_documentThatIsANumber_isRefused() throws IOException {
        assertThat(refused(oneRole("7")))
                .extracting(Diagnostic::summary)
                .containsExactly("error[WRONG_TYPE] account.json:1:171: a document is to be a string, not a number");
    }

    @Test
    void fromAuthorizationDetails_brokenDocument_isRefusedWithItsDecodedText() throws IOException {
        String text = oneRole("\"%7B%22Version%22:%20%5D\"");

        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(InvalidPolicyException.class, refused -> {
            Diagnostic diagnostic = refused.diagnostics().get(0);
            assertThat(diagnostic.policyName()).isEqualTo("role/r/trust");
            assertThat(diagnostic.span().column()).isEqualTo(13);
            assertThat(refused.source(diagnostic)).contains("{\"Version\": ]");
        });
    }

    @Test
    void fromAuthorizationDetails_boundaryOnServiceLinkedRole_isRefused() throws IOException {
        String text = edited(
                "\"RoleName\": \"AWSServiceRoleForAmazonQDeveloper\"",
                "\"RoleName\": \"AWSServiceRoleForAmazonQDeveloper\", \"PermissionsBoundary\": "
                        + "{\"PermissionsBoundaryArn\": \"" + ACCOUNT + "policy/team-tools\"}");

        assertThat(refused(text))
                .filteredOn(Diagnostic::isError)
                .extracting(Diagnostic::code)
                .containsExactly("BOUNDARY_ON_SERVICE_LINKED_ROLE");
    }

    @Test
    void fromAuthorizationDetails_documentThatAwsHoldsAlready_isTaken() throws IOException {
        Store store = read(edited("\"Action\": \"q:UsePlugin\"", "\"Action\": []"));

        assertThat(store.document("user/alice/no-plugins", PolicyType.IDENTITY)).isPresent();
        assertThat(store.findings())
                .filteredOn(finding -> finding.policyName().equals("user/alice/no-plugins"))
                .isNotEmpty();
    }

    @Test
    void fromAuthorizationDetails_severalPagesInOneFile_areRefused() throws IOException {
        assertThat(refused(sample + sample))
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.code()).isEqualTo("JSON_SYNTAX_ERROR"));
    }

    @Test
    void fromAuthorizationDetails_notAnObject_isRefused() throws IOException {
        assertThat(refused("[]"))
                .extracting(Diagnostic::summary)
                .containsExactly(
                        "error[WRONG_TYPE] account.json:1:1: the file's text is to be an object, not a" + " list");
    }

    @Test
    void fromAuthorizationDetails_noFile_isAnInputError() {
        Path file = directory.resolve("absent.json");

        assertThatThrownBy(() -> Store.fromAuthorizationDetails(file)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void fromAuthorizationDetails_directory_isRefused() {
        assertThatThrownBy(() -> Store.fromAuthorizationDetails(directory))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("this is not a regular file");
    }

    private static String oneRole(String trust) {
        return "{\"UserDetailList\": [], \"GroupDetailList\": [], \"Policies\": [], \"RoleDetailList\": ["
                + "{\"RoleName\": \"r\", \"Arn\": \"" + ACCOUNT + "role/r\", \"AssumeRolePolicyDocument\": " + trust
                + "}]}";
    }

    /** The sample with the first match of a pattern replaced. */
    private String edited(String pattern, String replacement) {
        String text = sample.replaceFirst(pattern, replacement);
        assertThat(text).as("the pattern has to match").isNotEqualTo(sample);
        return text;
    }

    private Store read(String text) throws IOException {
        return Store.fromAuthorizationDetails(Files.writeString(directory.resolve("account.json"), text));
    }

    private List<Diagnostic> refused(String text) throws IOException {
        try {
            read(text);
        } catch (InvalidPolicyException e) {
            return e.diagnostics();
        }
        throw new AssertionError("the account was taken");
    }
}
