package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Semantics;
import java.util.List;

/** Turns a store and a request into a situation. */
public final class StoreSituations {

    private StoreSituations() {}

    /** The situation of a request. */
    public Situation situation(AccessRequest request, Semantics semantics) {
        return Situation.builder()
                .principal(request.principal())
                .action(request.action())
                .resource(request.resource())
                .semantics(semantics)
                .build();
    }

    /** Every document of the store. */
    List<PolicySource> documents() {
        return List.of();
    }
}
