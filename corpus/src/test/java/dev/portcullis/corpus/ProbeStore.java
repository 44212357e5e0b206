package dev.portcullis.corpus;

import dev.portcullis.Store;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store whose policies have a statement for each condition on a context key that AWS supplies: action {@code probe:AllowN}
 * is allowed where condition N holds, {@code probe:DenyN} is denied there and allowed elsewhere.
 */
final class ProbeStore {

    static final String ACCOUNT = "111122223333";
    static final String OTHER = "444455556666";
    static final String OUTSIDE = "777788889999";
    static final String MANAGEMENT = "999999999999";

    /** Conditions, each the inside of a Condition element. */
    static final List<String> CONDITIONS = conditions();

    /** Whom requests come from; the last few the store doesn't know. */
    static final List<String> PRINCIPALS = List.of(
            "arn:aws:iam::111122223333:user/team/alice",
            "arn:aws:iam::111122223333:user/bob",
            "arn:aws:iam::444455556666:user/eve",
            "arn:aws:iam::777788889999:user/mallory",
            "arn:aws:iam::999999999999:user/root-admin",
            "arn:aws:iam::111122223333:role/service/app",
            "arn:aws:sts::111122223333:assumed-role/app/s1",
            "arn:aws:sts::444455556666:assumed-role/Ännchen/s:2",
            "arn:aws:sts::111122223333:federated-user/jo",
            "arn:aws:iam::111122223333:root",
            "arn:aws:iam::999999999999:root",
            "sns.amazonaws.com",
            "cognito-identity.amazonaws.com",
            "accounts.google.com",
            "arn:aws:iam::111122223333:saml-provider/Okta",
            "anonymous",
            "arn:aws:iam::111122223333:user/stranger",
            "arn:aws:sts::111122223333:assumed-role/nobody/s",
            "arn:aws:iam::444455556666:role/aws-service-role/x.amazonaws.com/Linked",
            "arn:aws:sts::000000000042:federated-user/nobody");

    static final List<String> RESOURCES = List.of(
            "*",
            "arn:aws:s3:::bucket",
            "arn:aws:s3:::bucket/key",
            "arn:aws:s3:::tagged/key",
            "arn:aws:s3:::elsewhere/key",
            "arn:aws:sqs:eu-west-1:444455556666:queue",
            "arn:aws:sqs:eu-west-1:777788889999:queue",
            "arn:aws:kms:eu-west-1:999999999999:key/k",
            "arn:aws:iam::111122223333:role/service/app",
            "arn:aws:iam::111122223333:user/team/alice");

    /** Principals that every policy of the store asks the same of. */
    static final List<String> TELLING = List.of(
            "arn:aws:iam::111122223333:user/team/alice",
            "arn:aws:iam::111122223333:user/bob",
            "arn:aws:iam::777788889999:user/mallory",
            "arn:aws:iam::111122223333:role/service/app",
            "arn:aws:sts::111122223333:assumed-role/app/s1",
            "sns.amazonaws.com",
            "cognito-identity.amazonaws.com",
            "anonymous");

    /** Resources with a policy. */
    static final List<String> GUARDED = List.of(
            "arn:aws:s3:::bucket",
            "arn:aws:s3:::bucket/key",
            "arn:aws:s3:::tagged/key",
            "arn:aws:sqs:eu-west-1:444455556666:queue",
            "arn:aws:sqs:eu-west-1:777788889999:queue");

    private ProbeStore() {}

