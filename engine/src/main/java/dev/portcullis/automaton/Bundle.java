package dev.portcullis.automaton;

/**
 * Several pieces of one layer with their lists joined: one search for all of them. Immutable.
 *
 * <pre>
 *   entries    two words a slot, power of two, load at most 1/2
 *                +0   service + 1              0 = free
 *                +1   length:32 | offset:32 in elements
 *   defaults   the same word, for services that no piece names
 *   elements   as in {@link Dispatch}          owners   whose each is: a place in pieces
 *   bitmaps    as in {@link Dispatch}
 * </pre>
 */
public final class Bundle {

    /** Most pieces. */
    public static final int MOST = 1 << Byte.SIZE;

    private static final int OWNER_MASK = MOST - 1;

    private final long[] entries;
    private final long defaults;
    private final long[] elements;
    private final byte[] owners;
    private final long[] bitmaps;
    private final Piece[] pieces;

    public Bundle(long[] entries, long defaults, long[] elements, byte[] owners, long[] bitmaps, Piece... pieces) {
        this.entries = entries;
        this.defaults = defaults;
        this.elements = elements;
        this.owners = owners;
        this.bitmaps = bitmaps;
        this.pieces = pieces;
    }

    /** Slot where the search for a service starts. */
    public static int slot(int service, int mask) {
        return ((service * 0x9E3779B1) >>> 16) & mask;
    }

    private long list(int service) {
        long[] table = entries;
        int mask = (table.length >> 1) - 1;
        int slot = slot(service, mask);
        long found;
        while ((found = table[slot << 1]) != 0) {
            if (found == service + 1L) {
                return table[(slot << 1) + 1];
            }
            slot = slot + 1 & mask;
        }
        return defaults;
    }

    /** What the pieces say; {@code before} is what others of the same layer said. */
    int evaluate(Frame frame, int before) {
        long list = frame.service < 0 ? defaults : list(frame.service);
        int at = (int) list;
        int end = at + (int) (list >>> 32);
        int said = before;
        for (; at < end; at++) {
            long element = elements[at];
            boolean deny = (element & Dispatch.DENY) != 0;
            if (!deny && said == Grants.DIRECT) {
                return said;
            }
            Piece piece = pieces[owners[at] & OWNER_MASK];
            if (actionMatches(element, piece, frame)) {
                int coverage =
                        (element & Dispatch.UNCONDITIONAL) != 0 ? Grants.DIRECT : piece.coverage((int) element, frame);
                if (coverage != Grants.NONE) {
                    if (deny) {
                        return Dispatch.DENIES;
                    }
                    said = Math.max(said, coverage);
                }
            }
        }
        return said;
    }

    private boolean actionMatches(long element, Piece piece, Frame frame) {
        int told = Dispatch.told(element, frame.action, bitmaps);
        return told == Dispatch.UNTOLD ? piece.namesAction((int) element, frame) : told != 0;
    }

    /** Bytes held by its arrays, those of the pieces left out. */
    public long bytes() {
        return 64 + 8L * (entries.length + elements.length + bitmaps.length) + owners.length + 8L * pieces.length;
    }
}
