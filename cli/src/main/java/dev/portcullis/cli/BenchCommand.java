package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.PreparedRequest;
import dev.portcullis.corpus.RequestReader;
import dev.portcullis.sidecar.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Times decisions of the user's own requests against the user's own policies. */
@Command(
        name = "bench",
        description = "Times decisions of a file of requests, one by one, and prints percentiles.",
        sortOptions = false,
        customSynopsis = {
            "portcullis bench (--store DIR | --authorization-details FILE | --image FILE)",
            "                 --requests FILE [--seconds N] [--warm-up N] [--threads N]",
            "                 [--format FORMAT] [OPTION...]%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis bench --store examples/amazon-q --requests examples/amazon-q/requests.jsonl",
            "  portcullis generate amazon-q --policies 10000 --store q --requests requests.jsonl --count 10000",
            "  portcullis bench --store q --requests requests.jsonl --threads 2",
            "",
            "A time holds filling the request from Strings, deciding, and reading the clock, whose own",
            "percentiles are printed beside. A thread decides one request after the other: nobody waits in",
            "a queue. Other work on the machine shows in the upper percentiles first. If a request can't be",
            "decided, nothing is timed.",
            "",
            "Exit codes: 0 timed, 2 error."
        })
final class BenchCommand implements Callable<Integer> {

    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99};
    private static final int MOST_SECONDS = 86_400;
    private static final int MOST_THREADS = 1_024;
    private static final int PROBLEMS_SHOWN = 10;

    @ParentCommand
    private Portcullis portcullis;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PolicyOptions policies;

    @Mixin
    private ReadingOptions readings;

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            required = true,
            description = "The requests, one a line: {\"principal\", \"action\", \"resource\", \"context\"};"
                    + " - is standard input. They are decided in turn, again and again.")
    private Path requests;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "5", description = "How long to time; default 5.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "3",
            description = "How many seconds to decide before, untimed; default 3.")
    private double warmUp;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many threads decide at once, each all requests; default 1.")
    private int threads;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private OutputFormat format;

    @Override
    public Integer call() throws InterruptedException {
        checkOptions();
        Terminal terminal = portcullis.terminal();
        Progress progress = new Progress(terminal);
        try {
            progress.begin("compiling");
            Engine engine = policies.engine(readings);
            progress.begin("reading requests");
            PreparedRequest[] prepared = prepare(engine, terminal);
            progress.begin("timing decisions");
            Timing timing = Timing.measure(engine, prepared, threads, nanos(warmUp), nanos(seconds));
            progress.end();
            terminal.out()
                    .print(format == OutputFormat.JSON ? json(timing, prepared.length) : text(timing, prepared.length));
            return ExitCode.OK;
        } finally {
            progress.end();
        }
    }

    private void checkOptions() {
        if (!policies.namesStore()) {
            throw wrong("nothing to decide against: give --store, --authorization-details or --image");
        }
        if (policies.namesParameters()) {
            throw wrong("a store gives the values of placeholders itself: --parameter doesn't go with it");
        }
        if (!(seconds > 0 && seconds <= MOST_SECONDS)) {
            throw wrong("`--seconds` must be more than 0 and at most " + MOST_SECONDS);
        }
        if (!(warmUp >= 0 && warmUp <= MOST_SECONDS)) {
            throw wrong("`--warm-up` must be 0 to " + MOST_SECONDS);
        }
        if (threads < 1 || threads > MOST_THREADS) {
            throw wrong("`--threads` must be 1 to " + MOST_THREADS);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** Reads all requests and decides each once. */
    private PreparedRequest[] prepare(Engine engine, Terminal terminal) {
        List<PreparedRequest> prepared = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        Request request = engine.newRequest();
        try (InputStream in = InputFile.open(requests, terminal)) {
            RequestReader reader = new RequestReader(in);
            for (Optional<Line<AccessRequest>> line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get() instanceof Line.Faulty<AccessRequest> faulty) {
                    problems.add(faulty.message());
                    continue;
                }
                try {
                    PreparedRequest one = PreparedRequest.of(engine, ((Line.Read<AccessRequest>) line.get()).value());
                    engine.decide(one.fill(request));
                    prepared.add(one);
                } catch (InvalidPolicyException e) {
                    problems.add(
                            line.get().number() + ": " + e.diagnostics().get(0).message());
                } catch (IllegalArgumentException e) {
                    problems.add(line.get().number() + ": " + e.getMessage());
                }
            }
        } catch (IOException e) {
            throw InputFile.failure(requests, e);
        }
        refuse(problems, prepared.size());
        return prepared.toArray(PreparedRequest[]::new);
    }

    private void refuse(List<String> problems, int decided) {
        if (!problems.isEmpty()) {
            StringBuilder message = new StringBuilder(problems.size() + " of " + (problems.size() + decided)
                    + " requests can't be decided, so nothing is timed");
            problems.stream()
                    .limit(PROBLEMS_SHOWN)
                    .forEach(problem -> message.append("\n  ").append(Printable.line(problem)));
            throw new CommandFailure(message.toString());
        }
        if (decided == 0) {
            throw new CommandFailure(Printable.line("`" + requests + "` has no request"));
        }
    }

    private String text(Timing timing, int count) {
        StringBuilder text = new StringBuilder();
        long total = timing.times().getTotalCount();
        text.append(String.format(
                Locale.ROOT,
                "%,d decisions of %,d requests in %s s, %d thread%s: %,d a second\n",
                total,
                count,
                plain(seconds),
                threads,
                threads == 1 ? "" : "s",
                perSecond(timing)));
        for (Decision decision : Decision.values()) {
            long share = timing.decisions().getOrDefault(decision, 0L);
            text.append(String.format(Locale.ROOT, "%-13s %5.1f %%\n", decision, 100.0 * share / total));
        }
        text.append(String.format(Locale.ROOT, "\n%-9s %16s %17s\n", "", "a decision", "the clock alone"));
        for (double percentile : PERCENTILES) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-9s %,13d ns %,14d ns\n",
                    "p" + plain(percentile),
                    timing.times().getValueAtPercentile(percentile),
                    timing.clock().getValueAtPercentile(percentile)));
        }
        text.append(String.format(
                Locale.ROOT,
                "%-9s %,13d ns %,14d ns\n\n%s\n",
                "longest",
                timing.times().getMaxValue(),
                timing.clock().getMaxValue(),
                machine()));
        return text.toString();
    }

    private static long perSecond(Timing timing) {
        return Math.round(timing.times().getTotalCount() * 1e9 / timing.nanos());
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString(Math.round(number)) : Double.toString(number);
    }

    private static String machine() {
        return System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch") + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    private String json(Timing timing, int count) {
        JsonWriter json = PrintedJson.indented().beginObject();
        json.member("requests", count).member("threads", threads).member("milliseconds", Math.round(seconds * 1_000));
        json.member("count", timing.times().getTotalCount()).member("perSecond", perSecond(timing));
        json.name("decisions").beginObject();
        for (Map.Entry<Decision, Long> decision : timing.decisions().entrySet()) {
            json.member(decision.getKey().toString(), decision.getValue());
        }
        json.endObject();
        percentiles(json.name("nanoseconds"), timing.times());
        percentiles(json.name("clockNanoseconds"), timing.clock());
        return json.member("machine", machine()).endObject().take() + "\n";
    }

    private static void percentiles(JsonWriter json, Histogram histogram) {
        json.beginObject();
        for (double percentile : PERCENTILES) {
            json.member("p" + plain(percentile), histogram.getValueAtPercentile(percentile));
        }
        json.member("longest", histogram.getMaxValue()).endObject();
    }
}
