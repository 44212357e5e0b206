package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.json.JsonWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class PrintedJsonTest {

    @Test
    void compact_nestedValues_standOnOneLine() {
        String json = PrintedJson.compact()
                .beginObject()
                .member("a", "x")
                .member("b", 7)
                .member("c", true)
                .member("d", List.of("p", "q"))
                .name("e")
                .nullValue()
                .name("f")
                .beginObject()
                .endObject()
                .name("g")
                .beginArray()
                .endArray()
                .endObject()
                .take();

        assertThat(json).isEqualTo("{\"a\":\"x\",\"b\":7,\"c\":true,\"d\":[\"p\",\"q\"],\"e\":null,\"f\":{},\"g\":[]}");
    }

    @Test
    void indented_nestedValues_standOnLinesOfTheirOwn() {
        String json = PrintedJson.indented()
                .beginObject()
                .member("a", List.of("p"))
                .name("b")
                .beginArray()
                .beginObject()
                .member("c", 1)
                .endObject()
                .endArray()
                .endObject()
                .take();

        assertThat(json).isEqualTo("""
                {
                  "a": [
                    "p"
                  ],
                  "b": [
                    {
                      "c": 1
                    }
                  ]
                }""");
    }

    @Test
    void value_whatATerminalCouldObey_isEscaped() {
        String json = PrintedJson.compact()
                .value("\"\\/\n\r\t\b\u001B\u007F\u009B\u202E\u2028é😀")
                .take();

        assertThat(json).isEqualTo("\"\\\"\\\\/\\n\\r\\t\\u0008\\u001b\\u007f\\u009b\\u202e\\u2028é😀\"");
    }

    @Test
    void value_loneSurrogate_isEscaped() {
        assertThat(PrintedJson.compact().value("\uD83D\uD83D\uDE00\uDE00").take())
                .isEqualTo("\"\\ud83d\uD83D\uDE00\\ude00\"");
    }

    @Test
    void take_inTheMiddle_givesTheTextPiecewise() {
        JsonWriter json = PrintedJson.compact().beginArray().value(1);

        assertThat(json.take()).isEqualTo("[1");
        assertThat(json.value(2).endArray().take()).isEqualTo(",2]");
    }
}
