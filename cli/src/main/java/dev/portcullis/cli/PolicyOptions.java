package dev.portcullis.cli;

import dev.portcullis.Engine;
import dev.portcullis.InvalidImageException;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Policies;
import dev.portcullis.Store;
import dev.portcullis.corpus.EngineQuestions;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that say where policies come from. */
final class PolicyOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Mixin
    private LocationOptions location;

    @Mixin
    private ParameterOptions parameters;

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            description = "The time of requests that don't give it (aws:CurrentTime, aws:EpochTime), such as"
                    + " 2026-01-31T08:00:00Z. Default: the clock.")
    private Optional<Instant> now = Optional.empty();

    @Option(
            names = "--known-principals",
            description = "A user or role that the store doesn't know is an error; by default it just has no"
                    + " identity-based policies.")
    private boolean knownPrincipals;

    /** What tells the time of requests. */
    Clock clock() {
        return now.map(instant -> Clock.fixed(instant, ZoneOffset.UTC)).orElseGet(Clock::systemUTC);
    }

    /** The policies of the store asked for; empty when there is none. */
    Optional<StoreBackground> storeBackground(SemanticsOptions how) {
        if (!namesStore()) {
            if (knownPrincipals) {
                throw new ParameterException(spec.commandLine(), "--known-principals goes with a store");
            }
            return Optional.empty();
        }
        if (location.image.isPresent()) {
            checkAmbiguity();
            if (!how.isCompiled()) {
                throw new ParameterException(
                        spec.commandLine(), "--engine reference needs the policies: an image has only what they say");
            }
            Engine engine = open(location.image.get());
            return Optional.of(new CompiledBackground(
                    EngineQuestions.of(engine, clock(), knownPrincipals),
                    how.semanticsOf(engine),
                    statement -> Optional.empty()));
        }
        Store loaded = store().orElseThrow();
        if (!how.isCompiled()) {
            return Optional.of(new ReferenceBackground(loaded, how.semantics(), clock(), knownPrincipals));
        }
        try {
            return Optional.of(new CompiledBackground(
                    EngineQuestions.of(loaded, clock(), knownPrincipals), how.semantics(), PolicyTexts.of(loaded)));
        } catch (InvalidPolicyException e) {
            throw refused(storeName(), e);
        }
    }

    /** The engine of the store or image asked for, of which there is one; its clock and strictness are those asked for. */
    Engine engine(ReadingOptions readings) {
        checkAmbiguity();
        Engine engine;
        if (location.image.isPresent()) {
            engine = open(location.image.get());
            readings.semanticsOf(engine);
        } else {
            Store loaded = store().orElseThrow();
            try {
                engine = Engine.compile(loaded, readings.semantics());
            } catch (InvalidPolicyException e) {
                throw refused(storeName(), e);
            }
        }
        Engine timed = engine.withClock(clock());
        return knownPrincipals ? timed.refusingUnknownPrincipals() : timed;
    }

    /**
     * An engine from an image.
     *
     * @throws CommandFailure if it can't be opened
     */
    static Engine open(Path image) {
        try {
            return Engine.open(image);
        } catch (InvalidImageException e) {
            throw new CommandFailure(Printable.line(e.getMessage()), e);
        }
    }

    private void checkAmbiguity() {
        if (location.isAmbiguous()) {
            throw new ParameterException(spec.commandLine(), "--image and a store exclude each other");
        }
    }

    /** What the store asked for is called. */
    String storeName() {
        return location.store
                .map(folder -> "the store `" + folder + "`")
                .orElseGet(() -> "`" + location.authorizationDetails.orElseThrow() + "`");
    }

    /** The store asked for; empty when there is none. */
    Optional<Store> store() {
        if (location.store.isPresent() && location.authorizationDetails.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--store and --authorization-details exclude each other");
        }
        if (location.store.isPresent()) {
            return Optional.of(load(location.store.get()));
        }
        return location.authorizationDetails.map(PolicyOptions::loadDetails);
    }

    /** Whether a store was asked for. */
    boolean namesStore() {
        return location.isNamed();
    }

    /** Whether values of placeholders were given. */
    boolean namesParameters() {
        return !parameters.values().isEmpty();
    }

    /** The values of placeholders. */
    Map<String, String> parameters() {
        return parameters.values();
    }

    static Store load(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(Printable.line(
                    "`" + folder + "` is no folder; a store is a folder with store.json and policies/*.json"));
        }
        try {
            return Store.load(folder);
        } catch (InvalidPolicyException e) {
            throw refused("the store `" + folder + "`", e);
        }
    }

    static Store loadDetails(Path file) {
        try {
            return Store.fromAuthorizationDetails(file);
        } catch (InvalidPolicyException e) {
            throw refused("`" + file + "`", e);
        }
    }

    static CommandFailure refused(String what, InvalidPolicyException e) {
        return new CommandFailure(Printable.line(what) + " is refused\n" + errors(e.diagnostics(), e::source), e);
    }

    /**
     * Reads and checks documents; all that is wrong with any of them is told at once.
     *
     * @throws CommandFailure if one can't be read or is refused
     */
    static List<PolicySource> documents(
            List<Path> files, PolicyType type, Map<String, String> parameters, Terminal terminal) {
        List<PolicySource> documents = new ArrayList<>();
        List<Diagnostic> found = new ArrayList<>();
        for (Path file : files) {
            byte[] bytes = InputFile.document(file, terminal);
            String name = file.toString();
            found.addAll(
                    Policies.read(name, type, bytes, Checks.NEW, parameters).diagnostics());
            documents.add(PolicySource.of(name, new String(bytes, StandardCharsets.UTF_8)));
        }
        if (found.stream().anyMatch(Diagnostic::isError)) {
            Map<String, String> texts = documents.stream()
                    .collect(Collectors.toMap(PolicySource::name, PolicySource::text, (one, same) -> one));
            throw new CommandFailure("a policy is refused\n"
                    + errors(found, finding -> Optional.ofNullable(texts.get(finding.policyName()))));
        }
        return documents;
    }

    private static String errors(List<Diagnostic> diagnostics, Function<Diagnostic, Optional<String>> source) {
        return diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(diagnostic -> DiagnosticText.plain(diagnostic, source.apply(diagnostic)))
                .collect(Collectors.joining("\n"));
    }
}
