package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Made-up results, and what is written from them: {@code src/test/resources/report/project} and {@code …/expected}.
 *
 * <p>{@code mvn test -Dportcullis.report.update=true} writes what is expected anew; read it before it is committed.
 */
class ReportTest {

    private static final Path RESOURCES = Path.of("src/test/resources/report");
    private static final List<String> WRITTEN = List.of(
            "docs/performance.md",
            "README.md",
            "docs/plots/decision.svg",
            "docs/plots/growth.svg",
            "docs/plots/peers.svg",
            "docs/plots/statements.svg",
            "docs/plots/tail.svg",
            "docs/plots/compile.svg");

    @TempDir
    private Path project;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(String... arguments) throws InterruptedException {
        return new Report(project, new PrintStream(printed, true, StandardCharsets.UTF_8)).run(List.of(arguments));
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void copyProject() throws IOException {
        Path from = RESOURCES.resolve("project");
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path to = project.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(path, to);
                }
            }
        }
    }

    @Test
    void render_madeUpResults_writesWhatIsExpected() throws Exception {
        copyProject();

        assertThat(run("render", "quick")).as(printed()).isZero();

        for (String file : WRITTEN) {
            Path expected = RESOURCES.resolve("expected").resolve(file);
            String written = Files.readString(project.resolve(file));
            if (Boolean.getBoolean("portcullis.report.update")) {
                Files.createDirectories(expected.getParent());
                Files.writeString(expected, written);
            }
            assertThat(written).as(file).isEqualTo(Files.readString(expected));
            if (file.endsWith(".svg")) {
                assertThat(ChartTest.parsed(written).getDocumentElement().getTagName())
                        .isEqualTo("svg");
            }
        }
    }

    @Test
    void render_twice_changesNothing() throws Exception {
        copyProject();
        run("render", "quick");
        String once = Files.readString(project.resolve("docs/performance.md"));

        assertThat(run("render", "quick")).isZero();

        assertThat(project.resolve("docs/performance.md")).hasContent(once);
    }

    @Test
    void render_onlyOneBenchmark_saysWhatWasNotRun() throws Exception {
        copyProject();
        Path results = project.resolve("benchmarks/results/full/jdk-17");
        Files.createDirectories(results);
        Files.copy(
                RESOURCES.resolve("project/benchmarks/results/quick/jdk-25/decide-1.json"), results.resolve("d.json"));

        assertThat(run("render", "full")).as(printed()).isZero();

        assertThat(Files.readString(project.resolve("docs/performance.md")))
                .contains("| **Portcullis, 100 principals (view a)** | 234 | 230 | 225 |")
                .contains("| identity-based policies only | not run |")
                .contains("| p99 by the median, view (a) | at most 4 × | not run |")
                .contains("Not run on JDK 17.")
                .contains("Text around goals.");
        assertThat(project.resolve("docs/plots/decision.svg")).exists();
        assertThat(project.resolve("docs/plots/tail.svg")).doesNotExist();
    }

    @Test
    void render_withoutResults_isAnError() throws Exception {
        assertThat(run("render", "quick")).isEqualTo(2);
        assertThat(printed()).startsWith("error: no results in ");
    }

    @Test
    void render_fileWithoutMarks_isAnErrorThatNamesIt() throws Exception {
        copyProject();
        Files.writeString(project.resolve("README.md"), "none");

        assertThat(run("render", "quick")).isEqualTo(2);
        assertThat(printed()).isEqualTo("error: README.md: no place for [headline]\n");
    }

    @Test
    void documentation_hasAPlaceForEveryPart() throws Exception {
        copyProject();
        for (String file : List.of("docs/performance.md", "README.md")) {
            Files.copy(
                    Path.of("..").resolve(file),
                    project.resolve(file),
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        String before = Files.readString(project.resolve("docs/performance.md"));

        assertThat(run("render", "quick")).as(printed()).isZero();

        assertThat(Files.readString(project.resolve("docs/performance.md")))
                .isNotEqualTo(before)
                .contains("Made-up processor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slow", "quick now", "render", "render slow", "compare one", "alternate a b"})
    void run_somethingElse_explainsUsage(String arguments) throws Exception {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(printed()).startsWith("usage: benchmarks/report quick|full");
    }
}
