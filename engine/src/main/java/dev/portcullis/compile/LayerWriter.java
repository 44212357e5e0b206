package dev.portcullis.compile;

import dev.portcullis.automaton.Bundle;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Layer;
import dev.portcullis.automaton.Piece;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Documents to {@link Layer}s, by what the layer was compiled as. For one version; equal layers are made once. */
final class LayerWriter {

    private static final int[] NONE = {};

    private final Attachments attachments;
    private final int firstLater;
    private final IntFunction<Piece> later;
    private final Map<Key, Layer> known = new HashMap<>();

    /**
     * @param firstLater number of the first document that the automaton doesn't have
     * @param later those documents, by number
     */
    LayerWriter(Attachments attachments, int firstLater, IntFunction<Piece> later) {
        this.attachments = attachments;
        this.firstLater = firstLater;
        this.later = later;
    }

    /** What a layer is made from. */
    private static final class Key {
        private final int set;
        private final int[] compiled;
        private final int[] documents;

        Key(int set, int[] compiled, int[] documents) {
            this.set = set;
            this.compiled = compiled;
            this.documents = documents;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key that
                    && set == that.set
                    && Arrays.equals(documents, that.documents)
                    && Arrays.equals(compiled, that.compiled);
        }

        @Override
        public int hashCode() {
            return 31 * set + KeyedHash.of(documents);
        }
    }

    /** A layer that has not been compiled. */
    Layer write(int[] documents) {
        return write(Caller.NONE, NONE, documents);
    }

    /**
     * A layer.
     *
     * @param set the policy set it was compiled to, or NONE
     * @param compiled the documents of that set
     * @param documents those that it is to have
     */
    Layer write(int set, int[] compiled, int[] documents) {
        if (documents.length == 0) {
            return Layer.NOTHING;
        }
        return known.computeIfAbsent(new Key(set, compiled, documents), this::layer);
    }

    private Layer layer(Key key) {
        int[] kept = common(key.compiled, key.documents);
        int[] dropped = droppedStatements(key.compiled, kept);
        boolean whole = key.set != Caller.NONE && kept.length > 0;
        for (int statement : dropped) {
            // Then the lists lack statements that count now.
            whole &= !attachments.mayHideOthers(statement);
        }
        int[] added = whole ? without(key.documents, key.compiled) : key.documents;
        Piece[] pieces = new Piece[added.length];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = added[i] < firstLater ? attachments.piece(added[i]) : later.apply(added[i]);
        }
        Bundle bundle = BundleWriter.write(pieces);
        return new Layer(
                key.documents,
                whole ? key.set : Caller.NONE,
                whole ? dropped : NONE,
                bundle,
                bundle == null ? pieces : new Piece[0]);
    }

    /** Statements of documents that are no longer there and of none that is; ascending. */
    private int[] droppedStatements(int[] compiled, int[] kept) {
        int[] dropped = NONE;
        for (int document : compiled) {
            if (!contains(kept, document)) {
                int[] one = attachments.statements(document);
                int length = dropped.length;
                dropped = Arrays.copyOf(dropped, length + one.length);
                System.arraycopy(one, 0, dropped, length, one.length);
            }
        }
        if (dropped.length == 0) {
            return dropped;
        }
        Arrays.sort(dropped);
        boolean[] stays = new boolean[dropped.length];
        for (int i = 1; i < dropped.length; i++) {
            stays[i] = dropped[i] == dropped[i - 1];
        }
        for (int document : kept) {
            attachments.mark(document, dropped, stays);
        }
        int count = 0;
        for (int i = 0; i < dropped.length; i++) {
            if (!stays[i]) {
                dropped[count++] = dropped[i];
            }
        }
        return Arrays.copyOf(dropped, count);
    }

    private static int[] common(int[] some, int[] others) {
        int[] common = new int[some.length];
        int count = 0;
        for (int one : some) {
            if (contains(others, one)) {
                common[count++] = one;
            }
        }
        return Arrays.copyOf(common, count);
    }

    static int[] without(int[] some, int... others) {
        int[] rest = new int[some.length];
        int count = 0;
        for (int one : some) {
            if (!contains(others, one)) {
                rest[count++] = one;
            }
        }
        return Arrays.copyOf(rest, count);
    }

    static boolean contains(int[] numbers, int number) {
        for (int one : numbers) {
            if (one == number) {
                return true;
            }
        }
        return false;
    }
}
