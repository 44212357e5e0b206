package dev.portcullis.corpus;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who a request's principal is, as far as its text tells (rules L60 to L67, L150).
 *
 * @param kind what sort of principal
 * @param text the principal as given
 * @param partition the ARN's partition; empty when it is no ARN
 * @param account the account it belongs to; empty when it is nobody's
 * @param name the name without its path: of the user, the role, the session's role, the federated user; else empty
 * @param session the session's name; empty when it is no role session
 */
record Caller(Kind kind, String text, String partition, String account, String name, String session) {

    private static final String COGNITO = "cognito-identity.amazonaws.com";
    private static final Set<String> BUILT_IN_PROVIDERS =
            Set.of(COGNITO, "www.amazon.com", "graph.facebook.com", "accounts.google.com");

    enum Kind {
        USER,
        /** A role's own ARN. AWS has no such caller; it is read as a session of the role (section 10.8). */
        ROLE,
        ROLE_SESSION,
        FEDERATED_USER,
        ROOT,
        SERVICE,
        /** An OIDC or SAML provider, asking on behalf of someone who is not an AWS principal yet (rule E75). */
        IDENTITY_PROVIDER,
        ANONYMOUS,
        /** Anything else; it has no policies of its own. */
        OTHER
    }

    /** Whether it is a principal of an account: only such requests are signed, and only such have an SCP chain (E50). */
    boolean isOfAccount() {
        return switch (kind) {
            case USER, ROLE, ROLE_SESSION, FEDERATED_USER, ROOT -> true;
            case SERVICE, IDENTITY_PROVIDER, ANONYMOUS, OTHER -> false;
        };
    }

    /** The same where the action is known: {@code cognito-identity.amazonaws.com} is a provider for one only (L66, E75). */
    static Caller of(String principal, String action) {
        Caller caller = of(principal);
        boolean service =
                principal.equals(COGNITO) && !action.toLowerCase(Locale.ROOT).equals("sts:assumerolewithwebidentity");
        return service ? new Caller(Kind.SERVICE, principal, "", "", "", "") : caller;
    }

    static Caller of(String principal) {
        if (principal.equals("anonymous")) {
            return new Caller(Kind.ANONYMOUS, principal, "", "", "", "");
        }
        List<String> parts = Arns.fields(principal);
        if (parts.isEmpty()) {
            Kind kind = BUILT_IN_PROVIDERS.contains(principal)
                    ? Kind.IDENTITY_PROVIDER
                    : principal.contains(":") ? Kind.OTHER : Kind.SERVICE;
            return new Caller(kind, principal, "", "", "", "");
        }
        String account = Arns.account(principal);
        String tail = parts.get(5);
        int slash = tail.indexOf('/');
        String type = slash < 0 ? tail : tail.substring(0, slash);
        String name = tail.substring(tail.lastIndexOf('/') + 1);
        String session = "";
        Kind kind = switch (parts.get(2) + ":" + type) {
            case "iam:root" -> slash < 0 ? Kind.ROOT : Kind.OTHER;
            case "iam:user" -> Kind.USER;
            case "iam:role" -> Kind.ROLE;
            case "iam:oidc-provider", "iam:saml-provider" -> Kind.IDENTITY_PROVIDER;
            case "sts:federated-user" -> Kind.FEDERATED_USER;
            case "sts:assumed-role" -> Kind.ROLE_SESSION;
            default -> Kind.OTHER;
        };
        if (kind == Kind.ROLE_SESSION) {
            int second = tail.indexOf('/', slash + 1);
            if (second < 0) {
                kind = Kind.OTHER;
            } else {
                session = tail.substring(second + 1);
                name = tail.substring(slash + 1, second);
            }
        } else if (slash < 0 && kind != Kind.ROOT) {
            kind = Kind.OTHER;
        }
        return new Caller(kind, principal, parts.get(1), account, name, session);
    }
}
