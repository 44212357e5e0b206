package dev.portcullis.benchmarks.report;

import dev.portcullis.benchmarks.CollectedHeap;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a set and keeps its raw results in a folder: JMH's JSON by step and round, what others wrote, and {@code run.json}. */
final class Measurement {

    /** Names of all steps. */
    static final String EVERYTHING = ".*";

    private static final String PACKAGE = "dev\\.portcullis\\.benchmarks\\.";

    private static final Path PEERS_OF_NPM = Path.of("benchmarks", "peers", "run.sh");

    private final RunSet set;
    private final Pattern only;
    private final Path folder;
    private final PrintStream out;
    private final Instant begin = Instant.now();
    private int expectedSeconds;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();

    /**
     * @param only names of what is run; results of the rest stay, if there are any
     * @param folder for the results
     */
    Measurement(RunSet set, Pattern only, Path folder, PrintStream out) {
        this.set = set;
        this.only = only;
        this.folder = folder;
        this.out = out;
    }

    /** Runs everything; whether nothing failed. */
    boolean run() throws IOException, InterruptedException {
        Optional<Json> before = before();
        clear();
        Map<String, Object> environment = Environment.now(
                "benchmarks/report " + set.label() + (only.pattern().equals(EVERYTHING) ? "" : " '" + only + "'"));
        out.printf(Locale.ROOT, "about %d minutes on a quiet machine%n", set.seconds() / 60 + 1);
        int rounds = set.steps().stream().mapToInt(Step::rounds).max().orElse(0);
        for (int round = 1; round <= rounds; round++) {
            for (Step step : set.steps()) {
                if (round <= step.rounds()) {
                    step(step, round);
                }
            }
            if (round == 1) {
                processes();
            }
        }
        peersOfNpm();
        environment.put("loadAfter", Environment.load());
        environment.put("seconds", elapsed().toSeconds());
        environment.put("leftOut", leftOut);
        environment.put("failed", failed);
        if (before.isPresent()) {
            append(environment, before.get());
        }
        Json.write(folder.resolve("run.json"), environment);
        return failed.isEmpty();
    }

    /** What is said of the results that stay, if any do. */
    private Optional<Json> before() throws IOException {
        Path file = folder.resolve("run.json");
        boolean some = !only.pattern().equals(EVERYTHING) && Files.exists(file);
        return some ? Optional.of(Json.read(file)) : Optional.empty();
    }

    /** Says of results that stay what was said of them, and of the others what is to be said now. */
    private void append(Map<String, Object> environment, Json before) {
        for (String both : List.of("command", "commit")) {
            String old = before.member(both).text().orElse("");
            String now = environment.get(both).toString();
            environment.put(both, old.equals(now) ? now : old + "; then " + now);
        }
        for (String first : List.of("date", "loadBefore")) {
            Json value = before.member(first);
            value.text().ifPresent(text -> environment.put(first, text));
            value.number().ifPresent(number -> environment.put(first, number));
        }
        double seconds = before.member("seconds").number().orElse(0.0);
        environment.put("seconds", Math.round(seconds) + elapsed().toSeconds());
        for (Json name : before.member("failed").elements()) {
            name.text().filter(text -> !isWanted(text)).ifPresent(failed::add);
        }
    }

