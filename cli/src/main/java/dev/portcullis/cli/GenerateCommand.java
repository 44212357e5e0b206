package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.synthetic.Description;
import dev.portcullis.corpus.synthetic.PackedRequestWriter;
import dev.portcullis.corpus.synthetic.Profile;
import dev.portcullis.corpus.synthetic.RequestLines;
import dev.portcullis.corpus.synthetic.StoreFiles;
import dev.portcullis.corpus.synthetic.SyntheticRequest;
import dev.portcullis.corpus.synthetic.SyntheticRequests;
import dev.portcullis.corpus.synthetic.SyntheticStore;
import dev.portcullis.policy.Semantics;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes up stores and requests. */
@Command(
        name = "generate",
        description = "Makes up a store of any size and requests to it, the same for the same seed everywhere.",
        sortOptions = false,
        customSynopsis = {
            "portcullis generate PROFILE [--policies N] [--seed N]",
            "                    [--store DIR | --documents FILE] [--describe [--format FORMAT]]",
            "                    [--requests FILE] [--packed FILE] [--cases FILE] [--count N]",
            "                    [--share KIND=WEIGHT]... [--caller KIND=WEIGHT]... [--decisions A/E/I]",
            "                    [--sample N] [OPTION...]%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis generate amazon-q --policies 1000 --store q --requests requests.jsonl",
            "  portcullis generate amazon-q --policies 1000 --cases cases.jsonl --count 200",
            "  portcullis generate managed --policies 15940 --describe",
            "  portcullis generate principals --policies 10000 --packed requests.bin --decisions 600/100/300",
            "",
            "Exit codes: 0 done, 2 error."
        })
final class GenerateCommand implements Callable<Integer> {

    /** From here on so many small files are a burden. */
    private static final int MANY_FILES = 200_000;

