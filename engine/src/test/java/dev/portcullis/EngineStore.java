package dev.portcullis;

import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A store for tests of requests, and documents to put into it. */
final class EngineStore {

    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final String ALICE = "arn:aws:iam::111122223333:user/team/alice";
    static final String BOB = "arn:aws:iam::111122223333:user/bob";
    static final String APP = "arn:aws:iam::111122223333:role/service/app";
    static final String APP_SESSION = "arn:aws:sts::111122223333:assumed-role/app/s1";
    static final String JO = "arn:aws:sts::111122223333:federated-user/jo";
    static final String KEY = "arn:aws:s3:::bucket/key";
    static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-04T05:06:07.891Z"));

    /** One of each kind. */
    static final List<String> CALLERS = List.of(
            ALICE,
            BOB,
            APP,
            APP_SESSION,
            JO,
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::444455556666:user/eve",
            "arn:aws:iam::111122223333:saml-provider/idp",
            "sns.amazonaws.com",
            "anonymous",
            "arn:aws:sts::111122223333:assumed-role/nobody/s");

    private EngineStore() {}

    static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    static String allow(String action, String condition) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"*\""
                + (condition.isEmpty() ? "" : ",\"Condition\":{" + condition + "}") + "}";
    }

    static String allow(String principal, String action, String condition) {
        return allow(action, condition).replace("\"Action\"", "\"Principal\":" + principal + ",\"Action\"");
    }

    /** A store in which everyone may do {@code t:Do} to the bucket where the condition holds. */
    static Store store(String condition) {
        return builder(condition).build();
    }

    static Store.Builder builder(String condition) {
        return Store.builder()
                .policy("own", document(allow("t:Do", condition)))
                .policy("bucket", document(allow("\"*\"", "t:Do", condition)))
                .user(ALICE, user -> user.attach("own").tag("Team", "red").uniqueId("AIDA1234567890ALICE00"))
                .user(BOB, user -> user.attach("own"))
                .role(APP, role -> role.attach("own").tag("tier", "web").uniqueId("AROA123456789000APP00"))
                .resource(new GuardedResource(
                        "arn:aws:s3:::bucket",
                        ACCOUNT,
                        Optional.of("bucket"),
                        List.of("arn:aws:s3:::bucket/*"),
                        Map.of("Kind", "bucket"),
                        Optional.of(new AccessControlList(List.of(), true, false))))
                .organization(new Organization(
                        "o-example",
                        "999999999999",
                        new Organization.Unit(
                                "r-ab12",
                                "Root",
                                List.of("FullAWSAccess"),
                                List.of(),
                                List.of(new Organization.Account(ACCOUNT, List.of("FullAWSAccess"), List.of())),
                                List.of())));
    }

    /** An engine for that store, at 2026-03-04T05:06:07.891Z. */
    static Engine engine(String condition) {
        return Engine.compile(store(condition)).withClock(CLOCK);
    }
}
