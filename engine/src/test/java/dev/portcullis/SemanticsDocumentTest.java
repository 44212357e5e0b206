package dev.portcullis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The documentation's table of contested points is the code's. */
class SemanticsDocumentTest {

    @Test
    void table_everyPoint_isAsInTheCode() throws IOException {
        List<String> documented = Files.readAllLines(Path.of("..", "docs", "semantics.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        List<String> coded = Arrays.stream(Semantics.Point.values())
                .map(SemanticsDocumentTest::row)
                .toList();
        assertThat(documented).isEqualTo(coded);
    }

    private static String row(Semantics.Point point) {
        return "| `" + point.name() + "` | " + point.rule() + " | " + (point.byDefault() ? "on" : "off") + " | "
                + point.reason() + " |";
    }
}