    @ParentCommand
    private Portcullis portcullis;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PROFILE",
            converter = ProfileConverter.class,
            completionCandidates = ProfileConverter.Names.class,
            description = "What kind of policies: ${COMPLETION-CANDIDATES}.")
    private Profile profile;

    @Option(
            names = "--policies",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many policies; default 1000. Fewer of the same seed are the beginning of more.")
    private int policies;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Another seed, another store; default 1.")
    private long seed;

    @Option(
            names = "--store",
            paramLabel = "DIR",
            description = "Write a store: store.json and policies/*.json. The directory has to be empty or missing.")
    private Optional<Path> directory = Optional.empty();

    @Option(
            names = "--documents",
            paramLabel = "FILE",
            description = "Write the documents only, {\"name\", \"type\", \"document\"} a line; - is standard output.")
    private Optional<Path> documents = Optional.empty();

    @Option(
            names = "--describe",
            description = "Print what the policies are made of, beside what real ones are, and who asks what.")
    private boolean describe;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Of --describe: text (default) or json.")
    private OutputFormat format;

    @Mixin
    private RequestStreamOptions requests;

    @Override
    public Integer call() {
        if (policies < 1) {
            throw new ParameterException(spec.commandLine(), "`--policies " + policies + "` is not positive");
        }
        if (directory.isEmpty() && documents.isEmpty() && !describe && !requests.wanted()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing to do: --store, --documents, --describe, --requests, --packed or --cases is missing");
        }
        SyntheticStore store = SyntheticStore.of(profile, seed, policies);
        Optional<Path> written = Optional.empty();
        try {
            written = directory;
            writeStore(store);
            written = documents;
            writeDocuments(store);
            written = requests.requests().or(requests::packed).or(requests::cases);
            if (requests.wanted()) {
                writeRequests(store);
            }
        } catch (IOException e) {
            throw failure(written, e);
        } catch (UncheckedIOException e) {
            throw failure(written, e.getCause());
        }
        if (describe) {
            describe(store);
        }
        return ExitCode.OK;
    }

    private static CommandFailure failure(Optional<Path> file, IOException cause) {
        String name = file.map(path -> "`" + path + "`").orElse("the output");
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new CommandFailure(Printable.line("can't write " + name + ": " + reason), cause);
    }

    private void writeStore(SyntheticStore store) throws IOException {
        if (directory.isEmpty()) {
            return;
        }
        if (policies >= MANY_FILES) {
            portcullis.terminal().note("so many policies are so many files; --documents writes them into one");
        }
        try (CountBar progress = new CountBar(portcullis.terminal(), "policies", policies)) {
            StoreFiles.directory(store, directory.get(), progress);
        }
    }

    private void writeDocuments(SyntheticStore store) throws IOException {
        if (documents.isPresent()) {
            try (Writer out = open(documents.get());
                    CountBar progress = new CountBar(portcullis.terminal(), "policies", policies)) {
                StoreFiles.documents(store, out, progress);
            }
        }
    }

    private void describe(SyntheticStore store) {
        Description description;
        try (CountBar progress = new CountBar(portcullis.terminal(), "policies", policies)) {
            description = Description.of(store, progress);
        }
        portcullis.terminal().out().print(format == OutputFormat.JSON ? description.json() : description.text());
    }

    private void writeRequests(SyntheticStore store) throws IOException {
        SyntheticRequests stream = store.requests(requests.mix(), requests.callers(profile));
        int count = requests.count();
        Function<AccessRequest, Decision> reference = requests.decided() ? reference(store) : unused -> Decision.ALLOW;
        Iterator<SyntheticRequest> made = requests.decisions()
                .map(wanted -> stream.decided(wanted, reference).iterator())
                .orElseGet(() -> stream.first(count).iterator());
        try (Writer lines = open(requests.requests());
                Writer cases = open(requests.cases());
                PackedRequestWriter packed = packed();
                CountBar progress = new CountBar(portcullis.terminal(), "requests", count)) {
            for (int done = 0; made.hasNext(); done++) {
                SyntheticRequest request = made.next();
                boolean sampled = requests.cases().isPresent() || done < requests.sample();
                Optional<Decision> decision = requests.decided() && sampled
                        ? Optional.of(reference.apply(request.request()))
                        : Optional.empty();
                RequestLines.request(lines, request);
                if (decision.isPresent()) {
                    RequestLines.expectation(cases, request, decision.get());
                }
                packed.add(request, decision);
                progress.accept(done);
            }
        }
    }

    private static Function<AccessRequest, Decision> reference(SyntheticStore store) {
        StoreSituations situations = new StoreSituations(store.build());
        ReferenceImplementation reference = new ReferenceImplementation();
        return request -> reference.decide(situations.situation(request, Semantics.defaults()));
    }

    private PackedRequestWriter packed() throws IOException {
        return new PackedRequestWriter(
                requests.packed().isPresent()
                        ? Files.newOutputStream(requests.packed().get())
                        : OutputStream.nullOutputStream());
    }

    private Writer open(Optional<Path> file) throws IOException {
        return file.isPresent() ? open(file.get()) : Writer.nullWriter();
    }

    /** The file; or standard output, which stays open. */
    private Writer open(Path file) throws IOException {
        if (!file.equals(InputFile.STANDARD_INPUT)) {
            return new BufferedWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8), 1 << 16);
        }
        return new FilterWriter(portcullis.terminal().writer()) {
            @Override
            public void close() throws IOException {
                flush();
            }
        };
    }

    /** The profiles by their names. */
    static final class ProfileConverter implements ITypeConverter<Profile> {

        @Override
        public Profile convert(String name) {
            return Profile.of(name)
                    .orElseThrow(() -> new TypeConversionException(
                            "`" + name + "` is no profile; there are " + names().collect(Collectors.joining(", "))));
        }

        private static Stream<String> names() {
            return Arrays.stream(Profile.values()).map(Profile::label);
        }

        /** The names, for the help. */
        static final class Names implements Iterable<String> {
            @Override
            public Iterator<String> iterator() {
                return names().iterator();
            }
        }
    }
}
