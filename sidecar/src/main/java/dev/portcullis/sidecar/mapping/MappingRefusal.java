package dev.portcullis.sidecar.mapping;

import dev.portcullis.sidecar.decision.Verdict;

/** A request that can't be put to the policies; carries no stack trace, since strangers cause it. */
public final class MappingRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;

    private MappingRefusal(Verdict verdict, String message) {
        super(message, null, false, false);
        this.verdict = verdict;
    }

    static MappingRefusal invalid(String message) {
        return new MappingRefusal(Verdict.INVALID, message);
    }

    static MappingRefusal unidentified(String message) {
        return new MappingRefusal(Verdict.UNIDENTIFIED, message);
    }

    /** Why. */
    public Verdict verdict() {
        return verdict;
    }
}
