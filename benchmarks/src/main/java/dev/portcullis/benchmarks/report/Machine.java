package dev.portcullis.benchmarks.report;

import java.util.Map;
import java.util.stream.Collectors;

/** On what, when and by which command the figures were measured. */
final class Machine {

    private final AllRuns runs;

    Machine(AllRuns runs) {
        this.runs = runs;
    }

    /** A table with a column for each JDK. */
    String table() {
        Table table = runs.table("measured");
        table.row(runs.row("JDK", results -> told(results, "jdk")));
        table.row(runs.row("command", results -> "`" + told(results, "command") + "`"));
        table.row(runs.row("commit", results -> told(results, "commit")));
        table.row(runs.row("begun", results -> told(results, "date")));
        table.row(runs.row(
                "took",
                results -> run(results)
                        .member("seconds")
                        .number()
                        .map(seconds -> Figures.count(Math.round(seconds / 60)) + " min")
                        .orElse("")));
        table.row(runs.row(
                "processor", results -> told(results, "processor") + ", " + told(results, "processors") + " of it"));
        table.row(runs.row(
                "memory",
                results -> run(results)
                        .member("memoryBytes")
                        .number()
                        .map(bytes -> Figures.of(bytes / (1L << 30)) + " GiB")
                        .orElse("")));
        table.row(runs.row("system", results -> told(results, "system")));
        table.row(runs.row(
                "load before, after", results -> told(results, "loadBefore") + ", " + told(results, "loadAfter")));
        table.row(runs.row("left out, failed", Machine::missing));
        return table.toString();
    }

    private static Json run(Results results) {
        return results.other("run");
    }

    private static String told(Results results, String member) {
        return run(results).member(member).value() instanceof Double number
                ? trimmed(number)
                : run(results).member(member).text().orElse("unknown");
    }

    private static String trimmed(double number) {
        return number == Math.rint(number) ? Figures.count(Math.round(number)) : Double.toString(number);
    }

    private static String missing(Results results) {
        return Map.of(
                        "",
                        run(results).member("leftOut"),
                        " failed",
                        run(results).member("failed"))
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMap(entry -> entry.getValue().elements().stream()
                        .map(element -> element.text().orElse("") + entry.getKey()))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(", "), names -> names.isEmpty() ? "none" : names));
    }

    /** In one line. */
    String shortly() {
        Results results = runs.oldest();
        String date = told(results, "date");
        String[] commands = told(results, "command").split("; then ", 2);
        String again = commands.length == 1 ? "" : ", parts of it again ([how](docs/performance.md)),";
        return "Measured by `" + commands[0] + "`" + again + " on " + date.substring(0, Math.min(10, date.length()))
                + ": " + told(results, "jdk") + ", " + told(results, "processor") + ", "
                + told(results, "processors") + " of it.";
    }
}
