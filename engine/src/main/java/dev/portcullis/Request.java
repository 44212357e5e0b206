package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Contradictions;
import dev.portcullis.automaton.Frame;
import dev.portcullis.automaton.LastCallers;
import dev.portcullis.automaton.LastTexts;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import java.time.InstantSource;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * One request to decide: who, what, on what, and the context. Made by {@link Engine#newRequest}, filled, decided, cleared,
 * filled again; for one thread at a time. Filling it allocates nothing once it has grown to the size of its requests. It holds
 * some 110 KB, most of that what it was asked lately: keep one for each thread instead of making one for each question.
 *
 * <p>Setters take a String, a handle that the engine made before, or UTF-8 bytes in a buffer, which are copied. They throw
 * {@link IllegalArgumentException} for a value that no request can have, naming the field, {@link IllegalStateException}
 * for one that is set twice, and {@link IndexOutOfBoundsException} for a range that the buffer doesn't have. Lengths are
 * bounded by {@link Limits}. Agrona's own buffers run with {@code --add-exports java.base/jdk.internal.misc=…} (its
 * module, or {@code ALL-UNNAMED}); without bytes none is needed.
 *
 * <p>Context keys that AWS supplies itself and the request doesn't give are supplied from the store, the request and the
 * engine's clock: those of the principal, its account, its organization and its tags, of the resource's owner and tags,
 * {@code aws:CurrentTime} and {@code aws:EpochTime}, {@code aws:ViaAWSService}, {@code aws:CalledViaFirst} and {@code
 * aws:CalledViaLast} (section 7 of the language rules, L75, L150, E95 to E98). What can't be known stays absent. {@link
 * #contextAsGiven} turns that off.
 */
public final class Request {

    private static final int PRINCIPAL = 1;
    private static final int ACTION = 1 << 1;
    private static final int RESOURCE = 1 << 2;
    private static final int ACCOUNT = 1 << 3;
    private static final int ROLE_ARN = 1 << 4;
    private static final int FEDERATING_USER = 1 << 5;
    private static final int UNIQUE_ID = 1 << 6;
    private static final int CANONICAL_ID = 1 << 7;
    private static final int SESSION_POLICIES = 1 << 8;
    private static final int RESOURCE_POLICY = 1 << 9;
    private static final int ALL_NEEDED = PRINCIPAL | ACTION | RESOURCE;

    private final Compiled compiled;
    private final Automaton automaton;
    private final Frame frame;
    private final ContextFields context;
    private final Caller own = new Caller();
    private final LastCallers lastCallers;
    /** Whether principals are looked up when the request is decided. */
    private final boolean isOfBatch;

    /** Keys that requests begin with, while this one gives the same, and their values; see {@link Frame}. */
    private final String[] beginningKeys;

    private final String[] beginningValues;
    /** How many of them may be given; none once another key is, or it has been decided. */
    private int beginning;
    /** How many of them have been given. */
    private int begun;

    /** What has been set; other fields count only then. */
    private int given;

    private Caller caller;
    /** The principal that has yet to be looked up, or null. */
    private String waiting;
    /** What {@link #fetch} has got hold of last. */
    private long fetched;

    private long account;
    private PolicyType resourcePolicyType;
    private boolean asGiven;
    private Frame[] frames = {};

    Request(Compiled compiled) {
        this(compiled, new LastTexts(), LastCallers.MANY, false);
    }

    private Request(Compiled compiled, LastTexts last, int callersKept, boolean isOfBatch) {
        this.compiled = compiled;
        this.automaton = compiled.automaton();
        this.lastCallers = new LastCallers(callersKept);
        this.isOfBatch = isOfBatch;
        this.frame = new Frame(automaton.vocabulary(), automaton.dispatch().code(), last);
        this.context = new ContextFields(automaton, frame);
        this.beginningKeys = frame.beginningKeys();
        this.beginningValues = frame.beginningValues();
        clear();
    }

    /** Requests that one thread decides together. */
    static Request[] batch(Compiled compiled, int count) {
        LastTexts last = new LastTexts();
        Request[] requests = new Request[count];
        for (int i = 0; i < count; i++) {
            requests[i] = new Request(compiled, last, 1, true);
        }
        return requests;
    }

