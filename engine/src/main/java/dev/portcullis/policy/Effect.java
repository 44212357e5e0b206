package dev.portcullis.policy;

/** What a statement does to a request that it applies to (rule L10). */
public enum Effect {
    ALLOW("Allow"),
    DENY("Deny");

    private final String text;

    Effect(String text) {
        this.text = text;
    }

    /** The value as it stands in a document: {@code Allow} or {@code Deny}, case-sensitive. */
    public String text() {
        return text;
    }
}
