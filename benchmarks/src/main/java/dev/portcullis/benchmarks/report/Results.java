package dev.portcullis.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Everything that was measured on one JDK: benchmarks, and what the runs beside JMH wrote. Rounds of the same benchmark are
 * put together. Immutable.
 */
final class Results {

    /** The folder, within that of a run, of what peers wrote. */
    static final String PEERS = "peers/";

    private static final String JSON = ".json";

    private final Map<String, Measured> benchmarks;
    private final Map<String, Json> others;

    private Results(Map<String, Measured> benchmarks, Map<String, Json> others) {
        this.benchmarks = benchmarks;
        this.others = others;
    }

    /**
     * Reads one file of JMH's, or all JSON files of a folder: those of JMH, and others by their names.
     *
     * @throws IOException if one can't be read or isn't JSON
     */
    static Results read(Path place) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(place)) {
            list(place, "", files);
            list(place.resolve(PEERS), PEERS, files);
        } else {
            files.put("", place);
        }
        Map<String, Measured> benchmarks = new LinkedHashMap<>();
        Map<String, Json> others = new LinkedHashMap<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Json json = Json.read(file.getValue());
            if (json.elements().stream()
                    .anyMatch(element -> element.member("primaryMetric").value() != null)) {
                for (Json element : json.elements()) {
                    Measured.of(element).ifPresent(one -> benchmarks.merge(one.key(), one, Measured::and));
                }
            } else {
                others.put(file.getKey(), json);
            }
        }
        return new Results(benchmarks, others);
    }

    /** The JSON files of a folder, by their names without the ending; none if there is no such folder. */
    private static void list(Path folder, String prefix, Map<String, Path> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(JSON)) {
                    files.put(prefix + name.substring(0, name.length() - JSON.length()), file);
                }
            }
        }
    }

    /** All benchmarks, in the order of their files. */
    Collection<Measured> benchmarks() {
        return benchmarks.values();
    }

    /**
     * A benchmark.
     *
     * @param name class and method
     * @param params names and values in turn; others may be anything
     */
    Optional<Measured> find(String name, String... params) {
        return benchmarks.values().stream()
                .filter(one -> one.benchmark().equals(name))
                .filter(has(params))
                .findFirst();
    }

    private static Predicate<Measured> has(String... params) {
        return one -> {
            for (int i = 0; i < params.length; i += 2) {
                if (!params[i + 1].equals(one.params().get(params[i]))) {
                    return false;
                }
            }
            return true;
        };
    }

    /** What a run beside JMH wrote, by the name of its file without {@code .json}; without a value if it did not run. */
    Json other(String name) {
        return others.getOrDefault(name, new Json(null));
    }

    /** The files of others whose names begin so, in order. */
    List<Json> others(String prefix) {
        return others.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .toList();
    }
}
