package dev.portcullis.corpus.reference;

/** A request that has no meaning; the message names the field and what is wrong with it. */
public final class MalformedRequest extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String field;

    MalformedRequest(String field, String message) {
        super(field + ": " + message);
        this.field = field;
    }

    /** The field: {@code principal}, {@code action}, {@code resource}, {@code resourceAccount} or a context key. */
    public String field() {
        return field;
    }
}
