package dev.portcullis.corpus;

import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts requests to documents without a store: identity-based policies of whoever asks, or the policy of whatever is asked
 * for. They are compiled for each request. For several threads.
 */
public final class DocumentQuestions {

    private final PolicyType type;
    private final List<PolicySource> documents;
    private final CompiledCase.Setting setting;

    /**
     * @param type identity-based, resource-based or trust
     * @param documents of that type; exactly one unless identity-based
     * @param parameters values of placeholders
     * @param clock tells requests what time it is
     */
    public DocumentQuestions(
            PolicyType type,
            List<PolicySource> documents,
            Map<String, String> parameters,
            Clock clock,
            Semantics semantics) {
        this.type = type;
        this.documents = List.copyOf(documents);
        this.setting = new CompiledCase.Setting(semantics, Map.copyOf(parameters), Optional.of(clock));
    }

    /**
     * A request to these policies; empty when no store says it.
     *
     * @throws IllegalArgumentException if a document has no meaning, or the request has none
     */
    public Optional<Question> question(AccessRequest asked) {
        boolean identity = type == PolicyType.IDENTITY;
        if (!identity && (asked.resourcePolicy().isPresent() || CaseRunner.resourcePolicyType(asked) != type)) {
            return Optional.empty();
        }
        AccessRequest request = identity
                ? asked
                : new AccessRequest(
                        asked.principal(),
                        asked.action(),
                        asked.resource(),
                        asked.resourceAccount(),
                        asked.context(),
                        Optional.of(documents.get(0)),
                        asked.sessionPolicies(),
                        asked.facts());
        Case.Layers layers = new Case.Layers(
                identity ? documents : List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        Case theCase = new Case(
                "",
                0,
                "",
                "",
                "",
                request,
                false,
                layers,
                Map.of(),
                Map.of(),
                new Case.Expectation(Optional.empty(), List.of(), List.of()),
                new Case.Reported(Optional.empty(), Optional.empty()));
        return CompiledCase.question(theCase, setting, UnaryOperator.identity());
    }
}
