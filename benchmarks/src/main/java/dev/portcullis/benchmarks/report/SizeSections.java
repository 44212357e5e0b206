package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The parts of {@code docs/performance.md} about what grows with the store. */
final class SizeSections {

    private static final List<String> PERCENTILES = List.of("50", "90", "99", "99.9", "99.99");
    private static final List<String> STATEMENTS = List.of("1000", "10000", "100000", "1000000");
    private static final List<String> POLICIES = List.of("1000", "10000", "100000", "1000000");

    private final AllRuns runs;

    SizeSections(AllRuns runs) {
        this.runs = runs;
    }

    void addTo(Map<String, String> parts) {
        parts.put("statements", statements());
        parts.put("growth", growth());
        parts.put("tail", tail());
        parts.put("synthetic", synthetic());
        parts.put("compile", compile());
        parts.put("memory", memory());
        parts.put("image", image());
        parts.put("publish", publish());
        parts.put("explain", explain());
    }

    private String statements() {
        StringBuilder text = new StringBuilder();
        runs.byJdk().forEach((jdk, results) -> {
            Table table =
                    new Table("statements, " + jdk, "Portcullis, ns: median (least)", "index", "index / Portcullis");
            for (String size : STATEMENTS) {
                Optional<Measured> own = results.find(Names.STATEMENTS, "statements", size);
                Optional<Measured> index = results.find(Names.STATEMENTS_INDEXED, "statements", size);
                if (own.isPresent()) {
                    table.row(
                            Figures.count(Long.parseLong(size)),
                            Figures.both(own, Names.NANO),
                            Figures.both(index, Names.NANO),
                            DecisionSections.both(index, own));
                }
            }
            text.append(orNotRun(table, jdk)).append('\n');
        });
        return text.toString();
    }

    private static String orNotRun(Table table, String jdk) {
        return table.rows() == 0 ? "Not run on " + jdk + ".\n" : table.toString();
    }

    private static String orNotRun(Table table) {
        return table.rows() == 0 ? "Not run.\n" : table.toString();
    }

    private String growth() {
        StringBuilder text = new StringBuilder();
        runs.byJdk().forEach((jdk, results) -> {
            Table table = new Table(
                    "policies, " + jdk,
                    "one by one, ns: median (least)",
                    "as long as with 1,000 policies",
                    "batches of 16, each",
                    "one by one / batch");
            Optional<Measured> first = results.find(Names.ONE_BY_ONE, Names.PRINCIPALS, "100");
            for (String size : POLICIES) {
                String principals = size.substring(0, size.length() - 1);
                Optional<Measured> one = results.find(Names.ONE_BY_ONE, Names.PRINCIPALS, principals);
                Optional<Measured> batch = results.find(Names.BATCH, Names.PRINCIPALS, principals);
                if (one.isPresent()) {
                    table.row(
                            Figures.count(Long.parseLong(size)),
                            Figures.both(one, Names.NANO),
                            DecisionSections.both(one, first),
                            Figures.both(batch, Names.NANO),
                            DecisionSections.both(one, batch));
                }
            }
            text.append(orNotRun(table, jdk)).append('\n');
        });
        return text.toString();
    }

    private String tail() {
        StringBuilder text = new StringBuilder();
        runs.byJdk().forEach((jdk, results) -> {
            List<Json> recorded = results.others("tail-");
            if (recorded.isEmpty()) {
                text.append("Not run on ").append(jdk).append(".\n\n");
                return;
            }
            List<String> heads = new ArrayList<>(List.of("nanoseconds, " + jdk));
            recorded.forEach(one -> heads.add(count(one, "policies") + " policies"));
            heads.add("the clock alone");
            Table table = new Table(heads);
            for (String percentile : PERCENTILES) {
                List<String> cells = new ArrayList<>(List.of("p" + percentile));
                Stream.concat(
                                recorded.stream().map(one -> one.member("times")),
                                Stream.of(recorded.get(0).member("clock")))
                        .forEach(times -> cells.add(times.member(percentile)
                                .number()
                                .map(Figures::of)
                                .orElse("")));
                table.row(cells);
            }
            List<String> longest = new ArrayList<>(List.of("longest"));
            recorded.forEach(one ->
                    longest.add(one.member("max").number().map(Figures::of).orElse("")));
            longest.add("");
            table.row(longest);
            text.append(table).append('\n').append(recordedHow(recorded)).append('\n');
        });
        return text.toString();
    }

    private static String recordedHow(List<Json> recorded) {
        long collections = 0;
        double bytes = 0;
        for (Json one : recorded) {
            collections += Math.round(one.member("collections").number().orElse(0.0));
            bytes = Math.max(bytes, one.member("bytes").number().orElse(0.0));
        }
        return count(recorded.get(0), "decisions") + " decisions of each size; garbage collections meanwhile: "
                + collections + "; allocated meanwhile, by the recording itself: at most "
                + Figures.bytes(bytes) + ".\n";
    }

