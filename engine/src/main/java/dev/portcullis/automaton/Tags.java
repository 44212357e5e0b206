package dev.portcullis.automaton;

/**
 * The tags of users and roles, or of resources. Immutable.
 *
 * <pre>
 *   starts   tags of holder h: from starts[h] to starts[h + 1]
 *   tags     number of the folded tag key:32 | number of the value:32      ascending within a holder
 * </pre>
 */
public final class Tags {

    private final int[] starts;
    private final long[] tags;
    final Texts values;

    public Tags(int[] starts, long[] tags, Texts values) {
        this.starts = starts;
        this.tags = tags;
        this.values = values;
    }

    void write(String name, ArraySink out) {
        out.ints(name + ".starts", starts);
        out.longs(name + ".tags", tags);
        values.write(name + ".values", out);
    }

    static Tags read(String name, int holders, ArraySource in) {
        int[] starts = in.ints(name + ".starts");
        long[] tags = in.longs(name + ".tags");
        Texts values = Texts.read(name + ".values", in);
        in.requireStarts(name + ".starts", starts, holders, tags.length);
        for (long tag : tags) {
            in.require((tag & 0xFFFFFFFFL) < values.size(), name + ".tags", "a value that isn't there");
        }
        return new Tags(starts, tags, values);
    }

    /** The number of the value that a holder has under a tag key, or {@link Caller#NONE}. */
    int value(int holder, int key) {
        int low = starts[holder];
        int high = starts[holder + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int found = (int) (tags[middle] >>> 32);
            if (found == key) {
                return (int) tags[middle];
            }
            if (found < key) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Caller.NONE;
    }
}
