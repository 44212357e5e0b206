package dev.portcullis.corpus.generate;

import dev.portcullis.corpus.generate.PolicyDraft.PrincipalName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The accounts, principals and endpoints of generated stores. */
final class Names {

    static final List<String> ACCOUNTS = List.of("111122223333", "444455556666", "999999999999");

    static final List<String> USERS = List.of(
            "arn:aws:iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:user/team/bob",
            "arn:aws:iam::444455556666:user/alice",
            "arn:aws-cn:iam::111122223333:user/alice");

    static final List<String> ROLES = List.of(
            "arn:aws:iam::111122223333:role/dev",
            "arn:aws:iam::111122223333:role/team/admin",
            "arn:aws:iam::444455556666:role/dev",
            "arn:aws:iam::111122223333:role/aws-service-role/q.amazonaws.com/AWSServiceRoleForQ",
            "arn:aws-cn:iam::111122223333:role/dev");

    static final List<String> GROUPS =
            List.of("arn:aws:iam::111122223333:group/developers", "arn:aws:iam::111122223333:group/team/others");

    static final List<String> USER_IDS = List.of("AIDAEXAMPLE000000001", "AIDAEXAMPLE000000002");
    static final List<String> ROLE_IDS = List.of("AROAEXAMPLE000000001", "AROAEXAMPLE000000002");

    static final String CANONICAL_ID = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

    static final List<String> ENDPOINTS = List.of("vpce-0aaa", "vpce-0bbb", "vpce-0ccc");

    /** Whoever may ask, known to a store or not. */
    static final List<String> CALLERS = Stream.of(
                    USERS,
                    ROLES,
                    ROLES.stream().map(role -> session(role, "s1")).toList(),
                    ROLES.stream().map(role -> session(role, "s2")).toList(),
                    USERS.stream().map(Names::federatedUser).toList(),
                    ACCOUNTS.stream()
                            .map(account -> "arn:aws:iam::" + account + ":root")
                            .toList(),
                    List.of(
                            "anonymous",
                            "arn:aws-cn:iam::111122223333:root",
                            "sns.amazonaws.com",
                            "logging.s3.amazonaws.com",
                            "cognito-identity.amazonaws.com",
                            "accounts.google.com",
                            "www.amazon.com",
                            "arn:aws:iam::111122223333:saml-provider/idp",
                            "arn:aws:iam::111122223333:oidc-provider/token.example.com",
                            "arn:aws:iam::111122223333:user/unknown",
                            "arn:aws:iam::111122223333:user/Alice",
                            "arn:aws:iam::111122223333:role/other/dev",
                            "arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/Unknown",
                            "arn:aws:sts::111122223333:assumed-role/unknown/s1",
                            "arn:aws:sts::111122223333:federated-user/carol"))
            .flatMap(List::stream)
            .toList();

    /** Texts that are nobody who can ask. */
    static final List<String> NOBODY = List.of(
            "",
            "alice",
            "arn:aws:iam::111122223333:group/developers",
            "arn:aws:iam::11112222333:user/alice",
            "arn:aws:iam:us-east-1:111122223333:user/alice",
            "arn:aws:iam::111122223333:user/",
            "arn:aws:iam::111122223333:user",
            "arn:aws:sts::111122223333:assumed-role/dev",
            "arn:aws:sts::111122223333:assumed-role/dev/s1/x",
            "arn:aws:sts::111122223333:assumed-role//s1",
            "arn:aws:sts::111122223333:federated-user/a/b",
            "arn::iam::111122223333:user/alice",
            "arn:aws:iam::111122223333:root/x",
            "a..b",
            ".a.b",
            "a b.c",
            "arn:aws:s3:::models");

    /** What principal elements name. */
    static final List<PrincipalName> PRINCIPALS = principals();

    private Names() {}

    private static List<PrincipalName> principals() {
        List<PrincipalName> names = new ArrayList<>();
        for (String account : ACCOUNTS) {
            names.add(new PrincipalName("AWS", account));
            names.add(new PrincipalName("AWS", "arn:aws:iam::" + account + ":root"));
        }
        Stream.of(USERS, ROLES, USER_IDS, ROLE_IDS, GROUPS)
                .flatMap(List::stream)
                .forEach(text -> names.add(new PrincipalName("AWS", text)));
        for (String role : ROLES) {
            names.add(new PrincipalName("AWS", session(role, "s1")));
        }
        for (String user : USERS) {
            names.add(new PrincipalName("AWS", federatedUser(user)));
        }
        for (String text : List.of(
                "*",
                "arn:aws:iam::111122223333:role/*",
                "arn:aws-cn:iam::111122223333:root",
                "arn:aws:iam::111122223333:user/carol",
                "arn:aws:iam::111122223333:role/other/dev",
                "arn:aws:iam::111122223333:user/unknown")) {
            names.add(new PrincipalName("AWS", text));
        }
        for (String service :
                List.of("sns.amazonaws.com", "logging.s3.amazonaws.com", "cognito-identity.amazonaws.com")) {
            names.add(new PrincipalName("Service", service));
        }
        for (String provider : List.of(
                "accounts.google.com",
                "cognito-identity.amazonaws.com",
                "arn:aws:iam::111122223333:saml-provider/idp",
                "arn:aws:iam::111122223333:oidc-provider/token.example.com")) {
            names.add(new PrincipalName("Federated", provider));
        }
        names.add(new PrincipalName("CanonicalUser", CANONICAL_ID));
        return List.copyOf(names);
    }

    /** The ARN of a role's session: it lacks the role's path (rule E25). */
    static String session(String role, String session) {
        String[] fields = role.split(":", 6);
        return "arn:" + fields[1] + ":sts::" + fields[4] + ":assumed-role/"
                + fields[5].substring(fields[5].lastIndexOf('/') + 1) + "/" + session;
    }

    /** The ARN of a federated user of the same name as a user. */
    static String federatedUser(String user) {
        String[] fields = user.split(":", 6);
        return "arn:" + fields[1] + ":sts::" + fields[4] + ":federated-user/"
                + fields[5].substring(fields[5].lastIndexOf('/') + 1);
    }
}
