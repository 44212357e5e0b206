package dev.portcullis.automaton;

/**
 * What a layer says in a later version: a policy set as it was compiled, less the statements of documents that are no
 * longer in it, and the documents that have come to it. Immutable.
 *
 * <pre>
 *   set       a policy set of the automaton, or NONE        dropped    its statements that count no longer, ascending
 *   pieces    the documents that have come to it            services   of each, see {@link Piece#services}
 * </pre>
 *
 * The order of the parts doesn't matter: a Deny of any is the set's, else its strongest Allow (rules E3, E4).
 */
public final class PatchedSet {

    private final int set;
    private final int[] dropped;
    private final Piece[] pieces;
    private final long[] services;

    public PatchedSet(int set, int[] dropped, Piece... pieces) {
        this.set = set;
        this.dropped = dropped.length == 0 ? null : dropped;
        this.pieces = pieces;
        this.services = new long[pieces.length];
        for (int i = 0; i < pieces.length; i++) {
            services[i] = pieces[i].services();
        }
    }

    int evaluate(Dispatch dispatch, Frame frame) {
        int said = set == Caller.NONE ? Grants.NONE : dispatch.evaluate(set, dropped, frame, Grants.NONE);
        int service = frame.service;
        for (int i = 0; i < services.length && said != Dispatch.DENIES; i++) {
            if ((services[i] >>> service & 1) != 0) {
                said = pieces[i].evaluate(frame, said);
            }
        }
        return said;
    }

    /** Bytes of itself; those of its pieces, which others may share, left out. */
    public long bytes() {
        return 64 + 12L * pieces.length + (dropped == null ? 0 : 4L * dropped.length);
    }
}
