package dev.portcullis.automaton;

import dev.portcullis.policy.Limits;
import java.util.Arrays;

/**
 * One request on its way through the automaton, and the scratch of deciding it. Reused; one thread.
 *
 * <pre>
 *   slots   a number for each context key that a policy names
 *   epochs  [ 7 | 3 | 7 | ... ]   slot is filled in this request when it carries this request's epoch: nothing to clear
 *   states  ABSENT, SINGLE, MULTIPLE       firsts, counts   its values
 *
 *   values  a value is kept as the caller's String until a predicate reads it; then its units are in the arena
 *   text    [ ...units of values read so far... | free ]
 * </pre>
 *
 * Units are UTF-16 throughout, so texts beyond Latin-1 compare exactly.
 */
public final class Frame {

    /** The request has no such key. */
    public static final int ABSENT = 0;
    /** The key is single-valued. */
    public static final int SINGLE = 1;
    /** The key is multivalued, with any number of values. */
    public static final int MULTIPLE = 2;

    private static final int NOT_READ = -1;

    final Decimal decimal = new Decimal();
    final Address address = new Address();
    final DateTime date = new DateTime();
    final Template template;
    final int[] arnBounds = new int[Arns.FIELDS + 1];

    char[] text = new char[2048];
    private int end;

    final Readings readings;
    private final Vocabulary vocabulary;

    private int epoch = 1;
    private final int[] epochs;
    private final byte[] states;
    private final int[] firsts;
    private final int[] counts;

    /** Keys that no policy names, in the slots behind the others: only a request's own policies can ask for them. */
    private int others;

    private final int[] otherStarts = new int[Limits.CONTEXT_KEYS];
    private final int[] otherLengths = new int[Limits.CONTEXT_KEYS];

    private int values;
    private String[] strings = new String[64];
    private int[] starts = new int[64];
    private int[] lengths = new int[64];
    private long[] lowered = new long[64];

    private long[] positions = new long[16];
    private long[] otherPositions = new long[16];

    final Resource resource = new Resource();
    Caller caller;
    /** The caller's boundary: a policy set, or {@link Caller#NONE}. */
    int boundary = Caller.NONE;
    /** The caller's identity-based policies: a policy set, or {@link Caller#NONE}. */
    int identity = Caller.NONE;
    /** The account that owns the resource, or {@link Caller#NONE}. */
    long owner = Caller.NONE;
    /** The guard of the resource; see {@link Guards}. */
    int guard;

    Fragment sessionPolicies;
    Fragment resourcePolicy;

    int keyLength;

    /** Number of the action's service, or {@link TextTable#ABSENT}. */
    int service;
    /** Place of the action among its service's, or {@link TextTable#ABSENT} when no policy names it. */
    int action;

    int actionColon;
    int actionLength;
    private String actionGiven;
    private int actionStart;

    public Frame(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        this.readings = vocabulary.readings;
        this.template = new Template(vocabulary.readings.wildcardsInValues);
        int slots = vocabulary.firstExtraSlot();
        epochs = new int[slots];
        states = new byte[slots];
        firsts = new int[slots];
        counts = new int[slots];
    }

    /** Forgets the request. */
    public void clear() {
        if (++epoch == 0) {
            Arrays.fill(epochs, 0);
            epoch = 1;
        }
        values = 0;
        others = 0;
        end = 0;
        resource.clear();
        sessionPolicies = null;
        resourcePolicy = null;
    }

    /** The resource: an ARN of six fields, or {@code *}. */
    public void resource(String arn) {
        resource.set(arn);
    }

    /** The slot of a context key. */
    public int slot(String key) {
        int slot = vocabulary.keys.findFront(key);
        return slot >= 0 ? slot : foldedSlot(key);
    }

    private int foldedSlot(String key) {
        int length = key.length();
        int start = reserve(length);
        key.getChars(0, length, text, start);
        for (int at = start; at < start + length; at++) {
            text[at] = Folding.key(text[at]);
        }
        int slot = vocabulary.keys.find(text, start, length);
        return slot >= 0 ? slot : otherSlot(start, length);
    }

