package dev.portcullis.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void line_plainText_staysAsItIs() {
        String text = "arn:aws:s3:::b/é/日本/😀";

        assertThat(Printable.line(text)).isSameAs(text);
    }

    @Test
    void line_escapeSequence_losesItsPower() {
        assertThat(Printable.line("a\u001B[2Jb\u0007c\u009B31m")).isEqualTo("a␛[2Jb␇c\uFFFD31m");
    }

    @Test
    void line_everyControlUnit_keepsItsWidthAndIsReplaced() {
        for (char unit = 0; unit < 0xA0; unit++) {
            if (unit < ' ' || unit > '~') {
                String cleaned = Printable.line("x" + unit + "y");

                assertThat(cleaned).as("U+%04X", (int) unit).hasSize(3).doesNotContain(String.valueOf(unit));
            }
        }
    }

    @Test
    void line_directionOverride_isReplaced() {
        assertThat(Printable.line("a\u202Eb\u2066c\u200Fd")).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd");
    }

    @Test
    void line_loneSurrogate_isReplaced() {
        assertThat(Printable.line("a\uD83Db\uDE00")).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void line_lineEnd_becomesAPicture() {
        assertThat(Printable.line("a\nb\r\nc\td")).isEqualTo("a␊b␍␊c d");
    }

    @Test
    void lines_lineFeed_stays() {
        assertThat(Printable.lines("a\nb\rc")).isEqualTo("a\nb␍c");
    }
}
