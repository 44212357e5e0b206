package dev.portcullis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays through a file. */
class ImageReaderTest {

    @TempDir
    private Path folder;

    /** Sizes around the ends of chunks, in pieces that begin within sections. */
    @ParameterizedTest
    @CsvSource({"0, 1073741824", "-3, 1048576", "-2, 1048584", "-1, 2097152", "1, 1048576", "2, 3145728"})
    void read_arraysOfSeveralChunks_asWritten(int more, long pieceBytes) throws IOException {
        Random random = new Random(more);
        int chunk = Layout.CHUNK_BYTES;
        long[] longs = random.longs(3 * chunk / 8 + more).toArray();
        int[] ints = random.ints(2 * chunk / 4 + more).toArray();
        byte[] bytes = new byte[chunk - Layout.PREFIX_BYTES + more];
        random.nextBytes(bytes);
        char[] chars = new char[5 * chunk / 2 + more];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) random.nextInt();
        }
        ImageWriter writer = new ImageWriter();
        writer.bytes("bytes", bytes);
        writer.longs("longs", longs);
        writer.ints("none");
        writer.chars("chars", chars);
        writer.ints("ints", ints);
        Path file = folder.resolve("arrays");
        writer.write(file);

        ImageReader reader = ImageReader.read(file, pieceBytes);

        assertThat(reader.longs("longs")).isEqualTo(longs);
        assertThat(reader.ints("ints")).isEqualTo(ints);
        assertThat(reader.ints("none")).isEmpty();
        assertThat(reader.chars("chars")).isEqualTo(chars);
        assertThatThrownBy(() -> reader.longs("bytes")).hasMessage("section `bytes`: isn't made of what a long[] is");
        assertThatThrownBy(() -> reader.longs("longs")).hasMessage("section `longs`: is missing");
        reader.end();
    }

    @Test
    void end_unknownSection_isRefused() throws IOException {
        ImageWriter writer = new ImageWriter();
        writer.ints("new", 1);
        Path file = folder.resolve("arrays");
        writer.write(file);

        assertThatThrownBy(() -> ImageReader.read(file).end())
                .isInstanceOf(MalformedImage.class)
                .hasMessage("section `new`: isn't known");
    }
}