    /** Forgets everything; the request is as good as new. */
    public Request clear() {
        frame.clear();
        given = 0;
        waiting = null;
        account = Automaton.NOT_TOLD;
        asGiven = false;
        context.clear();
        begun = 0;
        beginning = frame.beginning();
        return this;
    }

    /**
     * Who asks.
     *
     * @param principal ARN of a user, role session, federated user, root user or identity provider; a service principal
     *     ({@code qbusiness.amazonaws.com}); or {@code anonymous}. A request of {@link Engine#newRequests} looks it up, and
     *     refuses one who can't ask, when it is decided
     */
    public Request principal(String principal) {
        once(PRINCIPAL, "principal");
        if (isOfBatch) {
            RequestFields.checkPrincipal(principal);
            waiting = principal;
        } else {
            caller = lookUp(principal);
        }
        given |= PRINCIPAL;
        return this;
    }

    private Caller lookUp(String principal) {
        Caller known = automaton.known(principal, lastCallers);
        return known == null ? unknown(principal) : known;
    }

    /**
     * Asks for the memory that looking up the principals of these requests will read, so that their waits overlap. Decides
     * nothing.
     */
    static void fetch(Request[] requests, int count) {
        for (int i = 0; i < count; i++) {
            Request request = requests[i];
            request.fetched = request.waiting == null ? 0 : request.automaton.fetchCaller(request.waiting);
        }
        for (int i = 0; i < count; i++) {
            Request request = requests[i];
            request.fetched = request.automaton.fetchRow(request.fetched);
        }
    }

    private Caller unknown(String principal) {
        RequestFields.checkPrincipal(principal);
        if (!automaton.resolve(principal, frame, own)) {
            throw RequestFields.nobody(principal);
        }
        return own;
    }

    /** Who asks, from a handle. */
    public Request principal(PrincipalHandle principal) {
        once(PRINCIPAL, "principal");
        check(principal.automaton, "principal");
        caller = principal.caller;
        given |= PRINCIPAL;
        return this;
    }

    /** Who asks, from UTF-8 bytes. */
    public Request principal(DirectBuffer buffer, int offset, int length) {
        once(PRINCIPAL, "principal");
        return principal(RequestFields.units("principal", buffer, offset, length, Limits.RESOURCE_UNITS, frame));
    }

    private Request principal(int start) {
        int end = frame.end();
        if (!automaton.resolve(start, frame, own)) {
            throw RequestFields.nobody(frame.text(start, end));
        }
        caller = own;
        given |= PRINCIPAL;
        return this;
    }

    /**
     * The ARN of the role that the caller is a session of, with its path, which the session's own ARN lacks (rule E25).
     * Needed where the store doesn't know the role. Counts for role sessions only.
     */
    public Request roleArn(String arn) {
        once(ROLE_ARN, "roleArn");
        RequestFields.checkUnits("roleArn", arn.length(), Limits.RESOURCE_UNITS);
        frame.tellRole(frame.put(arn));
        given |= ROLE_ARN;
        return this;
    }

    /** The role's ARN, from UTF-8 bytes. */
    public Request roleArn(DirectBuffer buffer, int offset, int length) {
        once(ROLE_ARN, "roleArn");
        frame.tellRole(RequestFields.units("roleArn", buffer, offset, length, Limits.RESOURCE_UNITS, frame));
        given |= ROLE_ARN;
        return this;
    }

    /**
     * The IAM user who made the caller's federated session with {@code GetFederationToken}: the session has that user's
     * policies and boundary (rules E19, E40). Counts for federated users only; their own name doesn't tell.
     */
    public Request federatingUser(String userArn) {
        once(FEDERATING_USER, "federatingUser");
        RequestFields.checkUnits("federatingUser", userArn.length(), Limits.RESOURCE_UNITS);
        frame.tellUser(frame.put(userArn));
        given |= FEDERATING_USER;
        return this;
    }

    /** The federating user's ARN, from UTF-8 bytes. */
    public Request federatingUser(DirectBuffer buffer, int offset, int length) {
        once(FEDERATING_USER, "federatingUser");
        frame.tellUser(RequestFields.units("federatingUser", buffer, offset, length, Limits.RESOURCE_UNITS, frame));
        given |= FEDERATING_USER;
        return this;
    }

