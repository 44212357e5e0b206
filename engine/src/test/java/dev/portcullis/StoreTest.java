package dev.portcullis;

import static dev.portcullis.policy.PolicyType.BOUNDARY;
import static dev.portcullis.policy.PolicyType.IDENTITY;
import static dev.portcullis.policy.PolicyType.RESOURCE;
import static dev.portcullis.policy.PolicyType.RESOURCE_CONTROL;
import static dev.portcullis.policy.PolicyType.SERVICE_CONTROL;
import static dev.portcullis.policy.PolicyType.TRUST;
import static dev.portcullis.policy.PolicyType.VPC_ENDPOINT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.VpcEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoreTest {

    static final String ALLOW_Q = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "q:*", "Resource": "*"}]}""";
    static final String ALLOW_ALICE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::111122223333:user/alice"},
              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::models/*"}]}""";
    static final String TRUST_ACCOUNT = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}]}""";
    static final String DENY_LEAVING = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny",
              "Action": "organizations:LeaveOrganization", "Resource": "*"}]}""";
    static final String DENY_OUTSIDERS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*",
              "Resource": "*", "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-example"},
                                             "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]}""";

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String ADMIN = "arn:aws:iam::111122223333:role/ops/q-admin";
    private static final String DEVELOPERS = "arn:aws:iam::111122223333:group/developers";

    @Test
    void build_everything_isThere() {
        Organization organization = organization(List.of("FullAWSAccess"), List.of("outsiders"));
        Store store = Store.builder()
                .parameter("region", "us-east-1")
                .policy("allow-q", ALLOW_Q)
                .policy("models", ALLOW_ALICE)
                .policy("trust", TRUST_ACCOUNT)
                .policy("outsiders", DENY_OUTSIDERS)
                .policy("endpoint", DENY_OUTSIDERS)
                .group(DEVELOPERS, "allow-q")
                .user(
                        ALICE,
                        user -> user.attach("AdministratorAccess")
                                .group(DEVELOPERS)
                                .boundary("allow-q")
                                .tag("team", "q")
                                .tag("Stage", "")
                                .uniqueId("AIDAALICE"))
                .role(ADMIN, role -> role.attach("allow-q").trust("trust").uniqueId("AROAADMIN"))
                .resource(new GuardedResource(
                        "arn:aws:s3:::models",
                        "111122223333",
                        Optional.of("models"),
                        List.of("arn:aws:s3:::models/*"),
                        Map.of("class", "secret"),
                        Optional.empty()))
                .vpcEndpoint("vpce-1", "endpoint")
                .organization(organization)
                .build();

        assertThat(store.findings()).isEmpty();
        assertThat(store.parameters()).containsExactly(Map.entry("region", "us-east-1"));
        assertThat(store.texts())
                .containsOnlyKeys(
                        "AdministratorAccess", "FullAWSAccess", "allow-q", "endpoint", "models", "outsiders", "trust")
                .containsEntry("allow-q", ALLOW_Q);
        assertThat(store.groups()).containsExactly(Map.entry(DEVELOPERS, new IamGroup(DEVELOPERS, List.of("allow-q"))));
        assertThat(store.users())
                .containsExactly(Map.entry(
                        ALICE,
                        new IamUser(
                                ALICE,
                                List.of("AdministratorAccess"),
                                List.of(DEVELOPERS),
                                Optional.of("allow-q"),
                                Map.of("team", "q", "Stage", ""),
                                Optional.of("AIDAALICE"))));
        assertThat(store.roles())
                .containsExactly(Map.entry(
                        ADMIN,
                        new IamRole(
                                ADMIN,
                                List.of("allow-q"),
                                Optional.empty(),
                                Optional.of("trust"),
                                Map.of(),
                                Optional.of("AROAADMIN"))));
        assertThat(store.resources()).containsOnlyKeys("arn:aws:s3:::models");
        assertThat(store.vpcEndpoints())
                .containsExactly(Map.entry("vpce-1", new VpcEndpoint("vpce-1", Optional.of("endpoint"))));
        assertThat(store.organization()).contains(organization);
        assertThat(store.document("allow-q", IDENTITY)).isPresent();
        assertThat(store.document("allow-q", BOUNDARY)).isPresent();
        assertThat(store.document("allow-q", TRUST)).isEmpty();
        assertThat(store.document("models", RESOURCE)).isPresent();
        assertThat(store.document("trust", TRUST)).isPresent();
        assertThat(store.document("outsiders", RESOURCE_CONTROL)).isPresent();
        assertThat(store.document("endpoint", VPC_ENDPOINT)).isPresent();
        assertThat(store.document("absent", IDENTITY)).isEmpty();
    }

    @Test
    void build_publishedPolicies_areReadAsTheyAreAttached() {
        Store store = Store.builder()
                .user(ALICE, user -> user.attach("AdministratorAccess").boundary("AdministratorAccess"))
                .organization(organization(List.of("FullAWSAccess"), List.of("RCPFullAWSAccess")))
                .build();

        PolicyDocument rcp =
                store.document("RCPFullAWSAccess", RESOURCE_CONTROL).orElseThrow();
        assertThat(rcp.type()).isEqualTo(RESOURCE_CONTROL);
        assertThat(rcp.statements()).singleElement().satisfies(statement -> {
            assertThat(statement.effect()).isEqualTo(Effect.ALLOW);
            assertThat(statement.principal()).isPresent();
        });
        assertThat(store.document("FullAWSAccess", SERVICE_CONTROL)).isPresent();
        assertThat(store.document("AdministratorAccess", IDENTITY)).isPresent();
        assertThat(store.document("AdministratorAccess", BOUNDARY)).isPresent();
        assertThat(store.findings()).isEmpty();
    }

    @Test
    void build_anything_isInTheOrderOfItsKeys() {
        Store.Builder builder = Store.builder().policy("p", ALLOW_Q);
        for (String name : List.of("delta", "alpha", "charlie", "bravo")) {
            builder.policy("policy-" + name, ALLOW_Q)
                    .user("arn:aws:iam::111122223333:user/" + name, user -> user.attach("p", "policy-" + name));
        }

        Store store = builder.build();

        assertThat(store.texts().keySet())
                .containsExactly("p", "policy-alpha", "policy-bravo", "policy-charlie", "policy-delta");
        assertThat(List.copyOf(store.users().keySet())).hasSize(4).isSorted();
        assertThat(store.users().get("arn:aws:iam::111122223333:user/alpha").policies())
                .containsExactly("p", "policy-alpha");
    }

    @Test
    void build_againAfterMore_leavesTheFirstAsItWas() {
        Store.Builder builder = Store.builder().policy("p", ALLOW_Q).user(ALICE, user -> user.attach("p"));
        Store first = builder.build();

        Store second = builder.user("arn:aws:iam::111122223333:user/bob", user -> user.attach("p"))
                .build();

        assertThat(first.users()).hasSize(1);
        assertThat(second.users()).hasSize(2);
    }

    @Test
    void build_maps_cannotBeChanged() {
        Store store = Store.builder()
                .policy("p", ALLOW_Q)
                .user(ALICE, user -> user.attach("p").tag("a", "b"))
                .build();

        assertThatThrownBy(() -> store.users().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.texts().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.users().get(ALICE).tags().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> store.findings().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void build_brokenDocument_isRefusedWithItsText() {
        Store.Builder builder =
                Store.builder().policy("broken", "{\"Version\": ]").user(ALICE, user -> user.attach("broken"));

        assertThatThrownBy(builder::build).isInstanceOfSatisfying(InvalidPolicyException.class, refused -> {
            Diagnostic diagnostic = refused.diagnostics().get(0);
            assertThat(diagnostic.policyName()).isEqualTo("broken");
            assertThat(diagnostic.span().column()).isEqualTo(13);
            assertThat(refused.source(diagnostic)).contains("{\"Version\": ]");
        });
    }

    @Test
    void build_documentThatAwsWouldNotSaveToday_dependsOnTheChecks() {
        Store.Builder builder =
                Store.builder().policy("p", ALLOW_Q.replace("\"q:*\"", "[]")).user(ALICE, user -> user.attach("p"));

        assertThatThrownBy(builder::build).isInstanceOf(InvalidPolicyException.class);
        Store store = builder.checks(Checks.STORED).build();

        assertThat(store.document("p", IDENTITY)).isPresent();
        assertThat(store.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.policyName()).isEqualTo("p"));
    }

    @Test
    void build_documentOfTwoTypes_hasWhatIsTrueOfBothOnce() {
        Store store = Store.builder()
                .policy("p", ALLOW_Q.replace("\"Version\": \"2012-10-17\", ", ""))
                .user(ALICE, user -> user.attach("p").boundary("p"))
                .build();

        assertThat(store.findings()).extracting(Diagnostic::code).containsOnlyOnce("MISSING_VERSION");
    }

    @Test
    void build_documentWithLoneSurrogate_isRefused() {
        Store.Builder builder =
                Store.builder().policy("p", ALLOW_Q.replace("q:*", "q:\uD800")).user(ALICE, user -> user.attach("p"));

        assertThatThrownBy(builder::build).isInstanceOf(InvalidPolicyException.class);
    }

    /** Of a large store the texts are kept, and what was read from them only in part. */
    @Test
    void document_storeOfMoreTextThanIsKeptRead_isReadAgain() {
        String blanks = " ".repeat(1_000_000);
        Store.Builder builder = Store.builder();
        for (int i = 0; i < 20; i++) {
            String text = ALLOW_Q.replace("2012-10-17", i % 2 == 0 ? "2012-10-17" : "2008-10-17") + blanks;
            builder.policy("policy-" + i, text);
            String name = "policy-" + i;
            builder.user("arn:aws:iam::111122223333:user/user-" + i, user -> user.attach(name));
        }

        Store store = builder.build();

        for (int i = 0; i < 20; i++) {
            PolicyDocument document = store.document("policy-" + i, IDENTITY).orElseThrow();
            assertThat(document.name()).isEqualTo("policy-" + i);
            assertThat(document.source()).isEqualTo(store.texts().get("policy-" + i));
            assertThat(document.statements()).hasSize(1);
            assertThat(store.document("policy-" + i, BOUNDARY)).isEmpty();
        }
        assertThat(store.findings())
                .filteredOn(finding -> finding.code().equals("OUTDATED_VERSION"))
                .hasSize(10);
    }

    @Test
    void roleOfSession_sessionOfARoleWithAPath_isThatRole() {
        Store store = Store.builder()
                .policy("trust", TRUST_ACCOUNT)
                .role(ADMIN, role -> role.trust("trust"))
                .build();

        assertThat(store.roleOfSession("arn:aws:sts::111122223333:assumed-role/q-admin/s1"))
                .contains(store.roles().get(ADMIN));
        for (String other : List.of(
                "arn:aws:sts::111122223333:assumed-role/Q-Admin/s1",
                "arn:aws:sts::111122223333:assumed-role/ops/q-admin/s1",
                "arn:aws:sts::444455556666:assumed-role/q-admin/s1",
                "arn:aws-cn:sts::111122223333:assumed-role/q-admin/s1",
                "arn:aws:sts::111122223333:assumed-role/q-admin",
                "arn:aws:sts::111122223333:federated-user/q-admin",
                "arn:aws:sts:eu-west-1:111122223333:assumed-role/q-admin/s1",
                "arn:aws:iam::111122223333:role/ops/q-admin",
                "assumed-role/q-admin/s1",
                "")) {
            assertThat(store.roleOfSession(other)).as(other).isEmpty();
        }
    }

    @Test
    void membership_memberAccount_knowsItsUnitsAndPath() {
        Store store = Store.builder()
                .organization(organization(List.of("FullAWSAccess"), List.of()))
                .build();

        Organization.Membership membership = store.membership("111122223333").orElseThrow();
        assertThat(membership.organizationId()).isEqualTo("o-example");
        assertThat(membership.units()).extracting(Organization.Unit::name).containsExactly("Root", "Workloads");
        assertThat(membership.account().id()).isEqualTo("111122223333");
        assertThat(membership.path()).contains("o-example/r-ab12/ou-ab12-11111111/");
        assertThat(store.membership("999999999999")).isEmpty();
        assertThat(store.membership("444455556666")).isEmpty();
    }

    @Test
    void membership_unitWithoutId_hasNoPath() {
        Organization.Account account = new Organization.Account("111122223333", List.of("FullAWSAccess"), List.of());
        Organization.Unit root =
                new Organization.Unit("", "Root", List.of("FullAWSAccess"), List.of(), List.of(account), List.of());
        Store store = Store.builder()
                .organization(new Organization("o-example", "999999999999", root))
                .build();

        assertThat(store.membership("111122223333").orElseThrow().path()).isEmpty();
        assertThat(store.findings())
                .extracting(Diagnostic::summary)
                .containsExactly("suggestion[MISSING_UNIT_ID] store: unit `Root` has no `id`");
    }

    private static Organization organization(List<String> serviceControls, List<String> resourceControls) {
        Organization.Account account = new Organization.Account("111122223333", List.of("FullAWSAccess"), List.of());
        Organization.Unit unit = new Organization.Unit(
                "ou-ab12-11111111", "Workloads", serviceControls, List.of(), List.of(account), List.of());
        Organization.Unit root = new Organization.Unit(
                "r-ab12", "Root", List.of("FullAWSAccess"), resourceControls, List.of(), List.of(unit));
        return new Organization("o-example", "999999999999", root);
    }
}
