package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The goals of the project beside what was measured. */
final class Goals {

    /**
     * A goal.
     *
     * @param name what is measured
     * @param bound the most, or the least, that it may be
     * @param most whether the bound is the most
     * @param unit behind the number
     * @param measured the figure; empty if it was not run
     */
    private record Goal(
            String name, double bound, boolean most, String unit, Function<Results, Optional<Double>> measured) {

        String wanted() {
            return (most ? "at most " : "at least ") + Figures.of(bound) + unit;
        }

        String cell(Results results) {
            return measured.apply(results)
                    .map(value -> Figures.of(value) + unit + (met(value) ? ", met" : ", missed"))
                    .orElse(Figures.NOT_RUN);
        }

        private boolean met(double value) {
            return most ? value <= bound : value >= bound;
        }
    }

    private final AllRuns runs;

    Goals(AllRuns runs) {
        this.runs = runs;
    }

    void addTo(Map<String, String> parts) {
        parts.put("goals", table());
    }

    private String table() {
        List<String> heads = new ArrayList<>(List.of("goal", "wanted"));
        heads.addAll(runs.byJdk().keySet());
        Table table = new Table(heads);
        for (Goal goal : all()) {
            List<String> cells = new ArrayList<>(List.of(goal.name(), goal.wanted()));
            runs.byJdk().values().forEach(results -> cells.add(goal.cell(results)));
            table.row(cells);
        }
        return table.toString();
    }

    private static List<Goal> all() {
        List<Goal> goals = new ArrayList<>();
        decisions(goals);
        peers(goals);
        others(goals);
        return goals;
    }

    private static void decisions(List<Goal> goals) {
        goals.add(most("view (a), a decision", 120, " ns", least(Names.DECIDE, Names.PRINCIPALS, Names.CACHED)));
        goals.add(times("view (a), index", 2.5, Names.DECIDE_INDEXED, Names.DECIDE, Names.PRINCIPALS, Names.CACHED));
        goals.add(times("view (a), naive", 13, Names.DECIDE_NAIVE, Names.DECIDE, Names.PRINCIPALS, Names.CACHED));
        goals.add(most("view (b), 10,000 policies", 200, " ns", least(Names.DECIDE, Names.PRINCIPALS, Names.TOGETHER)));
        goals.add(most("view (c), 1,000 statements", 250, " ns", least(Names.STATEMENTS, "statements", "1000")));
        goals.add(most("view (c), 100,000 statements", 450, " ns", least(Names.STATEMENTS, "statements", "100000")));
        goals.add(most("view (c), 1,000,000 statements", 600, " ns", least(Names.STATEMENTS, "statements", "1000000")));
        goals.add(times(
                "view (c), 1,000 statements, index",
                160,
                Names.STATEMENTS_INDEXED,
                Names.STATEMENTS,
                "statements",
                "1000"));
        goals.add(new Goal(
                "growth, 1,000 to 1,000,000 policies",
                3,
                true,
                " ×",
                results -> AllRuns.ratio(
                        results.find(Names.ONE_BY_ONE, Names.PRINCIPALS, "100000"),
                        results.find(Names.ONE_BY_ONE, Names.PRINCIPALS, "100"))));
        goals.add(new Goal(
                "batch of 16 by one by one, 1,000,000 policies",
                0.5,
                true,
                " ×",
                results -> AllRuns.ratio(
                        results.find(Names.BATCH, Names.PRINCIPALS, "100000"),
                        results.find(Names.ONE_BY_ONE, Names.PRINCIPALS, "100000"))));
        goals.add(new Goal("p99 by the median, view (a)", 4, true, " ×", tail("99")));
        goals.add(new Goal("p99.9 by the median, view (a)", 3, true, " ×", tail("99.9")));
    }