    /**
     * The unique id of the user, of the session's role, or of the federating user: {@code AIDA…}, {@code AROA…}. Policies
     * may name it (rule L72), and {@code aws:userid} has it (rule L150). Counts before the store's.
     */
    public Request uniqueId(String id) {
        once(UNIQUE_ID, "uniqueId");
        return uniqueId(frame.put(id));
    }

    /** The unique id, from UTF-8 bytes. */
    public Request uniqueId(DirectBuffer buffer, int offset, int length) {
        once(UNIQUE_ID, "uniqueId");
        return uniqueId(RequestFields.units("uniqueId", buffer, offset, length, Limits.RESOURCE_UNITS, frame));
    }

    private Request uniqueId(int start) {
        RequestFields.checkId("uniqueId", start, frame);
        frame.tellUniqueId(start);
        given |= UNIQUE_ID;
        return this;
    }

    /** The S3 canonical id of the caller's account, which policies and access control lists may name (rules L68, E89). */
    public Request canonicalId(String id) {
        once(CANONICAL_ID, "canonicalId");
        return canonicalId(frame.put(id));
    }

    /** The canonical id, from UTF-8 bytes. */
    public Request canonicalId(DirectBuffer buffer, int offset, int length) {
        once(CANONICAL_ID, "canonicalId");
        return canonicalId(RequestFields.units("canonicalId", buffer, offset, length, Limits.RESOURCE_UNITS, frame));
    }

    private Request canonicalId(int start) {
        RequestFields.checkId("canonicalId", start, frame);
        frame.tellCanonicalId(start);
        given |= CANONICAL_ID;
        return this;
    }

    /** The caller's role is service-linked, whatever the store says (rules E36, E49, E58). Counts for role sessions only. */
    public Request serviceLinkedRole() {
        frame.reopen();
        frame.tellServiceLinked();
        return this;
    }

    /**
     * What for.
     *
     * @param action {@code service:Name}; letter case doesn't matter (rule L30)
     */
    public Request action(String action) {
        once(ACTION, "action");
        if (!frame.actionAgain(action)) {
            otherAction(action);
        }
        given |= ACTION;
        return this;
    }

    private void otherAction(String action) {
        RequestFields.checkAction(action);
        if (!frame.action(action)) {
            throw RequestFields.noAction(action);
        }
    }

    /** What for, from a handle. */
    public Request action(ActionHandle action) {
        once(ACTION, "action");
        check(action.automaton, "action");
        frame.action(action.toString(), action.colon, action.numbers);
        given |= ACTION;
        return this;
    }

    /** What for, from UTF-8 bytes. */
    public Request action(DirectBuffer buffer, int offset, int length) {
        once(ACTION, "action");
        int start = RequestFields.units("action", buffer, offset, length, Limits.ACTION_UNITS, frame);
        if (!frame.action(start)) {
            throw RequestFields.noAction(frame.text(start, frame.end()));
        }
        given |= ACTION;
        return this;
    }

    /**
     * On what.
     *
     * @param resource an ARN of six fields, or {@code *} for an action without a resource (rule L52)
     */
    public Request resource(String resource) {
        once(RESOURCE, "resource");
        RequestFields.checkResource(resource);
        if (!frame.resource(resource)) {
            throw RequestFields.noResource(resource);
        }
        given |= RESOURCE;
        return this;
    }

    /** On what, from a handle. */
    public Request resource(ResourceHandle resource) {
        once(RESOURCE, "resource");
        check(resource.automaton, "resource");
        frame.resource(resource.resource);
        given |= RESOURCE;
        return this;
    }

    /** On what, from UTF-8 bytes. */
    public Request resource(DirectBuffer buffer, int offset, int length) {
        once(RESOURCE, "resource");
        int start = RequestFields.units("resource", buffer, offset, length, Limits.RESOURCE_UNITS, frame);
        if (!frame.resource(start)) {
            throw RequestFields.noResource(frame.text(start, frame.end()));
        }
        given |= RESOURCE;
        return this;
    }

