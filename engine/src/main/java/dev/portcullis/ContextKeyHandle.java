package dev.portcullis;

import dev.portcullis.automaton.Automaton;

/** A context key that was looked up once; made by {@link Engine#contextKey}. Immutable, shared by all threads. */
public final class ContextKeyHandle {

    final Automaton automaton;
    /** Its slot, or -1 when no policy of the engine names it. */
    final int slot;

    private final String key;

    ContextKeyHandle(Automaton automaton, String key, int slot) {
        this.automaton = automaton;
        this.key = key;
        this.slot = slot;
    }

    /** The key as given. */
    @Override
    public String toString() {
        return key;
    }
}
