package dev.portcullis.automaton;

/** The resource of a request: its fields are found when it is set, its head when a statement first needs it. One thread. */
final class Resource {

    private static final int NOT_COUNTED = -1;
    private static final long UNKNOWN = -1;
    private static final long NO_ACCOUNT = -1;
    private static final int ACCOUNT_DIGITS = 12;
    /** Units of the shortest ARN of six fields. */
    private static final int SHORTEST = 8;

    /** Whether it is {@code *}: an action without resource-level permissions (rule L52). */
    boolean everything;

    int start;
    int end;
    /** The five colons that end the first five fields. */
    final int[] colons = new int[5];

    /** The first five fields, once {@link #read}. */
    long head;

    private boolean headKnown;
    /** The same without the account, or {@link #UNKNOWN}. */
    private long front;

    private long account;
    /** Colons of the sixth field. */
    private int moreColons;
    /** Whether the units are in the frame's arena. */
    private boolean placed;

    private KnownResource known;
    private final LastHeads lastHeads = new LastHeads();

    /** Sets it; false if the text is neither an ARN of six fields nor {@code *}. */
    boolean set(String arn, Frame frame) {
        int length = arn.length();
        if (length < SHORTEST) {
            clear();
            everything = length == 1 && arn.charAt(0) == '*';
            return everything;
        }
        int from = frame.put(arn);
        return set(frame.text, from, from + length);
    }

    void set(KnownResource resource) {
        clear();
        known = resource;
        everything = resource.everything;
        moreColons = resource.moreColons;
        head = resource.head;
        headKnown = true;
        account = resource.account;
    }

    /** Sets it to units of the frame's arena; false if they are neither an ARN of six fields nor {@code *}. */
    boolean set(char[] text, int from, int to) {
        clear();
        if (to - from < SHORTEST) {
            everything = to - from == 1 && text[from] == '*';
            return everything;
        }
        everything = false;
        int[] at = colons;
        int number = lastHeads.find(text, from, to - from);
        if (number != LastHeads.NONE) {
            int packed = lastHeads.colons(number);
            at[0] = from + 3;
            at[1] = from + LastHeads.first(packed);
            at[2] = from + LastHeads.second(packed);
            at[3] = from + LastHeads.third(packed);
            front = lastHeads.head(number);
        } else if (!findColons(text, from, to)) {
            return false;
        }
        int field = at[3] + 1;
        int behind = field + ACCOUNT_DIGITS;
        long digits = behind < to && text[behind] == ':' ? Heads.accountNumber(text, field, behind) : NO_ACCOUNT;
        at[4] = digits >= 0 ? behind : colon(text, field, to);
        account = digits;
        start = from;
        end = to;
        placed = true;
        return at[4] < to;
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
        headKnown = false;
        front = UNKNOWN;
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
            placed = true;
        }
    }

    /** Sees to it that units and head are there. Not for {@code *}. */
    void read(Frame frame) {
        place(frame);
        if (!headKnown) {
            Heads heads = frame.vocabulary().heads;
            if (front == UNKNOWN) {
                front = heads.read(frame.text, colons);
                lastHeads.keep(frame.text, start, end, colons, front);
            }
            head = front | heads.account(frame.text, colons, account);
            headKnown = true;
        }
    }

    /** Colons of the sixth field. */
    int moreColons(Frame frame) {
        if (moreColons == NOT_COUNTED) {
            char[] text = frame.text;
            int count = 0;
            for (int at = colons[4] + 1; at < end; at++) {
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
        return colons[2] - colons[1] - 1 == service.length()
                && starts(text, colons[1] + 1, service)
                && starts(text, colons[4] + 1, prefix);
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
        int from = colons[0] + 1;
        int length = colons[1] - from;
        boolean same = length == caller.partitionEnd - caller.partitionStart;
        for (int i = 0; same && i < length; i++) {
            same = caller.unit(caller.partitionStart + i, frame) == frame.text[from + i];
        }
        return same;
    }
}
