package dev.portcullis.corpus;

import dev.portcullis.Store;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small store with something in every layer: two accounts in two units, one outside, and the management account. */
final class ExampleStore {

    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final String OUTSIDE = "777788889999";
    static final String MANAGEMENT = "999999999999";
    static final String ALICE = "arn:aws:iam::111122223333:user/team/alice";
    static final String BOB = "arn:aws:iam::111122223333:user/bob";
    static final String APP_SESSION = "arn:aws:sts::111122223333:assumed-role/app/s1";
    static final String APP = "arn:aws:iam::111122223333:role/service/app";
    static final String EVE = "arn:aws:iam::444455556666:user/eve";
    static final String LINKED =
            "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig";

    static final StoreSituations STORE = new StoreSituations(store());

    private ExampleStore() {}

    static String statement(String effect, String action, String resource, String rest) {
        return "{\"Sid\":\"" + effect + "1\",\"Effect\":\"" + effect + "\",\"Action\":\"" + action + "\"," + rest
                + (resource.isEmpty() ? "" : "\"Resource\":\"" + resource + "\"") + "}";
    }

    static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    private static String trust(String principal) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":" + principal
                + ",\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\",\"sts:SetSourceIdentity\"]}]}";
    }

    private static GuardedResource bucket(String name, String account, String policy) {
        return new GuardedResource(
                "arn:aws:s3:::" + name,
                account,
                Optional.of(policy),
                List.of("arn:aws:s3:::" + name + "/*"),
                Map.of("kind", "bucket"),
                Optional.empty());
    }

    private static Organization organization() {
        return new Organization(
                "o-example",
                MANAGEMENT,
                new Organization.Unit(
                        "r-ab12",
                        "Root",
                        List.of("FullAWSAccess", "no-organization-leaving"),
                        List.of("RCPFullAWSAccess", "deny-outside-get"),
                        List.of(),
                        List.of(
                                new Organization.Unit(
                                        "ou-ab12-11111111",
                                        "Workloads",
                                        List.of("FullAWSAccess", "deny-sns"),
                                        List.of(),
                                        List.of(new Organization.Account(
                                                ACCOUNT, List.of("all-but-sqs"), List.of("RCPFullAWSAccess"))),
                                        List.of()),
                                new Organization.Unit(
                                        "ou-ab12-22222222",
                                        "Sandbox",
                                        List.of(),
                                        List.of(),
                                        List.of(new Organization.Account(
                                                OTHER_ACCOUNT, List.of("FullAWSAccess"), List.of())),
                                        List.of()))));
    }

    private static Store store() {
        String everyone = "\"Principal\":\"*\",";
        return Store.builder()
                .parameter("account_id", ACCOUNT)
                .policy("s3-read", document(statement("Allow", "s3:Get*", "*", "")))
                .policy("group-write", document(statement("Allow", "s3:PutObject", "*", "")))
                .policy("everything", document(statement("Allow", "*", "*", "")))
                .policy(
                        "own-queue",
                        document(statement("Allow", "kms:*", "arn:aws:kms:eu-west-1:{{account_id}}:key/*", "")))
                .policy("s3-only", document(statement("Allow", "s3:*", "*", "")))
                .policy(
                        "no-deletion",
                        document(statement("Allow", "*", "*", ""), statement("Deny", "s3:DeleteObject", "*", "")))
                .policy("all-but-sqs", document("{\"Effect\":\"Allow\",\"NotAction\":\"sqs:*\",\"Resource\":\"*\"}"))
                .policy("deny-sns", document(statement("Deny", "sns:*", "*", "")))
                .policy(
                        "no-organization-leaving",
                        document(statement("Deny", "organizations:LeaveOrganization", "*", "")))
                .policy(
                        "deny-outside-get",
                        document(
                                statement(
                                        "Deny",
                                        "s3:GetObject",
                                        "*",
                                        everyone
                                                + "\"Condition\":{\"StringNotEqualsIfExists\":{\"aws:PrincipalOrgID\":\"o-example\"}},")))
                .policy("public", document(statement("Allow", "s3:*", "arn:aws:s3:::public/*", everyone)))
                .policy(
                        "shared",
                        document(
                                statement(
                                        "Allow",
                                        "s3:*",
                                        "arn:aws:s3:::shared/*",
                                        "\"Principal\":{\"AWS\":\"" + ALICE + "\"},"),
                                statement("Deny", "s3:*", "arn:aws:s3:::shared/closed", everyone)))
                .policy("endpoint-get", document(statement("Allow", "s3:GetObject", "*", everyone)))
                .policy("trust-alice", trust("{\"AWS\":\"" + ALICE + "\"}"))
                .policy("trust-config", trust("{\"Service\":\"config.amazonaws.com\"}"))
                .group("arn:aws:iam::111122223333:group/writers", "group-write")
                .user(
                        ALICE,
                        user -> user.attach("s3-read", "own-queue")
                                .group("arn:aws:iam::111122223333:group/writers")
                                .tag("team", "red")
                                .uniqueId("AIDAALICE"))
                .user(BOB, user -> user.attach("everything").boundary("no-deletion"))
                .user("arn:aws:iam::111122223333:user/admin", user -> user.attach("everything"))
                .user(EVE, user -> user.attach("everything"))
                .user("arn:aws:iam::777788889999:user/mallory", user -> user.attach("everything"))
                .user("arn:aws:iam::999999999999:user/root-admin", user -> user.attach("everything"))
                .role(
                        APP,
                        role -> role.attach("everything")
                                .boundary("s3-only")
                                .trust("trust-alice")
                                .tag("tier", "web")
                                .uniqueId("AROAAPP"))
                .role("arn:aws:iam::111122223333:role/untrusted", role -> role.attach("everything"))
                .role(LINKED, role -> role.attach("everything").trust("trust-config"))
                .resource(bucket("public", ACCOUNT, "public"))
                .resource(bucket("shared", ACCOUNT, "shared"))
                .resource(new GuardedResource(
                        "arn:aws:s3:::acl-bucket",
                        ACCOUNT,
                        Optional.empty(),
                        List.of("arn:aws:s3:::acl-bucket/*"),
                        Map.of(),
                        Optional.of(new AccessControlList(
                                List.of(new AccessControlList.Grant("AllUsers", AccessControlList.Permission.READ)),
                                true,
                                false))))
                .vpcEndpoint("vpce-0get", "endpoint-get")
                .organization(organization())
                .build();
    }

    static AccessRequest request(String principal, String action, String resource, String... context) {
        return RequestReader.ofParts(principal, action, resource, Optional.empty(), List.of(context));
    }

    static AccessRequest with(AccessRequest request, Situation.Facts facts, Optional<List<PolicySource>> session) {
        return new AccessRequest(
                request.principal(),
                request.action(),
                request.resource(),
                request.resourceAccount(),
                request.context(),
                request.resourcePolicy(),
                session,
                facts);
    }
}
