package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
import java.util.Arrays;

/**
 * The context keys of one request. Reused; one thread.
 *
 * <pre>
 *   slots   a number for each context key that a policy names
 *   epochs  [ 7 | 3 | 8 | ... ]   slot is filled when it carries the stamp of this request (given) or of this decision
 *                                 (supplied, see {@link AutomaticContext}): nothing to clear
 *   states  ABSENT, SINGLE, MULTIPLE       firsts, counts   its values
 *
 *   values  a value is kept as the caller's String until a predicate reads it; then its units are in the arena
 *   text    [ ...units that the request brings | ...units written while deciding | free ]
 * </pre>
 */
public abstract sealed class RequestContext extends Arena permits Frame {

    /** The request has no such key. */
    public static final int ABSENT = 0;
    /** The key is single-valued. */
    public static final int SINGLE = 1;
    /** The key is multivalued, with any number of values. */
    public static final int MULTIPLE = 2;

    static final int NOT_READ = -1;

    private final Vocabulary vocabulary;

    /** The last number given to a request or a decision. */
    private int stamp;

    private int request;
    private int decision;
    private final int[] epochs;
    private final byte[] states;
    private final int[] firsts;
    private final int[] counts;

    /** Keys that no policy names, in the slots behind the others: only a request's own policies can ask for them. */
    private int others;

    private final int[] otherStarts = new int[Limits.CONTEXT_KEYS];
    private final int[] otherLengths = new int[Limits.CONTEXT_KEYS];

    /** The slot that a tag which only a request's own policies ask for is put in, one at a time. */
    private final int spareSlot;

    private int values;
    private String[] strings = new String[64];
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private long[] lowered = new long[64];

    /** The policies of the request that are being evaluated, if any. */
    Fragment evaluated;

    private boolean decided;
    /** Where deciding began to write. */
    private int givenEnd;

    private int givenValues;

    RequestContext(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        spareSlot = vocabulary.firstExtraSlot();
        epochs = new int[spareSlot + 1];
        states = new byte[spareSlot + 1];
        firsts = new int[spareSlot + 1];
        counts = new int[spareSlot + 1];
    }

    /** Forgets the request's keys and units. */
    final void forget() {
        request = nextStamp();
        decision = request;
        values = 0;
        others = 0;
        end = 0;
        decided = false;
    }

    private int nextStamp() {
        if (++stamp <= 0) {
            for (int slot = 0; slot < epochs.length; slot++) {
                epochs[slot] = epochs[slot] == request ? 1 : 0;
            }
            request = 1;
            stamp = 2;
        }
        return stamp;
    }

    /** Goes back to what the request brought; false when nothing has been written since. */
    final boolean goBack() {
        if (!decided) {
            return false;
        }
        decided = false;
        end = givenEnd;
        values = givenValues;
        for (int value = 0; value < values; value++) {
            if (strings[value] != null && isLost(starts[value])) {
                starts[value] = NOT_READ;
            }
            if (isLost((int) (lowered[value] >>> 32))) {
                lowered[value] = NOT_READ;
            }
        }
        return true;
    }

    /** Begins a decision. */
    final void startDecision() {
        decided = true;
        givenEnd = end;
        givenValues = values;
        decision = nextStamp();
    }

    /** Whether the arena has lost what is written at this place by going back. */
    final boolean isLost(int start) {
        return start >= end;
    }

    /** The slot of a context key. */
    public int slot(String key) {
        int slot = vocabulary.keys.findFront(key);
        return slot >= 0 ? slot : slot(put(key));
    }

    /** The slot of the context key whose units stand from {@code start} to the end of the arena. */
    public int slot(int start) {
        int length = end - start;
        boolean ascii = true;
        for (int at = start; at < start + length; at++) {
            char unit = text[at];
            text[at] = Folding.action(unit);
            ascii &= unit < 0x80;
        }
        if (ascii) {
            return foldedSlot(start, length);
        }
        long lower = lowerUnits(text, start, length);
        return foldedSlot((int) (lower >>> 32), (int) lower);
    }

    private int foldedSlot(int start, int length) {
        int slot = vocabulary.keys.find(text, start, length);
        return slot >= 0 ? slot : otherSlot(start, length);
    }

    /** How a key given as a list is read: multivalued, but for one key with one value (U26). */
    private int stateOfList(int slot) {
        return counts[slot] == 1 && slot == vocabulary.eitherWaySlot ? SINGLE : MULTIPLE;
    }

    /** A slot for a key that no policy names; its folded units stand in {@link #text}. */
    private int otherSlot(int start, int length) {
        int known = vocabulary.keys.size();
        for (int i = 0; i < others; i++) {
            if (otherLengths[i] == length
                    && Arrays.equals(text, otherStarts[i], otherStarts[i] + length, text, start, start + length)) {
                return known + i;
            }
        }
        otherStarts[others] = start;
        otherLengths[others] = length;
        return known + others++;
    }

