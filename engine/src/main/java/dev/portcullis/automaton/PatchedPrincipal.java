package dev.portcullis.automaton;

/**
 * A user or role that is not as it was compiled: other policies, another boundary, gone, new, or described anew.
 * Immutable.
 */
public final class PatchedPrincipal implements Patch {

    /** What a user or role is, besides what is attached to it. Immutable. */
    public static final class Description implements Patch {
        private final int record;
        private final String arn;
        private final String uniqueId;
        private final boolean serviceLinked;
        private final String[] tagKeys;
        private final String[] tagValues;

        /**
         * @param record its number
         * @param uniqueId null when it isn't known
         * @param tagKeys folded
         */
        public Description(
                int record, String arn, String uniqueId, boolean serviceLinked, String[] tagKeys, String[] tagValues) {
            this.record = record;
            this.arn = arn;
            this.uniqueId = uniqueId;
            this.serviceLinked = serviceLinked;
            this.tagKeys = tagKeys;
            this.tagValues = tagValues;
        }

        /** Its number. */
        public int record() {
            return record;
        }

        /** Its ARN. */
        public String arn() {
            return arn;
        }

        /** Its unique id; null when it isn't known. */
        public String uniqueId() {
            return uniqueId;
        }

        /** The value of the tag whose folded key stands there; null when it has none. */
        String tag(char[] units, int from, int to) {
            for (int i = 0; i < tagKeys.length; i++) {
                String key = tagKeys[i];
                int length = key.length();
                boolean same = length == to - from;
                for (int unit = 0; same && unit < length; unit++) {
                    same = key.charAt(unit) == units[from + unit];
                }
                if (same) {
                    return tagValues[i];
                }
            }
            return null;
        }

        long bytes() {
            long units = (long) arn.length() + (uniqueId == null ? 0 : uniqueId.length());
            for (int i = 0; i < tagKeys.length; i++) {
                units += (long) tagKeys[i].length() + tagValues[i].length();
            }
            return 64 + 2 * units;
        }
    }

    private final int record;
    private final Description description;
    private final Layer identity;
    private final Layer boundary;
    private final int role;
    private final int unique;

    /**
     * @param record its number: one of the automaton's, or one behind them
     * @param description what it is now; null if as it was compiled
     * @param identity its identity-based policies; null when it is gone
     * @param boundary its boundary
     * @param role number of its ARN in the automaton, or {@link Caller#NONE}; counts with a description
     * @param unique number of its unique id in the automaton, or {@link Caller#NONE}; counts with a description
     */
    public PatchedPrincipal(int record, Description description, Layer identity, Layer boundary, int role, int unique) {
        this.record = record;
        this.description = description;
        this.identity = identity;
        this.boundary = boundary;
        this.role = role;
        this.unique = unique;
    }

    /** Its number. */
    public int record() {
        return record;
    }

    /** Whether the store doesn't have it any longer. */
    public boolean isGone() {
        return identity == null;
    }

    /** What it is now; null if as it was compiled. */
    public Description description() {
        return description;
    }

    /** Its identity-based policies; null when it is gone. */
    public Layer identity() {
        return identity;
    }

    /** Its boundary. */
    public Layer boundary() {
        return boundary;
    }

    /** Makes a caller, found as it was compiled, what it is now. */
    void name(Caller caller, Facts facts) {
        boolean gone = isGone();
        // Its policies are this one's.
        caller.record(gone ? Caller.NONE : record, Caller.NONE, Caller.NONE);
        if (facts.unique < 0) {
            caller.unique = gone ? Caller.NONE : unique;
        }
        if (caller.kind == Caller.SESSION) {
            caller.serviceLinked = (!gone && description.serviceLinked) || facts.serviceLinked;
            if (!caller.bareRole && facts.role < 0) {
                caller.role = gone ? Caller.NONE : role;
                caller.ownerKnown = !gone;
            }
        }
    }

    /** Bytes of itself. */
    public long bytes() {
        return 64
                + (description == null ? 0 : description.bytes())
                + (identity == null ? 0 : identity.bytes())
                + (boundary == null ? 0 : boundary.bytes());
    }
}
