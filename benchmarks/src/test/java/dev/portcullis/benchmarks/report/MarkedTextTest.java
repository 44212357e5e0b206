package dev.portcullis.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedTextTest {

    @Test
    void replace_parts_standBetweenTheirMarks() {
        String text =
                "before\n<!-- report:one -->\nold\n<!-- /report:one -->\nbetween\n<!-- report:two --><!-- /report:two -->";

        String replaced = MarkedText.replace(text, Map.of("one", "new $1\n", "two", "2"));

        assertThat(replaced)
                .isEqualTo("before\n<!-- report:one -->\n\nnew $1\n\n<!-- /report:one -->\nbetween\n"
                        + "<!-- report:two -->\n\n2\n\n<!-- /report:two -->");
        assertThat(MarkedText.replace(replaced, Map.of("one", "new $1\n", "two", "2")))
                .isEqualTo(replaced);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "none | no place for [one]",
                "<!-- report:one --> | <!-- report:one --> without an end",
                "<!-- report:one --><!-- report:one --> | <!-- report:one --> without an end",
                "<!-- /report:one --> | <!-- /report:one --> without a beginning",
                "<!-- report:other --><!-- /report:other --> | nothing is generated for <!-- report:other -->",
                "<!-- report:one --><!-- /report:one --><!-- report:one --><!-- /report:one --> | <!-- report:one --> twice"
            })
    void replace_marksThatDontFit_areRefused(String text, String message) {
        assertThatThrownBy(() -> MarkedText.replace(text, Map.of("one", "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
