package dev.portcullis.compile;

import dev.portcullis.automaton.Bundle;
import dev.portcullis.automaton.Dispatch;
import dev.portcullis.automaton.Piece;
import dev.portcullis.compile.SetWriter.LongArray;
import java.util.Arrays;
import java.util.BitSet;

/** Joins the lists of pieces. Used once. */
final class BundleWriter {

    /** Fewer are asked one after the other. */
    static final int FEWEST = 3;

    private static final int RANKS = 4;

    private final Piece[] pieces;
    private final int[] shifts;
    private final LongArray elements = new LongArray();
    private final LongArray bitmaps = new LongArray();
    private byte[] owners = new byte[64];

    private BundleWriter(Piece[] pieces) {
        this.pieces = pieces;
        this.shifts = new int[pieces.length];
    }

    /** The pieces as one, or null when it isn't worth while or they can't be joined. */
    static Bundle write(Piece... pieces) {
        if (pieces.length < FEWEST || pieces.length > Bundle.MOST) {
            return null;
        }
        for (Piece piece : pieces) {
            if (piece.dispatch().isIndexed()) {
                return null;
            }
        }
        return new BundleWriter(pieces).bundle();
    }

    private Bundle bundle() {
        BitSet services = new BitSet();
        for (int i = 0; i < pieces.length; i++) {
            Dispatch dispatch = pieces[i].dispatch();
            shifts[i] = bitmaps.size();
            dispatch.eachBitmapWord(bitmaps::add);
            dispatch.eachService(services::set);
        }
        if (bitmaps.size() > Dispatch.BITMAP_MASK) {
            return null;
        }
        int slots = Integer.highestOneBit(Math.max(2, services.cardinality()) * 4 - 1);
        long[] entries = new long[2 * slots];
        for (int service = services.nextSetBit(0); service >= 0; service = services.nextSetBit(service + 1)) {
            int slot = Bundle.slot(service, slots - 1);
            while (entries[slot << 1] != 0) {
                slot = slot + 1 & slots - 1;
            }
            entries[slot << 1] = service + 1L;
            entries[(slot << 1) + 1] = list(service);
        }
        long defaults = list(ActionNames.UNKNOWN);
        return new Bundle(
                entries,
                defaults,
                elements.toArray(),
                Arrays.copyOf(owners, elements.size()),
                bitmaps.toArray(),
                pieces);
    }

    /** Denies first, unconditional ones first within each, as in each piece. */
    private long list(int service) {
        int start = elements.size();
        long[] lists = new long[pieces.length];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = pieces[i].dispatch().list(0, service);
        }
        for (int rank = 0; rank < RANKS; rank++) {
            for (int i = 0; i < lists.length; i++) {
                add(i, lists[i], rank);
            }
        }
        return (long) (elements.size() - start) << 32 | start;
    }

    private void add(int piece, long list, int rank) {
        Dispatch dispatch = pieces[piece].dispatch();
        int from = (int) list;
        int to = from + (int) (list >>> 32);
        for (int at = from; at < to; at++) {
            long element = dispatch.element(at);
            if (SetWriter.rank(element) != rank) {
                continue;
            }
            boolean bits = element >>> Dispatch.MODE_SHIFT == Dispatch.BITMAP;
            if (elements.size() == owners.length) {
                owners = Arrays.copyOf(owners, 2 * owners.length);
            }
            owners[elements.size()] = (byte) piece;
            elements.add(bits ? element + ((long) shifts[piece] << Dispatch.BITMAP_SHIFT) : element);
        }
    }
}
