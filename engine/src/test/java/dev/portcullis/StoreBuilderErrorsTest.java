package dev.portcullis;

import static dev.portcullis.StoreTest.ALLOW_Q;
import static dev.portcullis.StoreTest.DENY_LEAVING;
import static dev.portcullis.StoreTest.TRUST_ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a store that is built in code, and how it is said. */
class StoreBuilderErrorsTest {

    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String ADMIN = "arn:aws:iam::111122223333:role/admin";
    private static final String DEVELOPERS = "arn:aws:iam::111122223333:group/developers";
    private static final String BUCKET = "arn:aws:s3:::models";

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void build_mistake_isReported(String summary, UnaryOperator<Store.Builder> mistake) {
        Store.Builder builder = Store.builder()
                .policy("p", ALLOW_Q)
                .policy("trust", TRUST_ACCOUNT)
                .user("arn:aws:iam::111122223333:user/base", user -> user.attach("p"))
                .role("arn:aws:iam::111122223333:role/base", role -> role.trust("trust"));

        assertThat(summaries(mistake.apply(builder))).containsExactly(summary);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "error[UNKNOWN_POLICY] store: `" + ALICE + "` names the identity-based policy `q`, which is not"
                                + " there",
                        store -> store.user(ALICE, user -> user.attach("q"))),
                mistake(
                        "error[UNKNOWN_POLICY] store: `" + ALICE + "` names the permissions boundary `../p`, which is"
                                + " not there",
                        store -> store.user(ALICE, user -> user.boundary("../p"))),
                mistake(
                        "error[UNKNOWN_POLICY] store: `" + BUCKET
                                + "` names the resource-based policy `x`, which is not" + " there",
                        store -> store.resource(bucket("111122223333", "x"))),
                mistake(
                        "error[UNKNOWN_POLICY] store: `vpce-1` names the VPC endpoint policy `x`, which is not there",
                        store -> store.vpcEndpoint("vpce-1", "x")),
                mistake(
                        "error[WRONG_POLICY_TYPE] store: `" + ALICE
                                + "` names the identity-based policy `FullAWSAccess`, but AWS publishes it as something else",
                        store -> store.user(ALICE, user -> user.attach("FullAWSAccess"))),
                mistake(
                        "error[DUPLICATE_ATTACHMENT] store: `" + ALICE + "` names the identity-based policy `p` twice",
                        store -> store.user(ALICE, user -> user.attach("p").attach("p"))),
                mistake(
                        "error[DUPLICATE_BOUNDARY] store: `" + ALICE + "` has more than one permissions boundary",
                        store -> store.user(ALICE, user -> user.boundary("p").boundary("p"))),
                mistake(
                        "error[BOUNDARY_ON_SERVICE_LINKED_ROLE] store: service-linked role"
                                + " `arn:aws:iam::111122223333:role/aws-service-role/q.amazonaws.com/Q` cannot have a"
                                + " permissions boundary",
                        store -> store.role(
                                "arn:aws:iam::111122223333:role/aws-service-role/q.amazonaws.com/Q",
                                role -> role.trust("trust").boundary("p"))),
                mistake(
                        "error[TRUST_WITHOUT_ROLE] store: user `" + ALICE + "` cannot have a trust policy",
                        store -> store.user(ALICE, user -> user.trust("trust"))),
                mistake(
                        "error[GROUP_WITHOUT_USER] store: role `" + ADMIN + "` cannot be a member of a group",
                        store -> store.group(DEVELOPERS)
                                .role(ADMIN, role -> role.trust("trust").group(DEVELOPERS))),
                mistake(
                        "error[DUPLICATE_TRUST] store: `" + ADMIN + "` has more than one trust policy",
                        store -> store.role(ADMIN, role -> role.trust("trust").trust("trust"))),
                mistake(
                        "suggestion[MISSING_TRUST] store: role `" + ADMIN
                                + "` has no trust policy: nobody can assume it",
                        store -> store.role(ADMIN, role -> role.attach("p"))),
                mistake(
                        "error[UNKNOWN_GROUP] store: `" + ALICE + "` is a member of `" + DEVELOPERS
                                + "`, which is not described",
                        store -> store.user(ALICE, user -> user.group(DEVELOPERS))),
                mistake(
                        "error[DUPLICATE_GROUP] store: `" + ALICE + "` is a member of `" + DEVELOPERS + "` twice",
                        store -> store.group(DEVELOPERS)
                                .user(ALICE, user -> user.group(DEVELOPERS).group(DEVELOPERS))),
                mistake(
                        "error[GROUP_OF_OTHER_ACCOUNT] store: `" + ALICE
                                + "` is a member of `arn:aws:iam::444455556666:group/g`, a group of another account",
                        store -> store.group("arn:aws:iam::444455556666:group/g")
                                .user(ALICE, user -> user.group("arn:aws:iam::444455556666:group/g"))),
                mistake(
                        "error[DUPLICATE_ARN] store: user `" + ALICE + "` is described twice",
                        store -> store.user(ALICE, user -> {}).user(ALICE, user -> {})),
                mistake(
                        "error[DUPLICATE_NAME] store: users `" + ALICE
                                + "` and `arn:aws:iam::111122223333:user/x/Alice` have the same name",
                        store -> store.user(ALICE, user -> {})
                                .user("arn:aws:iam::111122223333:user/x/Alice", user -> {})),
                mistake(
                        "error[INVALID_ARN] store: `alice` is not the ARN of a user: it does not begin with `arn:`",
                        store -> store.user("alice", user -> {})),
                mistake(
                        "error[INVALID_ARN] store: `" + ALICE + "` is not the ARN of a group: it does not name a group",
                        store -> store.group(ALICE)),
                mistake(
                        "error[INVALID_ARN] store: `arn:aws:sts::111122223333:assumed-role/admin/s` is not the ARN of a"
                                + " role: it names a session, not a role",
                        store -> store.role(
                                "arn:aws:sts::111122223333:assumed-role/admin/s", role -> role.trust("trust"))),
                mistake(
                        "error[DUPLICATE_TAG] store: tags `Team` and `team` of `" + ALICE
                                + "` differ only in case, which condition keys ignore",
                        store -> store.user(ALICE, user -> user.tag("Team", "a").tag("team", "b"))),
                mistake(
                        "error[DUPLICATE_TAG] store: `" + ALICE + "` has the tag `team` twice",
                        store -> store.user(ALICE, user -> user.tag("team", "a").tag("team", "a"))),
                mistake(
                        "error[INVALID_TAG] store: tag `` of `" + ALICE + "` is too long or has no key",
                        store -> store.user(ALICE, user -> user.tag("", "a"))),
                mistake(
                        "error[INVALID_TAG] store: tag `k` of `" + ALICE + "` is too long or has no key",
                        store -> store.user(ALICE, user -> user.tag("k", "v".repeat(257)))),
                mistake(
                        "error[INVALID_UNIQUE_ID] store: `AROA1` is not the unique id of a user",
                        store -> store.user(ALICE, user -> user.uniqueId("AROA1"))),
                mistake(
                        "error[INVALID_UNIQUE_ID] store: `AIDA:1` is not the unique id of a user",
                        store -> store.user(ALICE, user -> user.uniqueId("AIDA:1"))),
                mistake(
                        "error[DUPLICATE_UNIQUE_ID] store: `" + ALICE
                                + "` and `arn:aws:iam::111122223333:user/bob` have the same unique id",
                        store -> store.user(ALICE, user -> user.uniqueId("AIDA1"))
                                .user("arn:aws:iam::111122223333:user/bob", user -> user.uniqueId("AIDA1"))),
                mistake(
                        "error[MISSING_ACCOUNT] store: resource `" + BUCKET + "` does not say which account owns it",
                        store -> store.policy("b", StoreTest.ALLOW_ALICE).resourcePolicy(BUCKET, "b")),
                mistake(
                        "error[INVALID_ACCOUNT] store: account `11112222333` is not 12 digits",
                        store -> store.resource(bucket("11112222333", null))),
                mistake(
                        "error[ACCOUNT_MISMATCH] store: account `444455556666` is not the one in"
                                + " `arn:aws:sqs:us-east-1:111122223333:q`",
                        store -> store.resource(resource("arn:aws:sqs:us-east-1:111122223333:q", "444455556666"))),
                mistake(
                        "error[INVALID_ARN] store: `models` is not the ARN of a resource: it does not begin with `arn:`",
                        store -> store.resource(resource("models", "111122223333"))),
                mistake(
                        "error[INVALID_ARN] store: `arn:aws:s3:::models/*` is not the ARN of a resource: it contains a"
                                + " wildcard",
                        store -> store.resource(resource("arn:aws:s3:::models/*", "111122223333"))),
                mistake(
                        "error[DUPLICATE_ARN] store: resource `" + BUCKET + "` is described twice",
                        store -> store.resource(bucket("111122223333", null)).resource(bucket("111122223333", null))),
                mistake(
                        "error[INVALID_COVERS] store: `*` is not a pattern of ARNs: it does not begin with `arn:`",
                        store -> store.resource(covering("*"))),
                mistake(
                        "error[INVALID_COVERS] store: `arn:aws:sqs:::models/*` is not a pattern of ARNs: its partition"
                                + " or service is not that of `" + BUCKET + "`",
                        store -> store.resource(covering("arn:aws:sqs:::models/*"))),
                mistake(
                        "error[INVALID_COVERS] store: `arn:aws:s3:::${aws:username}` is not a pattern of ARNs: it"
                                + " contains a variable",
                        store -> store.resource(covering("arn:aws:s3:::${aws:username}"))),
                mistake(
                        "error[DUPLICATE_COVERS] store: `arn:aws:s3:::models/*` is covered by `" + BUCKET + "` already",
                        store -> store.resource(covering("arn:aws:s3:::models/*"))
                                .resource(new GuardedResource(
                                        "arn:aws:s3:::other",
                                        "111122223333",
                                        Optional.empty(),
                                        List.of("arn:aws:s3:::models/*"),
                                        Map.of(),
                                        Optional.empty()))),
                mistake(
                        "error[TRUST_AS_RESOURCE_POLICY] store: role `" + ADMIN
                                + "` takes a trust policy, not a resource-based policy",
                        store -> store.policy("b", StoreTest.ALLOW_ALICE).resourcePolicy(ADMIN, "b")),
                mistake(
                        "error[INVALID_GRANTEE] store: `alice` in the ACL of `" + BUCKET
                                + "` is nobody an ACL can grant to",
                        store -> store.resource(withGrant("alice", true))),
                mistake(
                        "warning[ACL_NOT_ENFORCED] store: the ACL of `" + BUCKET
                                + "` is off: the bucket owner owns every object",
                        store -> store.resource(withGrant("AllUsers", false))),
                mistake(
                        "error[INVALID_ENDPOINT_ID] store: `endpoint` is not the id of a VPC endpoint",
                        store -> store.policy("e", StoreTest.DENY_OUTSIDERS).vpcEndpoint("endpoint", "e")),
                mistake(
                        "error[DUPLICATE_ENDPOINT] store: VPC endpoint `vpce-1` is described twice",
                        store -> store.policy("e", StoreTest.DENY_OUTSIDERS)
                                .vpcEndpoint("vpce-1", "e")
                                .vpcEndpoint("vpce-1", "e")),
                mistake(
                        "warning[UNUSED_POLICY] store: nothing names the policy `unused`",
                        store -> store.policy("unused", ALLOW_Q)),
                mistake(
                        "error[DUPLICATE_POLICY] store: there are two policies called `p`",
                        store -> store.policy("p", ALLOW_Q)),
                mistake(
                        "error[INVALID_POLICY_NAME] store: a policy can't be called ``",
                        store -> store.policy("", ALLOW_Q)),
                mistake(
                        "error[INVALID_POLICY_NAME] store: a policy can't be called `a\\u000A\\u202Eb`",
                        store -> store.policy("a\n\u202Eb", ALLOW_Q)),
                mistake(
                        "error[DUPLICATE_PARAMETER] store: parameter `region` has two values",
                        store -> store.parameter("region", "a").parameter("region", "b")),
                mistake(
                        "error[INVALID_PARAMETER] store: no placeholder can be called ` region`",
                        store -> store.parameter(" region", "a")),
                mistake(
                        "error[INVALID_PARAMETER] store: no placeholder can be called `{{region}}`",
                        store -> store.parameter("{{region}}", "a")),
                mistake(
                        "error[INVALID_PARAMETER] store: the value of parameter `x` has more than 2048 characters",
                        store -> store.parameter("x", "v".repeat(2049))),
                mistake(
                        "warning[SHADOWED_POLICY] store: AWS publishes a policy called `AdministratorAccess`; the"
                                + " store's own is used instead",
                        store -> store.policy("AdministratorAccess", ALLOW_Q)
                                .user(ALICE, user -> user.attach("AdministratorAccess"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("organizations")
    void build_organizationMistake_isReported(String summary, Organization organization) {
        Store.Builder builder =
                Store.builder().policy("deny-leaving", DENY_LEAVING).organization(organization);

        assertThat(summaries(builder))
                .filteredOn(found -> !found.contains("[UNUSED_POLICY]"))
                .containsExactly(summary);
    }

    static Stream<Arguments> organizations() {
        Organization.Account member = account("111122223333", "FullAWSAccess");
        return Stream.of(
                arguments(
                        "error[INVALID_ORGANIZATION_ID] store: `example` is not the id of an organization",
                        new Organization("example", "999999999999", root(List.of(member)))),
                arguments(
                        "error[INVALID_ACCOUNT] store: account `9` is not 12 digits",
                        new Organization("o-1", "9", root(List.of(member)))),
                arguments(
                        "error[INVALID_ACCOUNT] store: account `１１１１２２２２３３３３` is not 12 digits",
                        organization(root(List.of(account("１１１１２２２２３３３３", "FullAWSAccess"))))),
                arguments(
                        "error[MANAGEMENT_ACCOUNT_AS_MEMBER] store: account `999999999999` is the management account,"
                                + " not a member",
                        organization(root(List.of(account("999999999999", "FullAWSAccess"))))),
                arguments(
                        "error[DUPLICATE_ACCOUNT] store: account `111122223333` is in unit `Root` and in unit `A`",
                        organization(root(List.of(member), unit("ou-1", "A", List.of(member))))),
                arguments(
                        "error[DUPLICATE_UNIT_ID] store: two units have the id `ou-1`",
                        organization(root(List.of(), unit("ou-1", "A", List.of()), unit("ou-1", "B", List.of())))),
                arguments(
                        "error[DUPLICATE_UNIT_NAME] store: unit `Root` has two units called `A`",
                        organization(root(List.of(), unit("ou-1", "A", List.of()), unit("ou-2", "A", List.of())))),
                arguments(
                        "error[INVALID_UNIT_ID] store: `r-2` is not the id of a unit",
                        organization(root(List.of(), unit("r-2", "A", List.of())))),
                arguments(
                        "error[INVALID_UNIT_NAME] store: a unit can't be called ``",
                        organization(root(List.of(), unit("ou-1", "", List.of())))),
                arguments(
                        "warning[NO_SERVICE_CONTROL_POLICY] store: account `111122223333` has no service control"
                                + " policy, which blocks everything at and below it",
                        organization(root(List.of(account("111122223333"))))),
                arguments(
                        "error[UNKNOWN_POLICY] store: account `111122223333` names the service control policy"
                                + " `FullAwsAccess`, which is not there",
                        organization(root(List.of(account("111122223333", "FullAwsAccess"))))),
                arguments(
                        "error[DUPLICATE_ATTACHMENT] store: account `111122223333` names the service control policy"
                                + " `deny-leaving` twice",
                        organization(root(List.of(account("111122223333", "deny-leaving", "deny-leaving"))))));
    }

    @Test
    void build_unitsNestedTooDeep_areRefusedWhateverTheDepth() {
        Organization.Unit unit = unit("ou-0", "u0", List.of());
        for (int i = 1; i < 50_000; i++) {
            unit = new Organization.Unit(
                    "ou-" + i, "u" + i, List.of("FullAWSAccess"), List.of(), List.of(), List.of(unit));
        }

        assertThat(summaries(Store.builder().organization(organization(root(List.of(), unit)))))
                .containsExactly("error[ORGANIZATION_TOO_DEEP] store: unit `u49990` is 10 levels below the root and has"
                        + " units below it");
    }

    @Test
    void build_secondOrganization_isAnError() {
        Organization organization = organization(root(List.of()));

        assertThat(summaries(Store.builder().organization(organization).organization(organization)))
                .containsExactly("error[DUPLICATE_ORGANIZATION] store: there is more than one organization");
    }

    @Test
    void build_accountOutsideTheOrganization_isAWarning() {
        Store.Builder builder = Store.builder()
                .policy("p", ALLOW_Q)
                .user(ALICE, user -> user.attach("p"))
                .user("arn:aws:iam::999999999999:user/root-admin", user -> user.attach("p"))
                .user("arn:aws:iam::444455556666:user/a", user -> user.attach("p"))
                .user("arn:aws:iam::444455556666:user/b", user -> user.attach("p"))
                .organization(organization(root(List.of(account("111122223333", "FullAWSAccess")))));

        assertThat(summaries(builder))
                .containsExactly("warning[ACCOUNT_OUTSIDE_ORGANIZATION] store: account `444455556666` of"
                        + " `arn:aws:iam::444455556666:user/a` is not in organization `o-1`");
    }

    @Test
    void build_manyMistakes_areReportedAtOnce() {
        Store.Builder builder = Store.builder()
                .policy("broken", "{")
                .policy("also-broken", "[")
                .user(ALICE, user -> user.attach("broken", "alllow-q").boundary("also-broken"))
                .policy("allow-q", ALLOW_Q)
                .vpcEndpoint("x", "allow-p");

        assertThat(summaries(builder))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("error[UNKNOWN_POLICY] store: "),
                        second -> assertThat(second).startsWith("error[INVALID_ENDPOINT_ID] store: "),
                        third -> assertThat(third).startsWith("error[UNKNOWN_POLICY] store: "),
                        fourth -> assertThat(fourth).startsWith("warning[UNUSED_POLICY] store: "),
                        fifth -> assertThat(fifth).startsWith("error[").contains("also-broken:1:2: "),
                        sixth -> assertThat(sixth).startsWith("error[").contains("broken:1:2: "));
        assertThat(diagnostics(builder))
                .filteredOn(found -> found.code().equals("UNKNOWN_POLICY"))
                .extracting(found -> found.help().orElse(""))
                .containsExactly("did you mean `allow-q`?", "did you mean `allow-q`?");
    }

    @Test
    void build_thousandsOfMistakes_areCountedAfterTheFirst() {
        Store.Builder builder = Store.builder();
        for (int i = 0; i < 5_000; i++) {
            builder.user("user-" + i, user -> {});
        }

        assertThat(summaries(builder))
                .hasSize(201)
                .last()
                .isEqualTo("error[TOO_MANY_FINDINGS] store: 4800 more errors are not listed");
    }

    @Test
    void build_errorAfterThousandsOfWarnings_isStillReported() {
        Store.Builder builder = Store.builder();
        for (int i = 0; i < 1_000; i++) {
            builder.role("arn:aws:iam::111122223333:role/r" + i, role -> {});
        }
        builder.vpcEndpoint("x", "nowhere");

        assertThat(summaries(builder))
                .contains("error[INVALID_ENDPOINT_ID] store: `x` is not the id of a VPC endpoint")
                .last()
                .isEqualTo("warning[TOO_MANY_FINDINGS] store: 800 more findings are not listed");
    }

    private static Arguments mistake(String summary, UnaryOperator<Store.Builder> mistake) {
        return arguments(summary, mistake);
    }

    private static List<String> summaries(Store.Builder builder) {
        return diagnostics(builder).stream().map(Diagnostic::summary).toList();
    }

    private static List<Diagnostic> diagnostics(Store.Builder builder) {
        List<Store> built = new ArrayList<>();
        InvalidPolicyException refused =
                catchThrowableOfType(InvalidPolicyException.class, () -> built.add(builder.build()));
        return refused == null ? built.get(0).findings() : refused.diagnostics();
    }

    private static GuardedResource bucket(String account, String policy) {
        return new GuardedResource(BUCKET, account, Optional.ofNullable(policy), List.of(), Map.of(), Optional.empty());
    }

    private static GuardedResource resource(String arn, String account) {
        return new GuardedResource(arn, account, Optional.empty(), List.of(), Map.of(), Optional.empty());
    }

    private static GuardedResource covering(String pattern) {
        return new GuardedResource(
                BUCKET, "111122223333", Optional.empty(), List.of(pattern), Map.of(), Optional.empty());
    }

    private static GuardedResource withGrant(String grantee, boolean enforced) {
        AccessControlList acl = new AccessControlList(
                List.of(new AccessControlList.Grant(grantee, AccessControlList.Permission.READ)), enforced, false);
        return new GuardedResource(BUCKET, "111122223333", Optional.empty(), List.of(), Map.of(), Optional.of(acl));
    }

    private static Organization organization(Organization.Unit root) {
        return new Organization("o-1", "999999999999", root);
    }

    private static Organization.Unit root(List<Organization.Account> accounts, Organization.Unit... units) {
        return new Organization.Unit("r-1", "Root", List.of("FullAWSAccess"), List.of(), accounts, List.of(units));
    }

    private static Organization.Unit unit(String id, String name, List<Organization.Account> accounts) {
        return new Organization.Unit(id, name, List.of("FullAWSAccess"), List.of(), accounts, List.of());
    }

    private static Organization.Account account(String id, String... controls) {
        return new Organization.Account(id, List.of(controls), List.of());
    }
}
