package dev.portcullis.sidecar.decision;

import dev.portcullis.Engine;
import dev.portcullis.InvalidImageException;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Store;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.live.Fingerprint;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.live.Source;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.PolicyLocation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads policies from where they are.
 *
 * @param location a store's folder, an account as AWS prints it, or an image
 * @param semantics how contested points are read; an image has its own
 * @param knownPrincipals whether to refuse principals that the store doesn't know
 * @param clock what conditions on dates go by where a question doesn't say
 */
public record PolicySource(PolicyLocation location, Semantics semantics, boolean knownPrincipals, InstantSource clock)
        implements Source<Policies> {

    private static final int PROBLEMS = 20;

    @Override
    public String fingerprint() throws IOException {
        Path path = location.path();
        return Fingerprint.of(
                location.kind() == Kind.STORE
                        ? List.of(path.resolve("store.json"), path.resolve("policies"))
                        : List.of(path));
    }

    @Override
    public Policies load() throws LoadException {
        Path path = location.path();
        try {
            return switch (location.kind()) {
                case STORE -> compiled(Store.load(path));
                case AUTHORIZATION_DETAILS -> compiled(Store.fromAuthorizationDetails(path));
                case IMAGE -> policies(Engine.open(path), Optional.empty());
            };
        } catch (InvalidImageException e) {
            throw new LoadException(e.getMessage(), e);
        } catch (InvalidPolicyException e) {
            throw new LoadException(path + " is refused:\n" + problems(e.diagnostics()), e);
        } catch (UncheckedIOException e) {
            throw new LoadException(path + " can't be read: " + e.getCause().getMessage(), e);
        }
    }

    private Policies compiled(Store store) {
        return policies(Engine.compile(store, semantics), Optional.of(store));
    }

    private Policies policies(Engine engine, Optional<Store> store) {
        Engine timed = engine.withClock(clock);
        return new Policies(knownPrincipals ? timed.refusingUnknownPrincipals() : timed, store);
    }

    private static String problems(List<Diagnostic> diagnostics) {
        List<Diagnostic> errors =
                diagnostics.stream().filter(Diagnostic::isError).toList();
        String first = errors.stream().limit(PROBLEMS).map(Diagnostic::summary).collect(Collectors.joining("\n"));
        return errors.size() <= PROBLEMS ? first : first + "\nand " + (errors.size() - PROBLEMS) + " more";
    }
}
