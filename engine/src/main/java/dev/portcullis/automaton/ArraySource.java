package dev.portcullis.automaton;

/**
 * Gives back the arrays that an {@link ArraySink} took. Each method refuses a name that isn't there as {@link #refusal}
 * says.
 */
public interface ArraySource {

    long[] longs(String name);

    int[] ints(String name);

    char[] chars(String name);

    byte[] bytes(String name);

    /** What to throw when an array can't be what a compiler wrote. */
    RuntimeException refusal(String name, String why);

    /** Refuses an array unless it is as it must be. */
    default void require(boolean holds, String name, String why) {
        if (!holds) {
            throw refusal(name, why);
        }
    }

    /** Refuses more than a limit. */
    default void requireMost(String name, long count, long most, String what) {
        if (count > most) {
            throw refusal(name, count + " " + what + ", at most " + most);
        }
    }

    /** Refuses an array of another length. */
    default void requireLength(String name, long length, long wanted) {
        if (length != wanted) {
            throw refusal(name, length + " elements instead of " + wanted);
        }
    }

    /** Refuses numbers below {@code from} or not below {@code to}. */
    default void requireRange(String name, int[] values, int from, int to) {
        int least = Integer.MAX_VALUE;
        int most = Integer.MIN_VALUE;
        for (int value : values) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        if (values.length > 0 && (least < from || most >= to)) {
            throw refusal(name, "a number out of range");
        }
    }

    /** Refuses starts that don't cut something of that length into {@code parts} parts. */
    default void requireStarts(String name, int[] starts, int parts, int length) {
        requireLength(name, starts.length, parts + 1L);
        boolean ascending = starts[0] == 0 && starts[parts] == length;
        int before = 0;
        for (int start : starts) {
            ascending &= before <= start;
            before = start;
        }
        require(ascending, name, "starts that don't ascend");
    }

    /** Refuses a hash table whose probes need not end: its slots must be a power of two, one at least free. */
    default void requireTable(String name, int slots, boolean hasFree) {
        require(slots > 0 && Integer.bitCount(slots) == 1, name, "a table of " + slots + " slots");
        require(hasFree, name, "a table without a free slot");
    }
}
