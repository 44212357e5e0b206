package dev.portcullis.sidecar.mapping;

import java.util.List;

/**
 * What a request is about.
 *
 * @param action {@code service:Name}
 * @param resource an ARN or {@code *}
 * @param context keys of this action alone: name, value, name, value …
 */
public record Target(String action, String resource, List<String> context) {

    static Target of(String action, String resource) {
        return new Target(action, resource, List.of());
    }
}
