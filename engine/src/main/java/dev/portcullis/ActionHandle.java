package dev.portcullis;

import dev.portcullis.automaton.Automaton;

/** An action that was looked up once; made by {@link Engine#action}. Immutable, shared by all threads. */
public final class ActionHandle {

    final Automaton automaton;
    final int colon;
    final long numbers;
    private final String action;

    ActionHandle(Automaton automaton, String action, int colon, long numbers) {
        this.automaton = automaton;
        this.action = action;
        this.colon = colon;
        this.numbers = numbers;
    }

    /** The action as given. */
    @Override
    public String toString() {
        return action;
    }
}
