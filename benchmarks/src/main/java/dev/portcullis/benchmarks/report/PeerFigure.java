package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an engine needed for a decision of a view, and whether it decided as Portcullis. Immutable.
 *
 * @param peer its name
 * @param version empty if nobody said
 * @param view {@code a:10}, {@code b:1000}, {@code c:100000}: the view, and policies or statements
 * @param median nanoseconds; empty if it was not timed
 * @param least nanoseconds
 * @param allocated bytes
 * @param requests how many were compared
 * @param mismatches how many of them it decided differently
 * @param note what loading took or why it failed; empty if there is nothing to say
 */
record PeerFigure(
        String peer,
        String version,
        String view,
        Optional<Double> median,
        Optional<Double> least,
        Optional<Double> allocated,
        long requests,
        long mismatches,
        String note) {

    private static final String NOT_LOADED = "not loaded";
    private static final String BENCHMARK = "PeerBenchmark.decide";

    /** All of a run, by view and peer. */
    static Map<String, PeerFigure> of(Results results) {
        Map<String, PeerFigure> figures = new LinkedHashMap<>();
        results.benchmarks().stream()
                .filter(one -> one.benchmark().equals(BENCHMARK))
                .map(PeerFigure::of)
                .forEach(figure -> figures.put(figure.key(), figure));
        for (Json file : results.others(Results.PEERS)) {
            for (Json one : file.elements()) {
                PeerFigure told = of(one);
                figures.merge(told.key(), told, PeerFigure::with);
            }
        }
        return figures;
    }

    static String key(String peer, String view) {
        return view + " " + peer;
    }

    private String key() {
        return key(peer, view);
    }

    private static PeerFigure of(Measured measured) {
        return new PeerFigure(
                measured.params().getOrDefault("peer", ""),
                "",
                measured.params().getOrDefault("view", ""),
                Optional.of(measured.nanos().median()),
                Optional.of(measured.nanos().least()),
                measured.allocated().isPresent()
                        ? Optional.of(measured.allocated().getAsDouble())
                        : Optional.empty(),
                0,
                0,
                "");
    }

    private static PeerFigure of(Json told) {
        return new PeerFigure(
                told.member("peer").text().orElse(""),
                told.member("version").text().orElse(""),
                told.member("view").text().orElse("") + ":"
                        + told.member("policies").text().orElse(""),
                told.member("nsMedian").number(),
                told.member("nsLeast").number(),
                Optional.empty(),
                Math.round(told.member("requests").number().orElse(0.0)),
                Math.round(told.member("mismatches").number().orElse(0.0)),
                told.member("note").text().orElse(""));
    }

    /** These times, with what was told besides. */
    private PeerFigure with(PeerFigure told) {
        return new PeerFigure(
                peer,
                told.version,
                view,
                median.or(told::median),
                least.or(told::least),
                allocated,
                told.requests,
                told.mismatches,
                told.note);
    }

    /** Why it has no times; empty if it has. */
    Optional<String> without() {
        return median.isPresent()
                ? Optional.empty()
                : Optional.of(note.startsWith(NOT_LOADED) ? NOT_LOADED : "not timed");
    }

    /** The sizes of a view that anything is known of, ascending. */
    static List<Long> sizes(Map<String, PeerFigure> figures, char view) {
        return figures.values().stream()
                .map(PeerFigure::view)
                .filter(name -> name.length() > 2 && name.charAt(0) == view)
                .map(name -> Long.parseLong(name.substring(2)))
                .distinct()
                .sorted()
                .toList();
    }

    /** Everybody, in the order of tables; those nobody knew last. */
    static List<String> peers(Map<String, PeerFigure> figures) {
        List<String> peers = new ArrayList<>(DISPLAYED.keySet());
        figures.values().stream()
                .map(PeerFigure::peer)
                .filter(peer -> !DISPLAYED.containsKey(peer))
                .distinct()
                .forEach(peers::add);
        return peers;
    }

    /** What tables call it. */
    static String displayed(String peer) {
        return DISPLAYED.getOrDefault(peer, peer);
    }

    static final String PORTCULLIS = "portcullis";
    static final String INDEXED = "indexed";
    static final String NAIVE = "naive";

    private static final Map<String, String> DISPLAYED = displayed();

    private static Map<String, String> displayed() {
        Map<String, String> names = new LinkedHashMap<>();
        Stream.of(
                        new String[] {PORTCULLIS, "Portcullis"},
                        new String[] {INDEXED, "fifty-line index"},
                        new String[] {NAIVE, "naive walk"},
                        new String[] {"reference", "reference evaluator"},
                        new String[] {"event-ruler-resource-first", "event-ruler, resource first by hand"},
                        new String[] {"event-ruler-principal-first", "event-ruler, principal first by hand"},
                        new String[] {"event-ruler", "event-ruler, fields as named"},
                        new String[] {"jcasbin", "jCasbin"},
                        new String[] {"authzforce", "AuthzForce (XACML)"},
                        new String[] {"cedar-java", "cedar-java"},
                        new String[] {"cedar-wasm", "cedar-wasm in Node"},
                        new String[] {"cerbos", "Cerbos, over loopback HTTP"},
                        new String[] {"iam-simulate", "iam-simulate in Node"})
                .forEach(name -> names.put(name[0], name[1]));
        return names;
    }
}
