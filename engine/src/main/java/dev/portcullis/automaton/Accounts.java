package dev.portcullis.automaton;

/**
 * Member accounts of the organization and the SCPs and RCPs above them. Immutable.
 *
 * <pre>
 *   numbers  account + 1 by slot, open addressing, 0 = free        (accounts outside the organization aren't here)
 *   chains   chains[starts[slot] .. starts[slot] + lengths[slot])  policy sets of its SCP levels, root first
 *   rcps     policy set of all its RCPs, levels joined: they only deny (rules E54, E55); NONE when there are none
 *   paths    number of its organization path in texts, NONE when it isn't known; text 0 is the organization's id
 * </pre>
 *
 * The management account has neither SCPs nor RCPs here: none reaches it (rules E48, E57).
 */
public final class Accounts {

    private final long[] numbers;
    private final int[] starts;
    private final int[] lengths;
    private final int[] rcps;
    private final int[] chains;
    private final int[] paths;
    private final Texts texts;

    public Accounts(long[] numbers, int[] starts, int[] lengths, int[] rcps, int[] chains, int[] paths, Texts texts) {
        this.numbers = numbers;
        this.starts = starts;
        this.lengths = lengths;
        this.rcps = rcps;
        this.chains = chains;
        this.paths = paths;
        this.texts = texts;
    }

    void write(ArraySink out) {
        out.longs("accounts.numbers", numbers);
        out.ints("accounts.starts", starts);
        out.ints("accounts.lengths", lengths);
        out.ints("accounts.rcps", rcps);
        out.ints("accounts.chains", chains);
        out.ints("accounts.paths", paths);
        texts.write("accounts.texts", out);
    }

    static Accounts read(int sets, ArraySource in) {
        long[] numbers = in.longs("accounts.numbers");
        int[] starts = in.ints("accounts.starts");
        int[] lengths = in.ints("accounts.lengths");
        int[] rcps = in.ints("accounts.rcps");
        int[] chains = in.ints("accounts.chains");
        int[] paths = in.ints("accounts.paths");
        Texts texts = Texts.read("accounts.texts", in);
        in.requireLength("accounts.starts", starts.length, numbers.length);
        in.requireLength("accounts.lengths", lengths.length, numbers.length);
        in.requireLength("accounts.rcps", rcps.length, numbers.length);
        in.requireLength("accounts.paths", paths.length, numbers.length);
        in.requireRange("accounts.starts", starts, 0, chains.length + 1);
        in.requireRange("accounts.rcps", rcps, Caller.NONE, Math.max(1, sets));
        in.requireRange("accounts.chains", chains, 0, sets);
        in.requireRange("accounts.paths", paths, Caller.NONE, texts.size() + 1);
        boolean free = false;
        for (int slot = 0; slot < numbers.length; slot++) {
            free |= numbers[slot] == 0;
            in.require(
                    lengths[slot] >= 0 && lengths[slot] <= chains.length - starts[slot],
                    "accounts.lengths",
                    "a number out of range");
            in.require(
                    numbers[slot] == 0 || (rcps[slot] < sets && paths[slot] < texts.size()),
                    "accounts.paths",
                    "a set or a text that isn't there");
        }
        in.requireTable("accounts.numbers", numbers.length, free);
        return new Accounts(numbers, starts, lengths, rcps, chains, paths, texts);
    }

    /** Slot where the search for an account starts. */
    public static int slot(long account, int mask) {
        long mixed = account * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & mask;
    }

    /** Whether there are none. */
    boolean isEmpty() {
        for (long number : numbers) {
            if (number != 0) {
                return false;
            }
        }
        return true;
    }

    /** How many slots there are. */
    public int slots() {
        return numbers.length;
    }

    /** The slot of an account, or {@link Caller#NONE}. */
    public int find(long account) {
        long[] table = numbers;
        int mask = table.length - 1;
        int slot = slot(account, mask);
        long found;
        while ((found = table[slot]) != 0) {
            if (found == account + 1) {
                return slot;
            }
            slot = slot + 1 & mask;
        }
        return Caller.NONE;
    }

    /** Whether the account belongs to the organization. */
    boolean has(long account) {
        return find(account) >= 0;
    }

    /** Appends the organization's id to the frame; its start. It reaches to the frame's end. */
    int putId(Frame frame) {
        return texts.put(0, frame);
    }

    /** Appends the account's path in the organization; its start, or {@link Caller#NONE} when it has none. */
    int putPath(long account, Frame frame) {
        int slot = find(account);
        return slot < 0 || paths[slot] < 0 ? Caller.NONE : texts.put(paths[slot], frame);
    }

    /** DENIES; NONE when a level is silent; DIRECT when each allows, or there are none (rules E43, E44, E51). */
    int serviceControl(long account, Dispatch dispatch, Frame frame) {
        int slot = find(account);
        if (slot < 0) {
            return Grants.DIRECT;
        }
        int said = Grants.DIRECT;
        int end = starts[slot] + lengths[slot];
        for (int level = starts[slot]; level < end; level++) {
            int one = dispatch.evaluate(chains[level], frame);
            if (one == Dispatch.DENIES) {
                return Dispatch.DENIES;
            }
            said = Math.min(said, one);
        }
        return said;
    }

    /** Whether an RCP above the resource's owner denies (rules E55 to E57). */
    boolean resourceControlDenies(long owner, Dispatch dispatch, Frame frame) {
        if (owner == Caller.NONE) {
            return false;
        }
        int slot = find(owner);
        return slot >= 0 && rcps[slot] != Caller.NONE && dispatch.evaluate(rcps[slot], frame) == Dispatch.DENIES;
    }

    /** The policy set of a level's SCPs, from the root down. */
    public int serviceControl(int slot, int level) {
        return chains[starts[slot] + level];
    }

    /** The policy set of all RCPs above an account, or {@link Caller#NONE}. */
    public int resourceControl(int slot) {
        return rcps[slot];
    }

    /** How many levels of SCPs there are above an account. */
    public int levels(int slot) {
        return lengths[slot];
    }
}
