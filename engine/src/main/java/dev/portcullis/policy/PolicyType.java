package dev.portcullis.policy;

/**
 * The place a document is attached to. It decides which elements are required, allowed or refused (rule L8, L26, L57).
 */
public enum PolicyType {
    IDENTITY("identity", "identity-based policy"),
    RESOURCE("resource", "resource-based policy"),
    TRUST("trust", "role trust policy"),
    BOUNDARY("boundary", "permissions boundary"),
    SESSION("session", "session policy"),
    SERVICE_CONTROL("scp", "service control policy"),
    RESOURCE_CONTROL("rcp", "resource control policy"),
    VPC_ENDPOINT("vpc-endpoint", "VPC endpoint policy");

    private final String shortName;
    private final String label;

    PolicyType(String shortName, String label) {
        this.shortName = shortName;
        this.label = label;
    }

    /** The name used on the command line and in JSON output: {@code identity}, {@code scp} … */
    public String shortName() {
        return shortName;
    }

    /** The name AWS uses in access-denied messages (rule E5). */
    public String label() {
        return label;
    }

    /** Whether statements of this type carry a {@code Principal} (or {@code NotPrincipal}) element (rules L57, E10). */
    public boolean namesPrincipals() {
        return switch (this) {
            case RESOURCE, TRUST, RESOURCE_CONTROL, VPC_ENDPOINT -> true;
            case IDENTITY, BOUNDARY, SESSION, SERVICE_CONTROL -> false;
        };
    }
}
