package dev.portcullis.automaton;

/**
 * One document with a dispatch of its own: what a version of an automaton adds to a policy set that was compiled without
 * it. Immutable, shared by all sets that have the document.
 */
public final class Piece implements Patch {

    private final Fragment fragment;
    private final Dispatch dispatch;

    /**
     * @param fragment what the document was compiled to; null if the automaton has it already
     * @param dispatch the document's statements as policy set 0
     */
    public Piece(Fragment fragment, Dispatch dispatch) {
        this.fragment = fragment;
        this.dispatch = dispatch;
    }

    /** What the document was compiled to; null if the automaton has it already. */
    public Fragment fragment() {
        return fragment;
    }

    /** Its statements as policy set 0. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** How one of its statements applies; see {@link Statements#coverage}. */
    int coverage(int statement, Frame frame) {
        Fragment own = fragment;
        if (own == null) {
            return Statements.coverage(dispatch.code, statement, frame);
        }
        frame.evaluated = own;
        if (!own.namesPrincipals()) {
            return Statements.coverage(dispatch.code, statement, frame);
        }
        Caller asking = frame.caller;
        frame.caller = frame.visitor(own);
        int coverage = Statements.coverage(dispatch.code, statement, frame);
        frame.caller = asking;
        return coverage;
    }

    /** Whether the text of one of its statements' action list names the action. */
    boolean namesAction(int statement, Frame frame) {
        return Actions.matches(dispatch.code, dispatch.code.actionList(statement), frame);
    }

    /** A bit for each service that it can have something to say of, by the number's lowest six bits. */
    long services() {
        return dispatch.services();
    }

    int evaluate(Frame frame, int before) {
        Fragment own = fragment;
        if (own == null) {
            return dispatch.evaluate(0, null, frame, before);
        }
        frame.evaluated = own;
        if (!own.namesPrincipals()) {
            return dispatch.evaluate(0, null, frame, before);
        }
        Caller asking = frame.caller;
        frame.caller = frame.visitor(own);
        int said = dispatch.evaluate(0, null, frame, before);
        frame.caller = asking;
        return said;
    }

    /** Bytes held by its arrays, those of the automaton left out. */
    public long bytes() {
        return dispatch.bytes() + (fragment == null ? 0 : fragment.bytes());
    }
}
