package dev.portcullis.corpus.synthetic;

import java.util.List;
import java.util.Optional;

/** Who asks a synthetic request. */
public enum CallerKind {

    /** A user, or a session of a role, with all that it has been given. */
    PRINCIPAL("principal"),

    /** A session of a role that was narrowed by session policies when it began (rules E38, E39). */
    NARROWED_SESSION("narrowed-session"),

    /**
     * A session of a role that trusts an identity provider: someone signed in by SAML or OpenID Connect. Some are narrowed by
     * session policies.
     */
    FEDERATED_SESSION("federated-session"),

    /**
     * A federated user, whose session a user made with {@code GetFederationToken}: it has that user's policies as far as
     * session policies let it, and none without (rules E18, E19, E40).
     */
    FEDERATED_USER("federated-user"),

    /** An AWS service, which only resource-based and trust policies let in (rules E28, E74, E98). */
    SERVICE("service"),

    /** A SAML or OpenID Connect provider, for someone who wants a session of a role (rule E75). */
    IDENTITY_PROVIDER("identity-provider");

    private final String label;

    CallerKind(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }

    /** The kind of that name. */
    public static Optional<CallerKind> of(String label) {
        return List.of(values()).stream()
                .filter(kind -> kind.label.equals(label))
                .findFirst();
    }
}
