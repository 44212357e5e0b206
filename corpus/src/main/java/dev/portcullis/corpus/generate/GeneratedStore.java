package dev.portcullis.corpus.generate;

import dev.portcullis.Store;
import dev.portcullis.policy.PolicyDocument;
import java.util.List;

/**
 * A store that was made up. Immutable.
 *
 * @param store the store
 * @param documents all its policies, and the session policies, as they were read
 * @param sessionPolicies texts of policies that a session may have
 */
public record GeneratedStore(Store store, List<PolicyDocument> documents, List<String> sessionPolicies) {

    public GeneratedStore {
        documents = List.copyOf(documents);
        sessionPolicies = List.copyOf(sessionPolicies);
    }
}
