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
import java.util.concurrent.ConcurrentHashMap;

/** Documents without a store: identity-based policies of whoever asks, or the policy of whatever is asked for. */
final class DocumentBackground implements Background {

    private final PolicyType type;
    private final Map<String, String> parameters;
    private final List<PolicySource> documents;
    private final Map<Semantics, List<ReferencePolicy>> policies = new ConcurrentHashMap<>();
    private final StoreSituations withoutPolicies;

    /**
     * @param type identity-based, resource-based or trust
     * @param documents checked documents of that type; exactly one unless identity-based
     * @param clock tells requests what time it is
     */
    DocumentBackground(PolicyType type, List<PolicySource> documents, Map<String, String> parameters, Clock clock) {
        Store.Builder nobody = Store.builder();
        parameters.forEach(nobody::parameter);
        this.withoutPolicies = new StoreSituations(nobody.build()).withClock(clock);
        this.type = type;
        this.parameters = Map.copyOf(parameters);
        this.documents = List.copyOf(documents);
        policies(Semantics.defaults());
    }

    private List<ReferencePolicy> policies(Semantics semantics) {
        return policies.computeIfAbsent(
                semantics,
                reading -> documents.stream()
                        .map(document -> document.read(type, parameters, reading))
                        .toList());
    }

    @Override
    public Situation situation(AccessRequest request, Semantics semantics) {
        Situation.Builder situation = withoutPolicies.situation(request, semantics).toBuilder();
        if (type == PolicyType.IDENTITY) {
            situation.identityPolicies(policies(semantics));
        } else {
            situation.resourcePolicy(policies(semantics).get(0));
        }
        return situation.build();
    }

    @Override
    public boolean lacks(String principal) {
        return false;
    }

    @Override
    public Map<String, String> parameters() {
        return parameters;
    }

    @Override
    public PolicyTexts texts() {
        return statement -> documents.stream()
                .filter(document -> document.name().equals(statement.policy()))
                .map(PolicySource::text)
                .findFirst();
    }
}
