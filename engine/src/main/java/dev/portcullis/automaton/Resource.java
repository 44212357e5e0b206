package dev.portcullis.automaton;

/** The resource of a request: its fields are found when it is set, its head when a statement first needs it. One thread. */
final class Resource {

    private static final int NOT_COUNTED = -1;
    private static final long NO_ACCOUNT = -1;
    private static final int ACCOUNT_DIGITS = 12;
    /** Units of the shortest ARN of six fields. */
    private static final int SHORTEST = 8;

    /** Whether it is {@code *}: an action without resource-level permissions (rule L52). */
    boolean everything;

    int start;
    int end;
    /** Where the sixth field starts. */
    int sixth;

    /** The five colons that end the first five fields, once {@link #colons()} has been asked for. */
    private final int[] colons = new int[5];

    private boolean colonsKnown;
    /** Unless they are known: where {@link LastHeads} says they are. */
    private int packedColons;

    /** The first five fields. */
    long head;

    private long account;
    /** Colons of the sixth field. */
    private int moreColons;
    /** Whether the units are in the frame's arena. */
    private boolean placed;

    private KnownResource known;
    private final LastHeads lastHeads;

    Resource(LastHeads lastHeads) {
        this.lastHeads = lastHeads;
    }

    /** Sets it; false if the text is neither an ARN of six fields nor {@code *}. */
    boolean set(String arn, Frame frame) {
        int length = arn.length();
        if (length < SHORTEST) {
            clear();
            everything = length == 1 && arn.charAt(0) == '*';
            return everything;
        }
        int from = frame.put(arn);
        return set(from, from + length, frame);
    }

    void set(KnownResource resource) {
        clear();
        known = resource;
        everything = resource.everything;
        moreColons = resource.moreColons;
        head = resource.head;
        account = resource.account;
    }

    /** Sets it to units of the frame's arena; false if they are neither an ARN of six fields nor {@code *}. */
    boolean set(int from, int to, Frame frame) {
        char[] text = frame.text;
        clear();
        if (to - from < SHORTEST) {
            everything = to - from == 1 && text[from] == '*';
            return everything;
        }
        everything = false;
        Heads heads = frame.vocabulary().heads;
        int field;
        long front;
        int number = lastHeads.find(text, from, to - from);
        if (number != LastHeads.NONE) {
            packedColons = lastHeads.colons(number);
            field = from + LastHeads.third(packedColons) + 1;
            front = lastHeads.head(number);
        } else if (findColons(text, from, to)) {
            field = colons[3] + 1;
            colonsKnown = true;
            front = heads.read(text, colons);
            lastHeads.keep(text, from, to, colons, front);
        } else {
            return false;
        }
        int behind = field + ACCOUNT_DIGITS;
        long digits = behind < to && text[behind] == ':' ? Heads.accountNumber(text, field, behind) : NO_ACCOUNT;
        int last = digits >= 0 ? behind : colon(text, field, to);
        account = digits;
        head = front | (digits >= 0 ? digits : heads.otherAccount(text, field, last));
        start = from;
        end = to;
        sixth = last + 1;
        colons[4] = last;
        placed = true;
        return last < to;
    }

    /** The five colons that end the first five fields, of one that is placed. */
    int[] colons() {
        int[] at = colons;
        if (!colonsKnown) {
            int packed = packedColons;
            at[0] = start + 3;
            at[1] = start + LastHeads.first(packed);
            at[2] = start + LastHeads.second(packed);
            at[3] = start + LastHeads.third(packed);
            colonsKnown = true;
        }
        return at;
    }

    /** Finds the first four colons; false if it is no ARN. */
    private boolean findColons(char[] text, int from, int to) {
        int[] at = colons;
        boolean arn = text[from] == 'a' && text[from + 1] == 'r' && text[from + 2] == 'n' && text[from + 3] == ':';
        at[0] = from + 3;
        for (int i = 1; arn && i < 4; i++) {
            at[i] = colon(text, at[i - 1] + 1, to);
            arn = at[i] < to;
        }
        return arn;
    }

    /** Where the next colon is; {@code to} when there is none. */
    private static int colon(char[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != ':') {
            at++;
        }
        return at;
    }

    void clear() {
        known = null;
        placed = false;
        colonsKnown = false;
        account = NO_ACCOUNT;
        moreColons = NOT_COUNTED;
    }

    /** Forgets what has been written to the arena from {@code from} on. */
    void rewind(int from) {
        if (start >= from) {
            placed = false;
        }
    }

    boolean isKnown() {
        return known != null;
    }

    /** Who guards one that {@link #isKnown}. */
    Guard knownGuard() {
        return known.guard;
    }

    /** Brings the units of one that was read before into the frame. */
    void place(Frame frame) {
        if (!placed) {
            int from = frame.put(known.text);
            for (int i = 0; i < colons.length; i++) {
                colons[i] = from + known.colons[i];
            }
            start = from;
            end = from + known.text.length();
            sixth = colons[4] + 1;
            colonsKnown = true;
            placed = true;
        }
    }

    /** Colons of the sixth field. */
    int moreColons(Frame frame) {
        if (moreColons == NOT_COUNTED) {
            char[] text = frame.text;
            int count = 0;
            for (int at = sixth; at < end; at++) {
                count += text[at] == ':' ? 1 : 0;
            }
            moreColons = count;
        }
        return moreColons;
    }

    /** The account in the ARN, or -1 when the field isn't 12 digits. */
    long account() {
        return account;
    }

    /** Whether the ARN's service is this one and its sixth field starts so; false for {@code *}. */
    boolean is(String service, String prefix, Frame frame) {
        if (everything) {
            return false;
        }
        place(frame);
        char[] text = frame.text;
        int[] at = colons();
        return at[2] - at[1] - 1 == service.length() && starts(text, at[1] + 1, service) && starts(text, sixth, prefix);
    }

    private boolean starts(char[] text, int at, String prefix) {
        if (end - at < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (text[at + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether caller and resource are of one partition (rule E66); {@code *} names none. */
    boolean samePartition(Caller caller, Frame frame) {
        if (everything) {
            return true;
        }
        place(frame);
        int from = colons()[0] + 1;
        int length = colons()[1] - from;
        boolean same = length == caller.partitionEnd - caller.partitionStart;
        for (int i = 0; same && i < length; i++) {
            same = caller.unit(caller.partitionStart + i, frame) == frame.text[from + i];
        }
        return same;
    }
}
