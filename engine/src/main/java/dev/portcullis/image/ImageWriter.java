package dev.portcullis.image;

import dev.portcullis.automaton.ArraySink;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.zip.CRC32C;

/** Writes arrays as an image ({@link Layout}). They are kept, not copied, until they are written. Used once. */
final class ImageWriter implements ArraySink {

    /** @param array of a primitive type */
    private record Section(String name, Object array, int width, int count) {

        long bytes() {
            return Layout.sectionBytes((long) width * count);
        }
    }

    private final List<Section> sections = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final ByteBuffer chunk =
            ByteBuffer.allocateDirect(Layout.CHUNK_BYTES).order(Layout.ORDER);

    @Override
    public void longs(String name, long... values) {
        add(name, values, Long.BYTES, values.length);
    }

    @Override
    public void ints(String name, int... values) {
        add(name, values, Integer.BYTES, values.length);
    }

    @Override
    public void chars(String name, char... values) {
        add(name, values, Character.BYTES, values.length);
    }

    @Override
    public void bytes(String name, byte... values) {
        add(name, values, Byte.BYTES, values.length);
    }

    private void add(String name, Object array, int width, int count) {
        if (name.length() > Layout.NAME_BYTES || !names.add(name) || names.size() > Limits.IMAGE_SECTIONS) {
            throw new IllegalStateException("not a name for one more section: " + name);
        }
        sections.add(new Section(name, array, width, count));
    }

    /**
     * Writes the file in one step: whoever opens it finds the old one or the whole new one, also after a crash.
     *
     * @throws IOException if it can't be written; then the old one is as before
     */
    void write(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || Files.isDirectory(absolute)) {
            throw new IOException("is a folder");
        }
        Path beside = folder.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            try (FileChannel channel =
                    FileChannel.open(beside, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                write(channel);
                channel.force(true);
            }
            move(beside, absolute);
        } finally {
            Files.deleteIfExists(beside);
        }
        force(folder);
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("the file system can't replace a file in one step", e);
        }
    }

    /** The new name lasts when the folder is on the disk. Not every system can open a folder. */
    private static void force(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException unable) {
            // The file itself is whole, under its old name or its new one.
        }
    }

    private void write(FileChannel channel) throws IOException {
        long chunks = 0;
        for (Section section : sections) {
            chunks += Layout.chunks(section.bytes());
        }
        long frontBytes = Layout.frontBytes(sections.size(), chunks);
        if (frontBytes > Integer.MAX_VALUE) {
            throw new IOException("too large for an image");
        }
        ByteBuffer front = ByteBuffer.allocate((int) frontBytes).order(Layout.ORDER);
        int checksums = Layout.HEADER_BYTES + sections.size() * Layout.ENTRY_BYTES;
        long offset = frontBytes;
        int firstChunk = 0;
        channel.position(frontBytes);
        for (int i = 0; i < sections.size(); i++) {
            Section section = sections.get(i);
            entry(front.position(Layout.HEADER_BYTES + i * Layout.ENTRY_BYTES), section, firstChunk, offset);
            front.position(checksums + firstChunk * Layout.CHECKSUM_BYTES);
            write(section, channel, front);
            offset += section.bytes();
            firstChunk += (int) Layout.chunks(section.bytes());
        }
        if (offset > Limits.IMAGE_BYTES) {
            throw new IOException("too large for an image: " + offset + " bytes, at most " + Limits.IMAGE_BYTES);
        }
        front.putLong(0, Layout.MAGIC)
                .putInt(Layout.VERSION_AT, Layout.VERSION)
                .putInt(Layout.ORDER_AT, Layout.ORDER_MARK)
                .putLong(Layout.BYTES_AT, offset)
                .putInt(Layout.SECTIONS_AT, sections.size())
                .putInt(Layout.CHUNKS_AT, firstChunk);
        CRC32C checksum = new CRC32C();
        checksum.update(front.clear());
        front.putInt(Layout.CHECKSUM_AT, (int) checksum.getValue()).clear();
        channel.position(0);
        writeFully(channel, front);
    }

    private static void entry(ByteBuffer into, Section section, int firstChunk, long offset) {
        into.put(section.name().getBytes(StandardCharsets.US_ASCII));
        into.position(into.position() + Layout.NAME_BYTES - section.name().length());
        into.putInt(section.width()).putInt(firstChunk).putLong(offset).putLong(section.count());
    }

    /** Writes a section chunk by chunk, and the checksum of each to {@code checksums}. */
    private void write(Section section, FileChannel channel, ByteBuffer checksums) throws IOException {
        long left = section.bytes();
        int from = 0;
        chunk.clear();
        chunk.putLong((long) section.width() * section.count());
        while (left > 0) {
            int size = (int) Math.min(left, Layout.CHUNK_BYTES);
            int room = (size - chunk.position()) / section.width();
            int count = Math.min(room, section.count() - from);
            put(section.array(), from, count);
            from += count;
            while (chunk.position() < size) {
                chunk.put((byte) 0);
            }
            CRC32C checksum = new CRC32C();
            checksum.update(chunk.flip());
            checksums.putInt((int) checksum.getValue());
            writeFully(channel, chunk.rewind());
            chunk.clear();
            left -= size;
        }
    }

    private void put(Object array, int from, int count) {
        int at = chunk.position();
        if (array instanceof long[] longs) {
            chunk.asLongBuffer().put(longs, from, count);
            chunk.position(at + count * Long.BYTES);
        } else if (array instanceof int[] ints) {
            chunk.asIntBuffer().put(ints, from, count);
            chunk.position(at + count * Integer.BYTES);
        } else if (array instanceof char[] chars) {
            chunk.asCharBuffer().put(chars, from, count);
            chunk.position(at + count * Character.BYTES);
        } else {
            chunk.put((byte[]) array, from, count);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
