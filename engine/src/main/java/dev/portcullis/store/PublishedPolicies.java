package dev.portcullis.store;

import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Policies that AWS itself publishes and that a store may name without holding them. */
final class PublishedPolicies {

    /**
     * One of them.
     *
     * @param text its document, as AWS publishes it
     * @param types what it can be attached as
     */
    record Published(String text, Set<PolicyType> types) {}

    /** Attached to every level and not detachable (rule E54): the one RCP that allows (rules L26, E60). */
    static final String RCP_FULL_AWS_ACCESS = "RCPFullAWSAccess";

    private static final Map<String, Published> BY_NAME = new TreeMap<>(Map.of(
            "FullAWSAccess",
            read("FullAWSAccess", EnumSet.of(PolicyType.SERVICE_CONTROL)),
            RCP_FULL_AWS_ACCESS,
            read(RCP_FULL_AWS_ACCESS, EnumSet.of(PolicyType.RESOURCE_CONTROL)),
            "AdministratorAccess",
            read("AdministratorAccess", EnumSet.of(PolicyType.IDENTITY, PolicyType.BOUNDARY))));

    private PublishedPolicies() {}

    static Optional<Published> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static Published read(String name, Set<PolicyType> types) {
        String resource = "published/" + name + ".json";
        try (InputStream stream = PublishedPolicies.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the engine: " + resource);
            }
            return new Published(new String(stream.readAllBytes(), StandardCharsets.UTF_8), types);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
