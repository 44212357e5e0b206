package dev.portcullis.corpus.synthetic;

import java.util.List;
import java.util.Optional;

/**
 * What a synthetic request is made for. What it gets is another matter: other policies of the principal, its boundary or
 * an SCP may decide otherwise.
 */
public enum RequestKind {

    /** Meets a statement that allows it. */
    HIT("hit"),

    /** Meets a statement that allows it, but for one thing: action, resource or a condition's value. */
    NEAR_MISS("near-miss"),

    /** Meets a statement that denies it. */
    DENY("deny"),

    /** Would meet a statement, but a context key is missing. */
    MISSING_KEY("missing-key"),

    /** Asks for an action that no policy and no service names. */
    UNKNOWN_ACTION("unknown-action"),

    /** Asks for an action that is granted, on a resource that no policy names. */
    UNKNOWN_RESOURCE("unknown-resource");

    private final String label;

    RequestKind(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }

    /** The kind of that name. */
    public static Optional<RequestKind> of(String label) {
        return List.of(values()).stream()
                .filter(kind -> kind.label.equals(label))
                .findFirst();
    }
}
