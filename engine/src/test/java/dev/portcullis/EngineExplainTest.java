package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an explanation says that the conformance cases don't show. */
class EngineExplainTest {

    private static final String ACCOUNT = "111122223333";
    private static final String MANAGEMENT = "999999999999";
    private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
    private static final String BOB = "arn:aws:iam::111122223333:user/bob";
    private static final String OBJECT = "arn:aws:s3:::models/llama";

    private static final String READ = """
            {"Version": "2012-10-17", "Statement": [{"Sid": "Read", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}""";
    private static final String TRUST_EVERYONE = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}}""";

    private static Explanation explain(Engine engine, String principal, String action, String resource) {
        return engine.explain(request(engine, principal, action, resource));
    }

    private static Request request(Engine engine, String principal, String action, String resource) {
        return engine.newRequest().principal(principal).action(action).resource(resource);
    }

    private static Layer layer(Explanation explanation, PolicyType type) {
        return explanation.layers().stream()
                .filter(layer -> layer.type() == type)
                .findFirst()
                .orElseThrow();
    }

    private static Store.Builder store() {
        return Store.builder().checks(Checks.STORED);
    }

    private static Organization organization(Organization.Unit root) {
        return new Organization("o-example", MANAGEMENT, root);
    }

    @Test
    void explain_equalStatementsOfTwoPolicies_eachCallersOwnIsNamed() {
        Engine engine = Engine.compile(store().policy("of-alice", READ)
                .policy("of-bob", "\n" + READ.replace("Read", "Fetch"))
                .user(ALICE, user -> user.attach("of-alice"))
                .user(BOB, user -> user.attach("of-bob"))
                .build());

        assertThat(explain(engine, ALICE, "s3:GetObject", OBJECT).deciding())
                .containsExactly(new StatementRef(
                        PolicyType.IDENTITY,
                        "of-alice",
                        0,
                        Optional.of("Read"),
                        Effect.ALLOW,
                        new Span(40, 117, 1, 41)));
        assertThat(explain(engine, BOB, "s3:GetObject", OBJECT).deciding())
                .containsExactly(new StatementRef(
                        PolicyType.IDENTITY,
                        "of-bob",
                        0,
                        Optional.of("Fetch"),
                        Effect.ALLOW,
                        new Span(41, 119, 2, 41)));
    }

    @Test
    void explain_onePolicyInTwoLayers_namedInBoth() {
        Engine engine = Engine.compile(store().policy("read", READ)
                .user(ALICE, user -> user.attach("read").boundary("read"))
                .build());

        Explanation explanation = explain(engine, ALICE, "s3:GetObject", OBJECT);

        assertThat(layer(explanation, PolicyType.IDENTITY).matched())
                .extracting(StatementRef::type)
                .containsExactly(PolicyType.IDENTITY);
        assertThat(layer(explanation, PolicyType.BOUNDARY).matched())
                .extracting(StatementRef::type)
                .containsExactly(PolicyType.BOUNDARY);
    }

    @Test
    void explain_aFailedCondition_wantedAndSeenAsWritten() {
        Engine engine = Engine.compile(store().policy("tägliche-ŷ", """
                        {"Version": "2012-10-17", "Statement": [
                          {"Sid": "Ŝŝ", "Effect": "Allow", "Action": "S3:Get*", "Resource": "*",
                           "Condition": {"ForAnyValue:StringLike": {"AWS:TagKeys": ["\\u0173*", "${aws:sourceVPC, 'none'}", "s"]},
                                         "NumericLessThan": {"aws:MultiFactorAuthAge": 300}}}]}""")
                .user(ALICE, user -> user.attach("tägliche-ŷ"))
                .build());
        Request request = request(engine, ALICE, "s3:GetObject", OBJECT)
                .context("aws:MultiFactorAuthAge", "299")
                .contextValues("aws:tagkeys", "S", "t\u0173");

        Explanation explanation = engine.explain(request);

        assertThat(explanation.nearMisses()).singleElement().satisfies(miss -> {
            assertThat(miss.statement().policy()).isEqualTo("tägliche-ŷ");
            assertThat(miss.statement().sid()).contains("Ŝŝ");
            assertThat(miss.failed()).isEqualTo(Part.CONDITION);
            assertThat(miss.key()).isEqualTo("AWS:TagKeys");
            assertThat(miss.operator()).isEqualTo("ForAnyValue:StringLike");
            assertThat(miss.wanted()).containsExactly("\u0173*", "${aws:sourceVPC, 'none'}", "s");
            assertThat(miss.seen()).contains(List.of("S", "t\u0173"));
        });
        assertThat(explanation.missingKeys()).containsExactly("aws:sourceVPC");
    }

    @Test
    void explain_aShortenedArn_wantedAsWritten() {
        Engine engine = Engine.compile(store().policy("queues", """
                        {"Version": "2012-10-17", "Statement":
                          {"Effect": "Allow", "Action": "*", "Resource": ["arn:aws:sqs", "arn:aws:sns:*:${aws:PrincipalAccount}"]}}""")
                .user(ALICE, user -> user.attach("queues"))
                .build());

        Explanation explanation = explain(engine, ALICE, "s3:GetObject", OBJECT);

        assertThat(explanation.nearMisses()).singleElement().satisfies(miss -> {
            assertThat(miss.failed()).isEqualTo(Part.RESOURCE);
            assertThat(miss.wanted()).containsExactly("arn:aws:sqs", "arn:aws:sns:*:${aws:PrincipalAccount}");
            assertThat(miss.seen()).contains(List.of(OBJECT));
        });
    }

    @Test
    void explain_manyCandidates_theFiveClosestFirst() {
        Engine engine = Engine.compile(store().policy("many", """
                        {"Version": "2012-10-17", "Statement": [
                          {"Sid": "Action1", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                          {"Sid": "Action2", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                          {"Sid": "Resource1", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other"},
                          {"Sid": "NoneHolds", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                           "Condition": {"Bool": {"aws:SecureTransport": "true"}}},
                          {"Sid": "OneHolds", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "*",
                           "Condition": {"Bool": {"aws:SecureTransport": "true"}, "Null": {"aws:SourceVpc": "true"}}},
                          {"Sid": "Action3", "Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"},
                          {"Sid": "Resource2", "Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::other"}]}""")
                .user(ALICE, user -> user.attach("many"))
                .build());

        Explanation explanation = explain(engine, ALICE, "s3:GetObject", OBJECT);

        assertThat(explanation.nearMisses())
                .extracting(miss -> miss.statement().sid().orElseThrow())
                .containsExactly("OneHolds", "NoneHolds", "Resource1", "Resource2", "Action1");
        assertThat(explanation.missingKeys()).containsExactly("aws:SecureTransport");
    }

    @Test
    void explain_aPrincipalNotNamed_whoWouldHaveBeen() {
        Engine engine = Engine.compile(store().policy("bucket", """
                        {"Version": "2012-10-17", "Statement": {"Effect": "Allow",
                          "Principal": {"AWS": ["444455556666", "arn:aws:iam::111122223333:user/bob"], "Service": "sns.amazonaws.com"},
                          "Action": "s3:GetObject", "Resource": "arn:aws:s3:::models/*"}}""")
                .resource(new GuardedResource(
                        "arn:aws:s3:::models",
                        ACCOUNT,
                        Optional.of("bucket"),
                        List.of("arn:aws:s3:::models/*"),
                        Map.of(),
                        Optional.empty()))
                .user(ALICE, user -> {})
                .build());

        Explanation explanation = explain(engine, ALICE, "s3:GetObject", OBJECT);

        assertThat(explanation.reason()).isEqualTo("no identity-based policy allows the s3:GetObject action");
        assertThat(explanation.nearMisses()).singleElement().satisfies(miss -> {
            assertThat(miss.failed()).isEqualTo(Part.PRINCIPAL);
            assertThat(miss.wanted()).containsExactly("444455556666", BOB, "sns.amazonaws.com");
            assertThat(miss.seen()).contains(List.of(ALICE));
        });
        assertThat(layer(explanation, PolicyType.RESOURCE).verdict()).isEqualTo(Verdict.SILENT);
    }

    @Test
    void explain_aSilentLevel_namedByPlaceAndItsAllowsAreNearMisses() {
        Organization.Account account = new Organization.Account(ACCOUNT, List.of("FullAWSAccess"), List.of());
        Organization.Unit inner =
                new Organization.Unit("ou-2", "Workloads", List.of("read"), List.of(), List.of(account), List.of());
        Organization.Unit outer =
                new Organization.Unit("ou-1", "Workloads", List.of("read"), List.of(), List.of(), List.of(inner));
        Engine engine = Engine.compile(store().policy("read", READ)
                .policy("all", READ.replace("s3:GetObject", "*"))
                .organization(organization(new Organization.Unit(
                        "r-1", "Root", List.of("FullAWSAccess"), List.of(), List.of(), List.of(outer))))
                .user(ALICE, user -> user.attach("all"))
                .build());

        Explanation explanation = explain(engine, ALICE, "s3:PutObject", OBJECT);

        assertThat(explanation.reason()).isEqualTo("no service control policy allows the s3:PutObject action");
        assertThat(explanation.layers())
                .filteredOn(layer -> layer.type() == PolicyType.SERVICE_CONTROL)
                .extracting(Layer::place, Layer::verdict)
                .containsExactly(
                        tuple("Root", Verdict.ALLOWS),
                        tuple("Workloads", Verdict.SILENT),
                        tuple("Workloads", Verdict.SILENT),
                        tuple(ACCOUNT, Verdict.ALLOWS));
        // Both levels are called the same and say the same.
        assertThat(explanation.nearMisses())
                .extracting(NearMiss::statement)
                .extracting(StatementRef::policy)
                .containsExactly("read");
    }

    @Test
    void explain_callersThatNoLevelReaches_saysWhy() {
        Organization.Account account = new Organization.Account(ACCOUNT, List.of("FullAWSAccess"), List.of());
        Engine engine = Engine.compile(store().policy("trust", TRUST_EVERYONE)
                .organization(organization(new Organization.Unit(
                        "r-1", "root", List.of("FullAWSAccess"), List.of(), List.of(account), List.of())))
                .role("arn:aws:iam::111122223333:role/dev", role -> role.trust("trust"))
                .build());

        assertThat(serviceControlNote(engine, "sns.amazonaws.com")).isEqualTo("the caller belongs to no account");
        assertThat(serviceControlNote(engine, "arn:aws:iam::999999999999:user/root"))
                .isEqualTo("principals of the management account are exempt");
        assertThat(serviceControlNote(engine, "arn:aws:iam::444455556666:user/eve"))
                .isEqualTo("no organization");
        Explanation ofServiceLinked =
                engine.explain(request(engine, "arn:aws:sts::111122223333:assumed-role/dev/s", "s3:GetObject", OBJECT)
                        .serviceLinkedRole());
        assertThat(layer(ofServiceLinked, PolicyType.SERVICE_CONTROL).note())
                .isEqualTo("service-linked roles are exempt");
        assertThat(layer(ofServiceLinked, PolicyType.BOUNDARY).note()).isEqualTo("service-linked roles have none");
        Explanation ofManagement =
                explain(engine, ALICE, "s3:GetObject", "arn:aws:s3:us-east-1:999999999999:accesspoint/a");
        assertThat(layer(ofManagement, PolicyType.RESOURCE_CONTROL).note())
                .isEqualTo("resources of the management account are exempt");
    }

    private static String serviceControlNote(Engine engine, String principal) {
        Explanation explanation = explain(engine, principal, "s3:GetObject", OBJECT);
        return layer(explanation, PolicyType.SERVICE_CONTROL).note();
    }

    @Test
    void explain_sessionPolicies_namedByNumber() {
        Engine engine = Engine.compile(store().policy("read", READ)
                .role("arn:aws:iam::111122223333:role/dev", role -> role.attach("read"))
                .build());
        Request request = request(engine, "arn:aws:sts::111122223333:assumed-role/dev/s", "s3:GetObject", OBJECT)
                .sessionPolicies(engine.compileSession(READ.replace("Allow", "Deny"), READ.replace("Read", "Second")));

        Explanation explanation = engine.explain(request);

        assertThat(explanation.reason()).isEqualTo("explicit deny in a session policy");
        assertThat(explanation.deciding())
                .extracting(StatementRef::policy, StatementRef::type)
                .containsExactly(tuple("session policy 1", PolicyType.SESSION));
        assertThat(layer(explanation, PolicyType.SESSION).matched())
                .extracting(StatementRef::policy)
                .containsExactly("session policy 1", "session policy 2");
    }

    @Test
    void explain_keysThatOnlySessionPoliciesName_missingAndSeen() {
        Engine engine = Engine.compile(store().policy("read", READ)
                .role("arn:aws:iam::111122223333:role/dev", role -> role.attach("read"))
                .build());
        String session = READ.replace(
                "\"*\"}",
                "\"*\", \"Condition\": {\"StringEquals\": "
                        + "{\"aws:PrincipalTag/Team\": \"${aws:PrincipalTag/Unit}\"}}}");
        SessionPolicies policies = engine.compileSession(session);
        Request request = request(engine, "arn:aws:sts::111122223333:assumed-role/dev/s", "s3:GetObject", OBJECT)
                .sessionPolicies(policies)
                .context("aws:principaltag/team", "q");

        Explanation explanation = engine.explain(request);

        assertThat(explanation.missingKeys()).containsExactly("aws:PrincipalTag/Unit");
        assertThat(explanation.nearMisses())
                .extracting(NearMiss::key, NearMiss::seen)
                .containsExactly(tuple("aws:PrincipalTag/Team", Optional.of(List.of("q"))));
    }

    @Test
    void explain_betweenDecisions_theRequestIsAsBefore() {
        Engine engine = Engine.compile(store().policy("read", READ)
                .user(ALICE, user -> user.attach("read"))
                .build());
        Request request = request(engine, ALICE, "s3:GetObject", OBJECT).context("aws:SourceIp", "203.0.113.7");

        Decision before = engine.decide(request);
        Explanation first = engine.explain(request);
        Explanation second = engine.explain(request);

        assertThat(first).isEqualTo(second);
        assertThat(first.decision()).isEqualTo(before).isEqualTo(Decision.ALLOW);
        assertThat(engine.decide(request)).isEqualTo(before);
    }

    @Test
    void explain_anIncompleteRequest_refused() {
        Engine engine = Engine.compile(store().policy("read", READ).build());
        Request request = engine.newRequest().principal(ALICE).action("s3:GetObject");

        assertThatThrownBy(() -> engine.explain(request))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("resource: is not set");
    }

    @Test
    void explain_aRequestOfAnotherEngine_refused() {
        Store store = store().policy("read", READ).build();
        Request request = request(Engine.compile(store), ALICE, "s3:GetObject", OBJECT);

        assertThatThrownBy(() -> Engine.compile(store).explain(request)).isInstanceOf(IllegalStateException.class);
    }
}
