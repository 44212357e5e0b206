package dev.portcullis;

import static dev.portcullis.EngineStore.ACCOUNT;
import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.OTHER_ACCOUNT;
import static dev.portcullis.EngineStore.allow;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.GuardedResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A resource's policy, access control list and owner: of that very ARN, and for what that lacks, of what covers it. */
class GuardedResourcesTest {

    private static final Optional<AccessControlList> PUBLIC =
            Optional.of(new AccessControlList(List.of(new Grant("AllUsers", Permission.READ)), true, false));

    private static GuardedResource resource(
            String arn, String account, String policy, Optional<AccessControlList> acl, String... covers) {
        return new GuardedResource(arn, account, Optional.ofNullable(policy), List.of(covers), Map.of(), acl);
    }

    private static Store.Builder store() {
        return Store.builder()
                .policy("get", document(allow("\"*\"", "s3:GetObject", "")))
                .policy("put", document(allow("\"*\"", "s3:PutObject", "")))
                .user(ALICE, user -> {});
    }

    private static Decision decide(Engine engine, String principal, String action, String resource) {
        Request request = engine.newRequest();
        Decision decision =
                engine.decide(request.principal(principal).action(action).resource(resource));
        Decision again = engine.decide(
                request.clear().principal(principal).action(action).resource(engine.resource(resource)));
        assertThat(again).isEqualTo(decision);
        return decision;
    }

