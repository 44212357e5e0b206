package dev.portcullis.automaton;

/**
 * From a number to what has become of it, in one version of an automaton. Immutable: the next version shares all segments
 * but those that changed.
 *
 * <pre>
 *   segments   256 of them, by the top bits of the mixed key
 *   segment    keys    key + 1, open addressing, power of two, load at most 1/2, 0 = free        values   of each slot
 * </pre>
 *
 * @param <V> what there is for a number
 */
public final class PatchTable<V extends Patch> {

    private static final int SEGMENT_BITS = 8;
    private static final int SEGMENTS = 1 << SEGMENT_BITS;
    private static final PatchTable<Patch> EMPTY = new PatchTable<>(newSegments(), 0);

    private final Segment[] segments;
    private final int size;

    private PatchTable(Segment[] segments, int size) {
        this.segments = segments;
        this.size = size;
    }

    private static Segment[] newSegments() {
        Segment[] all = new Segment[SEGMENTS];
        java.util.Arrays.fill(all, new Segment(2));
        return all;
    }

    /** One with nothing in it. */
    @SuppressWarnings("unchecked") // It holds no value of any type.
    public static <V extends Patch> PatchTable<V> empty() {
        return (PatchTable<V>) EMPTY;
    }

    private static int mix(int key) {
        int mixed = key * 0x9E3779B1;
        return mixed ^ mixed >>> 15;
    }

    /** What there is for a number, from 0; null for nothing. */
    @SuppressWarnings("unchecked") // Only an editor of V puts values in.
    public V find(int key) {
        int mixed = mix(key);
        Segment segment = segments[mixed >>> (Integer.SIZE - SEGMENT_BITS)];
        int slot = segment.slot(key, mixed);
        return slot < 0 ? null : (V) segment.values[slot];
    }

    /** How many numbers there is something for. */
    public int size() {
        return size;
    }

    /** Asks for each number once, in no order. */
    public void forEach(Visitor<V> visitor) {
        for (Segment segment : segments) {
            segment.visit(visitor);
        }
    }

    /** Begins the next version. */
    public Editor<V> edit() {
        return new Editor<>(this);
    }

    /**
     * Takes what {@link #forEach} finds.
     *
     * @param <V> what there is for a number
     */
    public interface Visitor<V extends Patch> {

        /** One of them. */
        void visit(int key, V value);
    }

    /**
     * A version in the making. One thread.
     *
     * @param <V> what there is for a number
     */
    public static final class Editor<V extends Patch> {

        private final Segment[] segments;
        private final boolean[] own = new boolean[SEGMENTS];
        private int size;

        private Editor(PatchTable<V> from) {
            segments = from.segments.clone();
            size = from.size;
        }

        /** What there is for a number; null for nothing. */
        @SuppressWarnings("unchecked") // Only an editor of V puts values in.
        public V find(int key) {
            int mixed = mix(key);
            Segment segment = segments[mixed >>> (Integer.SIZE - SEGMENT_BITS)];
            int slot = segment.slot(key, mixed);
            return slot < 0 ? null : (V) segment.values[slot];
        }

        /** Puts something there. */
        public void put(int key, V value) {
            int mixed = mix(key);
            int number = mixed >>> (Integer.SIZE - SEGMENT_BITS);
            if (!own[number]) {
                segments[number] = segments[number].copy();
                own[number] = true;
            }
            size += segments[number].put(key, mixed, value);
        }

        /** Ends it. It must not be used afterwards. */
        public PatchTable<V> freeze() {
            return new PatchTable<>(segments, size);
        }
    }

    private static final class Segment {

        private int[] keys;
        private Patch[] values;
        private int count;

        Segment(int slots) {
            keys = new int[slots];
            values = new Patch[slots];
        }

        Segment copy() {
            Segment copy = new Segment(0);
            copy.keys = keys.clone();
            copy.values = values.clone();
            copy.count = count;
            return copy;
        }

        /** The slot of a key; {@code -1 - slot} of the free one where it would be. */
        int slot(int key, int mixed) {
            int mask = keys.length - 1;
            int slot = mixed & mask;
            int found;
            while ((found = keys[slot]) != 0) {
                if (found == key + 1) {
                    return slot;
                }
                slot = slot + 1 & mask;
            }
            return -1 - slot;
        }

        /** How many keys there are more. */
        int put(int key, int mixed, Patch value) {
            int slot = slot(key, mixed);
            if (slot >= 0) {
                values[slot] = value;
                return 0;
            }
            keys[-1 - slot] = key + 1;
            values[-1 - slot] = value;
            if (++count * 2 > keys.length) {
                grow();
            }
            return 1;
        }

        private void grow() {
            int[] oldKeys = keys;
            Patch[] oldValues = values;
            keys = new int[2 * oldKeys.length];
            values = new Patch[keys.length];
            for (int old = 0; old < oldKeys.length; old++) {
                if (oldKeys[old] != 0) {
                    int key = oldKeys[old] - 1;
                    int slot = -1 - slot(key, mix(key));
                    keys[slot] = key + 1;
                    values[slot] = oldValues[old];
                }
            }
        }

        @SuppressWarnings("unchecked") // Only an editor of V puts values in.
        <V extends Patch> void visit(Visitor<V> visitor) {
            for (int slot = 0; slot < keys.length; slot++) {
                if (keys[slot] != 0) {
                    visitor.visit(keys[slot] - 1, (V) values[slot]);
                }
            }
        }
    }
}
