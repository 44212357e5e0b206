package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
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
 *   keys with one value that requests begin with, in order: as long as a request gives them so again, nothing is looked up or
 *   written but their values
 *     beginningKeys   the caller's String
 *     beginningSlots  places[beginningSlots[i]] has the stamp BEGINNING and first value i, and no other place has that stamp;
 *                     UNNAMED for a key that no policy names: it goes to {@link OtherKeys} when somebody asks these
 * </pre>
 */
public abstract sealed class RequestContext extends RequestValues permits Frame {

    /** The request has no such key. */
    public static final int ABSENT = 0;
    /** The key is single-valued. */
    public static final int SINGLE = 1;
    /** The key is multivalued, with any number of values. */
    public static final int MULTIPLE = 2;

    private static final int STATE_SHIFT = 30;
    private static final int FIRST_MASK = (1 << STATE_SHIFT) - 1;
    /** Stamp of the keys that requests begin with. */
    private static final int BEGINNING = -1;

    private static final int UNNAMED = -1;

    private static final long PLACE_MASK = 0xFFFF_FFFFL;

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

    private final String[] beginningKeys = new String[FEW];

    private final int[] beginningSlots = new int[FEW];
    /** Of keys that no policy names. */
    private final int[] beginningHashes = new int[FEW];
    /** How many they are. */
    private int beginning;
    /** How many of them this request gives. */
    private int begun;
    /** How many of those have been looked at for {@link #others}. */
    private int brought;

