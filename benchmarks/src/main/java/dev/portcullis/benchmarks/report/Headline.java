package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What README shows: one table and one plot, on the oldest JDK. */
final class Headline {

    /** Who is shown, if it was run; the best of event-ruler's orders. */
    private static final List<List<String>> SHOWN = List.of(
            List.of(PeerFigure.PORTCULLIS),
            List.of(PeerFigure.INDEXED),
            List.of(PeerFigure.NAIVE),
            List.of("event-ruler-resource-first", "event-ruler-principal-first", "event-ruler"),
            List.of("jcasbin"),
            List.of("authzforce"),
            List.of("cedar-java"),
            List.of("iam-simulate"));

    private final AllRuns runs;
    private final Map<String, PeerFigure> figures;

    Headline(AllRuns runs) {
        this.runs = runs;
        this.figures = PeerFigure.of(runs.oldest());
    }

    private static String name(List<String> orders) {
        return orders.size() > 1 ? "event-ruler, best order of fields" : PeerFigure.displayed(orders.get(0));
    }

    /** The fastest of those, in nanoseconds by the median; without peers our own benchmarks say it of the first three. */
    private Optional<Double> nanos(List<String> orders, String view) {
        Optional<Double> fastest = orders.stream()
                .map(peer -> Optional.ofNullable(figures.get(PeerFigure.key(peer, view))))
                .flatMap(Optional::stream)
                .flatMap(figure -> figure.median().stream())
                .min(Double::compare);
        return fastest.isPresent() || figures.containsKey(PeerFigure.key(PeerFigure.PORTCULLIS, view))
                ? fastest
                : own(orders.get(0), view);
    }

    private Optional<Double> own(String peer, String view) {
        String size = view.substring(2);
        Optional<Measured> measured = switch (view.charAt(0)) {
            case 'a' -> runs.oldest().find("DecideBenchmark." + peer, Names.PRINCIPALS, Names.CACHED);
            case 'b' ->
                runs.oldest().find("DecideBenchmark." + peer, Names.PRINCIPALS, size.substring(0, size.length() - 1));
            default -> runs.oldest().find("ManyStatementsBenchmark." + peer, "statements", size);
        };
        return measured.map(one -> one.nanos().median());
    }

    /** The table. */
    String table() {
        List<String> views = List.of("a:10", "b:10000", "c:1000", "c:100000");
        Table table = new Table(
                "median, " + runs.oldestName(),
                "ten policies a principal",
                "10,000 policies in one store",
                "1,000 statements on the same actions",
                "100,000 statements");
        for (List<String> orders : SHOWN) {
            List<String> cells = new ArrayList<>(List.of(name(orders)));
            boolean any = false;
            for (String view : views) {
                Optional<Double> nanos = nanos(orders, view);
                Optional<Double> ours = nanos(List.of(PeerFigure.PORTCULLIS), view);
                any |= nanos.isPresent();
                String times = orders.contains(PeerFigure.PORTCULLIS) || nanos.isEmpty() || ours.isEmpty()
                        ? ""
                        : ", " + Figures.times(nanos.get() / ours.get());
                cells.add(nanos.map(value -> LogScale.time(value) + times).orElse(""));
            }
            if (any) {
                table.row(cells);
            }
        }
        return table + "\n![" + PLOT_TITLE + "](docs/plots/decision.svg)\n\n" + new Machine(runs).shortly() + "\n";
    }

    private static final String PLOT_TITLE = "One decision of about fifty statements, request filled from Strings";

    /** The plot of view (a). */
    BarChart plot() {
        BarChart chart = new BarChart(PLOT_TITLE);
        int colour = 0;
        for (List<String> orders : SHOWN) {
            Optional<Double> nanos = nanos(orders, "a:10");
            if (nanos.isPresent()) {
                chart.add(name(orders), nanos.get(), Math.min(colour, 6));
            }
            colour = orders.contains(PeerFigure.PORTCULLIS) ? 1 : orders.contains(PeerFigure.NAIVE) ? 6 : colour;
        }
        return chart;
    }
}
