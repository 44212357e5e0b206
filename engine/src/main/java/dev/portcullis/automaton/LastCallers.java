package dev.portcullis.automaton;

/**
 * Users and roles who asked lately, by their records: what a row says of one is taken apart once. They are only read, by anyone
 * to whom they are handed out, until another takes the place. Reused; one thread.
 */
public final class LastCallers {

    /** Room for the callers of a request that is used again and again. */
    public static final int MANY = 128;

    private static final int USUAL_UNITS = 256;

    private final Caller[] kept;
    private char[] units = new char[USUAL_UNITS];

    /** @param places how many it keeps, a power of two */
    public LastCallers(int places) {
        kept = new Caller[places];
        for (int place = 0; place < places; place++) {
            kept[place] = new Caller();
        }
    }

    /** The caller that a record is of, if its ARN is this; null if it isn't, or must be read. */
    Caller caller(int record, String arn, CallerRecords records) {
        Caller[] all = kept;
        Caller caller = all[record & all.length - 1];
        if (caller.record == record) {
            return caller.text.equals(arn) ? caller : null;
        }
        return isText(records.arns, record, arn) && records.fillKept(record, arn, caller) ? caller : null;
    }

    private boolean isText(TextTable texts, int number, String text) {
        int length = text.length();
        if (texts.length(number) != length) {
            return false;
        }
        if (units.length < length) {
            units = new char[length];
        }
        text.getChars(0, length, units, 0);
        return texts.equal(number, units, 0, length);
    }
}
