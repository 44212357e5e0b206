package dev.portcullis;

import static dev.portcullis.EngineStore.ALICE;
import static dev.portcullis.EngineStore.APP;
import static dev.portcullis.EngineStore.BOB;
import static dev.portcullis.EngineStore.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Checks;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A store with nothing but principals' own policies is decided the short way, and as if it had an endpoint nobody uses. */
class OnlyPrincipalsTest {

    private static final List<String> ACTIONS = List.of(
            "t:Do",
            "t:Denied",
            "t:Nothing",
            "s3:GetObject",
            "kms:Decrypt",
            "kms:RetireGrant",
            "sts:AssumeRole",
            "sts:GetCallerIdentity",
            "sts:AssumeRoleWithWebIdentity",
            "unheard:Of");
    private static final List<String> RESOURCES = List.of(
            "*",
            "arn:aws:s3:::bucket/key",
            "arn:aws:t:us-east-1:111122223333:it",
            "arn:aws:t:us-east-1:444455556666:it",
            "arn:aws-cn:t:cn-north-1:111122223333:it",
            "arn:aws:kms:us-east-1:111122223333:key/1",
            "arn:aws:kms:us-east-1:444455556666:key/1",
            "arn:aws:kms:us-east-1:111122223333:alias/1",
            "arn:aws:iam::111122223333:role/service/app",
            "arn:aws:iam::444455556666:role/other");

    private static Store.Builder builder() {
        return Store.builder()
                .checks(Checks.STORED)
                .policy(
                        "own",
                        document(
                                "{\"Effect\":\"Allow\",\"NotAction\":\"t:Nothing\",\"Resource\":\"*\"}",
                                "{\"Effect\":\"Deny\",\"Action\":\"t:Denied\",\"Resource\":\"*\"}"))
                .policy("bound", document("{\"Effect\":\"Allow\",\"Action\":[\"t:*\",\"kms:*\"],\"Resource\":\"*\"}"))
                .user(ALICE, user -> user.attach("own"))
                .user(BOB, user -> user.attach("own").boundary("bound"))
                .role(APP, role -> role.attach("own"));
    }

    @Test
    void decide_everyKindOfRequest_asWithALayerThatIsNeverAsked() {
        Engine alone = Engine.compile(builder().build());
        Engine other = Engine.compile(builder()
                .policy(
                        "endpoint",
                        document("{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}"))
                .vpcEndpoint("vpce-0123456789abcdef0", "endpoint")
                .build());
        String session = document("{\"Effect\":\"Allow\",\"Action\":\"t:Do\",\"Resource\":\"*\"}");
        String granting = document(
                "{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"t:Do\",\"Resource\":\"arn:aws:t:*:*:it\"}");
        ResourcePolicy ofAlone = alone.compileResourcePolicy(granting);
        ResourcePolicy ofOther = other.compileResourcePolicy(granting);
        Map<Decision, Integer> counts = new EnumMap<>(Decision.class);
        for (String caller : EngineStore.CALLERS) {
            for (String action : ACTIONS) {
                for (String resource : RESOURCES) {
                    for (int how = 0; how < 24; how++) {
                        if (how / 12 == 1 && resource.contains(":role/")) {
                            continue;
                        }
                        Decision one = decide(alone, caller, action, resource, how, session, ofAlone);
                        assertThat(one)
                                .as("%s, %s, %s, %d", caller, action, resource, how)
                                .isEqualTo(decide(other, caller, action, resource, how, session, ofOther));
                        counts.merge(one, 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(counts)
                .hasSize(3)
                .allSatisfy((decision, count) -> assertThat(count).isGreaterThan(500));
    }

    private static Decision decide(
            Engine engine,
            String caller,
            String action,
            String resource,
            int how,
            String session,
            ResourcePolicy granting) {
        Request request = engine.newRequest().principal(caller).action(action);
        if (how % 2 == 0) {
            request.resource(resource);
        } else {
            request.resource(engine.resource(resource));
        }
        switch (how / 2 % 3) {
            case 1 -> request.resourceAccount(account(resource));
            case 2 -> request.contextAsGiven();
            default -> {}
        }
        if (how / 6 % 2 == 1) {
            request.sessionPolicies(session);
        }
        if (how / 12 == 1) {
            request.resourcePolicy(granting);
        }
        return engine.decide(request);
    }

    private static String account(String resource) {
        return resource.contains("444455556666") ? "444455556666" : "111122223333";
    }
}
