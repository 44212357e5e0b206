package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;

/**
 * From a policy set and an action to the statements that name the action. A set is what one layer has to say of one
 * principal, account or resource; sets shared by many are stored once.
 *
 * <pre>
 *   entries    two words a slot, load at most 1/2
 *                +0   set:32 | service:16 + 1          0 = free
 *                +1   LIST
 *   defaults   LIST of each set, for services that the set doesn't name
 *
 *   LIST       indexed:1 | length:31 | offset:32       in elements; indexed: offset in indexes
 *   ELEMENT    action mode:2 | deny:1 | unconditional:1 | actions:28 | statement:32
 *              actions: of a service with at most 28 of them a bit for each, else the offset of a BITMAP
 *              Denies stand before Allows; within each, unconditional ones first.
 *   BITMAP     in bitmaps: number of words, then a bit for each action of the service (equal ones stored once)
 * </pre>
 */
public final class Dispatch {

    /** A Deny of the set applies; stronger than every coverage of {@link Grants}. */
    static final int DENIES = 4;

    public static final int MODE_SHIFT = 62;
    /** The bit of the action decides; an action that no policy names takes the guard. */
    public static final int BITMAP = 0;
    /** Only the action list's own text can tell. */
    public static final int GUARD = 1;
    /** The action's bit is in the element itself; an action that no policy names takes the guard. */
    public static final int BITS = 2;
    /** Every action, also those no policy names; the element has all bits. */
    public static final int EVERY_ACTION = 3;
    /** Most actions of a service whose bits are in elements. */
    public static final int MOST_BITS = 28;

    public static final long DENY = 1L << 61;
    public static final long UNCONDITIONAL = 1L << 60;
    public static final int BITMAP_SHIFT = 32;
    public static final int BITMAP_MASK = (1 << 28) - 1;

    public static final long INDEXED = 1L << 63;

    /** What elements don't say themselves. */
    static final int UNTOLD = -1;

    final Code code;
    private final long[] entries;
    private final long[] defaults;
    private final long[] elements;
    private final long[] bitmaps;
    private final ResourceIndex[] indexes;
    private final long seed;

    public Dispatch(
            Code code,
            long[] entries,
            long[] defaults,
            long[] elements,
            long[] bitmaps,
            ResourceIndex[] indexes,
            long seed) {
        this.code = code;
        this.entries = entries;
        this.defaults = defaults;
        this.elements = elements;
        this.bitmaps = bitmaps;
        this.indexes = indexes;
        this.seed = seed;
    }

    /** What its statements are. */
    public Code code() {
        return code;
    }

    void write(ArraySink out) {
        code.write(out);
        out.longs("dispatch.entries", entries);
        out.longs("dispatch.defaults", defaults);
        out.longs("dispatch.elements", elements);
        out.longs("dispatch.bitmaps", bitmaps);
        out.longs("dispatch.seed", seed);
        ResourceIndex.write(indexes, out);
    }

    /** Takes its arrays back, as yet unchecked: {@link #check} does that. */
    static Dispatch read(ArraySource in) {
        long[] seed = in.longs("dispatch.seed");
        in.requireLength("dispatch.seed", seed.length, 1);
        return new Dispatch(
                Code.read(in),
                in.longs("dispatch.entries"),
                in.longs("dispatch.defaults"),
                in.longs("dispatch.elements"),
                in.longs("dispatch.bitmaps"),
                ResourceIndex.read(in),
                seed[0]);
    }

    /** How many sets there are. */
    int sets() {
        return defaults.length;
    }

