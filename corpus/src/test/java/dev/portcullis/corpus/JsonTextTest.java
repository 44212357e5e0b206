package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.corpus.reference.ReferenceJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    private static String written(String text) throws IOException {
        StringBuilder out = new StringBuilder();
        JsonText.write(out, text);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "\"\\/\b\f\n\r\t\u0000\u001f\u007f",
                "é€\uD801\uDC00",
                "\uD801",
                "\uDC00x",
                "a\uD801\uD801\uDC00"
            })
    void write_anyText_readsBackTheSame(String text) throws IOException {
        assertThat(((ReferenceJson.Str) ReferenceJson.read(written(text))).value())
                .isEqualTo(text);
    }

    @Test
    void write_loneSurrogate_staysUtf8() throws IOException {
        String written = written("\uD801");
        assertThat(written).isEqualTo("\"\\ud801\"");
        assertThat(new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(written);
    }

    @Test
    void write_whatATerminalMightObey_isEscaped() throws IOException {
        assertThat(written("\u001b\u007f\u009b\u061c\u200f\u2028\u202e\u2069\ufeffé"))
                .isEqualTo("\"\\u001b\\u007f\\u009b\\u061c\\u200f\\u2028\\u202e\\u2069\\ufeffé\"");
    }
}
