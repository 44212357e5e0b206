package dev.portcullis.automaton;

/**
 * What a layer says in a later version: a policy set as it was compiled, less the statements of documents that are no
 * longer in it, and the documents that have come to it. Immutable.
 *
 * <pre>
 *   documents   what it is made of, in order: numbers of {@link SourceMap}, behind them those of {@link Patches}
 *   set         a policy set of the automaton, or NONE        dropped    its statements that count no longer, ascending
 *   pieces      the documents that have come to it            services   of each, see {@link Piece#services}
 *   bundle      the same of more than a few, joined; null for none
 *   touched     services that pieces or bundle can have something to say of
 * </pre>
 *
 * The order of the parts doesn't matter: a Deny of any is the set's, else its strongest Allow (rules E3, E4).
 */
public final class Layer implements Patch {

    /** No documents: nothing is attached. */
    public static final Layer NOTHING = new Layer(new int[0], Caller.NONE, new int[0], null);

    private final int set;
    private final long touched;
    private final int[] dropped;
    private final Piece[] pieces;
    private final long[] services;
    private final Bundle bundle;
    private final int[] documents;

    /**
     * @param bundle of many pieces, or null
     * @param pieces others
     */
    public Layer(int[] documents, int set, int[] dropped, Bundle bundle, Piece... pieces) {
        this.documents = documents;
        this.set = set;
        this.dropped = dropped.length == 0 ? null : dropped;
        this.bundle = bundle;
        this.pieces = pieces;
        this.services = new long[pieces.length];
        long all = bundle == null ? 0 : -1;
        for (int i = 0; i < pieces.length; i++) {
            services[i] = pieces[i].services();
            all |= services[i];
        }
        this.touched = all;
    }

    /** A list of documents of which nothing is evaluated. */
    public static Layer of(int... documents) {
        return new Layer(documents, Caller.NONE, new int[0], null);
    }

    /** Whether a policy is attached. */
    boolean isThere() {
        return documents.length > 0;
    }

    int evaluate(Dispatch dispatch, Frame frame) {
        int said = set == Caller.NONE ? Grants.NONE : dispatch.evaluate(set, dropped, frame, Grants.NONE);
        boolean more = said != Dispatch.DENIES && (touched >>> frame.service & 1) != 0;
        return more ? evaluatePieces(frame, said) : said;
    }

    private int evaluatePieces(Frame frame, int before) {
        int said = bundle == null ? before : bundle.evaluate(frame, before);
        int service = frame.service;
        for (int i = 0; i < services.length && said != Dispatch.DENIES; i++) {
            if ((services[i] >>> service & 1) != 0) {
                said = pieces[i].evaluate(frame, said);
            }
        }
        return said;
    }

    /** Its documents, in order. Not to be changed. */
    public int[] documents() {
        return documents;
    }

    /** Bytes of itself; those of its pieces, which others may share, left out. */
    public long bytes() {
        return 96
                + 4L * documents.length
                + 12L * pieces.length
                + (dropped == null ? 0 : 4L * dropped.length)
                + (bundle == null ? 0 : bundle.bytes());
    }
}