    /** How a key given as a list is read: multivalued, but for one key with one value (U26). */
    public int stateOfList(int slot, int size) {
        return size == 1 && slot == vocabulary.eitherWaySlot ? SINGLE : MULTIPLE;
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

    /** Whether the slot has been filled in this request. */
    public boolean isFilled(int slot) {
        return epochs[slot] == epoch;
    }

    /** Starts the values of a slot; follow with {@link #addValue} for each. */
    public void fill(int slot, int state) {
        epochs[slot] = epoch;
        states[slot] = (byte) state;
        firsts[slot] = values;
        counts[slot] = 0;
    }

    /** Adds a value to the slot filled last. */
    public void addValue(int slot, String value) {
        int number = nextValue();
        strings[number] = value;
        starts[number] = NOT_READ;
        lengths[number] = value.length();
        counts[slot]++;
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

    int state(int slot) {
        int at = slot < epochs.length ? slot : extra(slot);
        return at >= 0 && epochs[at] == epoch ? states[at] : ABSENT;
    }

    int first(int slot) {
        return firsts[slot < epochs.length ? slot : extra(slot)];
    }

    int count(int slot) {
        return counts[slot < epochs.length ? slot : extra(slot)];
    }

    /** Where the request has a key that only the session policies name; -1 when it doesn't. */
    private int extra(int slot) {
        String key = sessionPolicies.extraKey(slot - epochs.length);
        int length = key.length();
        for (int i = 0; i < others; i++) {
            if (otherLengths[i] == length && same(key, otherStarts[i])) {
                return vocabulary.keys.size() + i;
            }
        }
        return Caller.NONE;
    }

    private boolean same(String key, int start) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) != text[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** The session policies of the request, compiled with this automaton's vocabulary. */
    public void sessionPolicies(Fragment policies) {
        sessionPolicies = policies;
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

    /** Room for {@code size} units in {@link #text}. */
    int reserve(int size) {
        int start = end;
        if (start + size > text.length) {
            text = Arrays.copyOf(text, Integer.highestOneBit(start + size) * 2);
        }
        end = start + size;
        return start;
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

    /**
     * Lowers units as {@link String#toLowerCase} with the root locale does, surrogate pairs left alone (rule L92), into
     * fresh room of the arena. Texts with a capital sigma, whose lower case depends on its neighbours, are lowered by
     * the JDK itself: the one place that allocates.
     *
     * @return start in {@link #text} {@code << 32 |} length
     */
    long lowerUnits(char[] from, int start, int length) {
        int grown = 0;
        for (int at = start; at < start + length; at++) {
            char unit = from[at];
            if (unit == '\u03A3') {
                return lowerSigma(from, start, length);
            }
            if (unit == '\u0130') {
                grown++;
            }
        }
        boolean own = from == text;
        int into = reserve(length + grown);
        char[] source = own ? text : from;
        int to = into;
        for (int at = start; at < start + length; at++) {
            char unit = source[at];
            if (unit < 0x80) {
                text[to++] = unit >= 'A' && unit <= 'Z' ? (char) (unit | 0x20) : unit;
            } else if (unit == '\u0130') {
                text[to++] = 'i';
                text[to++] = '\u0307';
            } else {
                text[to++] = Character.toLowerCase(unit);
            }
        }
        return (long) into << 32 | to - into;
    }

    private long lowerSigma(char[] from, int start, int length) {
        String lower = Lowering.lower(new String(from, start, length));
        int into = reserve(lower.length());
        lower.getChars(0, lower.length(), text, into);
        return (long) into << 32 | lower.length();
    }

    /** Bool and Null read only {@code true}, in any letter case, as true (rule L105). */
    int isTrue(int start, int stop) {
        return stop - start == 4
                        && (text[start] | 0x20) == 't'
                        && (text[start + 1] | 0x20) == 'r'
                        && (text[start + 2] | 0x20) == 'u'
                        && (text[start + 3] | 0x20) == 'e'
                ? 1
                : 0;
    }

    /** Splits a six-part ARN into {@link #arnBounds}; false if the text is none (rule L120). */
    boolean splitArn(int start, int stop) {
        if (stop - start < 9
                || text[start] != 'a'
                || text[start + 1] != 'r'
                || text[start + 2] != 'n'
                || text[start + 3] != ':') {
            return false;
        }
        arnBounds[0] = start - 1;
        int field = 1;
        for (int at = start + 3; at < stop && field < Arns.FIELDS; at++) {
            if (text[at] == ':') {
                arnBounds[field++] = at;
            }
        }
        arnBounds[Arns.FIELDS] = stop;
        return field == Arns.FIELDS;
    }

    long[] positions(int length) {
        int size = (length >> 6) + 1;
        if (positions.length < size) {
            positions = new long[2 * size];
            otherPositions = new long[2 * size];
        }
        Arrays.fill(positions, 0, size, 0);
        return positions;
    }

    long[] otherPositions(int length) {
        return otherPositions;
    }

    /** Where the action's folded units start in {@link #text}. */
    int actionUnits() {
        if (actionStart < 0) {
            int length = actionGiven.length();
            int start = reserve(length);
            actionGiven.getChars(0, length, text, start);
            for (int at = start; at < start + length; at++) {
                text[at] = Folding.action(text[at]);
            }
            actionStart = start;
        }
        return actionStart;
    }

    /** Sets the action; it has been checked to have one colon. */
    public void action(String given, int colon) {
        actionGiven = given;
        actionLength = given.length();
        actionColon = colon;
        actionStart = NOT_READ;
        int number = vocabulary.actions.findFront(given);
        if (number == TextTable.ABSENT) {
            int start = actionUnits();
            number = vocabulary.actions.find(text, start, actionLength);
            if (number == TextTable.ABSENT) {
                service = vocabulary.services.find(text, start, colon);
                action = TextTable.ABSENT;
                return;
            }
        }
        int word = vocabulary.actionWords[number];
        service = word >>> 16;
        action = word & 0xFFFF;
    }

    /** The action as given. */
    String actionText() {
        return actionGiven;
    }

    /** A value; allocates, for explanations. */
    String valueText(int value) {
        int start = start(value);
        return new String(text, start, lengths[value]);
    }

    boolean hasSessionPolicies() {
        return sessionPolicies != null;
    }

    int evaluateSession() {
        return sessionPolicies.evaluate(this);
    }

    boolean hasResourcePolicy() {
        return resourcePolicy != null;
    }

    int evaluateResourcePolicy() {
        return resourcePolicy.evaluate(this);
    }

    /** A privileged root session (rule E99). */
    boolean assumedRoot() {
        int slot = vocabulary.assumedRootSlot;
        if (state(slot) != SINGLE) {
            return false;
        }
        int value = first(slot);
        int start = start(value);
        return isTrue(start, start + length(value)) == 1;
    }

    /** Whether caller and resource are of one partition (rule E66); {@code *} names none. */
    boolean samePartition() {
        if (resource.everything) {
            return true;
        }
        resource.read(this, vocabulary.heads);
        int from = resource.colons[0] + 1;
        int length = resource.colons[1] - from;
        String given = caller.text;
        if (length != caller.partitionEnd - caller.partitionStart) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (given.charAt(caller.partitionStart + i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** A KMS action on a key (rules E78, E84). */
    boolean resourceIsKey(int action) {
        return action >= ActionClasses.KMS_RETIRE_GRANT && resourceIs("kms", "key/");
    }

    /** Role trust and KMS key policies must allow themselves (rule E13). */
    boolean resourceMustAllow(int action) {
        return action == ActionClasses.STS ? resourceIs("iam", "role/") : resourceIsKey(action);
    }

    private boolean resourceIs(String service, String start) {
        if (resource.everything) {
            return false;
        }
        resource.read(this, vocabulary.heads);
        return resource.colons[2] - resource.colons[1] - 1 == service.length()
                && startsWith(resource.colons[1] + 1, service)
                && startsWith(resource.colons[4] + 1, start);
    }

    private boolean startsWith(int at, String prefix) {
        if (resource.end - at < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text[at + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean hasBoundary() {
        return boundary != Caller.NONE;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }
}
