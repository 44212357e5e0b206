package dev.portcullis.automaton;

/**
 * A layer of a later version and the documents that it is made of, by their numbers: those of {@link SourceMap}, behind
 * them those of {@link Patches}. Immutable.
 */
public final class Layer implements Patch {

    /** No documents: nothing is attached. */
    public static final Layer NOTHING = new Layer(null);

    private final PatchedSet set;
    private final int[] documents;

    /** @param set what it says; null when nothing is attached */
    public Layer(PatchedSet set, int... documents) {
        this.set = set;
        this.documents = documents;
    }

    /** Whether a policy is attached. */
    boolean isThere() {
        return set != null;
    }

    int evaluate(Dispatch dispatch, Frame frame) {
        return set == null ? Grants.NONE : set.evaluate(dispatch, frame);
    }

    /** Its documents, in order. Not to be changed. */
    public int[] documents() {
        return documents;
    }

    /** Bytes of itself. */
    public long bytes() {
        return 32 + 4L * documents.length + (set == null ? 0 : set.bytes());
    }
}
