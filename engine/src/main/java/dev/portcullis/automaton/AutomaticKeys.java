package dev.portcullis.automaton;

/**
 * The context keys that AWS supplies itself (section 7 of the language rules, L75, L150, E95 to E98): which slots they
 * have. {@link AutomaticContext} says what their values are. Immutable.
 *
 * <pre>
 *   kinds     by slot: which of the keys below it is; NONE for all others
 *   tags      by slot: number in tagKeys of the tag that a PRINCIPAL_TAG or RESOURCE_TAG asks for; NONE when nobody has it
 *   tagKeys   "team"        number of a folded tag key that a user, role or resource of the store has
 * </pre>
 */
public final class AutomaticKeys {

    public static final byte NONE = 0;

    // Of the principal: up to PRINCIPAL_TAG.
    public static final byte PRINCIPAL_ARN = 1;
    public static final byte PRINCIPAL_ACCOUNT = 2;
    public static final byte PRINCIPAL_TYPE = 3;
    public static final byte USER_ID = 4;
    public static final byte USER_NAME = 5;
    public static final byte PRINCIPAL_ORG_ID = 6;
    public static final byte PRINCIPAL_ORG_PATHS = 7;
    public static final byte IS_AWS_SERVICE = 8;
    public static final byte SERVICE_NAME = 9;
    public static final byte SERVICE_NAMES_LIST = 10;
    public static final byte PRINCIPAL_TAG = 11;

    public static final byte RESOURCE_ACCOUNT = 12;
    public static final byte RESOURCE_ORG_ID = 13;
    public static final byte RESOURCE_ORG_PATHS = 14;
    public static final byte RESOURCE_TAG = 15;
    public static final byte CURRENT_TIME = 16;
    public static final byte EPOCH_TIME = 17;
    public static final byte VIA_AWS_SERVICE = 18;
    public static final byte CALLED_VIA_FIRST = 19;
    public static final byte CALLED_VIA_LAST = 20;

    private final byte[] kinds;
    private final int[] tags;
    private final TextTable tagKeys;

    /** Slots of keys that others are told by. */
    final int currentTime;

    final int epochTime;
    final int calledVia;

    public AutomaticKeys(byte[] kinds, int[] tags, TextTable tagKeys, int currentTime, int epochTime, int calledVia) {
        this.kinds = kinds;
        this.tags = tags;
        this.tagKeys = tagKeys;
        this.currentTime = currentTime;
        this.epochTime = epochTime;
        this.calledVia = calledVia;
    }

    void write(ArraySink out) {
        out.bytes("automatic.kinds", kinds);
        out.ints("automatic.tags", tags);
        tagKeys.write("automatic.tag-keys", out);
        out.ints("automatic.slots", currentTime, epochTime, calledVia);
    }

    static AutomaticKeys read(int keys, ArraySource in) {
        byte[] kinds = in.bytes("automatic.kinds");
        int[] tags = in.ints("automatic.tags");
        TextTable tagKeys = TextTable.read("automatic.tag-keys", in);
        int[] slots = in.ints("automatic.slots");
        in.requireLength("automatic.kinds", kinds.length, keys);
        in.requireLength("automatic.tags", tags.length, keys);
        in.requireRange("automatic.tags", tags, Caller.NONE, tagKeys.size());
        for (byte kind : kinds) {
            in.require(kind >= NONE && kind <= CALLED_VIA_LAST, "automatic.kinds", "an unknown kind");
        }
        in.requireLength("automatic.slots", slots.length, 3);
        in.requireRange("automatic.slots", slots, 0, keys);
        return new AutomaticKeys(kinds, tags, tagKeys, slots[0], slots[1], slots[2]);
    }

    byte kind(int slot) {
        return kinds[slot];
    }

    int tag(int slot) {
        return tags[slot];
    }

    /** The number of a folded tag key, or {@link Caller#NONE} when nobody has such a tag. */
    public int tagKey(String folded) {
        return tagKeys.find(folded);
    }
}
