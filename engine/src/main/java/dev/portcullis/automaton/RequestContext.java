package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The context keys of one request. Reused; one thread.
 *
 * <pre>
 *   a slot for each context key that a policy names
 *     places  stamp:32 | state:2 | first value:30     filled when it carries the stamp of this request (given) or of this
 *                                                     decision (supplied, see {@link AutomaticContext}): nothing to clear;
 *                                                     state: ABSENT, SINGLE, MULTIPLE
 *     counts  number of values of a MULTIPLE key
 *
 *   a value
 *     strings the caller's String, kept until a predicate reads it; null for units that the arena was given
 *     spans   lowered:1 | length:31 | start:32        once the units are in the arena: a bit of inText says so for the first
 *                                                     64 values, a start that isn't {@link #NOT_READ} for the others
 *     lowers  start:32 | length:32                    of the lowered units, if lowered
 *
 *   text    [ ...units that the request brings | ...units written while deciding | free ]
 * </pre>
 *
 * So a key with one value costs two words written.
 */
public abstract sealed class RequestContext extends Arena permits Frame {

    /** The request has no such key. */
    public static final int ABSENT = 0;
    /** The key is single-valued. */
    public static final int SINGLE = 1;
    /** The key is multivalued, with any number of values. */
    public static final int MULTIPLE = 2;

    static final int NOT_READ = -1;

    private static final int STATE_SHIFT = 30;
    private static final int FIRST_MASK = (1 << STATE_SHIFT) - 1;
    /** Values, and keys, that the shortest path takes. */
    private static final int FEW = Long.SIZE;

    private static final long LOWERED = 1L << 63;
    private static final long START_MASK = 0xFFFF_FFFFL;

    private final Vocabulary vocabulary;
    /** How many keys policies name: the first slot of another key. */
    private final int knownKeys;

    /** The last number given to a request or a decision. */
    private int stamp;

    private int request;
    private int decision;
    private final long[] places;
    private final int[] counts;

    /** The key that stood at each place when it was last looked up, and its slot. */
    private final String[] lastKeys = new String[Limits.CONTEXT_KEYS];

    private final int[] lastSlots = new int[Limits.CONTEXT_KEYS];

    private final int[] lastHashes = new int[Limits.CONTEXT_KEYS];

    private final LastKeys lastBytes = new LastKeys();

    /** Keys that no policy names, in the slots behind the others: only a request's own policies can ask for them. */
    private final OtherKeys others = new OtherKeys();

    /** The slot that a tag which only a request's own policies ask for is put in, one at a time. */
    private final int spareSlot;

    private int values;
    private long inText;
    private String[] strings = new String[FEW];
    private long[] spans = new long[FEW];
    private long[] lowers = new long[FEW];

    /** The policies of the request that are being evaluated, if any. */
    Fragment evaluated;

    private boolean decided;
    /** Where deciding began to write. */
    private int givenEnd;

    private int givenValues;

    RequestContext(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        knownKeys = vocabulary.keys.size();
        spareSlot = vocabulary.firstExtraSlot();
        places = new long[spareSlot + 1];
        counts = new int[spareSlot + 1];
    }

    /** Forgets the request's keys and units. */
    final void forget() {
        request = nextStamp();
        decision = request;
        values = 0;
        inText = 0;
        others.clear();
        end = 0;
        decided = false;
    }

