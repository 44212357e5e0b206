package dev.portcullis.automaton;

/** The resource of a request: kept as given, read when a statement first needs it. One thread. */
final class Resource {

    /** Whether it is {@code *}: an action without resource-level permissions (rule L52). */
    boolean everything;

    int start;
    int end;
    /** The five colons that end the first five fields. */
    final int[] colons = new int[5];
    /** Colons of the sixth field. */
    int moreColons;

    long head;

    private boolean read;
    /** As given; null when the units are in the frame's arena already. */
    private String given;

    private KnownResource known;

    void set(String arn) {
        clear();
        given = arn;
        everything = arn.length() == 1 && arn.charAt(0) == '*';
    }

    void set(KnownResource resource) {
        clear();
        given = resource.text;
        known = resource;
        everything = resource.everything;
    }

    /** Sets it to units of the frame's arena. */
    void set(char[] text, int from, int to) {
        clear();
        start = from;
        end = to;
        everything = to - from == 1 && text[from] == '*';
    }

    void clear() {
        given = null;
        known = null;
        read = false;
    }

    /** Forgets what has been written to the arena from {@code from} on. */
    void rewind(int from) {
        if (start >= from) {
            read = false;
        }
    }

    KnownResource known() {
        return known;
    }

    /** Brings the units into the frame and packs the head. The ARN has been checked to have six fields. */
    void read(Frame frame, Heads heads) {
        if (read) {
            return;
        }
        if (given != null) {
            start = frame.put(given);
            end = start + given.length();
        }
        if (known != null) {
            copy(known);
        } else {
            split(frame.text, heads);
        }
        read = true;
    }

    private void copy(KnownResource resource) {
        int from = start;
        for (int i = 0; i < colons.length; i++) {
            colons[i] = from + resource.colons[i];
        }
        moreColons = resource.moreColons;
        head = resource.head;
    }

    private void split(char[] text, Heads heads) {
        int count = 0;
        int at = start;
        for (; at < end && count < colons.length; at++) {
            if (text[at] == ':') {
                colons[count++] = at;
            }
        }
        int more = 0;
        for (; at < end; at++) {
            if (text[at] == ':') {
                more++;
            }
        }
        moreColons = more;
        head = heads.read(text, start, colons);
    }

    /** The account in the ARN, or -1 when the field isn't 12 digits. */
    long account(Frame frame) {
        return Heads.accountNumber(frame.text, colons[3] + 1, colons[4]);
    }

    /** Whether the ARN's service is this one and its sixth field starts so; false for {@code *}. */
    boolean is(String service, String prefix, Frame frame) {
        if (everything) {
            return false;
        }
        read(frame, frame.vocabulary().heads);
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
        read(frame, frame.vocabulary().heads);
        int from = colons[0] + 1;
        int length = colons[1] - from;
        boolean same = length == caller.partitionEnd - caller.partitionStart;
        for (int i = 0; same && i < length; i++) {
            same = caller.unit(caller.partitionStart + i, frame) == frame.text[from + i];
        }
        return same;
    }
}