    /**
     * The account that owns the resource, where its ARN doesn't say: 12 digits. Left out, it is the account in the ARN,
     * else the one in the store, else the principal's own. It must not contradict the store.
     */
    public Request resourceAccount(String accountId) {
        once(ACCOUNT, "resourceAccount");
        account = RequestFields.account(accountId);
        given |= ACCOUNT;
        return this;
    }

    /** The owner's account id, from ASCII bytes. */
    public Request resourceAccount(DirectBuffer buffer, int offset, int length) {
        once(ACCOUNT, "resourceAccount");
        account = RequestFields.account(buffer, offset, length);
        given |= ACCOUNT;
        return this;
    }

    /** The resource is nobody's: no account has a say beside the caller's, and no RCP reaches it. */
    public Request resourceOfNobody() {
        once(ACCOUNT, "resourceAccount");
        account = Automaton.NOBODY;
        given |= ACCOUNT;
        return this;
    }

    /** The resource is a KMS key that AWS manages: RCPs don't reach it (rule E59). */
    public Request awsManagedKey() {
        frame.reopen();
        frame.tellAwsManagedKey();
        return this;
    }

    /**
     * A policy of the resource that the store doesn't have: a trust policy exactly when the resource is a role. Deciding
     * refuses a request whose resource has a policy in the store as well.
     */
    public Request resourcePolicy(ResourcePolicy policy) {
        once(RESOURCE_POLICY, "resourcePolicy");
        check(policy.automaton, "resourcePolicy");
        frame.resourcePolicy(policy.fragment);
        resourcePolicyType = policy.type();
        given |= RESOURCE_POLICY;
        return this;
    }

    /** The policies of the caller's session (rules E38 to E42); they count for sessions only. */
    public Request sessionPolicies(SessionPolicies policies) {
        once(SESSION_POLICIES, "sessionPolicies");
        check(policies.automaton, "sessionPolicies");
        frame.sessionPolicies(policies.fragment);
        given |= SESSION_POLICIES;
        return this;
    }

    /**
     * The policies of the caller's session by their texts: one inline policy and up to ten managed ones (rule E39).
     * Compiled when the engine sees them first, and remembered within {@link Limits#SESSION_CACHE_BYTES}.
     *
     * @throws InvalidPolicyException when one is refused
     */
    public Request sessionPolicies(String... texts) {
        once(SESSION_POLICIES, "sessionPolicies");
        return sessionPolicies(compiled.rememberedSession(texts));
    }

    /** Takes the context as complete: nothing is supplied, and a key that isn't given is absent. */
    public Request contextAsGiven() {
        frame.reopen();
        asGiven = true;
        return this;
    }

    /** A single-valued context key (rule L85). */
    @SuppressWarnings("ReferenceEquality") // another String of equal text is looked up
    public Request context(String key, String value) {
        int place = begun;
        if (place < beginning && beginningKeys[place] == key && value.length() <= Limits.CONTEXT_VALUE_UNITS) {
            beginningValues[place] = value;
            begun = place + 1;
            return this;
        }
        context().single(key, value);
        return begin();
    }

    /** A single-valued context key. */
    @SuppressWarnings("ReferenceEquality") // as above
    public Request context(ContextKeyHandle key, String value) {
        int place = begun;
        if (place < beginning
                && beginningKeys[place] == key.toString()
                && key.automaton == automaton
                && value.length() <= Limits.CONTEXT_VALUE_UNITS) {
            beginningValues[place] = value;
            begun = place + 1;
            return this;
        }
        context().single(key, value);
        return begin();
    }

    /** The context, to which something else is to be done than giving the key that requests give next. */
    private ContextFields context() {
        if (beginning > 0) {
            beginning = 0;
            context.begun(begun);
        }
        return context;
    }

    /** Goes on as requests begin, if the key given last is now the last of those. */
    private Request begin() {
        int count = frame.begun();
        if (begun < count) {
            begun = count;
            beginning = frame.beginning();
        }
        return this;
    }

    /** A single-valued context key, its value from UTF-8 bytes. */
    public Request context(String key, DirectBuffer buffer, int offset, int length) {
        context().single(key, buffer, offset, length);
        return this;
    }

