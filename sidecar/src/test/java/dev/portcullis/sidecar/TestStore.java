package dev.portcullis.sidecar;

import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.SidecarLimits;
import dev.portcullis.sidecar.options.SidecarOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/** A store on disk for one test. */
final class TestStore {

    static final String ALICE = "arn:aws:iam::111122223333:user/alice";

    /** As in earnest, but a test may share its machine with others: being late is no reason to deny. */
    static final SidecarLimits LIMITS = SidecarLimits.DEFAULTS.withShedAfter(Duration.ofMinutes(1));

    private final Path folder;

    /** Alice may do what the policy says. */
    TestStore(Path folder, String policy) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("policies"));
        write("policies/own.json", policy);
        write("store.json", """
                {"users": {"%s": {"policies": ["own"], "tags": {"team": "q"}}}}""".formatted(ALICE));
    }

    /** A policy with one statement of that effect for that action. */
    static String statement(String effect, String action) {
        return """
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "One", "Effect": "%s", "Action": "%s", "Resource": "*"}]}""".formatted(effect, action);
    }

    Path folder() {
        return folder;
    }

    /** Replaces a file in one step. */
    void write(String name, String text) throws IOException {
        Path fresh = folder.resolve("." + name.replace('/', '_') + ".new");
        Files.writeString(fresh, text);
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    PolicyLocation location() {
        return new PolicyLocation(folder, PolicyLocation.Kind.STORE);
    }

    /** Options for a test: any free loopback ports, files looked at often, little patience at the end. */
    SidecarOptions options() {
        return SidecarOptions.of(location())
                .limits(LIMITS)
                .http(List.of(SidecarOptions.loopback(0)))
                .grpc(List.of(SidecarOptions.loopback(0)))
                .reloadInterval(Duration.ofMillis(20))
                .drainTime(Duration.ofSeconds(2));
    }
}
