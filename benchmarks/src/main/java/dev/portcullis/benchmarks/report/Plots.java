package dev.portcullis.benchmarks.report;

import dev.portcullis.benchmarks.report.LineChart.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The plots of the documentation, on the oldest JDK. */
final class Plots {

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);

    private final AllRuns runs;
    private final Results results;

    Plots(AllRuns runs) {
        this.runs = runs;
        this.results = runs.oldest();
    }

    /** Pictures by the names of their files; those without anything to show are left out. */
    Map<String, String> all() {
        Map<String, String> plots = new LinkedHashMap<>();
        BarChart decision = new Headline(runs).plot();
        if (!decision.isEmpty()) {
            plots.put("decision.svg", decision.svg());
        }
        put(plots, "growth.svg", growth());
        put(plots, "peers.svg", peers());
        put(plots, "statements.svg", statements());
        put(plots, "tail.svg", tail());
        put(plots, "compile.svg", compile());
        return plots;
    }

    /** A link to a picture of the documentation, if there is one. */
    static String link(Map<String, String> plots, String name, String what) {
        return plots.containsKey(name) ? "![" + what + "](plots/" + name + ")\n\n" : "";
    }

    private static void put(Map<String, String> plots, String name, LineChart chart) {
        if (!chart.isEmpty()) {
            plots.put(name, chart.svg());
        }
    }

    private String titled(String title) {
        return title + " (" + runs.oldestName() + ", medians)";
    }

    private LineChart growth() {
        LineChart chart =
                new LineChart(titled("One decision as the store grows"), "policies in the store", Figures::of);
        chart.add("one by one", decisions(Names.ONE_BY_ONE));
        chart.add("batches of 16", decisions(Names.BATCH));
        return chart;
    }

    private LineChart peers() {
        LineChart chart = new LineChart(
                titled("One decision as the store grows, all engines on the same requests"),
                "policies in the store",
                Figures::of);
        peers(chart, 'b');
        return chart;
    }

    private List<Point> decisions(String benchmark) {
        List<Point> points = new ArrayList<>();
        for (int size : SIZES) {
            results.find(benchmark, Names.PRINCIPALS, Integer.toString(size / Names.POLICIES_EACH))
                    .ifPresent(one -> points.add(new Point(size, one.nanos().median())));
        }
        return points;
    }

    /** The peers of a view, ourselves too. */
    private void peers(LineChart chart, char view) {
        Map<String, PeerFigure> figures = PeerFigure.of(results);
        for (String peer : PeerFigure.peers(figures)) {
            List<Point> points = new ArrayList<>();
            for (long size : PeerFigure.sizes(figures, view)) {
                Optional.ofNullable(figures.get(PeerFigure.key(peer, view + ":" + size)))
                        .flatMap(PeerFigure::median)
                        .ifPresent(nanos -> points.add(new Point(size, nanos)));
            }
            chart.add(PeerFigure.displayed(peer), points);
        }
    }

    /** Beside the peers as they were timed with them; without, as our own benchmark timed it. */
    private LineChart statements() {
        LineChart chart =
                new LineChart(titled("One decision among statements on the same actions"), "statements", Figures::of);
        peers(chart, 'c');
        if (chart.isEmpty()) {
            chart.add("Portcullis", statements(Names.STATEMENTS));
            chart.add("fifty-line index", statements(Names.STATEMENTS_INDEXED));
        }
        return chart;
    }

    private List<Point> statements(String benchmark) {
        List<Point> points = new ArrayList<>();
        for (int size : SIZES) {
            results.find(benchmark, "statements", Integer.toString(size))
                    .ifPresent(one -> points.add(new Point(size, one.nanos().median())));
        }
        return points;
    }

    private LineChart tail() {
        LineChart chart = new LineChart(
                runs.oldestName() + ": percentiles of decisions timed one by one",
                "policies in the store",
                Figures::of);
        for (String percentile : List.of("50", "90", "99", "99.9", "99.99")) {
            List<Point> points = new ArrayList<>();
            for (Json one : results.others("tail-")) {
                Optional<Double> size = one.member("policies").number();
                one.member("times")
                        .member(percentile)
                        .number()
                        .ifPresent(nanos -> points.add(new Point(size.orElse(1.0), nanos)));
            }
            chart.add("p" + percentile, points);
        }
        return chart;
    }

    private LineChart compile() {
        LineChart chart = new LineChart(titled("Compiling a store, a policy"), "policies in the store", Figures::of);
        for (String[] one :
                List.of(new String[] {"texts to store", "read"}, new String[] {"store to engine", "compile"})) {
            List<Point> points = new ArrayList<>();
            for (int size : SIZES) {
                results.find(
                                "CompileBenchmark." + one[1],
                                Names.PRINCIPALS,
                                Integer.toString(size / Names.POLICIES_EACH))
                        .ifPresent(measured ->
                                points.add(new Point(size, measured.nanos().median() / size)));
            }
            chart.add(one[0], points);
        }
        return chart;
    }
}
