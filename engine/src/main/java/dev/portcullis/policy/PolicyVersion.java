package dev.portcullis.policy;

/** The policy language version a document is read as (rules L3, L4). */
public enum PolicyVersion {
    /** Also the version of a document without {@code Version}. {@code ${…}} is ordinary text. */
    V2008_10_17("2008-10-17"),
    /** The current version: policy variables are substituted. */
    V2012_10_17("2012-10-17");

    private final String text;

    PolicyVersion(String text) {
        this.text = text;
    }

    /** The value of the {@code Version} element. */
    public String text() {
        return text;
    }
}
