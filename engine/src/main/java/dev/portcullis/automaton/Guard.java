package dev.portcullis.automaton;

/**
 * Who guards one resource: the guard of that very ARN, and for what that one lacks, the guard that covers it. Numbers in
 * {@link Guards}, {@link Caller#NONE} for nobody. Where two covering guards disagree, the second is kept as well: it
 * isn't clear which is meant.
 */
final class Guard {

    /** The guard of that very ARN. */
    int exact = Caller.NONE;

    int policy = Caller.NONE;
    int otherPolicy = Caller.NONE;
    int list = Caller.NONE;
    int otherList = Caller.NONE;
    int owner = Caller.NONE;
    int otherOwner = Caller.NONE;

    void clear() {
        exact = Caller.NONE;
        policy = Caller.NONE;
        otherPolicy = Caller.NONE;
        list = Caller.NONE;
        otherList = Caller.NONE;
        owner = Caller.NONE;
        otherOwner = Caller.NONE;
    }
}
