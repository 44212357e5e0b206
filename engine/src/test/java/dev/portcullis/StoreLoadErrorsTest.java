package dev.portcullis;

import static dev.portcullis.StoreTest.ALLOW_Q;
import static dev.portcullis.StoreTest.TRUST_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a store on disk, and how it is said. */
class StoreLoadErrorsTest {

    private static final String NAMES_P =
            "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"p\"]}}}";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            []                                   | error[WRONG_TYPE] store.json:1:1: the file's text is to be an object, not a list |
            {"user": {}}                         | error[UNKNOWN_MEMBER] store.json:1:2: there is no member `user` | did you mean `users`?
            {"x": {}}                            | error[UNKNOWN_MEMBER] store.json:1:2: there is no member `x` | known here: `parameters`, `organization`, `groups`, `users`, `roles`, `resources`, `vpcEndpoints`
            {"users": []}                        | error[WRONG_TYPE] store.json:1:11: `users` is to be an object, not a list |
            {"users": null}                      | error[WRONG_TYPE] store.json:1:11: `users` is to be an object, not `null` |
            {"users": {}, "users": {}}           | error[DUPLICATE_MEMBER] store.json:1:15: there is a second member `users` |
            {"parameters": {"a": 1}}             | error[WRONG_TYPE] store.json:1:22: a parameter's value is to be a string, not a number |
            {"parameters": {"a": "1", "a": "2"}} | error[DUPLICATE_PARAMETER] store.json:1:27: parameter `a` has two values |
            {"users": {"U": {}, "U": {}}}        | error[DUPLICATE_ARN] store.json:1:56: user `U` is described twice |
            {"users": {"U": []}}                 | error[WRONG_TYPE] store.json:1:52: a user is to be an object, not a list |
            {"users": {"U": {"policy": []}}}     | error[UNKNOWN_MEMBER] store.json:1:53: there is no member `policy` | known here: `policies`, `groups`, `boundary`, `tags`, `uniqueId`
            {"users": {"U": {"trust": "p"}}}     | error[UNKNOWN_MEMBER] store.json:1:53: there is no member `trust` | known here: `policies`, `groups`, `boundary`, `tags`, `uniqueId`
            {"users": {"U": {"policies": "p"}}}  | error[WRONG_TYPE] store.json:1:65: `policies` is to be a list, not a string |
            {"users": {"U": {"policies": [1]}}}  | error[WRONG_TYPE] store.json:1:66: an entry of `policies` is to be a string, not a number |
            {"users": {"U": {"boundary": ["p"]}}} | error[WRONG_TYPE] store.json:1:65: `boundary` is to be a string, not a list |
            {"users": {"U": {"tags": {"a": true}}}} | error[WRONG_TYPE] store.json:1:67: a tag's value is to be a string, not `true` or `false` |
            {"users": {"U": {"policies": ["q"]}}} | error[UNKNOWN_POLICY] store.json:1:66: `U` names the identity-based policy `q`, which is not there |
            {"groups": {"G": {"boundary": "p"}}} | error[UNKNOWN_MEMBER] store.json:1:60: there is no member `boundary` | known here: `policies`
            {"resources": {"R": {}}}             | error[MISSING_ACCOUNT] store.json:1:16: resource `R` does not say which account owns it | name it in `account`
            {"resources": {"R": {"account": "1"}}} | error[INVALID_ACCOUNT] store.json:1:51: account `1` is not 12 digits |
            {"resources": {"R": {"account": "111122223333", "acl": {"grants": [{"grantee": "AllUsers"}]}}}} | error[MISSING_MEMBER] store.json:1:86: `permission` is missing here |
            {"resources": {"R": {"account": "111122223333", "acl": {"grants": [{"grantee": "AllUsers", "permission": "read"}]}}}} | error[INVALID_PERMISSION] store.json:1:124: `read` is not a permission of ACLs | one of `READ`, `WRITE`, `READ_ACP`, `WRITE_ACP`, `FULL_CONTROL`
            {"resources": {"R": {"account": "111122223333", "acl": {"objectOwnership": "x"}}}} | error[INVALID_OBJECT_OWNERSHIP] store.json:1:94: `x` is not an object ownership | one of `BucketOwnerEnforced`, `BucketOwnerPreferred`, `ObjectWriter`
            {"resources": {"R": {"account": "111122223333", "blockPublicAccess": "yes"}}} | error[WRONG_TYPE] store.json:1:88: `blockPublicAccess` is to be `true` or `false`, not a string |
            {"vpcEndpoints": {"vpce-1": {"policies": []}}} | error[UNKNOWN_MEMBER] store.json:1:30: there is no member `policies` | known here: `policy`
            {"vpcEndpoints": {"vpce-1": {}, "vpce-1": {}}} | error[DUPLICATE_ENDPOINT] store.json:1:33: VPC endpoint `vpce-1` is described twice |
            {"organization": {"id": "o-1", "managementAccount": "999999999999"}} | error[MISSING_MEMBER] store.json:1:18: `root` is missing here |
            {"organization": {"id": "o-1", "managementAccount": "999999999999", "root": {"id": "r-1", "serviceControlPolicies": ["FullAWSAccess"], "units": [{"id": "ou-1", "serviceControlPolicies": ["FullAWSAccess"]}]}}} | error[INVALID_UNIT_NAME] store.json:1:146: a unit can't be called `` | give it a `name` of printable characters
            {"organization": {"id": "o-1", "managementAccount": "999999999999", "root": {"id": "r-1", "serviceControlPolicies": ["FullAWSAccess"], "accounts": {"111122223333": {"serviceControlPolicies": ["FullAWSAccess"]}, "111122223333": {"serviceControlPolicies": ["FullAWSAccess"]}}}}} | error[DUPLICATE_ACCOUNT] store.json:1:212: account `111122223333` is in unit `Root` and in unit `Root` |
            """)
    void load_mistakeInStoreFile_isReportedAtItsPlace(String text, String summary, String help) throws IOException {
        write(
                "store.json",
                text.replace("\"U\"", "\"arn:aws:iam::111122223333:user/alice\"")
                        .replace("\"G\"", "\"arn:aws:iam::111122223333:group/developers\"")
                        .replace("\"R\"", "\"arn:aws:s3:::models\""));
        write("policies/p.json", ALLOW_Q);

        String expected = summary.replace("`U`", "`arn:aws:iam::111122223333:user/alice`")
                .replace("`R`", "`arn:aws:s3:::models`");
        assertThat(refused())
                .filteredOn(diagnostic -> !diagnostic.code().equals("UNUSED_POLICY"))
                .singleElement()
                .satisfies(diagnostic -> {
                    assertThat(diagnostic.summary()).isEqualTo(expected);
                    assertThat(diagnostic.help().orElse(null)).isEqualTo(help);
                });
    }

    @Test
    void load_problemsOfAllFiles_comeAtOnceAndInOrder() throws IOException {
        write("store.json", """
                {
                  "users": {
                    "arn:aws:iam::111122223333:user/alice": { "policies": ["zebra", "nowhere"], "boundry": "zebra" },
                    "alice": { "groups": ["arn:aws:iam::111122223333:group/g"] }
                  },
                  "roles": { "arn:aws:iam::1:role/r": { "trust": "antelope" } }
                }
                """);
        write("policies/zebra.json", "{\"Statement\": [}");
        write("policies/antelope.json", TRUST_ACCOUNT.substring(0, 40));
        write("policies/ok.json", ALLOW_Q);

        assertThat(refused())
                .extracting(diagnostic ->
                        diagnostic.summary().replaceAll(": [^:]*$", "").replaceAll(": `.*", ""))
                .containsExactly(
                        "error[UNKNOWN_POLICY] store.json:3:69",
                        "error[UNKNOWN_MEMBER] store.json:3:81",
                        "error[INVALID_ARN] store.json:4:5",
                        "error[UNKNOWN_GROUP] store.json:4:27",
                        "error[INVALID_ARN] store.json:6:14",
                        "error[JSON_SYNTAX_ERROR] antelope:1:41",
                        "error[JSON_SYNTAX_ERROR] zebra:1:16");
    }

    @Test
    void load_brokenStoreFile_checksTheDocumentsAllTheSame() throws IOException {
        write("store.json", "{\"users\": ");
        write("policies/ok.json", ALLOW_Q);
        write("policies/broken.json", "{");

        assertThat(refused()).extracting(Diagnostic::policyName).containsExactly("store.json", "broken");
    }

    @Test
    void load_noStoreFile_isAnError() {
        assertThat(summaries())
                .containsExactly("error[UNREADABLE_FILE] store.json: the file can't be read: there is no such file");
    }

    @Test
    void load_policiesThatAreNoDirectory_isAnError() throws IOException {
        Files.delete(directory.resolve("policies"));
        write("policies", "");
        write("store.json", "{}");

        assertThat(summaries()).containsExactly("error[UNREADABLE_FILE] policies: this is not a directory");
    }

    @Test
    void load_otherFilesAmongThePolicies_areReportedAndIgnored() throws IOException {
        write("store.json", "{}");
        write("policies/README.md", "read me");
        write("policies/p.JSON", "not read");
        write("policies/p.json~", "not read");
        write("policies/.hidden.json", "not read");
        Files.createDirectory(directory.resolve("policies/sub"));

        assertThat(Store.load(directory).findings())
                .extracting(Diagnostic::summary)
                .containsExactly(
                        "warning[IGNORED_FILE] policies/README.md: its name does not end with `.json`: it is ignored",
                        "warning[IGNORED_FILE] policies/p.JSON: its name does not end with `.json`: it is ignored",
                        "warning[IGNORED_FILE] policies/p.json~: its name does not end with `.json`: it is ignored",
                        "warning[IGNORED_FILE] policies/sub: its name does not end with `.json`: it is ignored");
    }

    @Test
    void load_directoryCalledLikeAPolicy_isAnError() throws IOException {
        write("store.json", NAMES_P);
        Files.createDirectory(directory.resolve("policies/p.json"));

        assertThat(summaries()).containsExactly("error[UNREADABLE_FILE] p: this is not a regular file");
    }

    @Test
    void load_linkOutOfTheStore_isNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("secret.json"), ALLOW_Q);
        Files.createSymbolicLink(directory.resolve("policies/p.json"), secret);
        write("store.json", NAMES_P);

        assertThat(summaries())
                .containsExactly("error[SYMBOLIC_LINK] policies/p.json: it is a symbolic link out of the store's"
                        + " directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.json", "p.json"})
    void load_linkToNothing_isAnError(String target) throws IOException {
        Files.createSymbolicLink(directory.resolve("policies/p.json"), Path.of(target));
        write("store.json", NAMES_P);

        assertThat(summaries())
                .containsExactly("error[SYMBOLIC_LINK] policies/p.json: it is a symbolic link that leads nowhere");
    }

    @Test
    void load_pathAsPolicyName_isNeverOpened(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("secret.json"), ALLOW_Q);
        String name = directory
                .resolve("policies")
                .relativize(elsewhere.resolve("secret"))
                .toString();
        write("store.json", "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"" + name + "\"]}}}");

        assertThat(name).startsWith("../");
        assertThat(refused())
                .singleElement()
                .satisfies(diagnostic -> assertThat(diagnostic.code()).isEqualTo("UNKNOWN_POLICY"));
    }

    @Test
    void load_namesThatDifferInCase_areRefused() throws IOException {
        write("store.json", "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"Dev\", \"dev\"]}}}");
        write("policies/dev.json", ALLOW_Q);
        write("policies/Dev.json", ALLOW_Q);

        assertThat(summaries())
                .containsExactly("error[AMBIGUOUS_FILE_NAME] policies/dev.json: its name differs from that of"
                        + " `Dev.json` only in case: a file system that ignores case would keep one of them");
    }

    @Test
    void load_controlCharactersInNames_areShownAsNumbers() throws IOException {
        write(
                "store.json",
                "{\"users\": {\"arn:aws:iam::111122223333:user/a\\u001b[2J\": {\"policies\": [\"x\\u0007\"]}}}");
        write("policies/x\u0007.json", ALLOW_Q);

        assertThat(summaries())
                .containsExactly(
                        "error[INVALID_ARN] store.json:1:12: `arn:aws:iam::111122223333:user/a\\u001B[2J` is not the"
                                + " ARN of a user: it contains a control character",
                        "error[UNKNOWN_POLICY] store.json:1:71: `arn:aws:iam::111122223333:user/a\\u001B[2J` names the"
                                + " identity-based policy `x\\u0007`, which is not there",
                        "error[INVALID_POLICY_NAME] store.json: a policy can't be called `x\\u0007`");
    }

    @Test
    void load_hugeFiles_areRefusedUnread() throws IOException {
        write("store.json", "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"huge\"]}}}");
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("policies/huge.json").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(summaries())
                .containsExactly(
                        "error[DOCUMENT_TOO_LARGE] huge: the file has more than " + Limits.DOCUMENT_BYTES + " bytes");
    }

    @Test
    void load_hugeStoreFile_isRefusedUnread() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("store.json").toFile(), "rw")) {
            file.setLength(1L << 40);
        }

        assertThat(summaries())
                .containsExactly("error[DOCUMENT_TOO_LARGE] store.json: the file has more than " + Limits.STORE_BYTES
                        + " bytes");
    }

    @Test
    void load_deepStoreFile_isRefused() throws IOException {
        write("store.json", "{\"users\":".repeat(100_000));

        assertThat(refused()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.policyName()).isEqualTo("store.json");
            assertThat(diagnostic.isError()).isTrue();
        });
    }

    @Test
    void load_invalidUtf8_isRefusedWhereItStands() throws IOException {
        write("store.json", NAMES_P);
        byte[] text = ALLOW_Q.getBytes(StandardCharsets.UTF_8);
        text[2] = (byte) 0xC0;
        Files.write(directory.resolve("policies/p.json"), text);

        assertThat(summaries())
                .singleElement()
                .satisfies(summary -> assertThat(summary).startsWith("error[INVALID_ENCODING] p:1:3: "));
    }

    @Test
    void load_storeFileInOtherEncoding_isRefused() throws IOException {
        Files.write(directory.resolve("store.json"), "{}".getBytes(StandardCharsets.UTF_16));

        assertThat(refused()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo("INVALID_ENCODING");
            assertThat(diagnostic.policyName()).isEqualTo("store.json");
        });
    }

    @Test
    void load_everyPrefixOfAStoreFile_isRefusedOrTheWhole() throws IOException {
        String whole = "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"p\"],"
                + " \"tags\": {\"k\": \"v\"}}}}";
        write("policies/p.json", ALLOW_Q);
        for (int length = 0; length < whole.length(); length++) {
            write("store.json", whole.substring(0, length));

            assertThat(refused()).as("the first %d characters", length).isNotEmpty();
        }
        write("store.json", whole);

        assertThat(Store.load(directory).users()).hasSize(1);
    }

    private List<String> summaries() {
        return refused().stream().map(Diagnostic::summary).toList();
    }

    private List<Diagnostic> refused() {
        try {
            Store.load(directory);
        } catch (InvalidPolicyException e) {
            assertThat(e.diagnostics()).anyMatch(Diagnostic::isError);
            return e.diagnostics();
        }
        throw new AssertionError("the store was taken");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