    /**
     * Whether every search ends and everything that it leads to is there.
     *
     * @param covers the set of the guards' covers, or {@link Caller#NONE}
     * @param guards how many guards there are
     */
    void check(int covers, int guards, int keys, ArraySource in) {
        CodeCheck check = new CodeCheck(code, bitmaps, keys, in);
        in.requireMost("dispatch.defaults", defaults.length, Limits.COMPILED_SETS, "policy sets");
        in.requireMost("dispatch.elements", elements.length, Limits.COMPILED_STATES, "states");
        in.requireMost("dispatch.entries", entries.length, 4L * Limits.COMPILED_STATES, "words");
        in.require((entries.length & 1) == 0, "dispatch.entries", "half an entry");
        boolean free = false;
        for (int at = 0; at < entries.length; at += 2) {
            boolean here = entries[at] == 0;
            free |= here;
            if (!here) {
                checkList("dispatch.entries", entries[at + 1], in);
            }
        }
        in.require(free, "dispatch.entries", "a table without a free slot");
        for (long list : defaults) {
            checkList("dispatch.defaults", list, in);
        }
        check.elements(elements);
        for (ResourceIndex index : indexes) {
            index.check(check, in);
        }
        if (covers >= 0) {
            long list = defaults[covers];
            int offset = (int) list;
            if ((list & INDEXED) != 0) {
                indexes[offset].checkCovers(check, guards);
            } else {
                check.covers(guards, elements, offset, offset + (int) (list >>> 32));
            }
        }
        check.statements();
    }

    private void checkList(String name, long list, ArraySource in) {
        long offset = list & 0xFFFFFFFFL;
        boolean there = (list & INDEXED) != 0
                ? offset < indexes.length
                : offset + (list >>> 32 & Integer.MAX_VALUE) <= elements.length;
        in.require(there, name, "a list that isn't there");
    }

    /** How many slots a table has for so many entries. */
    public static int slots(int entries) {
        return 2 * entries + 2;
    }

    /** Slot where the search for a set and service starts. */
    public static int slot(long key, long seed, int slots) {
        long mixed = key * (seed | 1);
        long half = (mixed ^ mixed >>> 32) & 0xFFFFFFFFL;
        return (int) ((half * slots) >>> 32);
    }

    /** Slot where it goes on. */
    public static int next(int slot, int slots) {
        return slot + 1 == slots ? 0 : slot + 1;
    }

    /** The key of a set and a service; services count from 0. */
    public static long key(int set, int service) {
        return (long) set << 17 | service + 1L;
    }

    /** The LIST of a set for a service; -1 for a service that no policy names. */
    public long list(int set, int service) {
        if (service >= 0) {
            long[] table = entries;
            int slots = table.length >> 1;
            long key = key(set, service);
            int slot = slot(key, seed, slots);
            long found;
            while ((found = table[slot << 1]) != 0) {
                if (found == key) {
                    return table[(slot << 1) + 1];
                }
                slot = next(slot, slots);
            }
        }
        return defaults[set];
    }

    // Before many frames are decided, what each will read is asked for in steps, one step of all frames after the
    // other: within a step nobody waits for another's memory. The values only keep the loads from being left out.

    /** The first slot that {@link #list} looks at. */
    long fetchSlot(int set, int service) {
        long[] table = entries;
        return table[slot(key(set, service), seed, table.length >> 1) << 1];
    }

    /** The first element of a LIST that has one, else 0. */
    long fetchElements(long list) {
        return list <= 0 || list >>> 32 == 0 ? 0 : elements[(int) list];
    }

    /** What a set says: {@link #DENIES}, or how the strongest Allow that applies covers the caller. */
    int evaluate(int set, Frame frame) {
        return evaluate(set, null, frame, Grants.NONE);
    }

    /**
     * The same for a set that some statements have gone from.
     *
     * @param dropped statements that don't count any longer, ascending; null for none
     * @param before what others of the same layer said; no Deny
     */
    int evaluate(int set, int[] dropped, Frame frame, int before) {
        long list = list(set, frame.service);
        int offset = (int) list;
        if ((list & INDEXED) != 0) {
            return indexes[offset].evaluate(this, dropped, frame, before);
        }
        return scan(elements, offset, offset + (int) (list >>> 32), dropped, frame, before);
    }

    /** Walks elements, Denies first; {@code before} is what others of the same set said. */
    int scan(long[] all, int from, int to, int[] dropped, Frame frame, int before) {
        int action = frame.action;
        long bit = action >= 0 && action < MOST_BITS ? 1L << (BITMAP_SHIFT + action) : 0;
        int said = before;
        for (int at = from; at < to; at++) {
            long element = all[at];
            boolean deny = (element & DENY) != 0;
            if (!deny && said == Grants.DIRECT) {
                return said;
            }
            boolean hasBits = element < 0 && bit != 0;
            if (hasBits ? (element & bit) != 0 : actionMatches(element, frame)) {
                int coverage = (element & UNCONDITIONAL) != 0
                        ? Grants.DIRECT
                        : Statements.coverage(code, (int) element, frame);
                if (coverage != Grants.NONE && (dropped == null || !has(dropped, (int) element))) {
                    if (deny) {
                        return DENIES;
                    }
                    said = Math.max(said, coverage);
                }
            }
        }
        return said;
    }

