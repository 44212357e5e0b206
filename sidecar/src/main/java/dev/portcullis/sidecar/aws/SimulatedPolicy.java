package dev.portcullis.sidecar.aws;

import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;

/**
 * A policy that takes part in a simulation.
 *
 * @param id what the answer calls it (rule S2)
 * @param document it, as given: positions count in its text
 */
record SimulatedPolicy(String id, PolicyDocument document) {

    /** What the answer calls its kind (rule S2). */
    String type() {
        return type(document.type());
    }

    static String type(PolicyType type) {
        return switch (type) {
            case BOUNDARY -> "Permissions Boundary Policy";
            case RESOURCE, TRUST, RESOURCE_CONTROL, VPC_ENDPOINT -> "Resource Policy";
            case IDENTITY, SESSION, SERVICE_CONTROL -> "IAM Policy";
        };
    }
}
