package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static List<JsonLines.RawLine> lines(InputStream in) throws IOException {
        JsonLines lines = new JsonLines(in);
        List<JsonLines.RawLine> all = new ArrayList<>();
        Optional<JsonLines.RawLine> line = lines.next();
        while (line.isPresent()) {
            all.add(line.get());
            line = lines.next();
        }
        assertThat(lines.next()).isEmpty();
        return all;
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a byte at a time, as a slow pipe may. */
    private static InputStream dripping(String text) {
        return new InputStream() {
            private final InputStream in = text(text);

            @Override
            public int read() throws IOException {
                return in.read();
            }

            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                return in.read(buffer, from, Math.min(length, 1));
            }
        };
    }

    @Test
    void next_blankLinesBetween_skipsThemAndCountsThem() throws IOException {
        assertThat(lines(text("a\n\n \t\r\nb\r\n")))
                .containsExactly(
                        new JsonLines.RawLine(1, "a", Optional.empty()),
                        new JsonLines.RawLine(4, "b\r", Optional.empty()));
    }

    @Test
    void next_noLineFeedAtTheEnd_readsTheLastLine() throws IOException {
        assertThat(lines(text("a\nb"))).extracting(JsonLines.RawLine::text).containsExactly("a", "b");
    }

    @Test
    void next_emptyStream_hasNoLine() throws IOException {
        assertThat(lines(text(""))).isEmpty();
        assertThat(lines(text("\n\n"))).isEmpty();
    }

    @Test
    void next_linesLongerThanAChunkInSmallReads_areWhole() throws IOException {
        String longLine = "é".repeat(70_000);
        assertThat(lines(dripping("x\n" + longLine + "\ny")))
                .extracting(JsonLines.RawLine::text)
                .containsExactly("x", longLine, "y");
    }

    @Test
    void next_notUtf8_isAProblemOfThatLineOnly() throws IOException {
        byte[] bytes = {'a', '\n', (byte) 0xc3, '(', '\n', 'b'};
        List<JsonLines.RawLine> lines = lines(new ByteArrayInputStream(bytes));
        assertThat(lines).extracting(JsonLines.RawLine::text).containsExactly("a", "", "b");
        assertThat(lines.get(1).problem()).contains(new Problem(2, 0, "the line is not UTF-8 text"));
    }

    @Test
    void next_lineTooLong_isAProblemOfThatLineOnly() throws IOException {
        byte[] bytes = new byte[JsonLines.LINE_BYTES * 2 + 10];
        java.util.Arrays.fill(bytes, (byte) 'x');
        bytes[1] = '\n';
        bytes[bytes.length - 2] = '\n';
        List<JsonLines.RawLine> lines = lines(new ByteArrayInputStream(bytes));
        assertThat(lines).extracting(JsonLines.RawLine::text).containsExactly("x", "", "x");
        assertThat(lines.get(1).problem())
                .hasValueSatisfying(
                        problem -> assertThat(problem.message()).isEqualTo("the line is longer than 16777216 bytes"));
    }

    @Test
    void next_lineTooLongAtTheEnd_isAProblem() throws IOException {
        byte[] bytes = new byte[JsonLines.LINE_BYTES + 2];
        java.util.Arrays.fill(bytes, (byte) 'x');
        assertThat(lines(new ByteArrayInputStream(bytes)))
                .singleElement()
                .satisfies(line -> assertThat(line.problem()).isPresent());
    }
}
