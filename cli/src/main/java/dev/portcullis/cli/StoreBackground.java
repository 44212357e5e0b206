package dev.portcullis.cli;

import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** The policies of a store. */
final class StoreBackground implements Background {

    private final Store store;
    private final StoreSituations situations;

    /**
     * @param clock tells requests what time it is
     * @param knownPrincipals whether a user or role that the store doesn't know is an error
     */
    StoreBackground(Store store, Clock clock, boolean knownPrincipals) {
        this.store = store;
        StoreSituations any = new StoreSituations(store).withClock(clock);
        this.situations = knownPrincipals ? any.refusingUnknownPrincipals() : any;
    }

    StoreSituations situations() {
        return situations;
    }

    @Override
    public Situation situation(AccessRequest request, Semantics semantics) {
        return situations.situation(request, semantics);
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
        return statement -> Optional.ofNullable(store.texts().get(statement.policy()));
    }
}
