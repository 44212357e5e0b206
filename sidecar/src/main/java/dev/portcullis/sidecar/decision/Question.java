package dev.portcullis.sidecar.decision;

import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.policy.Limits;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One question as a protocol put it: who, what, on what, and the context. Reused; for one thread. It keeps what it is
 * given, so that several engines can be asked and the log can tell it.
 */
public final class Question {

    private static final int FIRST_KEYS = 16;

    private String principal;
    private String action;
    private String resource;
    private String resourceAccount;
    private String roleArn;
    private String federatingUser;
    private String uniqueId;
    private String canonicalId;
    private boolean serviceLinkedRole;
    private List<String> sessionPolicies;
    private String resourcePolicy;
    private boolean trustPolicy;
    private String[] keys = new String[FIRST_KEYS];
    private Object[] values = new Object[FIRST_KEYS];
    private int count;

    /** Forgets everything. */
    public Question clear() {
        principal = null;
        action = null;
        resource = null;
        resourceAccount = null;
        roleArn = null;
        federatingUser = null;
        uniqueId = null;
        canonicalId = null;
        serviceLinkedRole = false;
        sessionPolicies = null;
        resourcePolicy = null;
        trustPolicy = false;
        Arrays.fill(keys, 0, count, null);
        Arrays.fill(values, 0, count, null);
        count = 0;
        return this;
    }

    /** Who asks, as {@link Request#principal(String)} takes it. */
    public Question principal(String value) {
        principal = value;
        return this;
    }

    /** What for. */
    public Question action(String value) {
        action = value;
        return this;
    }

    /** On what. */
    public Question resource(String value) {
        resource = value;
        return this;
    }

    /** The account that owns the resource. */
    public Question resourceAccount(String value) {
        resourceAccount = value;
        return this;
    }

    /** The session's role. */
    public Question roleArn(String value) {
        roleArn = value;
        return this;
    }

    /** Who made the federated session. */
    public Question federatingUser(String value) {
        federatingUser = value;
        return this;
    }

    /** The principal's unique id. */
    public Question uniqueId(String value) {
        uniqueId = value;
        return this;
    }

    /** The S3 canonical id of the principal's account. */
    public Question canonicalId(String value) {
        canonicalId = value;
        return this;
    }

    /** The caller's role is service-linked. */
    public Question serviceLinkedRole(boolean value) {
        serviceLinkedRole = value;
        return this;
    }

    /** The texts of the session's policies. */
    public Question sessionPolicies(List<String> texts) {
        sessionPolicies = texts;
        return this;
    }

    /** The text of a policy of the resource that the store doesn't have. */
    public Question resourcePolicy(String text) {
        resourcePolicy = text;
        return this;
    }

    /** The resource is a role: its policy is a trust policy. */
    public Question trustPolicy(boolean value) {
        trustPolicy = value;
        return this;
    }

    /** A single-valued context key; a key given twice makes the question invalid. */
    public Question context(String key, String value) {
        return put(key, value);
    }

    /** A multivalued context key. */
    public Question contextValues(String key, List<String> several) {
        return put(key, several);
    }

    private Question put(String key, Object value) {
        if (count == Limits.CONTEXT_KEYS) {
            throw new IllegalArgumentException("context: more than " + Limits.CONTEXT_KEYS + " keys");
        }
        if (count == keys.length) {
            keys = Arrays.copyOf(keys, count * 2);
            values = Arrays.copyOf(values, count * 2);
        }
        keys[count] = key;
        values[count] = value;
        count++;
        return this;
    }

    /** Who asks; null before it is said. */
    public String principal() {
        return principal;
    }

    /** What for; null before it is said. */
    public String action() {
        return action;
    }

    /** On what; null before it is said. */
    public String resource() {
        return resource;
    }

    /** How many context keys there are. */
    public int contextSize() {
        return count;
    }

    /** The name of a context key. */
    public String contextKey(int index) {
        return keys[index];
    }

    /** The value of a context key, if it is single-valued. */
    public Optional<String> contextValue(int index) {
        return values[index] instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** All values of a context key. */
    public List<String> contextValues(int index) {
        return values[index] instanceof String text ? List.of(text) : several(index);
    }

    /** Whether a context key has been given, in whatever letter case (rule L80). */
    public boolean hasContext(String key) {
        for (int i = 0; i < count; i++) {
            if (keys[i].equalsIgnoreCase(key)) {
                return true;
            }
        }
        return false;
    }

    @SuppressWarnings("unchecked") // what is no String was put as a list of strings
    private List<String> several(int index) {
        return (List<String>) values[index];
    }

    /**
     * Puts the question to a request of an engine.
     *
     * @throws IllegalArgumentException if the engine takes no such question; the message names the field
     * @throws IllegalStateException if a context key is given twice
     */
    void fill(Request request, Engine engine) {
        request.clear();
        if (principal != null) {
            request.principal(principal);
        }
        if (action != null) {
            request.action(action);
        }
        if (resource != null) {
            request.resource(resource);
        }
        for (int i = 0; i < count; i++) {
            if (values[i] instanceof String text) {
                request.context(keys[i], text);
            } else {
                request.contextValues(keys[i], several(i));
            }
        }
        if (resourceAccount != null) {
            request.resourceAccount(resourceAccount);
        }
        fillFacts(request, engine);
    }

    private void fillFacts(Request request, Engine engine) {
        if (roleArn != null) {
            request.roleArn(roleArn);
        }
        if (federatingUser != null) {
            request.federatingUser(federatingUser);
        }
        if (uniqueId != null) {
            request.uniqueId(uniqueId);
        }
        if (canonicalId != null) {
            request.canonicalId(canonicalId);
        }
        if (serviceLinkedRole) {
            request.serviceLinkedRole();
        }
        if (sessionPolicies != null) {
            request.sessionPolicies(sessionPolicies.toArray(new String[0]));
        }
        if (resourcePolicy != null) {
            request.resourcePolicy(
                    trustPolicy
                            ? engine.compileTrustPolicy(resourcePolicy)
                            : engine.compileResourcePolicy(resourcePolicy));
        }
    }
}
