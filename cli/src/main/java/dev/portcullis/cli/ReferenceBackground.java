package dev.portcullis.cli;

import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.Question;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.Map;

/** The policies of a store, read by the reference evaluator. */
final class ReferenceBackground implements StoreBackground {

    private final Store store;
    private final Semantics semantics;
    private final StoreSituations situations;

    /**
     * @param clock tells requests what time it is
     * @param knownPrincipals whether a user or role that the store doesn't know is an error
     */
    ReferenceBackground(Store store, Semantics semantics, Clock clock, boolean knownPrincipals) {
        this.store = store;
        this.semantics = semantics;
        StoreSituations any = new StoreSituations(store).withClock(clock);
        this.situations = knownPrincipals ? any.refusingUnknownPrincipals() : any;
    }

    @Override
    public CaseRunner with(CaseRunner runner) {
        return runner.withStore(situations);
    }

    @Override
    public Question question(AccessRequest request) {
        return Question.of(new ReferenceImplementation(), situations.situation(request, semantics));
    }

    @Override
    public boolean lacks(String principal) {
        String[] fields = principal.split(":", 6);
        String name = fields.length == 6 ? fields[5] : "";
        if (name.startsWith("user/")) {
            return !store.users().containsKey(principal);
        }
        if (name.startsWith("role/")) {
            return !store.roles().containsKey(principal);
        }
        return name.startsWith("assumed-role/")
                && store.roleOfSession(principal).isEmpty();
    }

    @Override
    public Map<String, String> parameters() {
        return store.parameters();
    }

    @Override
    public PolicyTexts texts() {
        return PolicyTexts.of(store);
    }
}
