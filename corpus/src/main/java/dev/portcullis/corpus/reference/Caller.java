package dev.portcullis.corpus.reference;

import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as the request's principal says.
 *
 * @param kind what kind of caller
 * @param text the principal as given
 * @param partition the ARN's partition; empty for callers without an ARN
 * @param account the caller's account; empty for callers that belong to none
 * @param userName the last part of a user's name, or a federated user's name; else empty
 * @param roleName the role of a session, without path; else empty
 */
record Caller(Kind kind, String text, String partition, String account, String userName, String roleName) {

    /** L66: providers that have a name and no ARN. */
    private static final Set<String> BUILT_IN_PROVIDERS =
            Set.of("www.amazon.com", "graph.facebook.com", "accounts.google.com");

    /** What kind of caller. */
    enum Kind {
        ROOT_USER,
        USER,
        /** A role session ({@code assumed-role}), or a bare role read as one of its sessions. */
        ROLE_SESSION,
        FEDERATED_USER,
        SERVICE,
        /** A SAML or OIDC provider: AssumeRoleWithSAML, AssumeRoleWithWebIdentity (rule E75). */
        IDENTITY_PROVIDER,
        ANONYMOUS
    }

    /** Reads a request's principal; empty when it is nobody who can ask. */
    static Optional<Caller> of(String principal, String action) {
        if (principal.equals("anonymous")) {
            return Optional.of(without(Kind.ANONYMOUS, principal));
        }
        if (isBuiltInProvider(principal, action)) {
            return Optional.of(without(Kind.IDENTITY_PROVIDER, principal));
        }
        if (isServiceName(principal)) {
            return Optional.of(without(Kind.SERVICE, principal));
        }
        return ArnParts.of(principal).flatMap(arn -> ofArn(principal, arn));
    }

    private static Caller without(Kind kind, String text) {
        return new Caller(kind, text, "", "", "", "");
    }

    /** L66; `cognito-identity.amazonaws.com` is a service as well, and a provider only where one asks. */
    private static boolean isBuiltInProvider(String principal, String action) {
        return BUILT_IN_PROVIDERS.contains(principal)
                || (principal.equals("cognito-identity.amazonaws.com")
                        && Letters.lowerAscii(action).equals("sts:assumerolewithwebidentity"));
    }

    /** L67: names with dots, usually under amazonaws.com. */
    private static boolean isServiceName(String text) {
        boolean dot = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || Digits.isDigit(c) || c == '-' || c == '_';
            boolean innerDot = c == '.' && i > 0 && i < text.length() - 1 && text.charAt(i - 1) != '.';
            if (!word && !innerDot) {
                return false;
            }
            dot = dot || innerDot;
        }
        return dot;
    }

    private static Optional<Caller> ofArn(String text, ArnParts arn) {
        // L70: a wildcard in a policy's principal must never find its like in a request.
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            return Optional.empty();
        }
        if (arn.partition().isEmpty() || !arn.region().isEmpty() || !Digits.isAccount(arn.account())) {
            return Optional.empty();
        }
        String[] path = arn.resource().split("/", -1);
        String name = path[path.length - 1];
        if (path.length > 1 && name.isEmpty()) {
            return Optional.empty();
        }
        if (arn.service().equals("iam")) {
            return switch (path[0]) {
                case "root" ->
                    path.length == 1 ? Optional.of(with(Kind.ROOT_USER, text, arn, "", "")) : Optional.empty();
                case "user" -> path.length > 1 ? Optional.of(with(Kind.USER, text, arn, name, "")) : Optional.empty();
                case "role" ->
                    path.length > 1 ? Optional.of(with(Kind.ROLE_SESSION, text, arn, "", name)) : Optional.empty();
                case "saml-provider", "oidc-provider" ->
                    path.length > 1 ? Optional.of(with(Kind.IDENTITY_PROVIDER, text, arn, "", "")) : Optional.empty();
                default -> Optional.empty();
            };
        }
        if (arn.service().equals("sts")) {
            boolean session = path[0].equals("assumed-role") && path.length == 3 && !path[1].isEmpty();
            if (session) {
                return Optional.of(with(Kind.ROLE_SESSION, text, arn, "", path[1]));
            }
            if (path[0].equals("federated-user") && path.length == 2) {
                return Optional.of(with(Kind.FEDERATED_USER, text, arn, name, ""));
            }
        }
        return Optional.empty();
    }

    private static Caller with(Kind kind, String text, ArnParts arn, String userName, String roleName) {
        return new Caller(kind, text, arn.partition(), arn.account(), userName, roleName);
    }

    /** Whether an account's principal asks: it has layers of its own and its account must agree. */
    boolean isPrincipalOfAccount() {
        return switch (kind) {
            case ROOT_USER, USER, ROLE_SESSION, FEDERATED_USER -> true;
            case SERVICE, IDENTITY_PROVIDER, ANONYMOUS -> false;
        };
    }

    /** Whether the principal is a role's ARN, which AWS never sees as a caller (section 10.8). */
    boolean isBareRole() {
        return kind == Kind.ROLE_SESSION && text.startsWith("arn:" + partition + ":iam:");
    }
}
