package dev.portcullis.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The results of a set on every JDK that it was run on, the oldest first. Immutable. */
final class AllRuns {

    private static final String FOLDER = "jdk-";

    private final String set;
    private final Map<String, Results> byJdk;

    private AllRuns(String set, Map<String, Results> byJdk) {
        this.set = set;
        this.byJdk = byJdk;
    }

    /** Where a set's results on a JDK are. */
    static Path folder(Path results, RunSet set, int jdk) {
        return results.resolve(set.label()).resolve(FOLDER + jdk);
    }

    /**
     * Reads the results of a set.
     *
     * @param results the folder of all results
     * @throws IOException if there are none, or one can't be read
     */
    static AllRuns read(Path results, RunSet set) throws IOException {
        Path folder = results.resolve(set.label());
        List<Path> jdks = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.filter(path -> path.getFileName().toString().matches(FOLDER + "[0-9]+"))
                        .forEach(jdks::add);
            }
        }
        if (jdks.isEmpty()) {
            throw new IOException("no results in " + folder);
        }
        jdks.sort(Comparator.comparingInt(AllRuns::jdk));
        Map<String, Results> byJdk = new LinkedHashMap<>();
        for (Path jdk : jdks) {
            byJdk.put("JDK " + jdk(jdk), Results.read(jdk));
        }
        return new AllRuns(set.label(), byJdk);
    }

    private static int jdk(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring(FOLDER.length()));
    }

    /** The set's name. */
    String set() {
        return set;
    }

    /** By the JDK's name, such as {@code JDK 17}. */
    Map<String, Results> byJdk() {
        return byJdk;
    }

    /** On the oldest JDK. */
    Results oldest() {
        return byJdk.values().iterator().next();
    }

    /** The oldest JDK's name. */
    String oldestName() {
        return byJdk.keySet().iterator().next();
    }

    /** A table with a column for each JDK. */
    Table table(String head) {
        List<String> heads = new ArrayList<>();
        heads.add(head);
        heads.addAll(byJdk.keySet());
        return new Table(heads);
    }

    /** A row of such a table. */
    List<String> row(String label, Function<Results, String> cell) {
        List<String> cells = new ArrayList<>();
        cells.add(label);
        byJdk.values().forEach(results -> cells.add(cell.apply(results)));
        return cells;
    }

    /** A row of such a table: median and least of a benchmark, in a unit of so many nanoseconds. */
    List<String> times(String label, double unit, String benchmark, String... params) {
        return row(label, results -> Figures.both(results.find(benchmark, params), unit));
    }

    /** How many times the least of one benchmark is the least of another. */
    static Optional<Double> ratio(Optional<Measured> longer, Optional<Measured> shorter) {
        return longer.flatMap(
                one -> shorter.map(other -> one.nanos().least() / other.nanos().least()));
    }
}
