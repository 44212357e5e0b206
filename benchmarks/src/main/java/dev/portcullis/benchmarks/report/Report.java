package dev.portcullis.benchmarks.report;

import dev.portcullis.benchmarks.CollectedHeap;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs benchmarks and writes what they measured into the documentation, or compares two results.
 *
 * <pre>
 *   benchmarks/report quick|full          runs a set, keeps its raw results, rewrites tables and plots
 *   benchmarks/report smoke               runs everything for a moment, to see that it runs
 *   benchmarks/report render quick|full   rewrites tables and plots from the results that are there
 *   benchmarks/report compare BEFORE AFTER [PERCENT]
 *   benchmarks/report alternate BEFORE.jar AFTER.jar REGEX [ROUNDS]
 * </pre>
 *
 * To be called from the project's top folder. Exits with 0; with 1 if a benchmark failed or, comparing, got slower by PERCENT
 * (default 5) or more; with 2 if it can't be done.
 */
public final class Report {

    private static final Path RESULTS = Path.of("benchmarks", "results");
    private static final Path PERFORMANCE = Path.of("docs", "performance.md");
    private static final Path README = Path.of("README.md");
    private static final Path PLOTS = Path.of("docs", "plots");
    /** Which part begins with which picture, and what that shows. */
    private static final Map<String, List<String>> PLOTTED = Map.of(
            "decide", List.of("decision.svg", "One decision"),
            "peers", List.of("peers.svg", "All engines as the store grows"),
            "statements", List.of("statements.svg", "One decision among statements on the same actions"),
            "growth", List.of("growth.svg", "One decision as the store grows"),
            "tail", List.of("tail.svg", "Percentiles by store size"),
            "compile", List.of("compile.svg", "Compiling, by the size of the store"));

    private static final double PERCENT = 5;
    private static final int ROUNDS = 5;

    private static final String USAGE = """
            usage: benchmarks/report quick|full|smoke [REGEX]
                   benchmarks/report render quick|full
                   benchmarks/report compare BEFORE AFTER [PERCENT]
                   benchmarks/report alternate BEFORE.jar AFTER.jar REGEX [ROUNDS]
            """;

    private final Path root;
    private final PrintStream out;

    Report(Path root, PrintStream out) {
        this.root = root;
        this.out = out;
    }

    /** Runs a command. */
    public static void main(String[] arguments) throws InterruptedException {
        System.exit(new Report(Path.of(""), System.out).run(List.of(arguments)));
    }

    /** Runs a command; returns what to exit with. */
    int run(List<String> arguments) throws InterruptedException {
        try {
            return execute(arguments);
        } catch (IOException | IllegalArgumentException e) {
            out.println("error: " + e.getMessage());
            return 2;
        }
    }

    private int execute(List<String> arguments) throws IOException, InterruptedException {
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        int count = arguments.size();
        Optional<RunSet> set = RunSet.of(command);
        if (set.isPresent() && count <= 2) {
            Pattern only = Pattern.compile(count == 2 ? arguments.get(1) : Measurement.EVERYTHING);
            if (set.get().names().stream().anyMatch(only.asMatchPredicate())) {
                return measure(set.get(), only);
            }
        }
        if (command.equals("render")
                && count == 2
                && RunSet.of(arguments.get(1)).isPresent()) {
            render(RunSet.of(arguments.get(1)).get());
            return 0;
        }
        if (command.equals("compare") && (count == 3 || count == 4)) {
            double percent = count == 4 ? Double.parseDouble(arguments.get(3)) : PERCENT;
            return compare(Path.of(arguments.get(1)), Path.of(arguments.get(2)), percent);
        }
        if (command.equals("alternate") && (count == 4 || count == 5)) {
            int rounds = count == 5 ? Integer.parseInt(arguments.get(4)) : ROUNDS;
            return alternate(Path.of(arguments.get(1)), Path.of(arguments.get(2)), arguments.get(3), rounds);
        }
        out.print(USAGE);
        return 2;
    }

    private int measure(RunSet set, Pattern only) throws IOException, InterruptedException {
        Path folder =
                AllRuns.folder(root.resolve(RESULTS), set, Runtime.version().feature());
        boolean all = new Measurement(set, only, folder, out).run();
        if (!set.equals(RunSet.SMOKE)) {
            render(set);
        }
        out.println("raw results: " + folder);
        return all ? 0 : 1;
    }

    /** Rewrites the generated parts of the documentation. */
    void render(RunSet set) throws IOException {
        AllRuns runs = AllRuns.read(root.resolve(RESULTS), set);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("machine", new Machine(runs).table());
        new DecisionSections(runs).addTo(parts);
        new SizeSections(runs).addTo(parts);
        new PeerSections(runs).addTo(parts);
        new Goals(runs).addTo(parts);
        Map<String, String> plots = new Plots(runs).all();
        PLOTTED.forEach((part, what) ->
                parts.computeIfPresent(part, (same, table) -> Plots.link(plots, what.get(0), what.get(1)) + table));
        rewrite(PERFORMANCE, parts);
        rewrite(README, Map.of("headline", new Headline(runs).table()));
        Files.createDirectories(root.resolve(PLOTS));
        for (Map.Entry<String, String> plot : plots.entrySet()) {
            Files.writeString(root.resolve(PLOTS).resolve(plot.getKey()), plot.getValue());
        }
    }

    private void rewrite(Path file, Map<String, String> parts) throws IOException {
        Path place = root.resolve(file);
        String text = Files.readString(place, StandardCharsets.UTF_8);
        String replaced;
        try {
            replaced = MarkedText.replace(text, parts);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
        Files.writeString(place, replaced, StandardCharsets.UTF_8);
    }

    private int compare(Path before, Path after, double percent) throws IOException {
        Compare compare = Compare.of(Results.read(before), Results.read(after), percent / 100);
        out.print(compare);
        return compare.isSlower() ? 1 : 0;
    }

    /** Runs benchmarks of two jars in turns, so that both see the same neighbours, and compares. */
    private int alternate(Path before, Path after, String benchmarks, int rounds)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("portcullis-alternate");
        for (int round = 0; round < 2 * rounds; round++) {
            boolean first = (round % 2 == 0) == (round / 2 % 2 == 0);
            Path results = Files.createDirectories(folder.resolve(first ? "before" : "after"));
            out.println("round " + (round / 2 + 1) + " of " + rounds + ", " + (first ? before : after));
            run(results.resolve("round-" + (round / 2) + ".json"), first ? before : after, benchmarks);
        }
        out.println("raw results: " + folder);
        return compare(folder.resolve("before"), folder.resolve("after"), PERCENT);
    }

    private static void run(Path result, Path jar, String benchmarks) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                jar.toString(),
                benchmarks,
                "-f",
                "1",
                "-foe",
                "true",
                "-prof",
                "gc",
                "-prof",
                CollectedHeap.class.getName(),
                "-rf",
                "json",
                "-rff",
                result.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        result.resolveSibling(result.getFileName() + ".log").toFile())
                .start();
        if (!process.waitFor(4, TimeUnit.HOURS) || process.exitValue() != 0) {
            throw new IOException("a run failed; its log: " + result + ".log");
        }
    }
}
