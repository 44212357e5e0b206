package dev.portcullis.corpus;

import static dev.portcullis.corpus.ExampleStore.ACCOUNT;
import static dev.portcullis.corpus.ExampleStore.ALICE;
import static dev.portcullis.corpus.ExampleStore.APP;
import static dev.portcullis.corpus.ExampleStore.APP_SESSION;
import static dev.portcullis.corpus.ExampleStore.BOB;
import static dev.portcullis.corpus.ExampleStore.EVE;
import static dev.portcullis.corpus.ExampleStore.LINKED;
import static dev.portcullis.corpus.ExampleStore.MANAGEMENT;
import static dev.portcullis.corpus.ExampleStore.OTHER_ACCOUNT;
import static dev.portcullis.corpus.ExampleStore.OUTSIDE;
import static dev.portcullis.corpus.ExampleStore.STORE;
import static dev.portcullis.corpus.ExampleStore.document;
import static dev.portcullis.corpus.ExampleStore.request;
import static dev.portcullis.corpus.ExampleStore.statement;
import static dev.portcullis.corpus.ExampleStore.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.Store;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each layer of a store decides once in each direction. */
class StoreSituationsTest {

    private static Situation situation(AccessRequest request) {
        return STORE.situation(request, Semantics.defaults());
    }

    private static Decision decide(AccessRequest request) {
        return ReferenceEvaluator.decide(situation(request));
    }

    private static Decision decide(String principal, String action, String resource, String... context) {
        return decide(request(principal, action, resource, context));
    }

    private static List<String> names(List<ReferencePolicy> policies) {
        return policies.stream().map(ReferencePolicy::name).toList();
    }

