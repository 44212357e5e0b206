package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The part of {@code docs/performance.md} about other engines: on the oldest JDK, all on the same requests. */
final class PeerSections {

    /** Sizes of view (b). */
    private static final List<Long> STORES = List.of(1_000L, 10_000L, 100_000L, 1_000_000L);

    private final AllRuns runs;
    private final Map<String, PeerFigure> figures;

    PeerSections(AllRuns runs) {
        this.runs = runs;
        this.figures = PeerFigure.of(runs.oldest());
    }

    void addTo(Map<String, String> parts) {
        parts.put("peers", peers());
    }

    private String peers() {
        return attached()
                + "\n"
                + bySize('b', "policies in one store, ns: median", STORES)
                + "\n"
                + bySize('c', "statements on the same actions, ns: median", List.of())
                + "\n"
                + notes();
    }

    private Optional<PeerFigure> figure(String peer, String view) {
        return Optional.ofNullable(figures.get(PeerFigure.key(peer, view)));
    }

    /** View (a). */
    private String attached() {
        Table table = new Table(
                "ten policies a principal, " + runs.oldestName(),
                "version",
                "ns: median (least)",
                "as long as Portcullis",
                "bytes allocated",
                "decided as Portcullis");
        Optional<PeerFigure> own = figure(PeerFigure.PORTCULLIS, "a:10");
        for (String peer : PeerFigure.peers(figures)) {
            Optional<PeerFigure> figure = figure(peer, "a:10");
            table.row(
                    PeerFigure.displayed(peer),
                    figure.map(PeerFigure::version).orElse(""),
                    figure.map(PeerSections::time).orElse(Figures.NOT_RUN),
                    ratio(figure, own),
                    figure.flatMap(PeerFigure::allocated).map(Figures::of).orElse(""),
                    figure.filter(one -> one.requests() > 0)
                            .map(one -> Figures.count(one.requests() - one.mismatches()) + " of "
                                    + Figures.count(one.requests()))
                            .orElse(""));
        }
        return table.toString();
    }

    private static String time(PeerFigure figure) {
        return figure.without()
                .orElseGet(() -> Figures.of(figure.median().orElseThrow())
                        + figure.least()
                                .map(least -> " (" + Figures.of(least) + ")")
                                .orElse(""));
    }

    private static String ratio(Optional<PeerFigure> longer, Optional<PeerFigure> shorter) {
        Optional<Double> one = longer.flatMap(PeerFigure::median);
        Optional<Double> other = shorter.flatMap(PeerFigure::median);
        return one.isPresent() && other.isPresent() ? Figures.times(one.get() / other.get()) : "";
    }

    /** Views (b) and (c): with how many times as long as Portcullis. At these sizes, run or not, and at others that were run. */
    private String bySize(char view, String head, List<Long> wanted) {
        List<Long> run = PeerFigure.sizes(figures, view);
        if (run.isEmpty()) {
            return "";
        }
        List<Long> sizes =
                Stream.concat(wanted.stream(), run.stream()).distinct().sorted().toList();
        List<String> heads = new ArrayList<>(List.of(head));
        sizes.forEach(size -> heads.add(Figures.count(size)));
        Table table = new Table(heads);
        for (String peer : PeerFigure.peers(figures)) {
            List<String> cells = new ArrayList<>(List.of(PeerFigure.displayed(peer)));
            boolean any = false;
            for (long size : sizes) {
                String name = view + ":" + size;
                Optional<PeerFigure> figure = figure(peer, name);
                any |= figure.isPresent();
                String times =
                        peer.equals(PeerFigure.PORTCULLIS) ? "" : ratio(figure, figure(PeerFigure.PORTCULLIS, name));
                cells.add(figure.map(one -> one.without()
                                .orElseGet(() ->
                                        Figures.of(one.median().orElseThrow()) + (times.isEmpty() ? "" : ", " + times)))
                        .orElse(Figures.NOT_RUN));
            }
            if (any) {
                table.row(cells);
            }
        }
        return table.toString();
    }

    /** What was said of those that couldn't be loaded, or decided otherwise. */
    private String notes() {
        StringBuilder text = new StringBuilder();
        for (PeerFigure figure : figures.values()) {
            if (!figure.note().isEmpty() && (figure.median().isEmpty() || figure.mismatches() > 0)) {
                text.append("* ")
                        .append(PeerFigure.displayed(figure.peer()))
                        .append(", view (")
                        .append(figure.view().charAt(0))
                        .append("), ")
                        .append(Figures.count(Long.parseLong(figure.view().substring(2))))
                        .append(": ")
                        .append(figure.note().replace('\n', ' '))
                        .append('\n');
            }
        }
        return text.toString();
    }
}
