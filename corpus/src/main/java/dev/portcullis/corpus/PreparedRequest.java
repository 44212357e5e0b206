package dev.portcullis.corpus;

import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.ResourcePolicy;
import dev.portcullis.SessionPolicies;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.PolicyType;
import java.util.Map;

/**
 * A request to be put to one engine again and again: policies that come with it are compiled, names and values are Strings.
 * Immutable, shared by all threads.
 */
public final class PreparedRequest {

    private final AccessRequest asked;
    private final String[] keys;
    /** By key: the value of a single-valued one, or null. */
    private final String[] singles;
    /** By key: the values of a multivalued one, or null. */
    private final String[][] lists;

    private final SessionPolicies session;
    private final ResourcePolicy resource;

    private PreparedRequest(AccessRequest asked, SessionPolicies session, ResourcePolicy resource) {
        this.asked = asked;
        this.session = session;
        this.resource = resource;
        int count = asked.context().size();
        keys = new String[count];
        singles = new String[count];
        lists = new String[count][];
        int i = 0;
        for (Map.Entry<String, ContextValue> entry : asked.context().entrySet()) {
            keys[i] = entry.getKey();
            if (entry.getValue() instanceof ContextValue.Single single) {
                singles[i] = single.value();
            } else {
                lists[i] = entry.getValue().values().toArray(String[]::new);
            }
            i++;
        }
    }

    /**
     * Prepares a request for an engine.
     *
     * @throws InvalidPolicyException if a policy that comes with it is refused
     */
    public static PreparedRequest of(Engine engine, AccessRequest asked) {
        SessionPolicies session = asked.sessionPolicies()
                .map(sources -> engine.compileSession(
                        sources.stream().map(PolicySource::documentText).toArray(String[]::new)))
                .orElse(null);
        ResourcePolicy resource = asked.resourcePolicy()
                .map(PolicySource::documentText)
                .map(text -> CaseRunner.resourcePolicyType(asked) == PolicyType.TRUST
                        ? engine.compileTrustPolicy(text)
                        : engine.compileResourcePolicy(text))
                .orElse(null);
        return new PreparedRequest(asked, session, resource);
    }

    /**
     * Puts it into a request of the engine, in place of what was there.
     *
     * @return the request
     * @throws IllegalArgumentException if a part of it has no meaning; the message begins with the field
     */
    public Request fill(Request request) {
        request.clear().principal(asked.principal()).action(asked.action()).resource(asked.resource());
        if (asked.resourceAccount().isPresent()) {
            request.resourceAccount(asked.resourceAccount().get());
        }
        EngineQuestions.facts(asked.facts(), request);
        if (asked.facts().federatingUserArn().isPresent()) {
            request.federatingUser(asked.facts().federatingUserArn().get());
        }
        for (int i = 0; i < keys.length; i++) {
            if (lists[i] == null) {
                request.context(keys[i], singles[i]);
            } else {
                request.contextValues(keys[i], lists[i]);
            }
        }
        if (session != null) {
            request.sessionPolicies(session);
        }
        return resource == null ? request : request.resourcePolicy(resource);
    }
}