    /** Whether the request gives the slot. */
    public boolean isGiven(int slot) {
        return epochs[slot] == request;
    }

    /** Starts the one value of a slot; follow with {@link #addValue}. */
    public void single(int slot) {
        fill(slot, SINGLE, request);
    }

    /** Starts the values of a slot; follow with {@link #addListValue} for each. */
    public void list(int slot) {
        fill(slot, MULTIPLE, request);
    }

    private void fill(int slot, int state, int by) {
        epochs[slot] = by;
        states[slot] = (byte) state;
        firsts[slot] = values;
        counts[slot] = 0;
    }

    /** Notes for this decision that nothing is known of the key. */
    int supplyNothing(int slot) {
        fill(slot, ABSENT, decision);
        return ABSENT;
    }

    /** Supplies a value for this decision: units of the arena. */
    int supply(int slot, int state, int start, int stop) {
        fill(slot, state, decision);
        addValue(slot, start, stop);
        return state;
    }

    /** Supplies a value that another key has. */
    int supplyAgain(int slot, int value) {
        fill(slot, SINGLE, decision);
        firsts[slot] = value;
        counts[slot] = 1;
        return SINGLE;
    }

    /** Adds a value to the slot filled last. */
    public void addValue(int slot, String value) {
        int number = nextValue();
        strings[number] = value;
        starts[number] = NOT_READ;
        lengths[number] = value.length();
        counts[slot]++;
    }

    /** Adds a value that stands in the arena, from {@code start} to {@code stop}. */
    public void addValue(int slot, int start, int stop) {
        int number = nextValue();
        strings[number] = null;
        starts[number] = start;
        lengths[number] = stop - start;
        counts[slot]++;
    }

    /** Adds a value to the list filled last. */
    public void addListValue(int slot, String value) {
        addValue(slot, value);
        states[slot] = (byte) stateOfList(slot);
    }

    /** Adds a value that stands in the arena to the list filled last. */
    public void addListValue(int slot, int start, int stop) {
        addValue(slot, start, stop);
        states[slot] = (byte) stateOfList(slot);
    }

    private int nextValue() {
        int number = values++;
        if (number == strings.length) {
            strings = Arrays.copyOf(strings, 2 * number);
            starts = Arrays.copyOf(starts, 2 * number);
            lengths = Arrays.copyOf(lengths, 2 * number);
            lowered = Arrays.copyOf(lowered, 2 * number);
        }
        lowered[number] = NOT_READ;
        return number;
    }

    /** ABSENT, SINGLE or MULTIPLE. */
    final int state(int slot) {
        if (slot >= spareSlot) {
            return extraState(slot - spareSlot);
        }
        int epoch = epochs[slot];
        return epoch == request || epoch == decision ? states[slot] : stateOfAbsent(slot);
    }

    private int extraState(int number) {
        int at = extra(number);
        return at != spareSlot ? states[at] : stateOfAbsentTag(at, evaluated, number);
    }

    /** What a key is that the request doesn't give: supplied, or absent. */
    abstract int stateOfAbsent(int slot);

    /** The same for a key that only a fragment names; its value goes to the slot. */
    abstract int stateOfAbsentTag(int slot, Fragment asking, int number);

    int first(int slot) {
        return firsts[place(slot)];
    }

    int count(int slot) {
        return counts[place(slot)];
    }

    /** Whether the request gives the key; what is supplied doesn't count. */
    boolean isGivenSingle(int slot) {
        return epochs[slot] == request && states[slot] == SINGLE;
    }

    /** Whether the request gives the key as a list. */
    final boolean isGivenList(int slot) {
        return epochs[slot] == request && states[slot] == MULTIPLE;
    }

    private int place(int slot) {
        return slot < spareSlot ? slot : extra(slot - spareSlot);
    }

    /** Where the request has a key that only the policies being evaluated name; the spare slot when it hasn't. */
    private int extra(int number) {
        String key = evaluated.extraKey(number);
        int length = key.length();
        for (int i = 0; i < others; i++) {
            if (otherLengths[i] == length && same(key, otherStarts[i])) {
                return vocabulary.keys.size() + i;
            }
        }
        return spareSlot;
    }

    private boolean same(String key, int start) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }

    int length(int value) {
        return lengths[value];
    }

    /** Where the value's units start in {@link #text}, read there on first use. */
    int start(int value) {
        int start = starts[value];
        return start >= 0 ? start : readValue(value);
    }

    private int readValue(int value) {
        int length = lengths[value];
        int start = reserve(length);
        strings[value].getChars(0, length, text, start);
        starts[value] = start;
        return start;
    }

    /** The array that holds the value's units once {@link #start} has been called. */
    char[] textOf(int value) {
        start(value);
        return text;
    }

    /** The lowered value (rule L92): start in {@link #text} and length, packed; kept for the request. */
    long lower(int value) {
        long known = lowered[value];
        if (known < 0) {
            int start = start(value);
            known = lowerUnits(text, start, lengths[value]);
            lowered[value] = known;
        }
        return known;
    }
}
