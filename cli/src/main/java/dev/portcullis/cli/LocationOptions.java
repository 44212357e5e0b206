package dev.portcullis.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that name a store, in the three forms that it can have. At most one is of use; commands say which go together. */
final class LocationOptions {

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "A store: store.json with the attachments, policies/*.json.")
    Optional<Path> store = Optional.empty();

    @Option(
            names = "--authorization-details",
            paramLabel = "FILE",
            description = "An account as `aws iam get-account-authorization-details` prints it.")
    Optional<Path> authorizationDetails = Optional.empty();

    @Option(names = "--image", paramLabel = "FILE", description = "A compiled store, as `portcullis compile` saves it.")
    Optional<Path> image = Optional.empty();

    /** Whether one was named. */
    boolean isNamed() {
        return store.isPresent() || authorizationDetails.isPresent() || image.isPresent();
    }

    /** Whether an image was named, and a store as well. */
    boolean isAmbiguous() {
        return image.isPresent() && (store.isPresent() || authorizationDetails.isPresent());
    }
}