    private static void assertRefused(Engine engine, String resource, String message) {
        Request request = engine.newRequest();
        assertThatThrownBy(() -> engine.decide(
                        request.principal(ALICE).action("s3:GetObject").resource(resource)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        ResourceHandle handle = engine.resource(resource);
        assertThatThrownBy(() -> engine.decide(
                        request.clear().principal(ALICE).action("s3:GetObject").resource(handle)))
                .hasMessage(message);
        // E11: an unclear resource is unclear for an action that nothing denies, too.
        assertThatThrownBy(() -> engine.decide(request.clear()
                        .principal(ALICE)
                        .action("sts:GetCallerIdentity")
                        .resource(resource)))
                .hasMessage(message);
    }

    @Test
    void decide_exactResourceWithoutPolicy_hasThatOfWhatCoversIt() {
        Engine engine =
                Engine.compile(store().resource(resource("arn:aws:s3:::a", ACCOUNT, "get", PUBLIC, "arn:aws:s3:::a/*"))
                        .resource(resource("arn:aws:s3:::a/k", ACCOUNT, null, Optional.empty()))
                        .resource(resource("arn:aws:s3:::a/p", ACCOUNT, "put", Optional.empty()))
                        .build());
        assertThat(decide(engine, ALICE, "s3:GetObject", "arn:aws:s3:::a/k")).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "s3:GetObject", "arn:aws:s3:::a/x")).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "s3:GetObject", "arn:aws:s3:::a/p")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(engine, ALICE, "s3:PutObject", "arn:aws:s3:::a/p")).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "s3:PutObject", "arn:aws:s3:::a/k")).isEqualTo(Decision.IMPLICIT_DENY);
        // The list is the bucket's for each of them.
        assertThat(decide(engine, "anonymous", "s3:GetObject", "arn:aws:s3:::a/p"))
                .isEqualTo(Decision.ALLOW);
    }

    @Test
    void decide_coveringResourcesThatDisagree_isRefused() {
        Engine engine = Engine.compile(store().resource(
                        resource("arn:aws:s3:::a", ACCOUNT, "get", PUBLIC, "arn:aws:s3:::a/*"))
                .resource(resource("arn:aws:s3:::b", ACCOUNT, "put", Optional.empty(), "arn:aws:s3:::a/k*"))
                .resource(resource("arn:aws:s3:::c", OTHER_ACCOUNT, null, Optional.empty(), "arn:aws:s3:::a/o*"))
                .resource(resource(
                        "arn:aws:s3:::d",
                        ACCOUNT,
                        null,
                        Optional.of(new AccessControlList(List.of(), false, false)),
                        "arn:aws:s3:::a/l*"))
                .resource(resource("arn:aws:s3:::e", ACCOUNT, "get", PUBLIC, "arn:aws:s3:::a/e*"))
                .build());
        assertRefused(
                engine,
                "arn:aws:s3:::a/k",
                "resource: `arn:aws:s3:::a/k` is covered by `arn:aws:s3:::a` and `arn:aws:s3:::b`, each with a policy");
        assertRefused(
                engine,
                "arn:aws:s3:::a/o",
                "resource: `arn:aws:s3:::a/o` is covered by `arn:aws:s3:::a` and `arn:aws:s3:::c`, each with an owner");
        assertRefused(
                engine,
                "arn:aws:s3:::a/l",
                "resource: `arn:aws:s3:::a/l` is covered by `arn:aws:s3:::a` and `arn:aws:s3:::d`, each with an access"
                        + " control list");
        assertThat(decide(engine, ALICE, "s3:GetObject", "arn:aws:s3:::a/e")).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "s3:GetObject", "arn:aws:s3:::a/x")).isEqualTo(Decision.ALLOW);
    }

    @Test
    void compile_describedResourceCoveredByTwoThatDisagree_isRefused() {
        Store store = store().resource(resource("arn:aws:s3:::a", ACCOUNT, "get", Optional.empty(), "arn:aws:s3:::a/*"))
                .resource(resource("arn:aws:s3:::b", ACCOUNT, "put", Optional.empty(), "arn:aws:s3:::a/k*"))
                .resource(resource("arn:aws:s3:::a/k", ACCOUNT, null, Optional.empty()))
                .build();
        assertThatThrownBy(() -> Engine.compile(store))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("AMBIGUOUS_COVERS")
                .hasMessageContaining("`arn:aws:s3:::a/k` is covered by `arn:aws:s3:::a` and `arn:aws:s3:::b`");
    }

    /** Field by field: only the last field's wildcards reach over colons, and variables and cases are text. */
    @Test
    void decide_covers_matchesFieldByField() {
        Engine engine = Engine.compile(store().policy("send", document(allow("\"*\"", "sqs:*", "")))
                .resource(resource(
                        "arn:aws:sqs:eu-west-1:111122223333:q",
                        ACCOUNT,
                        "send",
                        Optional.empty(),
                        "arn:aws:sqs:*:111122223333:x?",
                        "arn:aws:sqs:eu-*:111122223333:y*z"))
                .build());
        for (String covered : List.of(
                "arn:aws:sqs:eu-west-1:111122223333:q",
                "arn:aws:sqs::111122223333:x1",
                "arn:aws:sqs:eu-west-3:111122223333:xß",
                "arn:aws:sqs:eu-:111122223333:yz",
                "arn:aws:sqs:eu-west-1:111122223333:y:a:z")) {
            assertThat(decide(engine, ALICE, "sqs:SendMessage", covered)).isEqualTo(Decision.ALLOW);
        }
        for (String other : List.of(
                "arn:aws:sqs:eu-west-1:111122223333:x",
                "arn:aws:sqs:eu-west-1:111122223333:X1",
                "arn:aws:sqs:us-west-1:111122223333:yz",
                "arn:aws:sqs:a:b:111122223333:x1",
                "arn:aws:sqs:eu-west-1:111122223333:q2")) {
            assertThat(decide(engine, ALICE, "sqs:SendMessage", other)).isEqualTo(Decision.IMPLICIT_DENY);
        }
    }

    @Test
    void decide_roleWithTrustPolicyThatAnotherCovers_hasEachInItsPlace() {
        String role = "arn:aws:iam::111122223333:role/r";
        String trust = "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                + "\"Principal\":{\"AWS\":\"" + ALICE + "\"}}}";
        Engine engine = Engine.compile(store().policy("trust", trust)
                .policy("roles", document(allow("\"*\"", "*", "")))
                .role(role, r -> r.trust("trust"))
                .role(role + "2", r -> {})
                .resource(resource(
                        "arn:aws:iam::111122223333:mfa/m",
                        ACCOUNT,
                        "roles",
                        Optional.empty(),
                        "arn:aws:iam::111122223333:role/*"))
                .build());
        assertThat(decide(engine, ALICE, "sts:AssumeRole", role)).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "sts:TagSession", role)).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(engine, ALICE, "sts:AssumeRole", role + "2")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(engine, ALICE, "sts:AssumeRole", role + "3")).isEqualTo(Decision.IMPLICIT_DENY);
        assertThat(decide(engine, ALICE, "iam:GetRole", role)).isEqualTo(Decision.ALLOW);
        assertThat(decide(engine, ALICE, "iam:GetRole", role + "3")).isEqualTo(Decision.ALLOW);
    }
}
