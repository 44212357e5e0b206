package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on files as JMH writes them. */
class CompareTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int compare(Path before, Path after, String... more) throws InterruptedException {
        List<String> arguments = new java.util.ArrayList<>(List.of("compare", before.toString(), after.toString()));
        arguments.addAll(List.of(more));
        return new Report(folder, new PrintStream(printed, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static String benchmark(String method, int principals, double nanos, int forks, double bytes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String raw = IntStream.range(0, forks)
                .mapToObj(fork -> random.doubles(20)
                        .mapToObj(share -> String.format(Locale.ROOT, "%.3f", nanos * (1 + 0.02 * share)))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "[", "]"));
        return String.format(
                Locale.ROOT,
                "{\"benchmark\": \"dev.portcullis.benchmarks.DecideBenchmark.%s\", \"params\": {\"principals\": \"%d\"},"
                        + "\"primaryMetric\": {\"score\": %.3f, \"scoreUnit\": \"ns/op\", \"rawData\": %s},"
                        + "\"secondaryMetrics\": {\"gc.alloc.rate.norm\": {\"score\": %.3f}}}",
                method,
                principals,
                nanos,
                raw,
                bytes);
    }

    private Path file(String name, String... benchmarks) throws IOException {
        return Files.writeString(folder.resolve(name), "[" + String.join(",", benchmarks) + "]");
    }

    @Test
    void compare_theSameFile_isNoise() throws Exception {
        Path file = file("a.json", benchmark("portcullis", 100, 250, 3, 0, 1), benchmark("naive", 100, 1600, 3, 0, 2));

        assertThat(compare(file, file)).isZero();

        assertThat(printed())
                .contains("DecideBenchmark.portcullis (principals=100)", "2 compared, 0 slower")
                .doesNotContain("slower  ", "faster");
        assertThat(printed().lines().filter(line -> line.startsWith("noise"))).hasSize(2);
    }

    @Test
    void compare_oneSlower_exitsWithOne() throws Exception {
        Path before =
                file("a.json", benchmark("portcullis", 100, 250, 3, 0, 1), benchmark("naive", 100, 1600, 3, 0, 2));
        Path after = file("b.json", benchmark("portcullis", 100, 280, 3, 0, 3), benchmark("naive", 100, 1400, 3, 0, 4));

        assertThat(compare(before, after)).isEqualTo(1);

        assertThat(printed().lines().toList().get(0)).startsWith("slower  1.1").endsWith("TOO SLOW");
        assertThat(printed().lines().toList().get(1)).startsWith("faster  0.87");
        assertThat(printed()).contains("2 compared, 1 slower by 5 % or more");
    }

    @Test
    void compare_slowerByLessThanThreshold_exitsWithZero() throws Exception {
        Path before = file("a.json", benchmark("portcullis", 100, 250, 5, 0, 1));
        Path after = file("b.json", benchmark("portcullis", 100, 262, 5, 0, 3));

        assertThat(compare(before, after)).isZero();
        assertThat(printed()).startsWith("slower");
        assertThat(compare(before, after, "3")).isEqualTo(1);
        assertThat(compare(after, before, "3")).isZero();
    }

    @Test
    void compare_allocatingMore_exitsWithOne() throws Exception {
        Path before = file("a.json", benchmark("portcullis", 100, 250, 3, 0.03, 1));
        Path after = file("b.json", benchmark("portcullis", 100, 250, 3, 24.03, 1));

        assertThat(compare(before, after)).isEqualTo(1);
        assertThat(printed()).contains("noise", "ALLOCATES 24 B, not 0.03");
        assertThat(compare(after, before)).isZero();
    }

    @Test
    void compare_folders_putsRoundsTogether() throws Exception {
        Path before = Files.createDirectories(folder.resolve("before"));
        Path after = Files.createDirectories(folder.resolve("after"));
        for (int round = 0; round < 3; round++) {
            Files.move(
                    file("x.json", benchmark("portcullis", 100, 250, 1, 0, round)),
                    before.resolve("round-" + round + ".json"));
            Files.move(
                    file("x.json", benchmark("portcullis", 100, 268, 1, 0, 10 + round)),
                    after.resolve("round-" + round + ".json"));
        }

        assertThat(compare(before, after)).isEqualTo(1);
        assertThat(printed()).startsWith("slower").doesNotContain("fewer than 3 forks");
    }

    @Test
    void compare_fewForks_says() throws Exception {
        Path before = file("a.json", benchmark("portcullis", 100, 250, 1, 0, 1));
        Path after = file("b.json", benchmark("portcullis", 100, 268, 1, 0, 2));

        assertThat(compare(before, after)).isZero();
        assertThat(printed()).startsWith("noise").contains("with fewer than 3 forks on both sides");
    }

    @Test
    void compare_nothingInCommon_isAnError() throws Exception {
        Path before = file("a.json", benchmark("portcullis", 100, 250, 1, 0, 1));
        Path after = file("b.json", benchmark("portcullis", 1000, 250, 1, 0, 1));

        assertThat(compare(before, after)).isEqualTo(2);
        assertThat(printed()).isEqualTo("error: the results have no benchmark in common\n");
    }

    @Test
    void compare_whatIsNoJson_isAnErrorThatNamesTheFile() throws Exception {
        Path before = file("a.json", benchmark("portcullis", 100, 250, 1, 0, 1));
        Path broken = Files.writeString(folder.resolve("b.json"), "[{\"benchmark\": ");

        assertThat(compare(before, broken)).isEqualTo(2);
        assertThat(printed()).startsWith("error: " + broken + ": ");
        assertThat(compare(before, folder.resolve("none.json"))).isEqualTo(2);
    }
}
