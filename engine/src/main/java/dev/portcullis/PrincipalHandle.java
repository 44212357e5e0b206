package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;

/** A principal that was looked up once; made by {@link Engine#principal}. Immutable, shared by all threads. */
public final class PrincipalHandle {

    final Automaton automaton;
    final Caller caller;
    private final String principal;

    PrincipalHandle(Automaton automaton, Caller caller, String principal) {
        this.automaton = automaton;
        this.caller = caller;
        this.principal = principal;
    }

    /** Whether it is a user, a role or a role's session that the store knows. */
    public boolean isKnown() {
        return caller.isKnown();
    }

    /** The principal as given. */
    @Override
    public String toString() {
        return principal;
    }
}
