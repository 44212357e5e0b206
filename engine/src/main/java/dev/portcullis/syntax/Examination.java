package dev.portcullis.syntax;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PolicyVersion;

/**
 * What all checks of one document share.
 *
 * @param version what the document is read as
 */
record Examination(PolicyType type, Checks checks, PolicyVersion version, Texts texts, Findings findings) {

    /** Whether {@code ${…}} is a policy variable (rules L136, L145). */
    boolean hasVariables() {
        return version == PolicyVersion.V2012_10_17;
    }

    /** Whether the document is a resource-based one of IAM itself, or is attached to an identity. */
    boolean isOfIam() {
        return isOfIam(type);
    }

    static boolean isOfIam(PolicyType type) {
        return switch (type) {
            case IDENTITY, BOUNDARY, SESSION, TRUST -> true;
            case RESOURCE, SERVICE_CONTROL, RESOURCE_CONTROL, VPC_ENDPOINT -> false;
        };
    }

    /** The type with its article: {@code an identity-based policy}. */
    String aType() {
        return aType(type);
    }

    static String aType(PolicyType type) {
        return (type == PolicyType.IDENTITY ? "an " : "a ") + type.label();
    }
}
