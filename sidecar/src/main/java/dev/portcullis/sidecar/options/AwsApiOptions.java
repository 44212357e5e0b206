package dev.portcullis.sidecar.options;

import java.util.Map;
import java.util.Optional;

/**
 * AWS's own APIs: the policy simulator and {@code sts:GetCallerIdentity}. Signatures of requests are not verified; an access
 * key id only says who the client wants to be.
 *
 * @param reach who is answered
 * @param principal the ARN that every client stands for whose access key id isn't listed; empty: the root user of an
 *     account of the store
 * @param accessKeys ARNs of principals by access key id
 */
public record AwsApiOptions(Reach reach, Optional<String> principal, Map<String, String> accessKeys) {

    /** Clients of this machine, all standing for the store's account. */
    public static final AwsApiOptions DEFAULTS = new AwsApiOptions(Reach.LOOPBACK, Optional.empty(), Map.of());

    public AwsApiOptions {
        accessKeys = Map.copyOf(accessKeys);
    }

    /** Who is answered. */
    public enum Reach {
        /** Nobody. */
        OFF,
        /** Clients of this machine: loopback addresses and Unix domain sockets. */
        LOOPBACK,
        /** Whoever reaches the port. */
        ANYWHERE
    }
}
