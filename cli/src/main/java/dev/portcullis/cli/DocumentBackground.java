package dev.portcullis.cli;

import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Documents without a store: identity-based policies of whoever asks, or the policy of whatever is asked for. */
final class DocumentBackground implements Background {

    private final PolicyType type;
    private final List<PolicySource> documents;
    private final List<ReferencePolicy> policies;
    private final StoreSituations empty;

    /**
     * @param type identity-based, resource-based or trust
     * @param documents checked documents of that type; exactly one unless identity-based
     * @param clock tells requests what time it is
     */
    DocumentBackground(PolicyType type, List<PolicySource> documents, Map<String, String> parameters, Clock clock) {
        this.empty = new StoreSituations(Store.builder().build()).withClock(clock);
        this.type = type;
        this.documents = List.copyOf(documents);
        this.policies = documents.stream()
                .map(document -> document.read(type, parameters))
                .toList();
    }

    @Override
    public Situation situation(AccessRequest request, Semantics semantics) {
        Situation.Builder situation = empty.situation(request, semantics).toBuilder();
        if (type == PolicyType.IDENTITY) {
            situation.identityPolicies(policies);
        } else {
            situation.resourcePolicy(policies.get(0));
        }
        return situation.build();
    }

    @Override
    public PolicyTexts texts() {
        return statement -> documents.stream()
                .filter(document -> document.name().equals(statement.policy()))
                .map(PolicySource::text)
                .findFirst();
    }
}
