package dev.portcullis.automaton;

import java.util.Arrays;

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

    /** Arrays of an index. */
    private static final int PARTS = 5;

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

    /** Hands out the arrays of several, one behind the other. */
    static void write(ResourceIndex[] indexes, ArraySink out) {
        int[] lengths = new int[PARTS * indexes.length];
        int[][] shapes = new int[indexes.length][];
        long[][] tables = new long[indexes.length][];
        long[][] candidates = new long[indexes.length][];
        long[][] rests = new long[indexes.length][];
        long[][] crossings = new long[indexes.length][];
        long[] seeds = new long[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            ResourceIndex index = indexes[i];
            shapes[i] = index.shapes;
            tables[i] = index.table;
            candidates[i] = index.candidates;
            rests[i] = index.rest;
            crossings[i] = index.crossing;
            seeds[i] = index.seed;
            lengths[PARTS * i] = index.shapes.length;
            lengths[PARTS * i + 1] = index.table.length;
            lengths[PARTS * i + 2] = index.candidates.length;
            lengths[PARTS * i + 3] = index.rest.length;
            lengths[PARTS * i + 4] = index.crossing.length;
        }
        out.ints("indexes.lengths", lengths);
        out.ints("indexes.shapes", joined(shapes));
        out.longs("indexes.tables", joined(tables));
        out.longs("indexes.candidates", joined(candidates));
        out.longs("indexes.rests", joined(rests));
        out.longs("indexes.crossings", joined(crossings));
        out.longs("indexes.seeds", seeds);
    }

    private static int[] joined(int[]... parts) {
        int total = 0;
        for (int[] part : parts) {
            total = Math.addExact(total, part.length);
        }
        int[] all = new int[total];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    private static long[] joined(long[]... parts) {
        int total = 0;
        for (long[] part : parts) {
            total = Math.addExact(total, part.length);
        }
        long[] all = new long[total];
        int at = 0;
        for (long[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Takes the arrays back. */
    static ResourceIndex[] read(ArraySource in) {
        int[] lengths = in.ints("indexes.lengths");
        in.require(lengths.length % PARTS == 0, "indexes.lengths", "a length too many");
        in.requireRange("indexes.lengths", lengths, 0, Integer.MAX_VALUE);
        int[] shapes = in.ints("indexes.shapes");
        long[] tables = in.longs("indexes.tables");
        long[] candidates = in.longs("indexes.candidates");
        long[] rests = in.longs("indexes.rests");
        long[] crossings = in.longs("indexes.crossings");
        long[] seeds = in.longs("indexes.seeds");
        ResourceIndex[] indexes = new ResourceIndex[lengths.length / PARTS];
        in.requireLength("indexes.seeds", seeds.length, indexes.length);
        int[] total = {shapes.length, tables.length, candidates.length, rests.length, crossings.length};
        long[] at = new long[PARTS];
        for (int i = 0; i < indexes.length; i++) {
            int[] from = new int[PARTS];
            int[] to = new int[PARTS];
            for (int part = 0; part < PARTS; part++) {
                from[part] = (int) at[part];
                at[part] += lengths[PARTS * i + part];
                in.require(at[part] <= total[part], "indexes.lengths", "a length out of range");
                to[part] = (int) at[part];
            }
            indexes[i] = new ResourceIndex(
                    Arrays.copyOfRange(shapes, from[0], to[0]),
                    Arrays.copyOfRange(tables, from[1], to[1]),
                    Arrays.copyOfRange(candidates, from[2], to[2]),
                    Arrays.copyOfRange(rests, from[3], to[3]),
                    Arrays.copyOfRange(crossings, from[4], to[4]),
                    seeds[i]);
        }
        for (int part = 0; part < PARTS; part++) {
            in.requireLength("indexes.lengths", at[part], total[part]);
        }
        return indexes;
    }

    /** Whether probes end and what they find is there; tells the check which statements it leads to. */
    void check(CodeCheck code, ArraySource in) {
        in.requireTable("indexes.tables", table.length >> 1, hasFree());
        for (int slot = 0; slot < table.length; slot += 2) {
            long run = table[slot + 1];
            in.require(
                    table[slot] == 0 || ((run >>> 32) + (run & 0xFFFFFFFFL) <= candidates.length && run >= 0),
                    "indexes.tables",
                    "candidates that aren't there");
        }
        int units = 0;
        for (int shape : shapes) {
            in.require((shape & UNITS_MASK) >= units, "indexes.shapes", "shapes that don't ascend");
            units = shape & UNITS_MASK;
        }
        code.elements(candidates);
        code.elements(rest);
        code.elements(crossing);
    }

    /** Whether its statements are covers of guards that are there. */
    void checkCovers(CodeCheck code, int guards) {
        code.covers(guards, candidates, 0, candidates.length);
        code.covers(guards, rest, 0, rest.length);
        code.covers(guards, crossing, 0, crossing.length);
    }

    private boolean hasFree() {
        for (int slot = 0; slot < table.length; slot += 2) {
            if (table[slot] == 0) {
                return true;
            }
        }
        return false;
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

    int evaluate(Dispatch dispatch, int[] dropped, Frame frame, int before) {
        int said = dispatch.scan(rest, 0, rest.length, dropped, frame, before);
        Resource resource = frame.resource;
        if (said == Dispatch.DENIES || resource.everything) {
            return said;
        }
        resource.place(frame);
        if (resource.moreColons(frame) > 0) {
            said = dispatch.scan(crossing, 0, crossing.length, dropped, frame, said);
        }
        int first = resource.sixth;
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
                said = dispatch.scan(candidates, from, from + (int) run, dropped, frame, said);
            }
        }
        return said;
    }

    long bytes() {
        return 4L * shapes.length + 8L * (table.length + candidates.length + rest.length + crossing.length);
    }

    /** Its statements, some more than once; allocates. */
    int[] statements() {
        int[] statements = new int[rest.length + candidates.length];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = (int) (i < rest.length ? rest[i] : candidates[i - rest.length]);
        }
        return statements;
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
        int start = resource.sixth;
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
