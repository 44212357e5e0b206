package dev.portcullis;

import static dev.portcullis.StoreTest.ALLOW_ALICE;
import static dev.portcullis.StoreTest.ALLOW_Q;
import static dev.portcullis.StoreTest.DENY_LEAVING;
import static dev.portcullis.StoreTest.DENY_OUTSIDERS;
import static dev.portcullis.StoreTest.TRUST_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreLoadTest {

    private static final String EVERYTHING = """
            {
              "parameters":   { "region": "us-east-1", "account_id": "111122223333" },
              "organization": { "id": "o-example", "managementAccount": "999999999999",
                "root": { "id": "r-ab12", "serviceControlPolicies": ["FullAWSAccess"],
                          "resourceControlPolicies": ["RCPFullAWSAccess", "outsiders"],
                  "units": [ { "id": "ou-ab12-11111111", "name": "Workloads",
                    "serviceControlPolicies": ["FullAWSAccess", "deny-leaving"],
                    "accounts": { "111122223333": { "serviceControlPolicies": ["FullAWSAccess"] } },
                    "units": [] } ],
                  "accounts": {} } },
              "groups": { "arn:aws:iam::111122223333:group/developers": { "policies": ["allow-q"] } },
              "users": { "arn:aws:iam::111122223333:user/alice": { "policies": [],
                "groups": ["arn:aws:iam::111122223333:group/developers"], "boundary": "allow-q",
                "tags": { "team": "q" }, "uniqueId": "AIDAALICE" } },
              "roles": { "arn:aws:iam::111122223333:role/q-admin": {
                "policies": ["allow-q"], "trust": "admin-trust", "tags": {}, "uniqueId": "AROAADMIN" } },
              "resources": {
                "arn:aws:s3:::models": { "account": "111122223333", "policy": "models-bucket",
                  "covers": ["arn:aws:s3:::models/*"], "tags": { "class": "secret" },
                  "acl": { "objectOwnership": "ObjectWriter",
                           "grants": [ { "grantee": "444455556666", "permission": "READ" },
                                       { "grantee": "AllUsers", "permission": "FULL_CONTROL" } ] },
                  "blockPublicAccess": true },
                "arn:aws:sqs:us-east-1:111122223333:jobs": { "tags": {} } },
              "vpcEndpoints": { "vpce-0example": { "policy": "outsiders" }, "vpce-0open": {} }
            }
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectory(directory.resolve("policies"));
    }

    @Test
    void load_everything_isThere() throws IOException {
        write("store.json", EVERYTHING);
        write("policies/allow-q.json", ALLOW_Q);
        write("policies/admin-trust.json", TRUST_ACCOUNT);
        write("policies/models-bucket.json", ALLOW_ALICE);
        write("policies/deny-leaving.json", DENY_LEAVING);
        write("policies/outsiders.json", DENY_OUTSIDERS);

        Store store = Store.load(directory);

        assertThat(store.findings()).isEmpty();
        assertThat(store.parameters())
                .containsExactly(Map.entry("account_id", "111122223333"), Map.entry("region", "us-east-1"));
        assertThat(store.texts())
                .containsOnlyKeys(
                        "FullAWSAccess",
                        "RCPFullAWSAccess",
                        "admin-trust",
                        "allow-q",
                        "deny-leaving",
                        "models-bucket",
                        "outsiders")
                .containsEntry("allow-q", ALLOW_Q);
        assertThat(store.users().get("arn:aws:iam::111122223333:user/alice")).satisfies(alice -> {
            assertThat(alice.policies()).isEmpty();
            assertThat(alice.groups()).containsExactly("arn:aws:iam::111122223333:group/developers");
            assertThat(alice.boundary()).contains("allow-q");
            assertThat(alice.tags()).containsExactly(Map.entry("team", "q"));
            assertThat(alice.uniqueId()).contains("AIDAALICE");
        });
        assertThat(store.groups()
                        .get("arn:aws:iam::111122223333:group/developers")
                        .policies())
                .containsExactly("allow-q");
        assertThat(store.roles().get("arn:aws:iam::111122223333:role/q-admin")).satisfies(admin -> {
            assertThat(admin.trust()).contains("admin-trust");
            assertThat(admin.uniqueId()).contains("AROAADMIN");
        });
        assertThat(store.resources())
                .containsExactly(
                        Map.entry(
                                "arn:aws:s3:::models",
                                new GuardedResource(
                                        "arn:aws:s3:::models",
                                        "111122223333",
                                        Optional.of("models-bucket"),
                                        List.of("arn:aws:s3:::models/*"),
                                        Map.of("class", "secret"),
                                        Optional.of(new AccessControlList(
                                                List.of(
                                                        new AccessControlList.Grant(
                                                                "444455556666", AccessControlList.Permission.READ),
                                                        new AccessControlList.Grant(
                                                                "AllUsers", AccessControlList.Permission.FULL_CONTROL)),
                                                true,
                                                true)))),
                        Map.entry(
                                "arn:aws:sqs:us-east-1:111122223333:jobs",
                                new GuardedResource(
                                        "arn:aws:sqs:us-east-1:111122223333:jobs",
                                        "111122223333",
                                        Optional.empty(),
                                        List.of(),
                                        Map.of(),
                                        Optional.empty())));
        assertThat(store.vpcEndpoints().get("vpce-0example").policy()).contains("outsiders");
        assertThat(store.vpcEndpoints().get("vpce-0open").policy()).isEmpty();
        Organization.Unit root = store.organization().orElseThrow().root();
        assertThat(root.name()).isEqualTo("Root");
        assertThat(root.resourceControlPolicies()).containsExactly("RCPFullAWSAccess", "outsiders");
        assertThat(root.units().get(0).serviceControlPolicies()).containsExactly("FullAWSAccess", "deny-leaving");
        assertThat(store.membership("111122223333").orElseThrow().path())
                .contains("o-example/r-ab12/ou-ab12-11111111/");
        for (PolicyType type : List.of(PolicyType.IDENTITY, PolicyType.BOUNDARY)) {
            assertThat(store.document("allow-q", type)).as(type.label()).isPresent();
        }
        for (PolicyType type : List.of(PolicyType.RESOURCE_CONTROL, PolicyType.VPC_ENDPOINT)) {
            assertThat(store.document("outsiders", type)).as(type.label()).isPresent();
        }
    }

    @Test
    void load_placeholders_areBoundInTheModelNotInTheText() throws IOException {
        String text = ALLOW_Q.replace("\"*\"", "\"arn:aws:q:{{region}}:{{account_id}}:*\"");
        write("store.json", """
                {"parameters": {"region": "us-east-1", "account_id": "111122223333"},
                 "users": {"arn:aws:iam::111122223333:user/alice": {"policies": ["q"]}}}""");
        write("policies/q.json", text);

        Store store = Store.load(directory);

        assertThat(store.texts()).containsEntry("q", text);
        assertThat(store.document("q", PolicyType.IDENTITY)
                        .orElseThrow()
                        .statements()
                        .get(0)
                        .resource()
                        .orElseThrow()
                        .patterns()
                        .get(0)
                        .text()
                        .source())
                .isEqualTo("arn:aws:q:us-east-1:111122223333:*");
    }

    @Test
    void load_placeholderWithoutValue_isAnErrorThatNamesIt() throws IOException {
        write("store.json", "{\"users\": {\"arn:aws:iam::111122223333:user/alice\": {\"policies\": [\"q\"]}}}");
        write("policies/q.json", ALLOW_Q.replace("\"*\"", "\"arn:aws:q:{{region}}:111122223333:*\""));

        assertThat(refused()).singleElement().satisfies(diagnostic -> {
            assertThat(diagnostic.policyName()).isEqualTo("q");
            assertThat(diagnostic.message()).contains("region");
        });
    }

    @Test
    void load_unusedPolicies_areCheckedAsWhatTheyLookLike() throws IOException {
        write("store.json", "{}");
        write("policies/identity.json", ALLOW_Q);
        write("policies/resource.json", ALLOW_ALICE);
        write("policies/trust.json", TRUST_ACCOUNT);

        Store store = Store.load(directory);

        assertThat(store.findings())
                .extracting(Diagnostic::summary)
                .containsExactly(
                        "warning[UNUSED_POLICY] store.json: nothing names the policy `identity`",
                        "warning[UNUSED_POLICY] store.json: nothing names the policy `resource`",
                        "warning[UNUSED_POLICY] store.json: nothing names the policy `trust`");
        assertThat(store.document("identity", PolicyType.IDENTITY)).isPresent();
        assertThat(store.document("resource", PolicyType.RESOURCE)).isPresent();
        assertThat(store.document("trust", PolicyType.TRUST)).isPresent();
    }

    @Test
    void load_directoryThatIsNotThere_isAnInputError() {
        assertThatThrownBy(() -> Store.load(directory.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void load_nothingButStoreFile_isAnEmptyStore() throws IOException {
        Files.delete(directory.resolve("policies"));
        write("store.json", "{}");

        Store store = Store.load(directory);

        assertThat(store.texts()).isEmpty();
        assertThat(store.users()).isEmpty();
        assertThat(store.organization()).isEmpty();
        assertThat(store.findings()).isEmpty();
    }

    @Test
    void load_finding_hasItsSource() throws IOException {
        String text = "{\"roles\": {\"arn:aws:iam::111122223333:role/r\": {}}}";
        write("store.json", text);

        Store store = Store.load(directory);

        assertThat(store.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.summary())
                    .isEqualTo("suggestion[MISSING_TRUST] store.json:1:12: role `arn:aws:iam::111122223333:role/r` has"
                            + " no trust policy: nobody can assume it");
            assertThat(store.source(finding)).contains(text);
        });
    }

    @Test
    void load_configMapMount_isFollowed() throws IOException {
        Path data = Files.createDirectory(directory.resolve("policies/..2026_11_21"));
        Files.writeString(data.resolve("allow-q.json"), ALLOW_Q);
        Files.createSymbolicLink(directory.resolve("policies/..data"), Path.of("..2026_11_21"));
        Files.createSymbolicLink(directory.resolve("policies/allow-q.json"), Path.of("..data/allow-q.json"));
        write("store.json", "{\"users\": {\"arn:aws:iam::111122223333:user/a\": {\"policies\": [\"allow-q\"]}}}");

        Store store = Store.load(directory);

        assertThat(store.findings()).isEmpty();
        assertThat(store.texts()).containsOnlyKeys("allow-q");
    }

    @Test
    void load_tenThousandPolicies_isLinear() throws IOException {
        StringBuilder users = new StringBuilder("{\"users\": {");
        for (int i = 0; i < 10_000; i++) {
            write("policies/policy-" + i + ".json", ALLOW_Q);
            users.append(i == 0 ? "" : ",")
                    .append("\"arn:aws:iam::111122223333:user/u")
                    .append(i)
                    .append("\": {\"policies\": [\"policy-")
                    .append(i)
                    .append("\", \"policy-")
                    .append((i + 1) % 10_000)
                    .append("\"]}");
        }
        write("store.json", users + "}}");

        Store store = Store.load(directory);

        assertThat(store.users()).hasSize(10_000);
        assertThat(store.texts()).hasSize(10_000);
        assertThat(store.findings()).isEmpty();
    }

    private List<Diagnostic> refused() {
        try {
            Store.load(directory);
        } catch (InvalidPolicyException e) {
            return e.diagnostics();
        }
        throw new AssertionError("the store was taken");
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }
}