    /** A single-valued context key, its value from UTF-8 bytes. */
    public Request context(ContextKeyHandle key, DirectBuffer buffer, int offset, int length) {
        context().single(key, buffer, offset, length);
        return this;
    }

    /** A single-valued context key, name and value from UTF-8 bytes of one buffer. */
    public Request context(DirectBuffer buffer, int keyOffset, int keyLength, int valueOffset, int valueLength) {
        context().single(buffer, keyOffset, keyLength, valueOffset, valueLength);
        return this;
    }

    /** A multivalued context key, with one value, several or none (rule L86). */
    public Request contextValues(String key, String... several) {
        int list = context().list(key);
        for (String value : several) {
            context.listValue(list, value);
        }
        return this;
    }

    /** A multivalued context key, with one value, several or none. */
    public Request contextValues(ContextKeyHandle key, String... several) {
        int list = context().list(key);
        for (String value : several) {
            context.listValue(list, value);
        }
        return this;
    }

    /** A multivalued context key, with one value, several or none. */
    public Request contextValues(String key, List<String> several) {
        int list = context().list(key);
        context.listValues(list, several);
        return this;
    }

    /** A multivalued context key, with one value, several or none. */
    public Request contextValues(ContextKeyHandle key, List<String> several) {
        int list = context().list(key);
        context.listValues(list, several);
        return this;
    }

    /** A multivalued context key, as yet without values; {@link #listValue(String)} adds them. */
    public Request contextList(String key) {
        context().list(key);
        return this;
    }

    /** A multivalued context key, as yet without values. */
    public Request contextList(ContextKeyHandle key) {
        context().list(key);
        return this;
    }

    /** A multivalued context key, its name from UTF-8 bytes, as yet without values. */
    public Request contextList(DirectBuffer buffer, int offset, int length) {
        context().list(buffer, offset, length);
        return this;
    }

    /** One more value of the context key that {@link #contextList} named just before. */
    public Request listValue(String value) {
        context().listValue(value);
        return this;
    }

    /** One more value of that key, from UTF-8 bytes. */
    public Request listValue(DirectBuffer buffer, int offset, int length) {
        context().listValue(buffer, offset, length);
        return this;
    }

    /** Begins to set a field that can be set once. */
    private void once(int field, String name) {
        if ((given & field) != 0) {
            throw new IllegalStateException(name + ": is set already; clear the request first");
        }
        context.closeList();
        frame.reopen();
    }

    private void check(Automaton maker, String field) {
        if (maker != automaton) {
            throw RequestFields.ofOtherEngine(field);
        }
    }

    boolean isOf(Compiled maker) {
        return maker == compiled;
    }

    /** Room for the frames of a batch that begins with this request. */
    Frame[] frames(int count) {
        if (frames.length < count) {
            frames = new Frame[count];
        }
        return frames;
    }

    /** The frame, ready to be decided by a version. */
    Frame ready(Compiled asked, Automaton version, InstantSource clock, boolean unknownPrincipalsRefused) {
        if (asked != compiled) {
            throw new IllegalStateException("the request was made by another engine");
        }
        if ((given & ALL_NEEDED) != ALL_NEEDED) {
            throw incomplete();
        }
        if ((given & RESOURCE_POLICY) != 0 && frame.resourceIsRole() != (resourcePolicyType == PolicyType.TRUST)) {
            throw new IllegalArgumentException("resourcePolicy: a role has a trust policy, and nothing else has one");
        }
        context();
        if (waiting != null) {
            caller = lookUp(waiting);
            waiting = null;
        }
        int problem = version.prepare(frame, caller, account, asGiven, clock);
        if (problem != Contradictions.FINE) {
            throw new IllegalArgumentException(version.message(problem, frame));
        }
        if (unknownPrincipalsRefused && frame.callerIsUnknown()) {
            throw new IllegalArgumentException("principal: `" + frame.callerText() + "` is not in the store");
        }
        return frame;
    }

    private IllegalStateException incomplete() {
        String missing = (given & PRINCIPAL) == 0 ? "principal" : (given & ACTION) == 0 ? "action" : "resource";
        return new IllegalStateException(missing + ": is not set");
    }
}
