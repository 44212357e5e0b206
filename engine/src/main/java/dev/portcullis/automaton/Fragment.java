package dev.portcullis.automaton;

/**
 * Policies that come with a request: session policies, or a resource policy that the caller holds. Compiled apart from
 * the automaton, with its vocabulary; context keys that only they name are matched by their text. Walked, not dispatched:
 * there are few statements. Immutable.
 */
public final class Fragment {

    private final Code code;
    private final int[] statements;
    private final String[] extraKeys;
    private final SourceMap sources;

    /**
     * @param code what the statements compile to
     * @param statements their offsets, Denies first
     * @param extraKeys folded context keys that the vocabulary lacks
     * @param sources the documents in their order, all of them one layer
     */
    public Fragment(Code code, int[] statements, String[] extraKeys, SourceMap sources) {
        this.code = code;
        this.statements = statements;
        this.extraKeys = extraKeys;
        this.sources = sources;
    }

    /** What its statements compiled to. */
    public Code code() {
        return code;
    }

    /** Where its statements come from. */
    public SourceMap sources() {
        return sources;
    }

    String extraKey(int number) {
        return extraKeys[number];
    }

    /** Bytes held by its arrays. */
    public long bytes() {
        return code.bytes() + 4L * statements.length + sources.bytes();
    }

    int evaluate(Frame frame) {
        int said = Grants.NONE;
        for (int statement : statements) {
            boolean deny = (code.words[statement] & Code.DENY) != 0;
            if (!deny && said == Grants.DIRECT) {
                return said;
            }
            if (Actions.matches(code, code.actionList(statement), frame)) {
                int coverage = Statements.coverage(code, statement, frame);
                if (coverage != Grants.NONE) {
                    if (deny) {
                        return Dispatch.DENIES;
                    }
                    said = Math.max(said, coverage);
                }
            }
        }
        return said;
    }
}
