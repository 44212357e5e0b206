package dev.portcullis.sidecar.options;

import java.nio.file.Path;

/**
 * Where policies are.
 *
 * @param path a store's folder, or a file
 * @param kind which
 */
public record PolicyLocation(Path path, Kind kind) {

    /** What can be there. */
    public enum Kind {
        /** A folder with {@code store.json} and {@code policies/*.json}. */
        STORE,
        /** A file as {@code aws iam get-account-authorization-details} prints it. */
        AUTHORIZATION_DETAILS,
        /** A saved engine. */
        IMAGE
    }
}
