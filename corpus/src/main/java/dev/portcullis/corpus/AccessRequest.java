package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request as its author states it. Immutable.
 *
 * @param principal who asks: an ARN, a service principal, or {@code anonymous}
 * @param action what for: {@code service:Name}
 * @param resource on what: an ARN, or {@code *}
 * @param resourceAccount the account that owns the resource; empty when the author leaves it open
 * @param context the context keys given; no two differ only in case (U12)
 * @param resourcePolicy a policy of the resource that the author holds
 * @param sessionPolicies policies of the session; empty when there are none (rules E38, E39)
 * @param facts what the principal's and the resource's names don't tell
 */
public record AccessRequest(
        String principal,
        String action,
        String resource,
        Optional<String> resourceAccount,
        Map<String, ContextValue> context,
        Optional<PolicySource> resourcePolicy,
        Optional<List<PolicySource>> sessionPolicies,
        Situation.Facts facts) {

    public AccessRequest {
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        sessionPolicies = sessionPolicies.map(List::copyOf);
    }

    /** The value of a key, whose name ignores case (rule L80). */
    public Optional<ContextValue> contextValue(String key) {
        String folded = ContextKeys.fold(key);
        return context.entrySet().stream()
                .filter(entry -> ContextKeys.fold(entry.getKey()).equals(folded))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
