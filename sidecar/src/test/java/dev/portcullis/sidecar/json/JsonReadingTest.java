package dev.portcullis.sidecar.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a little at a time. */
class JsonReadingTest {

    private static final String TEXT = "{\"a\": [1, {\"b\": [true]}, []], \"c\": {\"d\": null}, \"e\": []}";

    private static JsonReading reading(String text) {
        return JsonReader.begin(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void step_object_membersAndElementsOneByOne() throws Exception {
        JsonReading reading = reading(TEXT);
        int steps = 1;
        while (!reading.step()) {
            assertThat(reading.value()).isNull();
            steps++;
        }
        // The brace, `a` and its bracket, three elements and their end, `c`, `e`, its end, the brace.
        assertThat(steps).isEqualTo(10);
        JsonNode a = reading.value().members().get("a");
        assertThat(a.elements()).hasSize(3);
        assertThat(a.column()).isEqualTo(7);
        assertThat(a.elements().get(1).members().get("b").elements().get(0).truth())
                .isTrue();
        assertThat(reading.value().members()).containsOnlyKeys("a", "c", "e");
        assertThat(reading.step()).as("again").isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "\"x\"", "12", "{}", " {\"a\":[]} "})
    void finish_anyValue_read(String text) throws Exception {
        assertThat(reading(text).finish()).isEqualTo(JsonReader.read(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void finish_cutAnywhere_refused() {
        for (int length = 0; length < TEXT.length(); length++) {
            String cut = TEXT.substring(0, length);
            assertThatThrownBy(() -> reading(cut).finish()).as(cut).isInstanceOf(JsonException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\": [1]} {}",
                "{\"a\": [1], \"a\": [2]}",
                "{\"a\": [1], \"a\": 2}",
                "{\"a\": [1]]",
                "{\"a\": [1,]}",
                "{\"a\": [\"\\ud800\"]}",
                "{\"\\ud800\": []}",
                "{\"a\": [1] \"b\": 2}",
                "[1] 2",
                "{\"a\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}"
            })
    void finish_malformed_refused(String text) {
        assertThatThrownBy(() -> reading(text).finish()).isInstanceOf(JsonException.class);
    }
}