    private static boolean has(int[] sorted, int statement) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = sorted[middle];
            if (found == statement) {
                return true;
            }
            if (found < statement) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Of a dispatch with one set: a bit for each service it names, by its lowest six bits; all if it has defaults. */
    long services() {
        if (defaults[0] >>> 32 != 0) {
            return -1;
        }
        long services = 0;
        for (int slot = 0; slot < entries.length; slot += 2) {
            if (entries[slot] != 0) {
                services |= 1L << ((entries[slot] & 0x1FFFF) - 1);
            }
        }
        return services;
    }

    /** One of the elements. */
    public long element(int at) {
        return elements[at];
    }

    /** Whether some list is filed by resource. */
    public boolean isIndexed() {
        return indexes.length > 0;
    }

    /** Of a dispatch with one set: the services that it names. */
    public void eachService(Taker services) {
        for (int slot = 0; slot < entries.length; slot += 2) {
            if (entries[slot] != 0) {
                services.take((int) (entries[slot] & 0x1FFFF) - 1);
            }
        }
    }

    /** Its bitmaps. */
    public void eachBitmapWord(WordTaker words) {
        for (long word : bitmaps) {
            words.take(word);
        }
    }

    /** Takes numbers. */
    public interface Taker {
        void take(int number);
    }

    /** Takes words. */
    public interface WordTaker {
        void take(long word);
    }

    /** Bytes held by its arrays. */
    long bytes() {
        long indexed = 0;
        for (ResourceIndex index : indexes) {
            indexed += index.bytes();
        }
        return 8L * (entries.length + defaults.length + elements.length + bitmaps.length) + indexed;
    }

    /** The statements of a set's defaults; allocates. */
    public int[] statements(int set) {
        long list = defaults[set];
        int offset = (int) list;
        if ((list & INDEXED) != 0) {
            return indexes[offset].statements();
        }
        int[] statements = new int[(int) (list >>> 32)];
        for (int i = 0; i < statements.length; i++) {
            statements[i] = (int) elements[offset + i];
        }
        return statements;
    }

    private boolean actionMatches(long element, Frame frame) {
        int told = told(element, frame.action, bitmaps);
        return told == UNTOLD ? frame.actionIsCovered(code, code.actionList((int) element)) : told != 0;
    }

    /** Whether an element is about an action, 1 or 0; {@link #UNTOLD} if only the action list's text can tell. */
    static int told(long element, int action, long[] bitmaps) {
        int mode = (int) (element >>> MODE_SHIFT);
        if (mode == EVERY_ACTION) {
            return 1;
        }
        if (mode == GUARD || action < 0) {
            return UNTOLD;
        }
        if (mode == BITS) {
            return action < MOST_BITS ? (int) (element >>> (BITMAP_SHIFT + action)) & 1 : 0;
        }
        int bitmap = (int) (element >>> BITMAP_SHIFT) & BITMAP_MASK;
        int word = action >> 6;
        return word < bitmaps[bitmap] ? (int) (bitmaps[bitmap + 1 + word] >>> action) & 1 : 0;
    }

    /** Tells which guards cover the request's resource (see {@link Guards}). */
    void covers(int set, Guards guards, Frame frame, Guard found) {
        long list = defaults[set];
        int offset = (int) list;
        if ((list & INDEXED) != 0) {
            indexes[offset].covers(this, guards, frame, found);
        } else {
            covers(elements, offset, offset + (int) (list >>> 32), guards, frame, found);
        }
    }

    void covers(long[] all, int from, int to, Guards guards, Frame frame, Guard found) {
        for (int at = from; at < to; at++) {
            int statement = (int) all[at];
            if (Statements.coverage(code, statement, frame) != Grants.NONE) {
                guards.covered(code.principalList(statement), found);
            }
        }
    }
}