    @Test
    void situation_user_hasOwnAndGroupPolicies() {
        assertThat(names(situation(request(ALICE, "s3:GetObject", "*")).identityPolicies()))
                .containsExactly("s3-read", "own-queue", "group-write");
        assertThat(decide(ALICE, "s3:GetObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(ALICE, "s3:PutObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(ALICE, "s3:DeleteObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void situation_placeholders_areBound() {
        Situation situation = situation(request(ALICE, "kms:ListAliases", "arn:aws:kms:eu-west-1:111122223333:key/k"));
        // KMS keys need a key policy (E13); the identity layer alone is looked at here.
        assertThat(ReferenceEvaluator.explain(situation).layers()).anySatisfy(layer -> {
            assertThat(layer.type()).isEqualTo(PolicyType.IDENTITY);
            assertThat(layer.matched()).extracting(s -> s.policy()).containsExactly("own-queue");
        });
    }

    @Test
    void situation_boundary_limitsAndDenies() {
        assertThat(decide(BOB, "s3:GetObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "s3:DeleteObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(APP_SESSION, "s3:DeleteObject", "arn:aws:s3:::some/k"))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(APP_SESSION, "ec2:DescribeInstances", "*")).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void situation_roleSession_findsItsRoleWithoutThePath() {
        Situation situation = situation(request(APP_SESSION, "s3:GetObject", "*"));
        assertThat(names(situation.identityPolicies())).containsExactly("everything");
        assertThat(situation.facts().roleArn()).contains(APP);
        assertThat(situation.facts().uniqueId()).contains("AROAAPP");
        assertThat(names(situation(request(APP, "s3:GetObject", "*")).identityPolicies()))
                .containsExactly("everything");
        assertThat(names(situation(request("arn:aws:sts::444455556666:assumed-role/app/s1", "s3:GetObject", "*"))
                        .identityPolicies()))
                .isEmpty();
    }

    @Test
    void situation_roleArnGiven_mustBeTheSessionsRole() {
        AccessRequest given = with(
                request(APP_SESSION, "s3:GetObject", "*"),
                new Situation.Facts(
                        Optional.empty(),
                        false,
                        Optional.of(APP),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false),
                Optional.empty());
        assertThat(names(situation(given).identityPolicies())).containsExactly("everything");
        AccessRequest wrong = with(
                request("arn:aws:sts::111122223333:assumed-role/untrusted/s1", "s3:GetObject", "*"),
                given.facts(),
                Optional.empty());
        assertThatThrownBy(() -> situation(wrong))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("principalFacts.roleArn");
    }

    @Test
    void situation_sessionPolicy_limitsTheSession() {
        PolicySource getOnly = PolicySource.of("SessionPolicy", document(statement("Allow", "s3:GetObject", "*", "")));
        AccessRequest get = request(APP_SESSION, "s3:GetObject", "arn:aws:s3:::some/k");
        AccessRequest put = request(APP_SESSION, "s3:PutObject", "arn:aws:s3:::some/k");
        assertThat(decide(put)).isEqualTo(Decision.ALLOW);
        assertThat(decide(with(get, get.facts(), Optional.of(List.of(getOnly)))))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(with(put, put.facts(), Optional.of(List.of(getOnly)))))
                .isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void situation_federatedUser_hasThePoliciesOfTheUserWhoAsked() {
        AccessRequest plain =
                request("arn:aws:sts::111122223333:federated-user/admin", "s3:GetObject", "arn:aws:s3:::some/k");
        Optional<List<PolicySource>> session =
                Optional.of(List.of(PolicySource.of("SessionPolicy", document(statement("Allow", "*", "*", "")))));
        assertThat(situation(plain).identityPolicies()).isEmpty();
        assertThat(decide(with(plain, plain.facts(), session))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(with(plain, federatedBy(ALICE), session))).isEqualTo(Decision.ALLOW);
        // L72, E24: a policy that names the user by its unique id speaks of its federated sessions too.
        assertThat(situation(with(plain, federatedBy(ALICE), session)).facts().uniqueId())
                .contains("AIDAALICE");
        assertThat(decide(with(plain, federatedBy(ALICE), Optional.empty()))).isEqualTo(Decision.IMPLICIT_DENY);
        assertThatThrownBy(() -> situation(with(plain, federatedBy(EVE), session)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("federatingUserArn");
    }

    private static Situation.Facts federatedBy(String userArn) {
        return new Situation.Facts(
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.of(userArn),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void situation_serviceControlPolicies_ofEveryLevelOfThePrincipal() {
        Situation situation = situation(request(BOB, "ec2:DescribeInstances", "*"));
        assertThat(situation.serviceControlPolicies().orElseThrow())
                .extracting(level -> level.place() + names(level.policies()))
                .containsExactly(
                        "Root[FullAWSAccess, no-organization-leaving]",
                        "Workloads[FullAWSAccess, deny-sns]",
                        "111122223333[all-but-sqs]");
        assertThat(decide(BOB, "ec2:DescribeInstances", "*")).isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "sqs:ListQueues", "*")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(BOB, "sns:ListTopics", "*")).isEqualTo(Decision.EXPLICIT_DENY);
    }

    /** Rule E47: the levels of the caller, whoever owns the resource. */
    @Test
    void situation_resourceOfAnotherAccount_hasTheCallersServiceControlPolicies() {
        Situation inward = situation(request(EVE, "s3:PutObject", "arn:aws:s3:::public/k"));
        assertThat(inward.resourceAccount()).isEqualTo(ACCOUNT);
        assertThat(inward.serviceControlPolicies().orElseThrow())
                .extracting(Situation.Level::place)
                .containsExactly("Root", "Sandbox", OTHER_ACCOUNT);
        assertThat(inward.resourceControlPolicies().orElseThrow())
                .extracting(Situation.Level::place)
                .containsExactly("Root", "Workloads", ACCOUNT);
        assertThat(ReferenceEvaluator.decide(inward)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide("arn:aws:iam::777788889999:user/mallory", "s3:PutObject", "arn:aws:s3:::public/k"))
                .isEqualTo(Decision.ALLOW);
        String outsideQueue = "arn:aws:sqs:eu-west-1:777788889999:q";
        assertThat(situation(request(BOB, "sqs:SendMessage", outsideQueue)).serviceControlPolicies())
                .isPresent();
        assertThat(situation(request(BOB, "sqs:SendMessage", outsideQueue)).resourceControlPolicies())
                .isEmpty();
    }

    @Test
    void situation_levelWithoutPolicies_blocks() {
        assertThat(decide(EVE, "ec2:DescribeInstances", "*")).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void situation_accountOutsideTheOrganization_hasNoLevels() {
        String mallory = "arn:aws:iam::777788889999:user/mallory";
        Situation situation = situation(request(mallory, "sqs:ListQueues", "*"));
        assertThat(situation.serviceControlPolicies()).isEmpty();
        assertThat(situation.resourceControlPolicies()).isEmpty();
        assertThat(decide(mallory, "sqs:ListQueues", "*")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void situation_managementAccountAndServiceLinkedRole_areExempt() {
        assertThat(decide("arn:aws:iam::999999999999:user/root-admin", "organizations:LeaveOrganization", "*"))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "organizations:LeaveOrganization", "*")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(situation(request(BOB, "sqs:ListQueues", "*")).facts().managementAccount())
                .contains(MANAGEMENT);
        String session = "arn:aws:sts::111122223333:assumed-role/AWSServiceRoleForConfig/x";
        assertThat(situation(request(session, "sns:ListTopics", "*")).facts().serviceLinkedRole())
                .isTrue();
        assertThat(decide(session, "sns:ListTopics", "*")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void situation_rootUser_hasNoPoliciesButLevels() {
        String root = "arn:aws:iam::111122223333:root";
        assertThat(decide(root, "ec2:DescribeInstances", "*")).isEqualTo(Decision.ALLOW);
        assertThat(decide(root, "sns:ListTopics", "*")).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void situation_resourceControlPolicies_ofTheOwnersLevels() {
        Situation situation = situation(request(EVE, "s3:GetObject", "arn:aws:s3:::public/k"));
        assertThat(situation.resourceControlPolicies().orElseThrow())
                .extracting(level -> level.place() + names(level.policies()))
                .containsExactly(
                        "Root[RCPFullAWSAccess, deny-outside-get]", "Workloads[]", "111122223333[RCPFullAWSAccess]");
        assertThat(decide("anonymous", "s3:PutObject", "arn:aws:s3:::public/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide("anonymous", "s3:GetObject", "arn:aws:s3:::public/k", "aws:PrincipalOrgID=o-other"))
                .isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(ALICE, "s3:GetObject", "arn:aws:s3:::public/k")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void situation_resourcePolicy_coversWhatTheResourceCovers() {
        assertThat(decide(ALICE, "s3:DeleteObject", "arn:aws:s3:::shared/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(ALICE, "s3:GetObject", "arn:aws:s3:::shared/closed")).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(decide(ALICE, "s3:DeleteObject", "arn:aws:s3:::shared2/k")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(situation(request(ALICE, "s3:ListBucket", "arn:aws:s3:::shared"))
                        .resourcePolicy())
                .map(ReferencePolicy::name)
                .contains("shared");
        assertThat(situation(request(ALICE, "s3:ListBucket", "arn:aws:s3:::shared2"))
                        .resourcePolicy())
                .isEmpty();
    }

    @Test
    void situation_unknownPrincipal_hasOnlyWhatResourcesGrant() {
        String stranger = "arn:aws:iam::111122223333:user/stranger";
        assertThat(decide(stranger, "s3:PutObject", "arn:aws:s3:::public/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(stranger, "s3:PutObject", "arn:aws:s3:::some/k")).isEqualTo(Decision.IMPLICIT_DENY);
        StoreSituations strict = STORE.refusingUnknownPrincipals();
        for (String unknown : List.of(
                stranger, "arn:aws:sts::111122223333:assumed-role/nobody/s", "arn:aws:iam::111122223333:role/nobody")) {
            assertThatThrownBy(() -> strict.situation(
                            request(unknown, "s3:PutObject", "arn:aws:s3:::public/k"), Semantics.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("principal: `" + unknown + "` is not in the store");
        }
        for (String known : List.of(ALICE, APP, APP_SESSION, "anonymous", "sns.amazonaws.com")) {
            assertThat(strict.situation(request(known, "s3:PutObject", "*"), Semantics.defaults())
                            .principal())
                    .isEqualTo(known);
        }
    }

    @Test
    void situation_trustPolicy_decidesWhoAssumesARole() {
        assertThat(decide(ALICE, "sts:AssumeRole", APP)).isEqualTo(Decision.ALLOW);
        assertThat(decide(ALICE, "STS:TagSession", APP)).isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "sts:AssumeRole", APP)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(BOB, "sts:AssumeRole", "arn:aws:iam::111122223333:role/untrusted"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide("config.amazonaws.com", "sts:AssumeRole", LINKED)).isEqualTo(Decision.ALLOW);
        assertThat(decide("sns.amazonaws.com", "sts:AssumeRole", LINKED)).isEqualTo(Decision.IMPLICIT_DENY);
    }

    @Test
    void situation_otherActionOnARole_isNotGuardedByItsTrustPolicy() {
        assertThat(situation(request(ALICE, "iam:GetRole", APP)).resourcePolicy())
                .isEmpty();
        assertThat(decide(ALICE, "iam:GetRole", APP)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(BOB, "iam:GetRole", APP)).isEqualTo(Decision.ALLOW);
    }

    @Test
    void situation_requestThroughAnEndpoint_hasItsPolicy() {
        String resource = "arn:aws:s3:::some/k";
        assertThat(decide(BOB, "s3:PutObject", resource)).isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "s3:PutObject", resource, "AWS:sourcevpce=vpce-0get"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(BOB, "s3:GetObject", resource, "aws:SourceVpce=vpce-0get"))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide(BOB, "s3:PutObject", resource, "aws:SourceVpce=vpce-0other"))
                .isEqualTo(Decision.ALLOW);
        assertThatThrownBy(() -> situation(request(BOB, "s3:PutObject", resource, "aws:SourceVpce[]=vpce-0get")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("aws:SourceVpce");
    }

    @Test
    void situation_accessControlList_grantsToOthers() {
        assertThat(decide("anonymous", "s3:ListBucket", "arn:aws:s3:::acl-bucket", "aws:PrincipalOrgID=o-example"))
                .isEqualTo(Decision.ALLOW);
        assertThat(decide("anonymous", "s3:PutObject", "arn:aws:s3:::acl-bucket/k"))
                .isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(situation(request("anonymous", "s3:PutObject", "arn:aws:s3:::acl-bucket/k"))
                        .acl())
                .isPresent();
        assertThat(situation(request("anonymous", "s3:PutObject", "arn:aws:s3:::public/k"))
                        .acl())
                .isEmpty();
    }

    @Test
    void situation_owner_isTheRequestsElseTheArnsElseTheStoresElseThePrincipals() {
        assertThat(RequestReader.ofParts(BOB, "s3:GetObject", "arn:aws:s3:::x", Optional.of(OUTSIDE), List.of()))
                .satisfies(request ->
                        assertThat(situation(request).resourceAccount()).isEqualTo(OUTSIDE));
        assertThat(situation(request(BOB, "sqs:SendMessage", "arn:aws:sqs:eu-west-1:777788889999:q"))
                        .resourceAccount())
                .isEqualTo(OUTSIDE);
        assertThat(situation(request(EVE, "s3:GetObject", "arn:aws:s3:::shared/k"))
                        .resourceAccount())
                .isEqualTo(ACCOUNT);
        assertThat(situation(request(EVE, "s3:GetObject", "arn:aws:s3:::elsewhere/k"))
                        .resourceAccount())
                .isEqualTo(OTHER_ACCOUNT);
        assertThat(situation(request(EVE, "s3:ListAllMyBuckets", "*")).resourceAccount())
                .isEqualTo(OTHER_ACCOUNT);
        assertThat(situation(request("anonymous", "s3:GetObject", "arn:aws:s3:::elsewhere/k"))
                        .resourceAccount())
                .isEmpty();
        assertThatThrownBy(() -> situation(RequestReader.ofParts(
                        BOB, "s3:GetObject", "arn:aws:s3:::shared/k", Optional.of(OUTSIDE), List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to 111122223333, not to 777788889999");
    }

    @Test
    void situation_severalResourcesCover_isAnErrorUnlessTheyAgree() {
        String covered = "arn:aws:s3:::a/k";
        Store.Builder builder = Store.builder()
                .policy("p", document(statement("Allow", "s3:*", "*", "\"Principal\":\"*\",")))
                .policy("q", document(statement("Allow", "s3:*", "*", "\"Principal\":\"*\",")))
                .resource(new GuardedResource(
                        "arn:aws:s3:::a",
                        ACCOUNT,
                        Optional.of("p"),
                        List.of("arn:aws:s3:::a/*"),
                        Map.of(),
                        Optional.empty()))
                .resource(new GuardedResource(
                        "arn:aws:s3:::b",
                        ACCOUNT,
                        Optional.of("q"),
                        List.of("arn:aws:s3:::a/k*"),
                        Map.of(),
                        Optional.empty()))
                .resource(new GuardedResource(
                        "arn:aws:s3:::a/k2", ACCOUNT, Optional.of("q"), List.of(), Map.of("a", "b"), Optional.empty()));
        builder.resource(new GuardedResource(
                "arn:aws:s3:::a/tagged", ACCOUNT, Optional.empty(), List.of(), Map.of("a", "b"), Optional.empty()));
        StoreSituations situations = new StoreSituations(builder.build());
        Situation tagged =
                situations.situation(request(ALICE, "s3:GetObject", "arn:aws:s3:::a/tagged"), Semantics.defaults());
        assertThat(tagged.resourcePolicy()).map(ReferencePolicy::name).contains("p");
        assertThat(tagged.context()).containsKey("aws:ResourceTag/a");
        assertThatThrownBy(() -> situations.situation(request(ALICE, "s3:GetObject", covered), Semantics.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("resource: `" + covered
                        + "` is covered by `arn:aws:s3:::a` and `arn:aws:s3:::b`, each with a policy");
        assertThat(situations
                        .situation(request(ALICE, "s3:GetObject", "arn:aws:s3:::a/x"), Semantics.defaults())
                        .resourcePolicy())
                .map(ReferencePolicy::name)
                .contains("p");
        assertThat(situations
                        .situation(request(ALICE, "s3:GetObject", "arn:aws:s3:::a/k2"), Semantics.defaults())
                        .resourcePolicy())
                .map(ReferencePolicy::name)
                .contains("q");
    }

    @Test
    void situation_requestBringsAResourcePolicy_countsWhereTheStoreHasNone() {
        PolicySource policy =
                PolicySource.of("ResourcePolicy", document(statement("Allow", "s3:*", "*", "\"Principal\":\"*\",")));
        AccessRequest unguarded = request(ALICE, "s3:DeleteObject", "arn:aws:s3:::some/k");
        assertThat(decide(bringing(unguarded, policy))).isEqualTo(Decision.ALLOW);
        AccessRequest guarded = request(ALICE, "s3:DeleteObject", "arn:aws:s3:::shared/closed");
        assertThatThrownBy(() -> situation(bringing(guarded, policy)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the store has a policy");
    }

    private static AccessRequest bringing(AccessRequest request, PolicySource policy) {
        return new AccessRequest(
                request.principal(),
                request.action(),
                request.resource(),
                request.resourceAccount(),
                request.context(),
                Optional.of(policy),
                request.sessionPolicies(),
                request.facts());
    }

    @Test
    void decideRequests_againstAStore_writesALineEach() throws IOException {
        CaseRunner runner = new CaseRunner(new ReferenceImplementation()).withStore(STORE);
        StringBuilder out = new StringBuilder();
        CaseRunner.Decided decided = runner.decideRequests(
                stream("{\"id\":\"a\",\"principal\":\"" + BOB
                        + "\",\"action\":\"ec2:DescribeInstances\",\"resource\":\"*\"}\n{\"id\":\"b\",\"principal\":\""
                        + BOB
                        + "\",\"action\":\"sns:ListTopics\",\"resource\":\"*\"}\n{\"id\":\"c\",\"principal\":\"" + BOB
                        + "\",\"action\":\"s3:GetObject\",\"resource\":{\"arn\":\"arn:aws:s3:::shared/k\",\"accountId\":\""
                        + OUTSIDE + "\"}}\n{\"id\":\"d\",\"principal\":\"" + BOB
                        + "\",\"action\":\"sqs:ListQueues\",\"resource\":\"*\"}\n"),
                out);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"id\":\"a\",\"decision\":\"ALLOW\"}",
                        "{\"id\":\"b\",\"decision\":\"EXPLICIT_DENY\"}",
                        "{\"id\":\"c\",\"error\":\"resource.accountId: the store says that `arn:aws:s3:::shared/k` belongs to"
                                + " 111122223333, not to 777788889999\"}",
                        "{\"id\":\"d\",\"decision\":\"IMPLICIT_DENY\"}");
        assertThat(decided).isEqualTo(new CaseRunner.Decided(3, 1));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void run_caseWithAStore_isDecidedAgainstItAndCoversItsDocuments() throws IOException {
        CaseRunner runner = new CaseRunner(new ReferenceImplementation()).withStore(STORE);
        Coverage coverage = new Coverage();
        String line = "{\"id\":\"c\",\"store\":true,\"request\":{\"principal\":\"" + BOB
                + "\",\"action\":\"sns:ListTopics\",\"resource\":\"*\"},\"expect\":\"EXPLICIT_DENY\","
                + "\"expectStatement\":{\"policy\":\"deny-sns\",\"sid\":\"Deny1\"}}";
        CaseRunner.Tally tally = runner.test(
                stream(line), coverage, result -> assertThat(result.messages()).isEmpty());
        assertThat(tally).isEqualTo(new CaseRunner.Tally(1, 0, 0));
        assertThat(coverage.untouched())
                .extracting(Coverage.Untouched::policy)
                .contains("public", "no-organization-leaving")
                .doesNotContain("deny-sns");
    }
}
