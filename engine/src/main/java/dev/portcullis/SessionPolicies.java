package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Fragment;

/** The compiled policies of a session; made by {@link Engine#compileSession}. Immutable, shared by all threads. */
public final class SessionPolicies {

    final Fragment fragment;
    final Automaton automaton;

    SessionPolicies(Fragment fragment, Automaton automaton) {
        this.fragment = fragment;
        this.automaton = automaton;
    }

    /** Bytes it holds. */
    public long bytes() {
        return fragment.bytes();
    }
}
