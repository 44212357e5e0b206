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