    private void clear() throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.getFileName().toString();
                if (isWanted(name.substring(0, name.indexOf('.')))) {
                    Files.delete(file);
                }
            }
        }
    }

    private boolean isWanted(String name) {
        return only.matcher(name).matches();
    }

    private Duration elapsed() {
        return Duration.between(begin, Instant.now());
    }

    /**
     * Whether something still ends in time, which on a quiet machine takes so long; says so. It is taken to be slow as what
     * was run before was.
     */
    private boolean begin(String name, int seconds) {
        if (!isWanted(name)) {
            String kept = name.equals(RunSet.PEERS_OF_NPM) ? "peers-of-npm.log" : name + ".json";
            if (Files.notExists(folder.resolve(kept))) {
                leftOut.add(name);
            }
            return false;
        }
        Duration elapsed = elapsed();
        double slowness = Math.max(1, (double) elapsed.toSeconds() / Math.max(1, expectedSeconds));
        boolean fits = elapsed.toSeconds() + seconds * slowness <= set.budget().toSeconds();
        if (fits) {
            expectedSeconds += seconds;
        } else {
            leftOut.add(name);
        }
        out.printf(
                Locale.ROOT,
                "%3d:%02d  %s%s%n",
                elapsed.toMinutes(),
                elapsed.toSecondsPart(),
                name,
                fits ? "" : ": left out, no time");
        return fits;
    }

    private void step(Step step, int round) throws IOException {
        String name = step.name(round);
        if (!isHere(step)) {
            leftOut.add(name);
            out.println("        " + name + ": not in this jar");
            return;
        }
        if (!begin(name, step.seconds())) {
            return;
        }
        List<String> jvm = new ArrayList<>(step.options());
        jvm.add("-Dportcullis.peers=" + folder.resolve(Results.PEERS).toAbsolutePath());
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(include(step).pattern())
                .forks(1)
                .addProfiler(GCProfiler.class)
                .addProfiler(CollectedHeap.class)
                .shouldFailOnError(!step.mayFail())
                .jvmArgsAppend(jvm.toArray(String[]::new))
                .output(folder.resolve(name + ".log").toString())
                .resultFormat(ResultFormatType.JSON)
                .result(folder.resolve(name + ".json").toString());
        step.params().forEach((param, values) -> options.param(param, values.toArray(String[]::new)));
        if (step.warmUps() > 0) {
            options.warmupIterations(step.warmUps()).measurementIterations(step.iterations());
        }
        if (step.eachSeconds() > 0) {
            TimeValue each = TimeValue.seconds(step.eachSeconds());
            options.warmupTime(each).measurementTime(each);
        }
        try {
            new Runner(options.build()).run();
        } catch (RunnerException e) {
            fail(name, e.getMessage());
            // JMH has begun it.
            Files.deleteIfExists(folder.resolve(name + ".json"));
        }
    }

    /** Whether the jar has any of its benchmarks: other engines are there only if it was built with them. */
    private static boolean isHere(Step step) {
        Pattern include = include(step);
        return BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of())
                .stream()
                .anyMatch(benchmark -> include.matcher(benchmark.getUsername()).matches());
    }

    private static Pattern include(Step step) {
        return Pattern.compile("^" + PACKAGE + step.include() + (step.include().indexOf('.') < 0 ? "\\..*$" : "$"));
    }

    private void fail(String name, String why) {
        failed.add(name);
        out.println("       " + name + " failed: " + why);
    }

    private void processes() throws IOException, InterruptedException {
        for (int principals : set.tailPrincipals()) {
            String name = RunSet.tailName(principals);
            if (begin(name, set.tailSeconds(principals))) {
                java(name, "Tail", Long.toString(set.tailDecisions()), Integer.toString(principals));
            }
        }
        for (int principals : set.footprintPrincipals()) {
            String name = RunSet.footprintName(principals);
            if (begin(name, RunSet.footprintSeconds(principals))) {
                java(name, "Footprint", Integer.toString(principals));
            }
        }
    }

    /** Other engines that run in processes of their own, where Node is. */
    private void peersOfNpm() throws IOException, InterruptedException {
        String name = RunSet.PEERS_OF_NPM;
        if (!Files.isExecutable(PEERS_OF_NPM) || !isOnPath("node") || !isOnPath("npm")) {
            leftOut.add(name);
            out.println("        " + name + ": no script or no Node here");
            return;
        }
        if (!begin(name, set.peersSeconds())) {
            return;
        }
        List<String> command = new ArrayList<>(List.of(PEERS_OF_NPM.toString()));
        command.addAll(set.peersViews());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("peers-of-npm.log").toFile());
        builder.environment()
                .put("RESULTS", folder.resolve(Results.PEERS).toAbsolutePath().toString());
        for (String duration : List.of("CHECK_SECONDS", "WARM_UP_SECONDS", "SECONDS_MEASURED")) {
            builder.environment().put(duration, Integer.toString(set.peersEachSeconds()));
        }
        Process process = builder.start();
        long left = Math.max(1, set.budget().minus(elapsed()).toSeconds());
        if (!process.waitFor(left, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
            fail(name, "no time");
        } else if (process.exitValue() != 0) {
            fail(name, "exit code " + process.exitValue());
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a main class in a process of its own; the file it writes is its last argument. */
    private void java(String name, String main, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms2g",
                "-Xmx14g",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.portcullis.benchmarks." + main));
        command.addAll(List.of(arguments));
        command.add(folder.resolve(name + ".json").toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        int code = process.waitFor();
        if (code != 0) {
            fail(name, "exit code " + code);
        }
    }
}