    /** The policies of the request that are being evaluated, if any. */
    Fragment evaluated;

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
        begun = 0;
        brought = 0;
        others.clear();
        forgetValues();
    }

    private int nextStamp() {
        if (++stamp <= 0) {
            for (int slot = 0; slot < places.length; slot++) {
                int by = (int) (places[slot] >>> 32);
                if (by != BEGINNING) {
                    places[slot] = (by == request ? 1L << 32 : 0) | (places[slot] & PLACE_MASK);
                }
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
        keepGivenValues();
        others.rewind(end);
        return true;
    }

    /** Begins a decision. */
    final void startDecision() {
        noteGivenValues();
        decision = nextStamp();
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
        bringOthers();
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
        bringOthers();
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
        return isGiven(places[slot]);
    }

    private boolean isGiven(long place) {
        int by = (int) (place >>> 32);
        return by == request || (by == BEGINNING && ((int) place & FIRST_MASK) < begun);
    }

    /** The keys that requests begin with, as far as {@link #beginning()} says. */
    public final String[] beginningKeys() {
        return beginningKeys;
    }

    /** Where their values go, at the same places. */
    public final String[] beginningValues() {
        return firstStrings;
    }

    /** How many they are. */
    public final int beginning() {
        return beginning;
    }

    /** How many of them the request gives. */
    public final int begun() {
        return begun;
    }

    /** Tells how many of them the request gives; nothing else has been given before. */
    public final void begun(int count) {
        begun = count;
        takeFirst(count);
    }

    /**
     * Gives a key its one value and makes it the next one that requests begin with; false if it isn't next, or there is something
     * to look at more closely.
     *
     * @param place how many keys have been given before
     */
    public final boolean singleNext(String key, int slot, int place, String value) {
        boolean next = place == begun && place < FEW && !decided && slot >= 0 && !isGiven(slot);
        if (!next || value.length() > Limits.CONTEXT_VALUE_UNITS) {
            return false;
        }
        forgetBeginning(place);
        boolean named = slot < knownKeys;
        places[slot] = place(named ? BEGINNING : request, SINGLE, place);
        beginningKeys[place] = key;
        beginningSlots[place] = named ? slot : UNNAMED;
        beginningHashes[place] = lastHashes[place];
        beginning = place + 1;
        begun = place + 1;
        if (!named) {
            // To know its slot, those before it have been brought to the others.
            brought = place + 1;
        }
        strings[place] = value;
        firstStrings[place] = value;
        values = place + 1;
        return true;
    }

    /** Brings keys that no policy names to the others, which are to be asked. */
    private void bringOthers() {
        for (int place = brought; place < begun; place++) {
            if (beginningSlots[place] == UNNAMED) {
                int other = others.add(beginningKeys[place], beginningHashes[place]);
                places[knownKeys + other] = place(request, SINGLE, place);
            }
        }
        brought = begun;
    }

    /** Forgets with which keys requests begin from {@code place} on. */
    private void forgetBeginning(int place) {
        for (int i = place; i < beginning; i++) {
            if (beginningSlots[i] != UNNAMED) {
                places[beginningSlots[i]] = 0;
            }
        }
        beginning = Math.min(beginning, place);
    }

    /**
     * Gives a key its one value, if the key was at this place in an earlier request too; false if it must be looked up, or
     * may not be given.
     */
    @SuppressWarnings("ReferenceEquality") // another String of equal text is looked up
    public final boolean singleAgain(String key, int place, String value) {
        if (key == null || decided || place >= FEW || lastKeys[place] != key) {
            return false;
        }
        int slot = slotAgain(key, place);
        return singleNext(key, slot, place, value) || singleFew(slot, value);
    }

    /** Gives a slot its one value, one of the first; false if there is something to look at more closely. */
    public final boolean singleFew(int slot, String value) {
        int number = values;
        if (slot < 0 || number >= FEW || decided || isGiven(slot) || value.length() > Limits.CONTEXT_VALUE_UNITS) {
            return false;
        }
        write(slot, place(request, SINGLE, number));
        strings[number] = value;
        values = number + 1;
        return true;
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
        write(slot, place(by, state, values));
    }

    private void write(int slot, long place) {
        long before = places[slot];
        if (before < 0) {
            forgetBeginning((int) before & FIRST_MASK);
        }
        places[slot] = place;
    }

    /** The slot of a key whose list begins, if the key was at this place in an earlier request too; else -1. */
    @SuppressWarnings("ReferenceEquality") // another String of equal text is looked up
    public final int listAgain(String key, int place) {
        if (key == null || decided || place >= FEW || lastKeys[place] != key) {
            return NOT_READ;
        }
        int slot = lastSlots[place];
        if (slot >= knownKeys) {
            return NOT_READ;
        }
        long before = places[slot];
        if (before < 0 || (int) (before >>> 32) == request) {
            return NOT_READ;
        }
        places[slot] = place(request, MULTIPLE, values);
        counts[slot] = 0;
        return slot;
    }

    /** Adds to the list filled last, one of the first values; false if there is something to look at more closely. */
    public final boolean addListValueFew(int slot, String value) {
        int number = values;
        if (number >= FEW || decided || value.length() > Limits.CONTEXT_VALUE_UNITS) {
            return false;
        }
        strings[number] = value;
        values = number + 1;
        grow(slot, 1);
        return true;
    }

    /** Where so many values can be written to {@link #firstValues} that {@link #addedFew} is told of; -1 if they can't. */
    public final int roomForFew(int count) {
        int number = values;
        return count >= 0 && count <= FEW - number && !decided && strings == firstStrings ? number : NOT_READ;
    }

    /** Where the first values are. */
    public final String[] firstValues() {
        return firstStrings;
    }

    /** Adds values that have been written, to the list filled last. */
    public final void addedFew(int slot, int count) {
        values += count;
        grow(slot, count);
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
        write(slot, place(decision, SINGLE, value));
        return SINGLE;
    }

    /** Adds a value to the list filled last. */
    public void addListValue(int slot, String value) {
        add(value);
        grow(slot, 1);
    }

    /** Adds a value that stands in the arena to the list filled last. */
    public void addListValue(int slot, int start, int stop) {
        add(start, stop);
        grow(slot, 1);
    }

    private void grow(int slot, int by) {
        counts[slot] += by;
        if (slot == vocabulary.eitherWaySlot) {
            places[slot] = place(request, stateOfList(slot), (int) places[slot] & FIRST_MASK);
        }
    }

    /** ABSENT, SINGLE or MULTIPLE. */
    final int state(int slot) {
        if (slot >= spareSlot) {
            return extraState(slot - spareSlot);
        }
        long place = places[slot];
        boolean here = isGiven(place) || (int) (place >>> 32) == decision;
        return here ? (int) place >>> STATE_SHIFT : stateOfAbsent(slot);
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
        bringOthers();
        int other = others.find(evaluated.extraKey(number), this);
        return other < 0 ? spareSlot : knownKeys + other;
    }
}
