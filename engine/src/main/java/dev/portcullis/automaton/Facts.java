package dev.portcullis.automaton;

/** What a request tells besides names: places in the frame's arena, {@link Caller#NONE} for what it doesn't tell. */
public final class Facts {

    /** The ARN of the session's role (rule E25). */
    int role = Caller.NONE;

    int roleEnd;
    /** The ARN of the user behind a federated session (rules E19, E40). */
    int user = Caller.NONE;

    int userEnd;
    /** The unique id of the user or role (rules L72, L150). */
    int unique = Caller.NONE;

    int uniqueEnd;
    /** The canonical id of the caller's account (rules L68, E89). */
    int canonical = Caller.NONE;

    int canonicalEnd;
    /** The caller is a session of a service-linked role (rules E49, E58). */
    boolean serviceLinked;
    /** The resource is a KMS key that AWS manages (rule E59). */
    boolean awsManagedKey;

    /** Whether any of them is about the caller. */
    boolean ofCaller;

    void clear() {
        if (ofCaller) {
            role = Caller.NONE;
            user = Caller.NONE;
            unique = Caller.NONE;
            canonical = Caller.NONE;
            serviceLinked = false;
            ofCaller = false;
        }
        awsManagedKey = false;
    }
}