    private int nextStamp() {
        if (++stamp <= 0) {
            for (int slot = 0; slot < places.length; slot++) {
                boolean current = (int) (places[slot] >>> 32) == request;
                places[slot] = (current ? 1L << 32 : 0) | (places[slot] & START_MASK);
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
        others.rewind(end);
        inText &= values < FEW ? (1L << values) - 1 : -1;
        for (int value = 0; value < values; value++) {
            if (isInText(value)) {
                if (strings[value] != null && isLost((int) spans[value])) {
                    forgetText(value);
                } else if (isLost((int) (lowers[value] >>> 32))) {
                    spans[value] &= ~LOWERED;
                }
            }
        }
        return true;
    }

    private void forgetText(int value) {
        if (value < FEW) {
            inText &= ~(1L << value);
        } else {
            spans[value] = START_MASK;
        }
    }

    private boolean isInText(int value) {
        return value < FEW ? (inText >>> value & 1) != 0 : (int) spans[value] >= 0;
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

    /**
     * The slot of a context key.
     *
     * @param place which of the request's keys it is: callers mostly give the same constants in the same order
     */
    @SuppressWarnings("ReferenceEquality") // another String of equal text is looked up
    public int slot(String key, int place) {
        if (lastKeys[place] == key) {
            int slot = slotAgain(key, place);
            if (slot >= 0) {
                return slot;
            }
        }
        int slot = vocabulary.keys.findFront(key);
        if (slot < 0) {
            slot = slot(put(key));
            if (slot >= knownKeys) {
                lastHashes[place] = others.hash(slot - knownKeys);
            }
        }
        lastKeys[place] = key;
        lastSlots[place] = Math.min(slot, knownKeys);
        return slot;
    }

    /** The slot of a key that stood at this place before; -1 when that doesn't tell. */
    private int slotAgain(String key, int place) {
        int slot = lastSlots[place];
        if (slot < knownKeys) {
            return slot;
        }
        int other = others.add(key, lastHashes[place]);
        return other < 0 ? NOT_READ : knownKeys + other;
    }

    /** The slot of a context key that came as these bytes at this place before; -1 when that doesn't tell. */
    public final int slotAgain(int place, DirectBuffer buffer, int offset, int length) {
        return lastBytes.find(place, buffer, offset, length);
    }

    /** Notes that a context key came as these bytes. */
    public final void keepSlot(int place, DirectBuffer buffer, int offset, int length, int slot) {
        if (slot < knownKeys) {
            lastBytes.keep(place, buffer, offset, length, slot);
        }
    }

    /** The slot of the context key whose units stand from {@code start} to the end of the arena. */
    public int slot(int start) {
        long folded = foldKey(start);
        int from = (int) (folded >>> 32);
        int length = (int) folded;
        int slot = vocabulary.keys.find(text, from, length);
        return slot >= 0 ? slot : knownKeys + others.add(from, length, vocabulary.keys.hash(text, from, length), this);
    }

    /** Folds the units from {@code start} to the end of the arena: start and length, packed. */
    final long foldKey(int start) {
        int length = end - start;
        boolean ascii = true;
        for (int at = start; at < start + length; at++) {
            char unit = text[at];
            text[at] = Folding.action(unit);
            ascii &= unit < 0x80;
        }
        return ascii ? (long) start << 32 | length : lowerUnits(text, start, length);
    }

    /** How a key given as a list is read: multivalued, but for one key with one value (U26). */
    private int stateOfList(int slot) {
        return counts[slot] == 1 && slot == vocabulary.eitherWaySlot ? SINGLE : MULTIPLE;
    }

    /** Whether the request gives the slot. */
    public boolean isGiven(int slot) {
        return (int) (places[slot] >>> 32) == request;
    }

    /**
     * Gives a key its one value, if the key was at this place in an earlier request too; false if it must be looked up, or
     * may not be given.
     */
    @SuppressWarnings("ReferenceEquality") // another String of equal text is looked up
    public final boolean singleAgain(String key, int place, String value) {
        return !decided && place < FEW && lastKeys[place] == key && singleFew(slotAgain(key, place), value);
    }

    /** Gives a slot its one value, one of the first; false if there is something to look at more closely. */
    public final boolean singleFew(int slot, String value) {
        int number = values;
        if (slot < 0 || number >= FEW || decided || isGiven(slot) || value.length() > Limits.CONTEXT_VALUE_UNITS) {
            return false;
        }
        places[slot] = place(request, SINGLE, number);
        strings[number] = value;
        values = number + 1;
        return true;
    }

    /** How many values the request has. */
    public final int valueCount() {
        return decided ? givenValues : values;
    }

    /** Gives a slot its one value. */
    public void single(int slot, String value) {
        fill(slot, SINGLE, request);
        add(value);
    }

    /** Gives a slot its one value, which stands in the arena, from {@code start} to {@code stop}. */
    public void single(int slot, int start, int stop) {
        fill(slot, SINGLE, request);
        add(start, stop);
    }

    /** Starts the values of a slot; follow with {@link #addListValue} for each. */
    public void list(int slot) {
        fill(slot, MULTIPLE, request);
        counts[slot] = 0;
    }

    private void fill(int slot, int state, int by) {
        places[slot] = place(by, state, values);
    }

    private static long place(int by, int state, int first) {
        return (long) by << 32 | (long) state << STATE_SHIFT | first;
    }

    /** Notes for this decision that nothing is known of the key. */
    int supplyNothing(int slot) {
        fill(slot, ABSENT, decision);
        return ABSENT;
    }

    /** Supplies a value for this decision: units of the arena. */
    int supply(int slot, int state, int start, int stop) {
        fill(slot, state, decision);
        counts[slot] = 1;
        add(start, stop);
        return state;
    }

    /** Supplies a value that another key has. */
    int supplyAgain(int slot, int value) {
        places[slot] = place(decision, SINGLE, value);
        return SINGLE;
    }

    private void add(String value) {
        int number = nextValue();
        strings[number] = value;
        if (number >= FEW) {
            spans[number] = START_MASK;
        }
    }

    private void add(int start, int stop) {
        int number = nextValue();
        strings[number] = null;
        spans[number] = (long) (stop - start) << 32 | start;
        if (number < FEW) {
            inText |= 1L << number;
        }
    }

    /** Adds a value to the list filled last. */
    public void addListValue(int slot, String value) {
        add(value);
        grow(slot);
    }

    /** Adds a value that stands in the arena to the list filled last. */
    public void addListValue(int slot, int start, int stop) {
        add(start, stop);
        grow(slot);
    }

    private void grow(int slot) {
        counts[slot]++;
        if (slot == vocabulary.eitherWaySlot) {
            places[slot] = place(request, stateOfList(slot), (int) places[slot] & FIRST_MASK);
        }
    }

    private int nextValue() {
        int number = values++;
        if (number == strings.length) {
            strings = Arrays.copyOf(strings, 2 * number);
            spans = Arrays.copyOf(spans, 2 * number);
            lowers = Arrays.copyOf(lowers, 2 * number);
        }
        return number;
    }

    /** ABSENT, SINGLE or MULTIPLE. */
    final int state(int slot) {
        if (slot >= spareSlot) {
            return extraState(slot - spareSlot);
        }
        long place = places[slot];
        int by = (int) (place >>> 32);
        return by == request || by == decision ? (int) place >>> STATE_SHIFT : stateOfAbsent(slot);
    }

    private int extraState(int number) {
        int at = extra(number);
        return at != spareSlot ? (int) places[at] >>> STATE_SHIFT : stateOfAbsentTag(at, evaluated, number);
    }

    /** What a key is that the request doesn't give: supplied, or absent. */
    abstract int stateOfAbsent(int slot);

    /** The same for a key that only a fragment names; its value goes to the slot. */
    abstract int stateOfAbsentTag(int slot, Fragment asking, int number);

    int first(int slot) {
        return (int) places[place(slot)] & FIRST_MASK;
    }

    /** How many values a key has that isn't absent. */
    int count(int slot) {
        int at = place(slot);
        return (int) places[at] >>> STATE_SHIFT == SINGLE ? 1 : counts[at];
    }

    /** Whether the request gives the key; what is supplied doesn't count. */
    boolean isGivenSingle(int slot) {
        return isGiven(slot) && (int) places[slot] >>> STATE_SHIFT == SINGLE;
    }

    /** Whether the request gives the key as a list. */
    final boolean isGivenList(int slot) {
        return isGiven(slot) && (int) places[slot] >>> STATE_SHIFT == MULTIPLE;
    }

    private int place(int slot) {
        return slot < spareSlot ? slot : extra(slot - spareSlot);
    }

    /** Where the request has a key that only the policies being evaluated name; the spare slot when it hasn't. */
    private int extra(int number) {
        int other = others.find(evaluated.extraKey(number), this);
        return other < 0 ? spareSlot : knownKeys + other;
    }

    int length(int value) {
        return isInText(value) ? (int) (spans[value] >>> 32) & Integer.MAX_VALUE : strings[value].length();
    }

    /** Where the value's units start in {@link #text}, read there on first use. */
    int start(int value) {
        return isInText(value) ? (int) spans[value] : readValue(value);
    }

    private int readValue(int value) {
        String given = strings[value];
        int start = put(given);
        spans[value] = (long) given.length() << 32 | start;
        if (value < FEW) {
            inText |= 1L << value;
        }
        return start;
    }

    /** The array that holds the value's units once {@link #start} has been called. */
    char[] textOf(int value) {
        start(value);
        return text;
    }

    /** The lowered value (rule L92): start in {@link #text} and length, packed; kept for the request. */
    long lower(int value) {
        int start = start(value);
        if (spans[value] >= 0) {
            lowers[value] = lowerUnits(text, start, length(value));
            spans[value] |= LOWERED;
        }
        return lowers[value];
    }
}
