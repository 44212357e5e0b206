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

    /** @param clock tells requests what time it is */
    StoreBackground(Store store, Clock clock) {
        this.store = store;
        this.situations = new StoreSituations(store).withClock(clock);
    }

    StoreSituations situations() {
        return situations;
    }

    @Override
    public Situation situation(AccessRequest request, Semantics semantics) {
        return situations.situation(request, semantics);
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