    private static void peers(List<Goal> goals) {
        goals.add(peer(
                "view (a), event-ruler",
                80,
                "a:10",
                "event-ruler",
                "event-ruler-resource-first",
                "event-ruler-principal-first"));
        goals.add(peer("view (a), jCasbin", 250, "a:10", "jcasbin"));
        goals.add(peer("view (a), AuthzForce", 800, "a:10", "authzforce"));
        goals.add(peer("view (a), cedar-java, its bridge included", 2_000, "a:10", "cedar-java"));
        goals.add(peer("view (a), iam-simulate, in Node", 2_000, "a:10", "iam-simulate"));
        goals.add(peer(
                "view (b), 10,000 policies, event-ruler ordered by hand",
                190,
                "b:10000",
                "event-ruler-principal-first"));
        goals.add(peer("view (b), 10,000 policies, jCasbin", 30_000, "b:10000", "jcasbin"));
        goals.add(peer("view (b), 10,000 policies, cedar-java", 500_000, "b:10000", "cedar-java"));
    }

    private static void others(List<Goal> goals) {
        goals.add(new Goal(
                "memory a statement, largest store",
                100,
                true,
                " B",
                results -> largest(results).flatMap(one -> both(one, "engineBytes", "statements"))));
        goals.add(new Goal(
                "texts to engine, a policy, largest store",
                12,
                true,
                " µs",
                results -> largest(results).flatMap(one -> {
                    double millis = one.member("readMillis").number().orElse(Double.NaN)
                            + one.member("compileMillis").number().orElse(Double.NaN);
                    return one.member("policies").number().map(policies -> millis * 1e3 / policies);
                })));
        goals.add(new Goal(
                "image open, 1,000,000 policies",
                100,
                true,
                " ms",
                results -> results.find("ImageBenchmark.open", Names.PRINCIPALS, "100000")
                        .map(one -> one.nanos().least() / Names.MILLI)));
        goals.add(new Goal(
                "publishing an attachment",
                50,
                true,
                " µs",
                results -> results.find("PublishBenchmark.attach")
                        .map(one -> one.nanos().least() / Names.MICRO)));
        goals.add(new Goal(
                "explaining an allow",
                20,
                true,
                " µs",
                results -> results.find("ExplainBenchmark.portcullis", "decision", "ALLOW")
                        .map(one -> one.nanos().least() / Names.MICRO)));
    }

    private static Goal most(String name, double bound, String unit, Function<Results, Optional<Double>> measured) {
        return new Goal(name, bound, true, unit, measured);
    }

    private static Function<Results, Optional<Double>> least(String benchmark, String... params) {
        return results -> results.find(benchmark, params).map(one -> one.nanos().least());
    }

    private static Goal times(String name, double bound, String longer, String shorter, String... params) {
        return new Goal(
                name + " / Portcullis",
                bound,
                false,
                " ×",
                results -> AllRuns.ratio(results.find(longer, params), results.find(shorter, params)));
    }

    /** The fastest of some peers by ourselves. */
    private static Goal peer(String name, double bound, String view, String... peers) {
        return new Goal(name + " / Portcullis", bound, false, " ×", results -> {
            Map<String, PeerFigure> figures = PeerFigure.of(results);
            Optional<Double> own = median(figures, PeerFigure.PORTCULLIS, view);
            Optional<Double> fastest = List.of(peers).stream()
                    .flatMap(peer -> median(figures, peer, view).stream())
                    .min(Double::compare);
            return own.isPresent() ? fastest.map(nanos -> nanos / own.get()) : Optional.empty();
        });
    }

    private static Optional<Double> median(Map<String, PeerFigure> figures, String peer, String view) {
        return Optional.ofNullable(figures.get(PeerFigure.key(peer, view))).flatMap(PeerFigure::median);
    }

    private static Optional<Json> largest(Results results) {
        List<Json> sizes = results.others("footprint-");
        return sizes.isEmpty() ? Optional.empty() : Optional.of(sizes.get(sizes.size() - 1));
    }

    private static Optional<Double> both(Json object, String above, String below) {
        Optional<Double> one = object.member(above).number();
        return object.member(below).number().flatMap(other -> one.map(value -> value / other));
    }

    private static Function<Results, Optional<Double>> tail(String percentile) {
        return results -> results.others("tail-").stream()
                .findFirst()
                .map(one -> one.member("times"))
                .flatMap(times -> times.member(percentile)
                        .number()
                        .flatMap(high -> times.member("50").number().map(median -> high / median)));
    }
}