    private static List<String> conditions() {
        List<String> all = new ArrayList<>();
        both(all, "aws:PrincipalArn", "arn:aws:iam::111122223333:role/service/app", "arn:aws:*user/*");
        both(all, "aws:PrincipalAccount", ACCOUNT, "anonymous");
        both(all, "aws:PrincipalType", "User", "A*");
        both(all, "aws:userid", "AROAAPP:s1", "A*A*");
        both(all, "AWS:UserName", "alice", "b?b");
        both(all, "aws:PrincipalOrgID", "o-example", "o-e*");
        listed(all, "aws:PrincipalOrgPaths", "o-example/r-ab12/ou-ab12-11111111/", "o-example/r-ab12/*");
        both(all, "aws:PrincipalIsAWSService", "true", "f*");
        both(all, "aws:PrincipalServiceName", "sns.amazonaws.com", "*.amazonaws.com");
        listed(all, "aws:PrincipalServiceNamesList", "sns.amazonaws.com", "cognito*");
        both(all, "aws:PrincipalTag/team", "red", "*e*");
        both(all, "aws:PrincipalTag/Größe", "L", "?");
        both(all, "aws:ResourceAccount", OTHER, "1*");
        both(all, "aws:ResourceOrgID", "o-example", "?-*");
        listed(all, "aws:ResourceOrgPaths", "o-example/r-ab12/ou-ab12-22222222/", "*11111111/");
        both(all, "aws:ResourceTag/team", "red", "*u*");
        both(all, "aws:ResourceTag/nowhere", "x", "*");
        both(all, "aws:CurrentTime", "2026-03-04T05:06:07Z", "2020*");
        both(all, "aws:EpochTime", "1772600767", "-*");
        both(all, "aws:ViaAWSService", "true", "fals?");
        both(all, "aws:CalledViaFirst", "cloudformation.amazonaws.com", "*f*");
        both(all, "aws:CalledViaLast", "dynamodb.amazonaws.com", "cloud*");
        all.add("\"DateGreaterThan\":{\"aws:CurrentTime\":\"2021-01-01T00:00:00Z\"}");
        all.add("\"DateLessThan\":{\"aws:EpochTime\":\"2021-01-01T00:00:00Z\"}");
        all.add("\"NumericLessThan\":{\"aws:EpochTime\":\"1600000000\"}");
        all.add("\"Bool\":{\"aws:ViaAWSService\":\"false\"}");
        all.add("\"BoolIfExists\":{\"aws:PrincipalIsAWSService\":\"true\"}");
        all.add("\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:user/*\"}");
        all.add("\"ArnNotLike\":{\"aws:PrincipalArn\":\"arn:aws:*::111122223333:*\"}");
        all.add("\"StringEquals\":{\"aws:ResourceAccount\":\"${aws:PrincipalAccount}\"}");
        all.add("\"StringNotEquals\":{\"aws:ResourceOrgID\":\"${aws:PrincipalOrgID}\"}");
        all.add("\"StringEquals\":{\"aws:PrincipalTag/team\":\"${aws:ResourceTag/Team}\"}");
        all.add("\"StringLike\":{\"aws:PrincipalArn\":\"*/${aws:username}\"}");
        all.add("\"StringNotLike\":{\"aws:PrincipalArn\":\"*/${aws:username, 'app'}\"}");
        all.add("\"StringEquals\":{\"aws:CurrentTime\":\"${aws:CurrentTime}\"}");
        all.add("\"StringEqualsIgnoreCase\":{\"aws:PrincipalTag/team\":\"${aws:PrincipalTag/TEAM}\"}");
        all.add("\"StringEquals\":{\"aws:PrincipalOrgPaths\":\"o-example/r-ab12/ou-ab12-11111111/\"}");
        return List.copyOf(all);
    }

    /** Of a single-valued key: equal, not equal, like, not like, absent, present. */
    private static void both(List<String> all, String key, String value, String pattern) {
        all.add("\"StringEquals\":{\"" + key + "\":\"" + value + "\"}");
        all.add("\"StringNotEquals\":{\"" + key + "\":\"" + value + "\"}");
        all.add("\"StringLike\":{\"" + key + "\":[\"-\",\"" + pattern + "\"]}");
        all.add("\"StringNotLikeIfExists\":{\"" + key + "\":\"" + pattern + "\"}");
        all.add("\"Null\":{\"" + key + "\":\"true\"}");
    }

    private static void listed(List<String> all, String key, String value, String pattern) {
        all.add("\"ForAnyValue:StringEquals\":{\"" + key + "\":\"" + value + "\"}");
        all.add("\"ForAllValues:StringNotEquals\":{\"" + key + "\":\"" + value + "\"}");
        all.add("\"ForAnyValue:StringLike\":{\"" + key + "\":\"" + pattern + "\"}");
        all.add("\"ForAllValues:StringNotLike\":{\"" + key + "\":\"" + pattern + "\"}");
        all.add("\"Null\":{\"" + key + "\":\"false\"}");
    }

