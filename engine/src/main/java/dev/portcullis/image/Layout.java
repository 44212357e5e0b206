package dev.portcullis.image;

import java.nio.ByteOrder;

/**
 * Where everything stands in an image. All numbers are little-endian.
 *
 * <pre>
 *   HEADER
 *     0        8   magic    89 'P' 'C' 'I' 0D 0A 1A 0A: shows mangled line ends and cut eighth bits
 *     8        4   version  of this format and of what is in the sections
 *    12        4   01020304, as a little-endian number
 *    16        8   bytes of the file
 *    24        4   sections
 *    28        4   chunks
 *    32        4   checksum of header, table and chunk checksums, itself taken as 0
 *    36       28   0
 *
 *   TABLE, 64 bytes a section
 *     0       40   name, ASCII, filled up with 0
 *    40        4   bytes an element: 1 byte, 2 char, 4 int, 8 long
 *    44        4   number of its first chunk
 *    48        8   offset of its prefix
 *    56        8   elements
 *
 *   CHUNK CHECKSUMS, 4 bytes a chunk, filled up with 0 to 8
 *
 *   SECTIONS, one behind the other in the order of the table
 *     +--------------------+----------------------------+---------+
 *     | bytes of elements:8| elements                   | 0 to 8  |
 *     +--------------------+----------------------------+---------+
 *     |&lt;-- a chunk: 1 MiB, the last one of a section what is left -->|
 * </pre>
 *
 * Checksums are CRC32C. The chunks let several threads check and copy at once; a chunk is checked and copied while it is
 * in the processor's cache.
 */
final class Layout {

    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    /** Raised with every change of the layout, of the sections, or of what their numbers mean. */
    static final int VERSION = 3;

    static final long MAGIC = 0x0A1A0A0D_49435089L;
    static final int ORDER_MARK = 0x01020304;

    static final int VERSION_AT = 8;
    static final int ORDER_AT = 12;
    static final int BYTES_AT = 16;
    static final int SECTIONS_AT = 24;
    static final int CHUNKS_AT = 28;
    static final int CHECKSUM_AT = 32;
    static final int UNUSED_AT = 36;
    static final int HEADER_BYTES = 64;

    static final int NAME_BYTES = 40;
    static final int WIDTH_AT = 40;
    static final int FIRST_CHUNK_AT = 44;
    static final int OFFSET_AT = 48;
    static final int COUNT_AT = 56;
    static final int ENTRY_BYTES = 64;

    static final int CHECKSUM_BYTES = 4;
    static final int PREFIX_BYTES = 8;
    static final int CHUNK_BYTES = 1 << 20;

    private Layout() {}

    static long aligned(long bytes) {
        return bytes + 7 & -8;
    }

    /** Bytes of a section with prefix and filling. */
    static long sectionBytes(long elementBytes) {
        return PREFIX_BYTES + aligned(elementBytes);
    }

    static long chunks(long sectionBytes) {
        return (sectionBytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    /** Bytes of everything before the sections. */
    static long frontBytes(long sections, long chunks) {
        return HEADER_BYTES + sections * ENTRY_BYTES + aligned(chunks * CHECKSUM_BYTES);
    }
}
