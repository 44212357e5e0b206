package dev.portcullis.image;

import dev.portcullis.automaton.ArraySource;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * Reads an image ({@link Layout}) into arrays of its own: the file is mapped, checked and copied, then no longer needed.
 * Used once.
 */
final class ImageReader implements ArraySource {

    /** Mapped pieces start so far from each other, and overlap by a chunk, so that each chunk is whole in one. */
    private static final long PIECE_BYTES = 1L << 30;

    /** Smaller images aren't worth a thread. */
    private static final int THREAD_CHUNKS = 8;

    private static final int MOST_THREADS = 4;

    /** A section of the table; its array once it is read. */
    private static final class Section {
        private final String name;
        private final int width;
        private final int firstChunk;
        private final long offset;
        private final int count;
        private Object array;

        Section(String name, int width, int firstChunk, long offset, int count) {
            this.name = name;
            this.width = width;
            this.firstChunk = firstChunk;
            this.offset = offset;
            this.count = count;
        }

        long elementBytes() {
            return (long) width * count;
        }
    }

    private final long pieceBytes;
    private final ByteBuffer[] pieces;
    private final Map<String, Section> sections = new LinkedHashMap<>();
    private ByteBuffer checksums = ByteBuffer.allocate(0);
    private Section[] ofChunk = new Section[0];

    private ImageReader(long pieceBytes, ByteBuffer... pieces) {
        this.pieceBytes = pieceBytes;
        this.pieces = pieces;
    }

    /**
     * Reads a file.
     *
     * @throws MalformedImage if it is no image, or not a whole one
     * @throws IOException if it can't be read
     */
    static ImageReader read(Path file) throws IOException {
        return read(file, PIECE_BYTES);
    }

