package dev.portcullis.cli;

import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Compiles a store: to an image, to a listing, or both. */
@Command(
        name = "compile",
        description = "Compiles a store into an image, which opens without reading a policy; or lists what it is"
                + " compiled to.",
        sortOptions = false,
        customSynopsis = {
            "portcullis compile (DIR | --authorization-details FILE) -o IMAGE [--semantics POINT=BOOL]...",
            "   or: portcullis compile (DIR | --authorization-details FILE | --image FILE) --listing STAGE%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis compile examples/amazon-q -o amazon-q.image",
            "  portcullis decide --image amazon-q.image --principal arn:aws:iam::111122223333:user/alice \\",
            "      --action q:SendMessage",
            "  portcullis compile examples/amazon-q --listing rules",
            "",
            "Exit codes: 0 compiled, 2 error."
        })
final class CompileCommand implements Callable<Integer> {

    /** Stages that can be listed. */
    enum Stage {
        RULES,
        AUTOMATON
    }

    @ParentCommand
    private Portcullis portcullis;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "A store: store.json with the attachments, policies/*.json.")
    private Optional<Path> store = Optional.empty();

    @Option(
            names = "--authorization-details",
            paramLabel = "FILE",
            description = "An account as `aws iam get-account-authorization-details` prints it.")
    private Optional<Path> authorizationDetails = Optional.empty();

    @Option(names = "--image", paramLabel = "FILE", description = "An image, to be listed.")
    private Optional<Path> image = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "IMAGE",
            description = "The file to save the image to; an old one is replaced in one step.")
    private Optional<Path> output = Optional.empty();

    @Option(
            names = "--listing",
            paramLabel = "STAGE",
            description =
                    "Print what a stage of compiling made: rules, statement by statement, or automaton, the tables"
                            + " that decisions walk.")
    private Optional<Stage> listing = Optional.empty();

    @Mixin
    private ReadingOptions readings;

    @Override
    public Integer call() {
        refuseCombinations();
        Terminal terminal = portcullis.terminal();
        Engine engine = image.isPresent() ? opened(image.get()) : compiled(terminal);
        if (output.isPresent()) {
            save(engine, output.get(), terminal);
        }
        if (listing.isPresent()) {
            list(engine, terminal);
        }
        return ExitCode.OK;
    }

    private void refuseCombinations() {
        long sources = Stream.of(store, authorizationDetails, image)
                .filter(Optional::isPresent)
                .count();
        if (sources != 1) {
            throw wrong(
                    sources == 0
                            ? "nothing to compile: give a store's folder, --authorization-details or --image"
                            : "a folder, --authorization-details and --image exclude each other");
        }
        if (output.isEmpty() && listing.isEmpty()) {
            throw wrong("nothing to do: give -o or --listing");
        }
        if (image.isPresent() && output.isPresent()) {
            throw wrong("--image is compiled already: -o doesn't go with it");
        }
    }

    private Engine opened(Path file) {
        Engine engine = PolicyOptions.open(file);
        readings.semanticsOf(engine);
        return engine;
    }

    private Engine compiled(Terminal terminal) {
        Progress progress = new Progress(terminal);
        try {
            progress.begin("reading policies");
            Store loaded = store.map(PolicyOptions::load)
                    .orElseGet(() -> PolicyOptions.loadDetails(authorizationDetails.get()));
            progress.begin("compiling " + loaded.texts().size() + " policies");
            return Engine.compile(loaded, readings.semantics());
        } catch (InvalidPolicyException e) {
            throw PolicyOptions.refused(
                    store.map(folder -> "the store `" + folder + "`")
                            .orElseGet(() -> "`" + authorizationDetails.get() + "`"),
                    e);
        } finally {
            progress.end();
        }
    }

    private void save(Engine engine, Path file, Terminal terminal) {
        try {
            engine.save(file);
            if (listing.isEmpty()) {
                terminal.out().print(Printable.line("saved `" + file + "`: " + size(Files.size(file))) + "\n");
            }
        } catch (UncheckedIOException e) {
            throw InputFile.unwritable(file, e.getCause());
        } catch (IOException e) {
            throw InputFile.unwritable(file, e);
        }
    }

    private static String size(long bytes) {
        return String.format(Locale.ROOT, "%,d bytes", bytes);
    }

    private void list(Engine engine, Terminal terminal) {
        try {
            if (listing.get() == Stage.RULES) {
                engine.listRules(terminal.writer());
            } else {
                engine.listAutomaton(terminal.writer());
            }
        } catch (IOException e) {
            // It fails here again, as what it is.
            terminal.flush();
            throw new UncheckedIOException(e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
