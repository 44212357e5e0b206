package dev.portcullis.policy;

/** How strictly a document is checked. */
public enum Checks {
    /** As AWS checks a document that is saved today. */
    NEW,
    /**
     * A document that AWS holds already: what AWS refuses to save today but evaluates with a defined meaning (rules L13,
     * L18 to L20, L22, L88) is a warning; what has no defined meaning stays an error.
     */
    STORED
}
