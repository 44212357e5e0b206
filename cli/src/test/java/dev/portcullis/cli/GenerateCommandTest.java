package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateCommandTest {

    @TempDir
    private Path folder;

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    @Test
    void generate_storeAndRequests_areDecided() {
        Ran generated = Ran.run(
                "generate",
                "amazon-q",
                "--policies",
                "90",
                "--seed",
                "4",
                "--store",
                path("q"),
                "--requests",
                path("requests.jsonl"),
                "--count",
                "40");
        Ran decided = Ran.run("decide", "--store", path("q"), "--requests", path("requests.jsonl"));

        assertThat(generated).isEqualTo(new Ran(0, "", ""));
        assertThat(decided.code()).isZero();
        assertThat(decided.out().lines())
                .hasSize(40)
                .allMatch(line -> line.matches("(ALLOW|EXPLICIT_DENY|IMPLICIT_DENY) [a-z-]+-[0-9]+(-[a-z-]+)?: .*"));
        assertThat(decided.out()).contains("ALLOW hit-", "IMPLICIT_DENY ");
    }

    @Test
    void generate_cases_pass() {
        Ran generated = Ran.run(
                "generate",
                "principals",
                "--policies",
                "50",
                "--store",
                path("p"),
                "--cases",
                path("cases.jsonl"),
                "--decisions",
                "20/4/10");
        Ran tested = Ran.run("test", "--store", path("p"), path("cases.jsonl"));

        assertThat(generated.code()).isZero();
        assertThat(tested.code()).isZero();
        assertThat(tested.out()).contains("34 passed");
    }

    @Test
    void generate_packedWithSample_hasDecisionsOfTheSample() throws IOException {
        Ran generated = Ran.run(
                "generate",
                "customer",
                "--policies",
                "80",
                "--packed",
                path("requests.bin"),
                "--count",
                "30",
                "--sample",
                "10",
                "--share",
                "hit=1",
                "--share",
                "unknown-action=0");

        ByteBuffer packed = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("requests.bin")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int count = packed.getInt(packed.capacity() - 4);
        int index = packed.getInt(packed.capacity() - 8);
        assertThat(generated).isEqualTo(new Ran(0, "", ""));
        assertThat(count).isEqualTo(30);
        for (int i = 0; i < count; i++) {
            byte decision = packed.get(packed.getInt(index + 4 * i) + 1);
            assertThat(decision != 0).isEqualTo(i < 10);
        }
    }

    @Test
    void generate_otherCallers_casesPass() {
        Ran generated = Ran.run(
                "generate",
                "amazon-q",
                "--policies",
                "200",
                "--store",
                path("q"),
                "--cases",
                path("cases.jsonl"),
                "--count",
                "80",
                "--caller",
                "principal=0");
        Ran tested = Ran.run("test", "--store", path("q"), path("cases.jsonl"));

        assertThat(generated).isEqualTo(new Ran(0, "", ""));
        assertThat(tested.code()).isZero();
        assertThat(tested.out()).contains("80 passed");
    }

    @Test
    void generate_documentsToStandardOutput_areOneALine() {
        Ran ran = Ran.run("generate", "guardrail", "--policies", "20", "--documents", "-");

        assertThat(ran.code()).isZero();
        assertThat(ran.out().lines())
                .hasSize(20)
                .allMatch(line -> line.startsWith("{\"name\":\"") && line.endsWith("}}"));
    }

    @Test
    void generate_described_showsRealAndGenerated() {
        Ran text = Ran.run("generate", "managed", "--policies", "1594", "--describe");
        Ran json = Ran.run("generate", "managed", "--policies", "100", "--describe", "--format", "json");

        assertThat(text.out()).startsWith("managed, seed 1: 1,594 policies, 8,853 statements");
        assertThat(text.out().lines()).anyMatch(line -> line.matches("statements a policy, p99 +46 +46"));
        assertThat(text.out().lines()).anyMatch(line -> line.matches("federated-user +4\\.0 %"));
        assertThat(json.out()).startsWith("{\"profile\": \"managed\", \"seed\": 1, \"policies\": 100,");
    }

    @Test
    void generate_onATerminal_showsProgressThatDisappears() {
        Ran ran = Ran.run(
                "",
                Set.of("err"),
                Map.of(),
                "generate",
                "managed",
                "--policies",
                "60000",
                "--documents",
                path("all.jsonl"));

        assertThat(ran.code()).isZero();
        assertThat(ran.err()).contains("of 60,000 policies").endsWith(" \r");
    }

    @Test
    void generate_directoryThatIsNotEmpty_isAnError() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");

        Ran ran = Ran.run("generate", "amazon-q", "--store", folder.toString());

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("error: can't write `" + folder + "`: the directory is not empty");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("mine.txt"));
        }
    }

    @Test
    void generate_wrongArguments_areErrors() {
        assertThat(Ran.run("generate", "amazon").err())
                .contains("`amazon` is no profile; there are amazon-q, managed,");
        assertThat(Ran.run("generate", "amazon-q").err()).contains("nothing to do");
        assertThat(Ran.run("generate", "amazon-q", "--policies", "0", "--describe")
                        .err())
                .contains("`--policies 0` is not positive");
        assertThat(Ran.run("generate", "amazon-q", "--requests", "-", "--share", "hits=3")
                        .err())
                .contains("there are the kinds hit, near-miss,");
        assertThat(Ran.run("generate", "amazon-q", "--requests", "-", "--caller", "services=3")
                        .err())
                .contains(
                        "`--caller services=3` must be KIND=WEIGHT: there are the kinds principal, narrowed-session,");
        assertThat(Ran.run("generate", "amazon-q", "--requests", "-", "--decisions", "1/2")
                        .err())
                .contains("`--decisions 1/2` must be three numbers");
    }
}
