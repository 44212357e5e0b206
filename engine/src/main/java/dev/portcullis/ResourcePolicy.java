package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Fragment;
import dev.portcullis.policy.PolicyType;

/**
 * A compiled policy of a resource that the caller of the engine holds; made by {@link Engine#compileResourcePolicy} or
 * {@link Engine#compileTrustPolicy}. Immutable, shared by all threads.
 */
public final class ResourcePolicy {

    final Automaton automaton;
    final Fragment fragment;
    private final PolicyType type;

    ResourcePolicy(Automaton automaton, Fragment fragment, PolicyType type) {
        this.automaton = automaton;
        this.fragment = fragment;
        this.type = type;
    }

    /** {@link PolicyType#TRUST} for a role's trust policy, else {@link PolicyType#RESOURCE}. */
    public PolicyType type() {
        return type;
    }

    /** Bytes it holds. */
    public long bytes() {
        return fragment.bytes();
    }
}
