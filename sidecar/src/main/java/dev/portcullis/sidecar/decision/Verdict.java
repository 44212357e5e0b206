package dev.portcullis.sidecar.decision;

/** What became of a question. Everything but {@link #ALLOW} is a no. */
public enum Verdict {
    /** The policies allow it. */
    ALLOW("allow"),
    /** A policy denies it. */
    EXPLICIT_DENY("explicit_deny"),
    /** No policy that has to allow it does. */
    IMPLICIT_DENY("implicit_deny"),
    /** Nobody is known to ask. */
    UNIDENTIFIED("unidentified"),
    /** The question can't be read, or nothing says which action it is about. */
    INVALID("invalid"),
    /** No policies are loaded. */
    NOT_READY("not_ready"),
    /** There is too much to do. */
    OVERLOADED("overloaded"),
    /** The sidecar failed. */
    ERROR("error");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** Its name in metrics and logs. */
    public String label() {
        return label;
    }

    /** Whether the engine said it. */
    public boolean isDecision() {
        return switch (this) {
            case ALLOW, EXPLICIT_DENY, IMPLICIT_DENY -> true;
            case UNIDENTIFIED, INVALID, NOT_READY, OVERLOADED, ERROR -> false;
        };
    }
}