    /** The same with pieces of another size, a multiple of 8. */
    static ImageReader read(Path file, long pieceBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Layout.HEADER_BYTES) {
                throw tooShort(channel, size);
            }
            if (size > Limits.IMAGE_BYTES) {
                throw new MalformedImage("too large: " + size + " bytes, at most " + Limits.IMAGE_BYTES);
            }
            ImageReader reader = new ImageReader(pieceBytes, pieces(channel, size, pieceBytes));
            try {
                reader.front(size);
                reader.chunks();
            } catch (InternalError changed) {
                // What a mapped page that is gone comes to.
                throw new MalformedImage("became shorter while it was read", changed);
            }
            return reader;
        }
    }

    /** The file: mapped, unless it is so small that reading costs less and holds no mapping until it is collected. */
    private static ByteBuffer[] pieces(FileChannel channel, long size, long pieceBytes) throws IOException {
        if (size <= Layout.CHUNK_BYTES) {
            ByteBuffer whole = ByteBuffer.allocate((int) size).order(Layout.ORDER);
            while (whole.hasRemaining()) {
                if (channel.read(whole) < 0) {
                    throw truncated(whole.position(), size);
                }
            }
            return new ByteBuffer[] {whole.clear()};
        }
        ByteBuffer[] pieces = new ByteBuffer[(int) ((size + pieceBytes - 1) / pieceBytes)];
        for (int i = 0; i < pieces.length; i++) {
            long from = i * pieceBytes;
            long length = Math.min(pieceBytes + Layout.CHUNK_BYTES, size - from);
            pieces[i] = channel.map(MapMode.READ_ONLY, from, length).order(Layout.ORDER);
        }
        return pieces;
    }

    private static MalformedImage tooShort(FileChannel channel, long size) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(Long.BYTES).order(Layout.ORDER);
        channel.read(start, 0);
        return start.hasRemaining() || start.getLong(0) != Layout.MAGIC
                ? new MalformedImage("not a Portcullis image")
                : truncated(size, Layout.HEADER_BYTES);
    }

    private static MalformedImage truncated(long size, long wanted) {
        return new MalformedImage("truncated: " + size + " bytes instead of " + wanted);
    }

    /** Reads header, table and chunk checksums. Nothing of the header is believed before its checksum is right. */
    private void front(long size) {
        ByteBuffer header = pieces[0];
        if (header.getLong(0) != Layout.MAGIC) {
            throw new MalformedImage("not a Portcullis image");
        }
        int version = header.getInt(Layout.VERSION_AT);
        if (version > Layout.VERSION) {
            throw new MalformedImage(
                    "written by a newer version: format " + version + ", this one reads " + Layout.VERSION);
        }
        if (version < 1) {
            throw new MalformedImage("format " + version + " is none that there was");
        }
        if (version < Layout.VERSION) {
            // Its numbers mean something else: a Deny could be lost.
            throw new MalformedImage("written by an older version: format " + version + ", this one reads "
                    + Layout.VERSION + "; compile the store again");
        }
        if (header.getInt(Layout.ORDER_AT) != Layout.ORDER_MARK) {
            throw new MalformedImage("its byte order isn't little-endian");
        }
        long bytes = header.getLong(Layout.BYTES_AT);
        if (size < bytes) {
            throw truncated(size, bytes);
        }
        if (size > bytes) {
            throw new MalformedImage((size - bytes) + " bytes too many");
        }
        int sectionCount = header.getInt(Layout.SECTIONS_AT);
        int chunkCount = header.getInt(Layout.CHUNKS_AT);
        if (sectionCount < 1 || sectionCount > Limits.IMAGE_SECTIONS) {
            throw new MalformedImage(sectionCount + " sections, at most " + Limits.IMAGE_SECTIONS);
        }
        long frontBytes = Layout.frontBytes(sectionCount, chunkCount);
        // Every chunk has its share of the file, so that this is bounded by its size.
        if (chunkCount < sectionCount || frontBytes > size || frontBytes > pieces[0].capacity()) {
            throw new MalformedImage(chunkCount + " chunks in " + size + " bytes");
        }
        byte[] front = new byte[(int) frontBytes];
        header.get(0, front);
        ByteBuffer checked = ByteBuffer.wrap(front).order(Layout.ORDER);
        int checksum = checked.getInt(Layout.CHECKSUM_AT);
        checked.putInt(Layout.CHECKSUM_AT, 0);
        if (checksum(checked.duplicate()) != checksum) {
            throw new MalformedImage("checksum: header or table were changed");
        }
        for (int at = Layout.UNUSED_AT; at < Layout.HEADER_BYTES; at++) {
            if (front[at] != 0) {
                throw new MalformedImage("header: something where nothing is");
            }
        }
        table(checked, sectionCount, chunkCount, frontBytes, size);
    }

    private void table(ByteBuffer front, int sectionCount, int chunkCount, long frontBytes, long size) {
        ofChunk = new Section[chunkCount];
        long offset = frontBytes;
        long chunk = 0;
        for (int i = 0; i < sectionCount; i++) {
            int at = Layout.HEADER_BYTES + i * Layout.ENTRY_BYTES;
            String name = name(front, at);
            int width = front.getInt(at + Layout.WIDTH_AT);
            long count = front.getLong(at + Layout.COUNT_AT);
            boolean known =
                    width == Byte.BYTES || width == Character.BYTES || width == Integer.BYTES || width == Long.BYTES;
            if (!known || count < 0 || count > Integer.MAX_VALUE - 8) {
                throw malformed(name, count + " elements of " + width + " bytes");
            }
            Section section = new Section(name, width, (int) chunk, offset, (int) count);
            long bytes = Layout.sectionBytes(section.elementBytes());
            boolean follows = front.getLong(at + Layout.OFFSET_AT) == offset
                    && front.getInt(at + Layout.FIRST_CHUNK_AT) == chunk
                    && bytes <= size - offset
                    && Layout.chunks(bytes) <= chunkCount - chunk;
            if (!follows || sections.put(name, section) != null) {
                throw malformed(name, "isn't where it must be");
            }
            for (long end = chunk + Layout.chunks(bytes); chunk < end; chunk++) {
                ofChunk[(int) chunk] = section;
            }
            offset += bytes;
        }
        if (chunk != chunkCount || offset != size) {
            throw new MalformedImage("table: doesn't cover the file");
        }
        int from = Layout.HEADER_BYTES + sectionCount * Layout.ENTRY_BYTES;
        checksums = front.slice(from, chunkCount * Layout.CHECKSUM_BYTES).order(Layout.ORDER);
    }

    private static String name(ByteBuffer front, int at) {
        byte[] name = new byte[Layout.NAME_BYTES];
        front.get(at, name);
        int length = 0;
        while (length < name.length && name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.US_ASCII);
    }

    /** Checks and copies all chunks: this thread, and others when there is much to do. */
    private void chunks() {
        for (Section section : sections.values()) {
            section.array = switch (section.width) {
                case Long.BYTES -> new long[section.count];
                case Integer.BYTES -> new int[section.count];
                case Character.BYTES -> new char[section.count];
                default -> new byte[section.count];
            };
        }
        AtomicInteger next = new AtomicInteger();
        int wanted = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        Thread[] helpers = new Thread[ofChunk.length < THREAD_CHUNKS ? 0 : wanted - 1];
        Throwable[] failures = new Throwable[helpers.length];
        for (int i = 0; i < helpers.length; i++) {
            int number = i;
            helpers[i] = new Thread(() -> failures[number] = failure(next), "portcullis-image-" + i);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
        Throwable failure = failure(next);
        for (int i = 0; i < helpers.length; i++) {
            join(helpers[i]);
            failure = failure == null ? failures[i] : failure;
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        } else if (failure instanceof Error error) {
            throw error;
        }
    }

    private static void join(Thread helper) {
        boolean interrupted = false;
        while (true) {
            try {
                helper.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Works on chunks until none is left or one is wrong; what is wrong, or null. None goes unread unnoticed. */
    private Throwable failure(AtomicInteger next) {
        try {
            for (int chunk = next.getAndIncrement(); chunk < ofChunk.length; chunk = next.getAndIncrement()) {
                read(chunk);
            }
            return null;
        } catch (RuntimeException | Error wrong) {
            next.set(ofChunk.length);
            return wrong;
        }
    }

    private void read(int chunk) {
        Section section = ofChunk[chunk];
        long sectionBytes = Layout.sectionBytes(section.elementBytes());
        long into = (long) (chunk - section.firstChunk) * Layout.CHUNK_BYTES;
        long at = section.offset + into;
        int size = (int) Math.min(Layout.CHUNK_BYTES, sectionBytes - into);
        ByteBuffer bytes = pieces[(int) (at / pieceBytes)]
                .slice((int) (at % pieceBytes), size)
                .order(Layout.ORDER);
        if (checksum(bytes.duplicate()) != checksums.getInt(chunk * Layout.CHECKSUM_BYTES)) {
            throw new MalformedImage("checksum: section `" + section.name + "` was changed");
        }
        long first = into - Layout.PREFIX_BYTES;
        if (into == 0) {
            if (bytes.getLong(0) != section.elementBytes()) {
                throw malformed(section.name, "its prefix and the table disagree about its length");
            }
            bytes = bytes.slice(Layout.PREFIX_BYTES, size - Layout.PREFIX_BYTES).order(Layout.ORDER);
            first = 0;
        }
        int element = (int) (first / section.width);
        int count = Math.min(bytes.capacity() / section.width, section.count - element);
        for (int filling = count * section.width; filling < bytes.capacity(); filling++) {
            if (bytes.get(filling) != 0) {
                throw malformed(section.name, "something where nothing is");
            }
        }
        if (section.array instanceof long[] longs) {
            bytes.asLongBuffer().get(longs, element, count);
        } else if (section.array instanceof int[] ints) {
            bytes.asIntBuffer().get(ints, element, count);
        } else if (section.array instanceof char[] chars) {
            bytes.asCharBuffer().get(chars, element, count);
        } else {
            bytes.get((byte[]) section.array, element, count);
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static MalformedImage malformed(String section, String why) {
        return new MalformedImage("section `" + section + "`: " + why);
    }

    @Override
    public long[] longs(String name) {
        return array(name) instanceof long[] longs ? longs : wrong(name, new long[0]);
    }

    @Override
    public int[] ints(String name) {
        return array(name) instanceof int[] ints ? ints : wrong(name, new int[0]);
    }

    @Override
    public char[] chars(String name) {
        return array(name) instanceof char[] chars ? chars : wrong(name, new char[0]);
    }

    @Override
    public byte[] bytes(String name) {
        return array(name) instanceof byte[] bytes ? bytes : wrong(name, new byte[0]);
    }

    /** Each is taken once. */
    private Object array(String name) {
        Section section = sections.remove(name);
        if (section == null) {
            throw malformed(name, "is missing");
        }
        return section.array;
    }

    private static <T> T wrong(String name, T wanted) {
        throw malformed(name, "isn't made of what a " + wanted.getClass().getSimpleName() + " is");
    }

    @Override
    public MalformedImage refusal(String name, String why) {
        return malformed(name, why);
    }

    /** Refuses sections that nothing asked for. */
    void end() {
        if (!sections.isEmpty()) {
            throw malformed(sections.keySet().iterator().next(), "isn't known");
        }
    }
}
