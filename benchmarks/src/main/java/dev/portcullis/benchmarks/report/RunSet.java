package dev.portcullis.benchmarks.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A named set of runs. Immutable.
 *
 * @param label its name
 * @param budget longest time for the whole set; what would end later is left out
 * @param steps runs of JMH
 * @param tailPrincipals sizes of the stores whose latencies are recorded one by one, in principals of ten policies
 * @param tailDecisions how many decisions are recorded for each
 * @param footprintPrincipals sizes of the stores whose memory is measured, in principals of ten policies
 * @param peersViews views of the engines that run in processes of their own
 * @param peersEachSeconds how long each of those is checked, then warmed up, then measured
 */
record RunSet(
        String label,
        Duration budget,
        List<Step> steps,
        List<Integer> tailPrincipals,
        long tailDecisions,
        List<Integer> footprintPrincipals,
        List<String> peersViews,
        int peersEachSeconds) {

    /** What the engines that run in processes of their own are called together. */
    static final String PEERS_OF_NPM = "peers of npm";

    private static final String PEERS = "PeerBenchmark\\.decide";

    /** What fits into ten minutes, up to 100,000 policies. */
    static final RunSet QUICK = new RunSet(
            "quick",
            Duration.ofMinutes(10),
            quick(),
            List.of(100, 1_000, 10_000),
            5_000_000,
            List.of(100, 1_000),
            List.of("a:10"),
            2);

    /** Everything, up to 1,000,000 policies. */
    static final RunSet FULL = new RunSet(
            "full",
            Duration.ofHours(2),
            full(),
            List.of(100, 1_000, 10_000, 100_000),
            20_000_000,
            List.of(1_000, 10_000, 100_000),
            List.of("a:10", "b:1000", "b:10000", "b:100000", "b:1000000", "c:1000", "c:100000"),
            3);

    /** One short iteration of what is in {@link #QUICK}, to see that everything runs; its figures mean nothing. */
    static final RunSet SMOKE = new RunSet(
            "smoke",
            Duration.ofHours(1),
            quick().stream().map(step -> step.iterations(1, 1).once()).toList(),
            List.of(100),
            100_000,
            List.of(100),
            List.of("a:10"),
            1);

    private static List<Step> quick() {
        return List.of(
                Step.of("decide", "DecideBenchmark\\.(portcullis|portcullisHandles|indexed|naive)", 2, 38)
                        .with("principals", "100", "1000")
                        .iterations(5, 20),
                Step.of("floor", "FloorBenchmark\\.(hot|hotAllValues|cold|tableDfa)", 2, 14)
                        .iterations(5, 20),
                Step.of("statements-1000", "ManyStatementsBenchmark", 2, 7)
                        .with("statements", "1000")
                        .iterations(5, 20),
                Step.of("statements-100000", "ManyStatementsBenchmark", 1, 24)
                        .with("statements", "100000")
                        .iterations(5, 20),
                Step.of("scale", "ScaleBenchmark", 1, 60)
                        .with("principals", "100", "1000", "10000")
                        .iterations(5, 20),
                Step.of("parts", "PartsBenchmark", 1, 19).iterations(5, 20),
                Step.of("layers", "LayerBenchmark", 1, 24).iterations(5, 20),
                Step.of("conditions", "ConditionBenchmark", 1, 36).iterations(3, 16),
                Step.of("forms", "FormBenchmark", 1, 16).iterations(5, 20),
                Step.of("threads", "ThreadBenchmark", 1, 8).iterations(5, 20),
                Step.of("hostile", "HostileBenchmark", 1, 23).iterations(5, 20),
                Step.of("explain", "ExplainBenchmark", 1, 12).iterations(5, 20),
                Step.of("publish", "PublishBenchmark\\.(attach|detach|putPolicy|putSharedPolicy)", 1, 24)
                        .with("principals", "1000")
                        .iterations(5, 20),
                Step.of("compile", "CompileBenchmark\\.(read|compile)", 1, 34)
                        .with("principals", "100", "1000")
                        .iterations(1, 5),
                Step.of("image", "ImageBenchmark", 1, 10)
                        .with("principals", "1000")
                        .iterations(10, 20),
                Step.of("synthetic", "SyntheticBenchmark\\.portcullis", 1, 16)
                        .with("policies", "1000", "10000")
                        .iterations(5, 20),
                Step.of("peers", PEERS, 1, 65)
                        .with("view", "a:10")
                        .iterations(5, 20)
                        .orNot());
    }

    /** The slowest first: what they are slower by hardly depends on what else the machine does. */
    private static List<Step> full() {
        return List.of(
                Step.of("peers-b", PEERS, 1, 620)
                        .with("view", "b:1000", "b:10000", "b:100000")
                        .iterations(4, 12)
                        .orNot(),
                Step.of("peers-b-1000000", PEERS, 1, 420)
                        .with("view", "b:1000000")
                        .with("peer", "portcullis", "indexed", "naive", "reference", "jcasbin")
                        .iterations(2, 5)
                        .each(1)
                        .jvm("-Xmx14g", "-Dportcullis.peers.seconds=120")
                        .orNot(),
                // Which take minutes to run into a limit.
                Step.of("peers-b-1000000-others", PEERS, 1, 1_500)
                        .with("view", "b:1000000")
                        .with(
                                "peer",
                                "event-ruler",
                                "event-ruler-principal-first",
                                "event-ruler-resource-first",
                                "authzforce",
                                "cedar-java")
                        .iterations(2, 5)
                        .each(1)
                        .jvm("-Xmx14g", "-Dportcullis.peers.seconds=120")
                        .orNot(),
                Step.of("peers-c", PEERS, 1, 420)
                        .with("view", "c:1000", "c:100000")
                        .iterations(4, 12)
                        .orNot(),
                Step.of("peers-a", PEERS, 2, 65)
                        .with("view", "a:10")
                        .iterations(5, 20)
                        .orNot(),
                Step.of("compile", "CompileBenchmark\\.(read|compile)", 2, 34)
                        .with("principals", "100", "1000")
                        .iterations(1, 5),
                Step.of("compile-10000", "CompileBenchmark\\.(read|compile)", 1, 90)
                        .with("principals", "10000")
                        .iterations(1, 3),
                Step.of("image", "ImageBenchmark", 1, 20)
                        .with("principals", "100", "1000", "10000")
                        .iterations(10, 20),
                Step.of("image-100000", "ImageBenchmark", 1, 160)
                        .with("principals", "100000")
                        .iterations(5, 10),
                Step.of("publish", "PublishBenchmark", 1, 60)
                        .with("principals", "1000")
                        .iterations(5, 20),
                Step.of("synthetic", "SyntheticBenchmark\\.portcullis", 1, 45)
                        .with("policies", "1000", "10000", "100000")
                        .iterations(5, 20),
                Step.of("scale-100000", "ScaleBenchmark", 1, 150)
                        .with("principals", "100000")
                        .iterations(10, 20),
                Step.of("statements-1000000", "ManyStatementsBenchmark\\.portcullis", 1, 90)
                        .with("statements", "1000000")
                        .iterations(5, 20),
                Step.of("statements-100000", "ManyStatementsBenchmark", 1, 24)
                        .with("statements", "100000")
                        .iterations(5, 20),
                Step.of("statements", "ManyStatementsBenchmark", 2, 14)
                        .with("statements", "1000", "10000")
                        .iterations(5, 20),
                Step.of("scale", "ScaleBenchmark", 2, 60)
                        .with("principals", "100", "1000", "10000")
                        .iterations(5, 20),
                Step.of("decide", "DecideBenchmark", 4, 45)
                        .with("principals", "100", "1000")
                        .iterations(5, 20),
                Step.of("floor", "FloorBenchmark", 4, 14).iterations(5, 20),
                Step.of("parts", "PartsBenchmark", 2, 19).iterations(5, 20),
                Step.of("layers", "LayerBenchmark", 2, 24).iterations(5, 20),
                Step.of("conditions", "ConditionBenchmark", 2, 36).iterations(3, 16),
                Step.of("forms", "FormBenchmark", 2, 16).iterations(5, 20),
                Step.of("threads", "ThreadBenchmark", 2, 8).iterations(5, 20),
                Step.of("hostile", "HostileBenchmark", 2, 23).iterations(5, 20),
                Step.of("explain", "ExplainBenchmark", 2, 12).iterations(5, 20));
    }

    /** What its runs are called. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Step step : steps) {
            for (int round = 1; round <= step.rounds(); round++) {
                names.add(step.name(round));
            }
        }
        tailPrincipals.forEach(principals -> names.add(tailName(principals)));
        footprintPrincipals.forEach(principals -> names.add(footprintName(principals)));
        names.add(PEERS_OF_NPM);
        return names;
    }

    static String tailName(int principals) {
        return String.format(Locale.ROOT, "tail-%07d", principals * 10);
    }

    static String footprintName(int principals) {
        return String.format(Locale.ROOT, "footprint-%07d", principals * 10);
    }

    /** About how long it takes on a quiet machine. */
    int seconds() {
        return steps.stream().mapToInt(step -> step.rounds() * step.seconds()).sum()
                + tailPrincipals.stream().mapToInt(this::tailSeconds).sum()
                + footprintPrincipals.stream()
                        .mapToInt(RunSet::footprintSeconds)
                        .sum()
                + peersSeconds();
    }

    /** About how long it takes to record the latencies of a size. */
    int tailSeconds(int principals) {
        return (int) (5 + principals / 800 + tailDecisions / 2_000_000);
    }

    /** About how long it takes to measure the memory of a size. */
    static int footprintSeconds(int principals) {
        return 5 + principals / 500;
    }

    /** About how long the engines in processes of their own take; three of them. */
    int peersSeconds() {
        return 10
                + peersViews.stream()
                        .mapToInt(view -> 3 * (3 * peersEachSeconds + 3) + peersLoadingSeconds(view))
                        .sum();
    }

    /** About how long they all load at most, and their policies are written before. */
    private static int peersLoadingSeconds(String view) {
        int size = Integer.parseInt(view, 2, view.length(), 10);
        return size < 10_000 ? 0 : size <= 100_000 ? 100 : 250;
    }

    /** The set of that name. */
    static Optional<RunSet> of(String name) {
        return Stream.of(QUICK, FULL, SMOKE)
                .filter(set -> set.label().equals(name))
                .findFirst();
    }
}
