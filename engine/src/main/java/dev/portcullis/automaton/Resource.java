package dev.portcullis.automaton;

/** The resource of a request: kept as given, read when a statement first needs it. One thread. */
final class Resource {

    /** Whether it is {@code *}: an action without resource-level permissions (rule L52). */
    boolean everything;

    String given;
    int start;
    int end;
    /** The five colons that end the first five fields. */
    final int[] colons = new int[5];
    /** Colons of the sixth field. */
    int moreColons;

    long head;

    private boolean read;

    void set(String arn) {
        given = arn;
        everything = arn.length() == 1 && arn.charAt(0) == '*';
        read = false;
    }

    void clear() {
        given = null;
        read = false;
    }

    /** Brings the units into the frame and packs the head. The ARN has been checked to have six fields. */
    void read(Frame frame, Heads heads) {
        if (read) {
            return;
        }
        int length = given.length();
        start = frame.reserve(length);
        end = start + length;
        char[] text = frame.text;
        given.getChars(0, length, text, start);
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
        read = true;
    }

    /** The account in the ARN, or -1 when the field isn't 12 digits. */
    long account(Frame frame, Heads heads) {
        read(frame, heads);
        return Heads.accountNumber(frame.text, colons[3] + 1, colons[4]);
    }
}
