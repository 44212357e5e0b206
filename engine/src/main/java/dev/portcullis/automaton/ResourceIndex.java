package dev.portcullis.automaton;

/**
 * A long list's statements by what they name: found by hashing the request's resource, not by trying each.
 *
 * <pre>
 *   A pattern "head, then exactly these units" or "head, then these units and anything" is filed under
 *       (which head fields are fixed, those fields, exact or prefix, number of units, hash of the units)
 *   shapes   mask:4 | exact:1 | units:27, ascending by units: one probe each
 *   table    two words a slot: hash ; first:32 | count:32 in candidates
 *   rest     elements that can't be filed (other patterns, NotResource, no resource): tried one by one
 *   crossing filed elements with a star that may run over colons: tried one by one if the resource has colons to run over
 * </pre>
 *
 * Every candidate is then tested like any statement, so a hash that lies costs time, never an answer.
 */
public final class ResourceIndex {

    public static final int EXACT = 1 << 27;
    public static final int UNITS_MASK = EXACT - 1;

    private final int[] shapes;
    private final long[] table;
    private final long[] candidates;
    private final long[] rest;
    private final long[] crossing;
    private final long seed;

    public ResourceIndex(int[] shapes, long[] table, long[] candidates, long[] rest, long[] crossing, long seed) {
        this.shapes = shapes;
        this.table = table;
        this.candidates = candidates;
        this.rest = rest;
        this.crossing = crossing;
        this.seed = seed;
    }

    /** A shape word. */
    public static int shape(int mask, boolean exact, int units) {
        return mask << 28 | (exact ? EXACT : 0) | units;
    }

    /** The hash of one more unit. */
    public static long step(long hash, char unit, long seed) {
        return hash * (seed | 1) + unit + 1;
    }

    /** The table's hash of a shape, a head under the shape's mask, and the hash of the units; never 0. */
    public static long key(int shape, long head, long units, long seed) {
        long mixed = (head ^ (long) shape << 20 ^ units) * (seed | 1);
        mixed = (mixed ^ mixed >>> 29) * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 32)) | 1;
    }

    /** Where the search for a key starts. */
    public static int slot(long key, int mask) {
        return (int) (key >>> 16) & mask;
    }

    /** The mask of a shape. */
    public static long mask(int shape) {
        return Heads.MASKS[shape >>> 28];
    }

    int evaluate(Dispatch dispatch, Frame frame) {
        int said = dispatch.scan(rest, 0, rest.length, frame, Grants.NONE);
        Resource resource = frame.resource;
        if (said == Dispatch.DENIES || resource.everything) {
            return said;
        }
        resource.read(frame);
        if (resource.moreColons(frame) > 0) {
            said = dispatch.scan(crossing, 0, crossing.length, frame, said);
        }
        int first = resource.colons[4] + 1;
        int size = resource.end - first;
        long hash = 0;
        int hashed = 0;
        for (int shape : shapes) {
            int units = shape & UNITS_MASK;
            if (units > size || said == Dispatch.DENIES) {
                break;
            }
            char[] text = frame.text;
            for (; hashed < units; hashed++) {
                hash = step(hash, text[first + hashed], seed);
            }
            if ((shape & EXACT) == 0 || units == size) {
                long run = run(key(shape, resource.head & mask(shape), hash, seed));
                int from = (int) (run >>> 32);
                said = dispatch.scan(candidates, from, from + (int) run, frame, said);
            }
        }
        return said;
    }

    /** Where the candidates of a key stand: {@code first << 32 | count}; 0 for none. */
    private long run(long key) {
        int mask = (table.length >> 1) - 1;
        int slot = slot(key, mask);
        long found;
        while ((found = table[slot << 1]) != 0) {
            if (found == key) {
                return table[(slot << 1) + 1];
            }
            slot = slot + 1 & mask;
        }
        return 0;
    }

    /** Tells which guards cover the resource; see {@link Dispatch#covers}. */
    void covers(Dispatch dispatch, Guards guards, Frame frame, Guard found) {
        dispatch.covers(rest, 0, rest.length, guards, frame, found);
        Resource resource = frame.resource;
        if (resource.moreColons(frame) > 0) {
            dispatch.covers(crossing, 0, crossing.length, guards, frame, found);
        }
        int start = resource.colons[4] + 1;
        int size = resource.end - start;
        long hash = 0;
        int hashed = 0;
        for (int shape : shapes) {
            int units = shape & UNITS_MASK;
            if (units > size) {
                break;
            }
            for (; hashed < units; hashed++) {
                hash = step(hash, frame.text[start + hashed], seed);
            }
            if ((shape & EXACT) == 0 || units == size) {
                long run = run(key(shape, resource.head & mask(shape), hash, seed));
                int from = (int) (run >>> 32);
                dispatch.covers(candidates, from, from + (int) run, guards, frame, found);
            }
        }
    }
}