    /** A document with a pair of statements for each condition. */
    static String probes(String principal, String resource) {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < CONDITIONS.size(); i++) {
            String rest = principal + resource;
            String condition = ",\"Condition\":{" + CONDITIONS.get(i) + "}}";
            statements.add("{\"Effect\":\"Allow\",\"Action\":\"probe:Allow" + i + "\"," + rest + condition);
            statements.add("{\"Effect\":\"Deny\",\"Action\":\"probe:Deny" + i + "\"," + rest + condition);
        }
        statements.add("{\"Effect\":\"Allow\",\"Action\":\"probe:Deny*\"," + principal + resource + "}");
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",\n", statements) + "]}";
    }

    static String everyone() {
        return "\"Principal\":\"*\",";
    }

    static String everything() {
        return "\"Resource\":\"*\"";
    }

    private static GuardedResource resource(String arn, String account, String policy, Map<String, String> tags) {
        return new GuardedResource(
                arn,
                account,
                Optional.of(policy),
                arn.startsWith("arn:aws:s3") ? List.of(arn + "/*") : List.of(),
                tags,
                Optional.empty());
    }

    private static Organization.Unit unit(String id, String name, Organization.Account... accounts) {
        return new Organization.Unit(id, name, List.of("FullAWSAccess"), List.of(), List.of(accounts), List.of());
    }

    private static Organization.Account account(String id) {
        return new Organization.Account(id, List.of("FullAWSAccess"), List.of());
    }

    static Store store() {
        return Store.builder()
                .policy("probes", probes("", everything()))
                .policy("guarding-probes", probes(everyone(), everything()))
                .user(
                        "arn:aws:iam::111122223333:user/team/alice",
                        user -> user.attach("probes")
                                .tag("Team", "red")
                                .tag("größe", "L")
                                .uniqueId("AIDA1234567890ALICE00"))
                .user(
                        "arn:aws:iam::111122223333:user/bob",
                        user -> user.attach("probes").tag("team", "blue"))
                .user("arn:aws:iam::444455556666:user/eve", user -> user.attach("probes"))
                .user("arn:aws:iam::777788889999:user/mallory", user -> user.attach("probes"))
                .user("arn:aws:iam::999999999999:user/root-admin", user -> user.attach("probes"))
                .role(
                        "arn:aws:iam::111122223333:role/service/app",
                        role -> role.attach("probes")
                                .tag("team", "red")
                                .tag("tier", "web")
                                .uniqueId("AROAAPP"))
                .role(
                        "arn:aws:iam::444455556666:role/a/b/Linked",
                        role -> role.attach("probes").tag("GRÖSSE", "XL"))
                .resource(resource("arn:aws:s3:::bucket", ACCOUNT, "guarding-probes", Map.of("TEAM", "red")))
                .resource(resource("arn:aws:s3:::tagged", OTHER, "guarding-probes", Map.of()))
                .resource(new GuardedResource(
                        "arn:aws:s3:::tagged/key",
                        OTHER,
                        Optional.empty(),
                        List.of(),
                        Map.of("team", "blue"),
                        Optional.of(new AccessControlList(List.of(), true, false))))
                .resource(resource(
                        "arn:aws:sqs:eu-west-1:444455556666:queue", OTHER, "guarding-probes", Map.of("team", "blue")))
                .resource(resource("arn:aws:sqs:eu-west-1:777788889999:queue", OUTSIDE, "guarding-probes", Map.of()))
                .resource(resource("arn:aws:kms:eu-west-1:999999999999:key/k", MANAGEMENT, "guarding-probes", Map.of()))
                .organization(new Organization(
                        "o-example",
                        MANAGEMENT,
                        new Organization.Unit(
                                "r-ab12",
                                "Root",
                                List.of("FullAWSAccess"),
                                List.of(),
                                List.of(),
                                List.of(
                                        unit("ou-ab12-11111111", "Workloads", account(ACCOUNT)),
                                        unit("ou-ab12-22222222", "Sandbox", account(OTHER)),
                                        unit("", "Nameless", account("000000000042"))))))
                .build();
    }
}
