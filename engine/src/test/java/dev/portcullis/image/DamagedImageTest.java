package dev.portcullis.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidImageException;
import dev.portcullis.Request;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What isn't as it was written is refused; what was forged well enough to be opened still decides. */
class DamagedImageTest {

    @TempDir
    private Path folder;

    private Path file;
    private byte[] whole;

    @BeforeEach
    void saveImage() throws IOException {
        save("patterns");
    }

    private void save(String store) throws IOException {
        file = folder.resolve("engine.image");
        SavedStores.engine(store).save(file);
        whole = Files.readAllBytes(file);
    }

    private void assertRefused(byte[] bytes, String message) throws IOException {
        Files.write(file, bytes);
        assertThatThrownBy(() -> Engine.open(file))
                .isInstanceOf(InvalidImageException.class)
                .hasMessageContaining(message);
    }

    private ByteBuffer copy() {
        return ByteBuffer.wrap(whole.clone()).order(Layout.ORDER);
    }

    @Test
    void open_everyPrefix_isRefused() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int left = whole.length - 1; left >= 0; left--) {
                int length = left;
                channel.truncate(length);
                assertThatThrownBy(() -> Engine.open(file))
                        .isInstanceOf(InvalidImageException.class)
                        .hasMessageContaining(
                                length < Layout.VERSION_AT ? "not a Portcullis image" : "truncated: " + length);
            }
        }
    }

    @Test
    void open_bytesBehindIt_isRefused() throws IOException {
        assertRefused(Arrays.copyOf(whole, whole.length + 1), "1 bytes too many");
    }

    @Test
    void open_everyByteFlipped_isRefused() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = 0; at < whole.length; at++) {
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (whole[at] ^ 1 << at % 8)}), at);
                assertThatThrownBy(() -> Engine.open(file)).isInstanceOf(InvalidImageException.class);
                channel.write(ByteBuffer.wrap(whole, at, 1), at);
            }
        }
        assertThat(SavedStores.decisions(Engine.open(file))).isNotEmpty();
    }

    @Test
    void open_flippedElement_namesTheSection() throws IOException {
        byte[] flipped = whole.clone();
        flipped[section("code.words") + Layout.PREFIX_BYTES] ^= 1;

        assertRefused(flipped, "checksum: section `code.words` was changed");
    }

    @Test
    void open_newerVersion_isRefused() throws IOException {
        assertRefused(
                fixed(copy().putInt(Layout.VERSION_AT, 7)), "written by a newer version: format 7, this one reads 3");
    }

    @Test
    void open_olderVersion_isRefused() throws IOException {
        assertRefused(
                fixed(copy().putInt(Layout.VERSION_AT, 1)),
                "written by an older version: format 1, this one reads 3; compile the store again");
    }

    @Test
    void open_impossibleVersion_isRefused() throws IOException {
        assertRefused(fixed(copy().putInt(Layout.VERSION_AT, 0)), "format 0 is none that there was");
    }

    @Test
    void open_otherByteOrder_isRefused() throws IOException {
        assertRefused(fixed(copy().putInt(Layout.ORDER_AT, 0x04030201)), "byte order");
    }

    @Test
    void open_tooManySections_isRefused() throws IOException {
        assertRefused(fixed(copy().putInt(Layout.SECTIONS_AT, 1 << 20)), "1048576 sections, at most ");
    }

    @Test
    void open_moreChunksThanBytes_isRefused() throws IOException {
        assertRefused(fixed(copy().putInt(Layout.CHUNKS_AT, 1 << 29)), "536870912 chunks in ");
    }

    @Test
    void open_hugeSection_isRefusedBeforeItIsAllocated() throws IOException {
        ByteBuffer forged = copy();
        forged.putLong(entry("code.words") + Layout.COUNT_AT, Integer.MAX_VALUE - 8);

        assertRefused(fixed(forged), "section `code.words`: isn't where it must be");
    }

    @Test
    void open_sectionRenamed_isRefused() throws IOException {
        ByteBuffer forged = copy();
        forged.put(entry("code.words"), (byte) 'C');

        assertRefused(fixed(forged), "section `code.words`: is missing");
    }

    @Test
    void open_tableWithoutFreeSlot_isRefused() throws IOException {
        ByteBuffer forged = copy();
        int at = section("actions.slots") + Layout.PREFIX_BYTES;
        int slots = (int) (forged.getLong(section("actions.slots")) / Integer.BYTES);
        for (int slot = 0; slot < slots; slot++) {
            forged.putInt(at + slot * Integer.BYTES, 1);
        }

        assertRefused(fixed(forged), "section `actions.slots`: a table without a free slot");
    }

    /** Every byte, changed with all checksums made right again: refused, or an engine that answers every request. */
    @ParameterizedTest
    @ValueSource(strings = {"patterns", "conditions", "layers", "long-lists"})
    void open_everyByteForged_isRefusedOrDecides(String store) throws IOException {
        save(store);
        List<String> differences = new ArrayList<>();
        int refused = 0;
        for (int at = Layout.HEADER_BYTES; at < whole.length; at += step()) {
            ByteBuffer forged = copy();
            forged.put(at, (byte) (forged.get(at) ^ 1 << at % 8));
            Files.write(file, fixed(forged));
            int place = at;
            refused += assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> refusedOrDecides(place, differences) ? 1 : 0);
        }
        assertThat(differences).isEmpty();
        assertThat(refused).isPositive();
    }

    /** {@code -Dportcullis.forged.step=1}: every byte; else every so many. */
    private static int step() {
        return Integer.getInteger("portcullis.forged.step", 31);
    }

    private boolean refusedOrDecides(int at, List<String> differences) {
        Engine opened;
        try {
            opened = Engine.open(file);
        } catch (InvalidImageException refused) {
            return true;
        }
        try {
            SavedStores.askSome(opened, at, (engine, request) -> {
                Decision[] together = new Decision[1];
                engine.decide(new Request[] {request}, 1, together);
                Decision decision = engine.decide(request);
                if (decision == null || together[0] != decision) {
                    differences.add(at + ": " + decision + ", in a batch " + together[0]);
                }
            });
        } catch (IllegalArgumentException contradiction) {
            // A request that contradicts the store, as the message says.
            if (!contradiction.getMessage().contains(":")) {
                differences.add(at + ": " + contradiction);
            }
        } catch (RuntimeException e) {
            differences.add(sectionAt(at) + " " + at + ": " + e + " " + e.getStackTrace()[0]);
        }
        return false;
    }

    // The image, taken apart.

    private int entry(String name) {
        int sections = copy().getInt(Layout.SECTIONS_AT);
        for (int i = 0; i < sections; i++) {
            int at = Layout.HEADER_BYTES + i * Layout.ENTRY_BYTES;
            if (name(at).equals(name)) {
                return at;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private String name(int entry) {
        return new String(whole, entry, Layout.NAME_BYTES, StandardCharsets.US_ASCII).trim();
    }

    /** Where a section's prefix is. */
    private int section(String name) {
        return (int) copy().getLong(entry(name) + Layout.OFFSET_AT);
    }

    private String sectionAt(int place) {
        ByteBuffer image = copy();
        String found = "table";
        for (int i = 0; i < image.getInt(Layout.SECTIONS_AT); i++) {
            int at = Layout.HEADER_BYTES + i * Layout.ENTRY_BYTES;
            if (image.getLong(at + Layout.OFFSET_AT) <= place) {
                found = name(at);
            }
        }
        return found;
    }

    /** The same with right checksums: each section of these images is one chunk. */
    private static byte[] fixed(ByteBuffer image) {
        int sections = Math.min(image.getInt(Layout.SECTIONS_AT), 256);
        int checksums = Layout.HEADER_BYTES + sections * Layout.ENTRY_BYTES;
        int chunks = Math.min(image.getInt(Layout.CHUNKS_AT), sections);
        for (int i = 0; i < chunks; i++) {
            long from = image.getLong(Layout.HEADER_BYTES + i * Layout.ENTRY_BYTES + Layout.OFFSET_AT);
            long to = i + 1 < sections
                    ? image.getLong(Layout.HEADER_BYTES + (i + 1) * Layout.ENTRY_BYTES + Layout.OFFSET_AT)
                    : image.capacity();
            if (from >= 0 && from <= to && to <= image.capacity()) {
                image.putInt(checksums + i * Layout.CHECKSUM_BYTES, checksum(image, (int) from, (int) to));
            }
        }
        image.putInt(Layout.CHECKSUM_AT, 0);
        int front = (int) Math.min(Layout.frontBytes(sections, chunks), image.capacity());
        image.putInt(Layout.CHECKSUM_AT, checksum(image, 0, front));
        byte[] bytes = new byte[image.capacity()];
        image.get(0, bytes);
        return bytes;
    }

    private static int checksum(ByteBuffer image, int from, int to) {
        CRC32C checksum = new CRC32C();
        checksum.update(image.slice(from, to - from));
        return (int) checksum.getValue();
    }
}
