package dev.portcullis.automaton;

/**
 * Users and roles who asked lately, by their records: what a row says of one is taken apart once. They are only read, by anyone
 * to whom they are handed out. Reused; one thread.
 */
public final class LastCallers {

    private static final int KEPT = 128;

    private final Caller[] kept = new Caller[KEPT];

    public LastCallers() {
        for (int place = 0; place < KEPT; place++) {
            kept[place] = new Caller();
        }
    }

    /** The caller whose ARN a record has; null if it must be read. */
    Caller caller(int record, String principal, CallerRecords records) {
        Caller caller = kept[record & KEPT - 1];
        return caller.record == record || records.fillKept(record, principal, caller) ? caller : null;
    }
}
