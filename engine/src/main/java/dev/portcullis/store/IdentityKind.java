package dev.portcullis.store;

/** What identity-based policies can be attached to, with the limits on its names. */
public enum IdentityKind {
    USER("user", 64, "AIDA"),
    GROUP("group", 128, "AGPA"),
    ROLE("role", 64, "AROA");

    private final String word;
    private final int nameUnits;
    private final String idPrefix;

    IdentityKind(String word, int nameUnits, String idPrefix) {
        this.word = word;
        this.nameUnits = nameUnits;
        this.idPrefix = idPrefix;
    }

    /** The word in its ARNs: {@code user}, {@code group}, {@code role}. */
    String word() {
        return word;
    }

    /** Longest name, in UTF-16 units. */
    int nameUnits() {
        return nameUnits;
    }

    /** How its unique ids begin. */
    String idPrefix() {
        return idPrefix;
    }
}
