package dev.portcullis.automaton;

/** The resource of a request: its fields are found when it is set, its head when a statement first needs it. One thread. */
final class Resource {

    private static final int NOT_COUNTED = -1;

    /** Whether it is {@code *}: an action without resource-level permissions (rule L52). */
    boolean everything;

    int start;
    int end;
    /** The five colons that end the first five fields. */
    final int[] colons = new int[5];

    /** The first five fields, once {@link #read}. */
    long head;

    private boolean headKnown;
    private long account;
    private boolean accountKnown;
    /** Colons of the sixth field. */
    private int moreColons;
    /** Whether the units are in the frame's arena. */
    private boolean placed;

    private KnownResource known;
    private final LastHeads lastHeads = new LastHeads();

    /** Sets it; false if the text is neither an ARN of six fields nor {@code *}. */
    boolean set(String arn, Frame frame) {
        clear();
        int length = arn.length();
        boolean prefixed = length > 4
                && arn.charAt(0) == 'a'
                && arn.charAt(1) == 'r'
                && arn.charAt(2) == 'n'
                && arn.charAt(3) == ':';
        if (!prefixed) {
            everything = length == 1 && arn.charAt(0) == '*';
            return everything;
        }
        everything = false;
        int[] at = colons;
        int colon = 3;
        at[0] = colon;
        for (int i = 1; i < at.length; i++) {
            colon = arn.indexOf(':', colon + 1);
            if (colon < 0) {
                return false;
            }
            at[i] = colon;
        }
        place(frame.put(arn), length);
        return true;
    }

    void set(KnownResource resource) {
        clear();
        known = resource;
        everything = resource.everything;
        moreColons = resource.moreColons;
        head = resource.head;
        headKnown = true;
    }

    /** Sets it to units of the frame's arena; false if they are neither an ARN of six fields nor {@code *}. */
    boolean set(char[] text, int from, int to) {
        clear();
        everything = to - from == 1 && text[from] == '*';
        boolean arn = to - from > 4
                && text[from] == 'a'
                && text[from + 1] == 'r'
                && text[from + 2] == 'n'
                && text[from + 3] == ':';
        if (!arn) {
            return everything;
        }
        int[] at = colons;
        int count = 0;
        for (int i = 3; from + i < to && count < at.length; i++) {
            if (text[from + i] == ':') {
                at[count++] = i;
            }
        }
        place(from, to - from);
        return count == at.length;
    }

    private void place(int from, int length) {
        int[] at = colons;
        for (int i = 0; i < at.length; i++) {
            at[i] += from;
        }
        start = from;
        end = from + length;
        placed = true;
    }

    void clear() {
        known = null;
        placed = false;
        headKnown = false;
        accountKnown = false;
        moreColons = NOT_COUNTED;
    }

    /** Forgets what has been written to the arena from {@code from} on. */
    void rewind(int from) {
        if (start >= from) {
            placed = false;
        }
    }

    KnownResource known() {
        return known;
    }

    /** Brings the units of one that was read before into the frame. */
    void place(Frame frame) {
        if (!placed) {
            System.arraycopy(known.colons, 0, colons, 0, colons.length);
            place(frame.put(known.text), known.text.length());
        }
    }

    /** Sees to it that units and head are there. Not for {@code *}. */
    void read(Frame frame) {
        place(frame);
        if (!headKnown) {
            head = frame.vocabulary().heads.read(frame.text, colons, account(frame), lastHeads);
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
    long account(Frame frame) {
        if (!accountKnown) {
            account = Heads.accountNumber(frame.text, colons[3] + 1, colons[4]);
            accountKnown = true;
        }
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
