package dev.portcullis.cli;

import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.DocumentQuestions;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.Question;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Documents without a store: identity-based policies of whoever asks, or the policy of whatever is asked for. */
final class DocumentBackground implements Background {

    private final PolicyType type;
    private final Map<String, String> parameters;
    private final List<PolicySource> documents;
    private final Semantics semantics;
    private final List<ReferencePolicy> policies;
    private final Optional<DocumentQuestions> compiled;
    private final StoreSituations withoutPolicies;

    /**
     * @param type identity-based, resource-based or trust
     * @param documents checked documents of that type; exactly one unless identity-based
     * @param clock tells requests what time it is
     * @param how who decides, and how contested points are read
     */
    DocumentBackground(
            PolicyType type,
            List<PolicySource> documents,
            Map<String, String> parameters,
            Clock clock,
            SemanticsOptions how) {
        Store.Builder nobody = Store.builder();
        parameters.forEach(nobody::parameter);
        this.withoutPolicies = new StoreSituations(nobody.build()).withClock(clock);
        this.type = type;
        this.parameters = Map.copyOf(parameters);
        this.documents = List.copyOf(documents);
        this.semantics = how.semantics();
        this.compiled = how.isCompiled()
                ? Optional.of(new DocumentQuestions(type, this.documents, this.parameters, clock, semantics))
                : Optional.empty();
        this.policies = this.documents.stream()
                .map(document -> document.read(type, parameters, semantics))
                .toList();
    }

    @Override
    public Question question(AccessRequest request) {
        Situation situation = situation(request);
        return compiled.flatMap(questions -> questions.question(request))
                .orElseGet(() -> Question.of(new ReferenceImplementation(), situation));
    }

    private Situation situation(AccessRequest request) {
        Situation.Builder situation = withoutPolicies.situation(request, semantics).toBuilder();
        if (type == PolicyType.IDENTITY) {
            situation.identityPolicies(policies);
        } else {
            situation.resourcePolicy(policies.get(0));
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
