package dev.portcullis;

/** The answer to a request (rules E1 to E3). */
public enum Decision {
    /** Allowed. */
    ALLOW,
    /** Denied by a matching Deny statement, whatever else allows. */
    EXPLICIT_DENY,
    /** Denied because some layer that has to allow doesn't. */
    IMPLICIT_DENY
}
