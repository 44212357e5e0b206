package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Frame;
import dev.portcullis.policy.Limits;
import java.util.List;
import java.util.Objects;

/**
 * One request to decide: who, what, on what, and the context. Made by {@link Engine#newRequest}, filled, decided, cleared,
 * filled again; for one thread at a time. Filling it allocates nothing once it has grown to the size of its requests.
 *
 * <p>Setters throw {@link IllegalArgumentException} for a value that no request can have, naming the field, and {@link
 * IllegalStateException} for one that is set twice.
 */
public final class Request {

    private static final int ARN_COLONS = 5;

    private final Automaton automaton;
    private final Frame frame;
    private final Caller caller = new Caller();

    private boolean hasPrincipal;
    private String federatingUser;
    private boolean hasAction;
    private boolean hasResource;
    private long account;
    private int keys;
    private int values;

    Request(Automaton automaton, Frame frame) {
        this.automaton = automaton;
        this.frame = frame;
        clear();
    }

    /** Forgets everything; the request is as good as new. */
    public Request clear() {
        frame.clear();
        hasPrincipal = false;
        federatingUser = null;
        hasAction = false;
        hasResource = false;
        account = Caller.NONE;
        keys = 0;
        values = 0;
        return this;
    }

    /**
     * Who asks.
     *
     * @param principal ARN of a user, role session, federated user, root user or identity provider; a service principal
     *     ({@code qbusiness.amazonaws.com}); or {@code anonymous}
     */
    public Request principal(String principal) {
        once(hasPrincipal, "principal");
        if (principal.length() > Limits.RESOURCE_UNITS) {
            throw new IllegalArgumentException("principal: is longer than " + Limits.RESOURCE_UNITS + " units");
        }
        if (!automaton.resolve(principal, frame, caller)) {
            throw new IllegalArgumentException("principal: `" + principal + "` is nobody who can ask");
        }
        hasPrincipal = true;
        return this;
    }

    /**
     * The IAM user who made the caller's federated session with {@code GetFederationToken}: the session has that user's
     * policies and boundary (rules E19, E40). Only a federated user has one; its own name doesn't tell.
     */
    public Request federatingUser(String userArn) {
        once(federatingUser != null, "federatingUser");
        federatingUser = Objects.requireNonNull(userArn);
        return this;
    }

    /**
     * What for.
     *
     * @param action {@code service:Name}; letter case doesn't matter (rule L30)
     */
    public Request action(String action) {
        once(hasAction, "action");
        int length = action.length();
        if (length > Limits.ACTION_UNITS) {
            throw new IllegalArgumentException("action: is longer than " + Limits.ACTION_UNITS + " units");
        }
        int colon = -1;
        for (int i = 0; i < length; i++) {
            char unit = action.charAt(i);
            if (unit < ' ' || unit > '~' || (unit == ':' && colon >= 0)) {
                throw new IllegalArgumentException("action: `" + action + "` is not `service:Name`");
            }
            if (unit == ':') {
                colon = i;
            }
        }
        if (colon < 1) {
            throw new IllegalArgumentException("action: `" + action + "` is not `service:Name`");
        }
        frame.action(action, colon);
        hasAction = true;
        return this;
    }

    /**
     * On what.
     *
     * @param resource an ARN of six fields, or {@code *} for an action without a resource (rule L52)
     */
    public Request resource(String resource) {
        once(hasResource, "resource");
        int length = resource.length();
        if (length > Limits.RESOURCE_UNITS) {
            throw new IllegalArgumentException("resource: is longer than " + Limits.RESOURCE_UNITS + " units");
        }
        if (!isStar(resource) && !isArn(resource)) {
            throw new IllegalArgumentException("resource: `" + resource + "` is neither an ARN of six fields nor `*`");
        }
        frame.resource(resource);
        hasResource = true;
        return this;
    }

    private static boolean isStar(String resource) {
        return resource.length() == 1 && resource.charAt(0) == '*';
    }

