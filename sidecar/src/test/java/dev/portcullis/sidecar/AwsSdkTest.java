package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.portcullis.sidecar.options.AwsApiOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ContextEntry;
import software.amazon.awssdk.services.iam.model.ContextKeyTypeEnum;
import software.amazon.awssdk.services.iam.model.EvaluationResult;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.InvalidInputException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationDecisionType;
import software.amazon.awssdk.services.iam.model.PolicyEvaluationException;
import software.amazon.awssdk.services.iam.model.ResourceSpecificResult;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyResponse;
import software.amazon.awssdk.services.iam.model.Statement;
import software.amazon.awssdk.services.iam.paginators.SimulateCustomPolicyIterable;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** AWS's SDK for Java, unchanged, asks the sidecar instead of AWS. */
class AwsSdkTest {

    private static final String ALLOW_GET =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"*\"}]}";
    private static final String ALICE = TestStore.ALICE;

    @TempDir
    private static Path folder;

    private static Sidecar sidecar;
    private static IamClient iam;

    @BeforeAll
    static void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        store.write("policies/group.json", """
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "q:*", "Resource": "*",
                 "Condition": {"StringEquals": {"aws:PrincipalTag/team": "${aws:username}"}}}}""");
        store.write("policies/limits.json", TestStore.statement("Allow", "q:*"));
        store.write("policies/organization.json", TestStore.statement("Deny", "q:CreatePlugin"));
        store.write("store.json", """
                {"organization": {"id": "o-acme1234567", "managementAccount": "999999999999",
                  "root": {"id": "r-ac12", "serviceControlPolicies": ["FullAWSAccess", "organization"],
                    "accounts": {"111122223333": {"serviceControlPolicies": ["FullAWSAccess"]}}}},
                 "groups": {"arn:aws:iam::111122223333:group/developers": {"policies": ["group"]}},
                 "users": {"%s": {"policies": ["own"], "groups": ["arn:aws:iam::111122223333:group/developers"],
                   "boundary": "limits", "uniqueId": "AIDAALICE"}},
                 "roles": {"arn:aws:iam::444455556666:role/other": {"policies": ["AdministratorAccess"]}}}""".formatted(ALICE));
        sidecar = Sidecar.start(store.options()
                .limits(TestStore.LIMITS.withBodyBytes(4 << 20))
                .awsApi(new AwsApiOptions(
                        AwsApiOptions.Reach.LOOPBACK,
                        Optional.of("arn:aws:iam::111122223333:root"),
                        Map.of("AKIAALICE", ALICE))));
        iam = client(IamClient.builder(), "AKIANOBODY");
    }

    @AfterAll
    static void stop() {
        iam.close();
        sidecar.close();
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder, String key) {
        return builder.endpointOverride(URI.create("http://127.0.0.1:" + sidecar.httpPort()))
                .region(Region.AWS_GLOBAL)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "secret")))
                .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofMinutes(3))
                        .build())
                .build();
    }

    private static SimulateCustomPolicyRequest.Builder custom(String policy, String... actions) {
        return SimulateCustomPolicyRequest.builder().policyInputList(policy).actionNames(actions);
    }

    @Test
    void simulateCustomPolicy_allowed_statementWithPlace() {
        SimulateCustomPolicyResponse answer = iam.simulateCustomPolicy(custom(ALLOW_GET, "s3:GetObject")
                .resourceArns("arn:aws:s3:::bucket/key")
                .build());
        assertThat(answer.isTruncated()).isFalse();
        EvaluationResult result = answer.evaluationResults().get(0);
        assertThat(result.evalActionName()).isEqualTo("s3:GetObject");
        assertThat(result.evalResourceName()).isEqualTo("arn:aws:s3:::bucket/key");
        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        Statement statement = result.matchedStatements().get(0);
        assertThat(statement.sourcePolicyId()).isEqualTo("PolicyInputList.1");
        assertThat(statement.sourcePolicyTypeAsString()).isEqualTo("IAM Policy");
        assertThat(statement.startPosition().line()).isEqualTo(1);
        assertThat(statement.startPosition().column()).isEqualTo(38);
        assertThat(statement.endPosition().column()).isEqualTo(95);
        assertThat(answer.responseMetadata().requestId()).isNotEmpty();
    }

    @Test
    void simulateCustomPolicy_contextGiven_looksAtIt() {
        String policy = ALLOW_GET.replace(
                "\"Resource\"",
                "\"Condition\":{\"NumericLessThan\":{\"s3:max-keys\":\"10\"},\"ForAnyValue:StringEquals\":{\"aws:TagKeys\":\"a\"}},\"Resource\"");
        EvaluationResult without = iam.simulateCustomPolicy(
                        custom(policy, "s3:GetObject").build())
                .evaluationResults()
                .get(0);
        assertThat(without.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(without.missingContextValues()).containsExactly("s3:max-keys", "aws:TagKeys");
        assertThat(without.matchedStatements()).isEmpty();
        EvaluationResult with = iam.simulateCustomPolicy(custom(policy, "s3:GetObject")
                        .contextEntries(
                                entry("s3:max-keys", ContextKeyTypeEnum.NUMERIC, "5"),
                                entry("aws:TagKeys", ContextKeyTypeEnum.STRING_LIST, "b", "a"))
                        .build())
                .evaluationResults()
                .get(0);
        assertThat(with.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(with.missingContextValues()).isEmpty();
    }

    private static ContextEntry entry(String key, ContextKeyTypeEnum type, String... values) {
        return ContextEntry.builder()
                .contextKeyName(key)
                .contextKeyType(type)
                .contextKeyValues(values)
                .build();
    }

    @Test
    void simulateCustomPolicy_severalResources_eachAndAllTogether() {
        String policy = ALLOW_GET.replace("\"*\"", "\"arn:aws:s3:::bucket/a\"");
        EvaluationResult result = iam.simulateCustomPolicy(custom(policy, "s3:GetObject")
                        .resourceArns("arn:aws:s3:::bucket/a", "arn:aws:s3:::bucket/b")
                        .permissionsBoundaryPolicyInputList(ALLOW_GET)
                        .build())
                .evaluationResults()
                .get(0);
        assertThat(result.evalResourceName()).isEqualTo("arn:aws:s3:::${BucketName}/${KeyName}");
        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.IMPLICIT_DENY);
        assertThat(result.matchedStatements()).hasSize(1);
        assertThat(result.resourceSpecificResults())
                .extracting(ResourceSpecificResult::evalResourceDecisionAsString)
                .containsExactly("allowed", "implicitDeny");
        assertThat(result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                .isTrue();
    }

    @Test
    void simulateCustomPolicy_otherAccountsResource_detailsOfEachKind() {
        String resourcePolicy =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + ALICE
                        + "\"},\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::bucket/*\"}]}";
        EvaluationResult result = iam.simulateCustomPolicy(custom(ALLOW_GET, "s3:GetObject")
                        .resourceArns("arn:aws:s3:::bucket/a")
                        .resourcePolicy(resourcePolicy)
                        .resourceOwner("arn:aws:iam::444455556666:root")
                        .callerArn(ALICE)
                        .build())
                .evaluationResults()
                .get(0);
        assertThat(result.evalDecision()).isEqualTo(PolicyEvaluationDecisionType.ALLOWED);
        assertThat(result.evalDecisionDetailsAsStrings())
                .containsOnly(Map.entry("IAM Policy", "allowed"), Map.entry("Resource Policy", "allowed"));
        assertThat(result.matchedStatements())
                .extracting(Statement::sourcePolicyTypeAsString)
                .containsExactlyInAnyOrder("IAM Policy", "Resource Policy");
    }

    @Test
    void simulateCustomPolicyPaginator_threePages_everyActionOnceInOrder() {
        List<String> actions =
                IntStream.range(0, 5).mapToObj(i -> "s3:Action" + i).toList();
        SimulateCustomPolicyIterable pages = iam.simulateCustomPolicyPaginator(
                custom(ALLOW_GET, actions.toArray(new String[0])).maxItems(2).build());
        assertThat(pages.stream().count()).isEqualTo(3);
        assertThat(pages.evaluationResults().stream().map(EvaluationResult::evalActionName))
                .containsExactlyElementsOf(actions);
    }

    @Test
    void simulatePrincipalPolicy_storedUser_allItsPolicies() {
        List<EvaluationResult> results = iam
                .simulatePrincipalPolicyPaginator(request -> request.policySourceArn(ALICE)
                        .actionNames("q:SendMessage", "q:CreatePlugin", "q:GetConversation", "s3:GetObject"))
                .evaluationResults()
                .stream()
                .toList();
        assertThat(results)
                .extracting(EvaluationResult::evalDecisionAsString)
                .containsExactly("allowed", "explicitDeny", "implicitDeny", "implicitDeny");
        assertThat(results)
                .extracting(result -> result.organizationsDecisionDetail().allowedByOrganizations())
                .containsExactly(true, false, true, true);
        assertThat(results)
                .extracting(result -> result.permissionsBoundaryDecisionDetail().allowedByPermissionsBoundary())
                .containsExactly(true, true, true, false);
        assertThat(results.get(0).matchedStatements())
                .extracting(Statement::sourcePolicyId)
                .containsExactly("own");
        assertThat(results.get(1).matchedStatements()).isEmpty();
        assertThat(results.get(2).missingContextValues()).containsExactly("aws:PrincipalTag/team");
    }

    @Test
    void getContextKeys_conditionsAndVariables_named() {
        String policy = ALLOW_GET
                .replace("\"*\"", "\"arn:aws:s3:::b/${aws:username}/*\"")
                .replace("\"Effect\"", "\"Condition\":{\"Bool\":{\"aws:SecureTransport\":\"true\"}},\"Effect\"");
        assertThat(iam.getContextKeysForCustomPolicy(request -> request.policyInputList(policy))
                        .contextKeyNames())
                .containsExactlyInAnyOrder("aws:username", "aws:SecureTransport");
        assertThat(iam.getContextKeysForPrincipalPolicy(
                                request -> request.policySourceArn(ALICE).policyInputList(policy))
                        .contextKeyNames())
                .containsExactlyInAnyOrder("aws:username", "aws:SecureTransport", "aws:PrincipalTag/team");
    }

    @Test
    void getCallerIdentity_byAccessKey_whoItStandsFor() {
        try (StsClient known = client(StsClient.builder(), "AKIAALICE");
                StsClient other = client(StsClient.builder(), "AKIANOBODY")) {
            GetCallerIdentityResponse alice = known.getCallerIdentity();
            assertThat(alice.arn()).isEqualTo(ALICE);
            assertThat(alice.account()).isEqualTo("111122223333");
            assertThat(alice.userId()).isEqualTo("AIDAALICE");
            assertThat(other.getCallerIdentity().arn()).isEqualTo("arn:aws:iam::111122223333:root");
            assertThat(other.getCallerIdentity().userId()).isEqualTo("111122223333");
        }
    }

    @Test
    void errors_invalidInput_mapped() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() ->
                        iam.simulateCustomPolicy(custom(ALLOW_GET, "GetObject").build()))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(400))
                .satisfies(e -> assertThat(e.requestId()).isNotEmpty())
                .withMessageContaining("The action is invalid since it is missing names");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> iam.getContextKeysForCustomPolicy(request -> request.policyInputList("{\n\"a\":}")))
                .withMessageContaining("Policy input list item 1 has invalid content")
                .withMessageContaining("2:5");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> iam.simulatePrincipalPolicy(
                        request -> request.policySourceArn("arn:aws:iam::444455556666:role/other")
                                .actionNames("s3:GetObject")))
                .withMessageContaining("Invalid Policy Source Arn: caller's account 111122223333 does not have access");
    }

    @Test
    void errors_noSuchEntity_mapped() {
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iam.simulatePrincipalPolicy(
                        request -> request.policySourceArn("arn:aws:iam::111122223333:user/nobody")
                                .actionNames("s3:GetObject")))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(404))
                .withMessageContaining("Unable to retrieve specified IAM entity.");
        assertThatExceptionOfType(NoSuchEntityException.class)
                .isThrownBy(() -> iam.getContextKeysForPrincipalPolicy(
                        request -> request.policySourceArn("arn:aws:iam::111122223333:role/nobody")));
    }

    /** An engine holds 65,536 services: policies that name more are each right, and can't be evaluated together. */
    @Test
    void errors_policyEvaluation_mapped() {
        List<String> policies = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            StringBuilder actions = new StringBuilder();
            for (int j = 0; j < 8_400; j++) {
                actions.append(j == 0 ? "\"s" : ",\"s").append(i * 10_000 + j).append(":a\"");
            }
            policies.add(ALLOW_GET.replace("\"s3:GetObject\"", "[" + actions + "]"));
        }
        assertThatExceptionOfType(PolicyEvaluationException.class)
                .isThrownBy(() -> iam.simulateCustomPolicy(
                        request -> request.policyInputList(policies).actionNames("s3:GetObject")))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(500))
                .withMessageContaining("services");
    }

    @Test
    void errors_validation_codeTold() {
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> iam.simulateCustomPolicy(
                        custom(ALLOW_GET, "s3:GetObject").maxItems(1001).build()))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError"))
                .withMessageContaining("'maxItems'");
    }

    @Test
    void errors_otherOperation_noneOfOurs() {
        assertThatExceptionOfType(IamException.class)
                .isThrownBy(() -> iam.listUsers())
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAction"));
    }

    @Test
    void apisTurnedOff_asked_notThere(@TempDir Path other) throws Exception {
        TestStore store = new TestStore(other.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        AwsApiOptions off = new AwsApiOptions(AwsApiOptions.Reach.OFF, Optional.empty(), Map.of());
        try (Sidecar without = Sidecar.start(store.options().awsApi(off))) {
            int status = new Client(without)
                    .post(
                            "/",
                            "Action=GetCallerIdentity&Version=2011-06-15",
                            "content-type",
                            "application/x-www-form-urlencoded")
                    .statusCode();
            assertThat(status).isIn(404, 405);
        }
    }

    @Test
    void simulateCustomPolicy_manyAtOnce_eachItsOwnAnswer() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                String policy = i % 2 == 0 ? ALLOW_GET : ALLOW_GET.replace("Allow", "Deny");
                String resource = "arn:aws:s3:::bucket/" + i;
                answers.add(threads.submit(() -> {
                    EvaluationResult result = iam.simulateCustomPolicy(custom(policy, "s3:GetObject")
                                    .resourceArns(resource)
                                    .build())
                            .evaluationResults()
                            .get(0);
                    return result.evalDecisionAsString() + " " + result.evalResourceName();
                }));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get())
                        .isEqualTo((i % 2 == 0 ? "allowed" : "explicitDeny") + " arn:aws:s3:::bucket/" + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