    private static String count(Json object, String member) {
        return object.member(member)
                .number()
                .map(number -> Figures.count(Math.round(number)))
                .orElse(Figures.NOT_RUN);
    }

    private String synthetic() {
        Table table = runs.table("policies; nanoseconds: median (least)");
        for (String size : POLICIES) {
            if (ran("SyntheticBenchmark.portcullis", "policies", size)) {
                table.row(runs.times(
                        Figures.count(Long.parseLong(size)),
                        Names.NANO,
                        "SyntheticBenchmark.portcullis",
                        "policies",
                        size));
                if (ran("SyntheticBenchmark.portcullisFill", "policies", size)) {
                    table.row(runs.times(
                            "filling alone", Names.NANO, "SyntheticBenchmark.portcullisFill", "policies", size));
                }
            }
        }
        return orNotRun(table);
    }

    private boolean ran(String benchmark, String... params) {
        return runs.byJdk().values().stream()
                .anyMatch(results -> results.find(benchmark, params).isPresent());
    }

    private String compile() {
        Table table = runs.table("µs a policy: median (least)");
        for (String size : POLICIES) {
            String principals = size.substring(0, size.length() - 1);
            double unit = Names.MICRO * Integer.parseInt(size);
            for (String method : List.of("read", "compile", "readAndCompile")) {
                if (ran("CompileBenchmark." + method, Names.PRINCIPALS, principals)) {
                    String what = method.equals("read")
                            ? "texts to store"
                            : method.equals("compile") ? "store to engine" : "texts to engine";
                    table.row(runs.times(
                            Figures.count(Long.parseLong(size)) + " policies, " + what,
                            unit,
                            "CompileBenchmark." + method,
                            Names.PRINCIPALS,
                            principals));
                }
            }
        }
        return orNotRun(table);
    }

    private String memory() {
        StringBuilder text = new StringBuilder();
        runs.byJdk().forEach((jdk, results) -> {
            Table table = new Table(
                    "policies, " + jdk,
                    "statements",
                    "JSON text",
                    "engine",
                    "bytes a statement",
                    "image",
                    "read, µs a policy",
                    "compile, µs a policy");
            for (Json one : results.others("footprint-")) {
                double statements = one.member("statements").number().orElse(Double.NaN);
                double policies = one.member("policies").number().orElse(Double.NaN);
                double engine = one.member("engineBytes").number().orElse(Double.NaN);
                table.row(
                        count(one, "policies"),
                        count(one, "statements"),
                        Figures.bytes(one.member("units").number().orElse(0.0)),
                        Figures.bytes(engine),
                        Figures.of(engine / statements),
                        Figures.bytes(one.member("imageBytes").number().orElse(0.0)),
                        Figures.of(one.member("readMillis").number().orElse(0.0) * 1e3 / policies),
                        Figures.of(one.member("compileMillis").number().orElse(0.0) * 1e3 / policies));
            }
            text.append(orNotRun(table, jdk)).append('\n');
        });
        return text.toString();
    }

    private String image() {
        Table table = runs.table("ms: median (least)");
        for (String size : POLICIES) {
            String principals = size.substring(0, size.length() - 1);
            for (String method : List.of("open", "save")) {
                if (ran("ImageBenchmark." + method, Names.PRINCIPALS, principals)) {
                    table.row(runs.times(
                            Figures.count(Long.parseLong(size)) + " policies, " + method,
                            Names.MILLI,
                            "ImageBenchmark." + method,
                            Names.PRINCIPALS,
                            principals));
                }
            }
        }
        return orNotRun(table);
    }

    private String publish() {
        Table table = runs.table("µs: median (least)");
        List<String[]> rows = List.of(
                new String[] {"a policy attached to a user", "attach"},
                new String[] {"a policy detached", "detach"},
                new String[] {"a policy's text replaced", "putPolicy"},
                new String[] {"a policy's text replaced that all principals have", "putSharedPolicy"});
        TreeSet<Integer> sizes = new TreeSet<>();
        runs.byJdk().values().stream()
                .flatMap(results -> results.benchmarks().stream())
                .filter(one -> one.benchmark().equals("PublishBenchmark.attach"))
                .forEach(one -> sizes.add(Integer.parseInt(one.params().get(Names.PRINCIPALS))));
        for (int size : sizes) {
            for (String[] row : rows) {
                table.row(runs.times(
                        row[0] + ", " + Figures.count(size) + " principals",
                        Names.MICRO,
                        "PublishBenchmark." + row[1],
                        Names.PRINCIPALS,
                        Integer.toString(size)));
            }
        }
        return orNotRun(table);
    }

    private String explain() {
        Table table = runs.table("µs: median (least)");
        for (String decision : List.of("ALLOW", "EXPLICIT_DENY", "IMPLICIT_DENY")) {
            table.row(runs.times(decision, Names.MICRO, "ExplainBenchmark.portcullis", "decision", decision));
        }
        return table.toString();
    }
}