    private static boolean isArn(String resource) {
        if (!resource.startsWith("arn:")) {
            return false;
        }
        int at = -1;
        for (int i = 0; i < ARN_COLONS; i++) {
            at = resource.indexOf(':', at + 1);
            if (at < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * The account that owns the resource, where its ARN doesn't say: 12 digits. Left out, it is the account in the ARN,
     * else the one in the store, else the principal's own.
     */
    public Request resourceAccount(String accountId) {
        once(account != Caller.NONE, "resourceAccount");
        long number = 0;
        boolean digits = accountId.length() == 12;
        for (int i = 0; digits && i < 12; i++) {
            int digit = accountId.charAt(i) - '0';
            digits = digit >= 0 && digit <= 9;
            number = number * 10 + digit;
        }
        if (!digits) {
            throw new IllegalArgumentException("resourceAccount: `" + accountId + "` is not a 12-digit account id");
        }
        account = number;
        return this;
    }

    /** The policies of the caller's session (rules E38 to E42); only sessions have any. */
    public Request sessionPolicies(SessionPolicies policies) {
        if (policies.automaton != automaton) {
            throw new IllegalArgumentException("sessionPolicies: compiled by another engine");
        }
        frame.sessionPolicies(policies.fragment);
        return this;
    }

    /** A single-valued context key (rule L85). */
    public Request context(String key, String value) {
        int slot = slot(key);
        frame.fill(slot, Frame.SINGLE);
        add(slot, key, value);
        return this;
    }

    /** A multivalued context key, with one value, several or none (rule L86). */
    public Request contextValues(String key, String... several) {
        int slot = slot(key);
        frame.fill(slot, frame.stateOfList(slot, several.length));
        for (String value : several) {
            add(slot, key, value);
        }
        return this;
    }

    /** A multivalued context key, with one value, several or none (rule L86). */
    public Request contextValues(String key, List<String> several) {
        int count = several.size();
        int slot = slot(key);
        frame.fill(slot, frame.stateOfList(slot, count));
        for (int i = 0; i < count; i++) {
            add(slot, key, several.get(i));
        }
        return this;
    }

    private int slot(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("context: a key without a name");
        }
        if (++keys > Limits.CONTEXT_KEYS) {
            throw new IllegalArgumentException("context: more than " + Limits.CONTEXT_KEYS + " keys");
        }
        int slot = frame.slot(key);
        if (frame.isFilled(slot)) {
            throw new IllegalArgumentException("context: `" + key + "` is given twice (U12)");
        }
        return slot;
    }

    private void add(int slot, String key, String value) {
        if (value.length() > Limits.CONTEXT_VALUE_UNITS) {
            throw new IllegalArgumentException(
                    "context: a value of `" + key + "` is longer than " + Limits.CONTEXT_VALUE_UNITS + " units");
        }
        if (++values > Limits.CONTEXT_VALUES) {
            throw new IllegalArgumentException("context: more than " + Limits.CONTEXT_VALUES + " values");
        }
        frame.addValue(slot, Objects.requireNonNull(value));
    }

    private static void once(boolean given, String field) {
        if (given) {
            throw new IllegalStateException(field + ": is set already; clear the request first");
        }
    }

    Frame ready(Automaton asked) {
        if (asked != automaton) {
            throw new IllegalStateException("the request was made by another engine");
        }
        if (!hasPrincipal || !hasAction || !hasResource) {
            String missing = hasPrincipal ? hasAction ? "resource" : "action" : "principal";
            throw new IllegalStateException(missing + ": is not set");
        }
        if (federatingUser != null && !automaton.resolveFederatingUser(federatingUser, frame, caller)) {
            throw new IllegalArgumentException(
                    "federatingUser: `" + federatingUser + "` is no user of a federated principal's account");
        }
        automaton.prepare(frame, caller, account);
        return frame;
    }
}
