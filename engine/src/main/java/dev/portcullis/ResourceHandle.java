package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.KnownResource;

/** A resource that was read and looked up once; made by {@link Engine#resource}. Immutable, shared by all threads. */
public final class ResourceHandle {

    final Automaton automaton;
    final KnownResource resource;

    ResourceHandle(Automaton automaton, KnownResource resource) {
        this.automaton = automaton;
        this.resource = resource;
    }

    /** The resource as given. */
    @Override
    public String toString() {
        return resource.text();
    }
}
