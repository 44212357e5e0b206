package dev.portcullis.automaton;

import java.time.InstantSource;

/**
 * One request on its way through the automaton, and the scratch of deciding it. Reused; one thread.
 *
 * <p>Units are UTF-16 throughout, so texts beyond Latin-1 compare exactly.
 */
public final class Frame extends RequestContext {

    final Decimal decimal = new Decimal();
    final Address address = new Address();
    final DateTime date = new DateTime();
    final Template template;

    final Readings readings;
    private final Vocabulary vocabulary;

    final Resource resource;
    final Facts facts = new Facts();
    Caller caller;
    /** The caller with what {@link #facts} tell of it. */
    final Caller told = new Caller();
    /** The caller as policies name it that were compiled apart. */
    private final Caller visitor = new Caller();
    /** What has become of the caller since the automaton was compiled; null if nothing. */
    PatchedPrincipal patch;
    /** The caller's boundary: a policy set, or {@link Caller#NONE}. */
    int boundary = Caller.NONE;
    /** The caller's identity-based policies: a policy set, or {@link Caller#NONE}. */
    int identity = Caller.NONE;
    /** The account that owns the resource, or {@link Caller#NONE}. */
    long owner = Caller.NONE;
    /** Who guards the resource. */
    Guard guard;
    /** Whether what the resource's policy grants to everyone is taken back (rule E94). */
    boolean blocksPublicAccess;

    final Guard foundGuard = new Guard();

    /** Supplies context keys that the request doesn't give; null when it wants none. */
    private AutomaticContext supplier;

    InstantSource clock;
    /** Seconds since 1970 of this decision, once {@link #timeKnown}. */
    long seconds;

    boolean timeKnown;
    final DateTime instant = new DateTime();

    /** What {@link Automaton#fetch} has got hold of last. */
    long fetched;

    private Fragment sessionPolicies;
    private Fragment resourcePolicy;

    /** Number of the action's service, or {@link TextTable#ABSENT}. */
    int service;
    /** Place of the action among its service's, or {@link TextTable#ABSENT} when no policy names it. */
    int action;

    /** Where its colon is; {@link #NOT_READ} until that is asked for. */
    private int actionColon;

    int actionLength;
    /** As given; null when its units are in the arena, from {@link #actionAsGiven} on. */
    private String actionGiven;

    private int actionAsGiven;
    private final LastTexts last;
    private final String[] lastActions;
    private final long[] lastActionNumbers;
    private final int[] lastActionAnswers;

    private int actionStart;
    /** Number of the action in {@link #answers}; {@link #NOT_READ} until that is asked for. */
    private int actionNumber;

    private final ActionAnswers answers;
    /** The code that {@link #answers} are of. */
    private final Code code;

    /** @param code what the store was compiled to */
    public Frame(Vocabulary vocabulary, Code code) {
        this(vocabulary, code, new LastTexts());
    }

    /** @param last shared by frames of the same code that one thread fills in turn */
    public Frame(Vocabulary vocabulary, Code code, LastTexts last) {
        super(vocabulary);
        this.last = last;
        lastActions = last.actions;
        lastActionNumbers = last.actionNumbers;
        lastActionAnswers = last.actionAnswers;
        answers = last.answers;
        resource = new Resource(last.heads);
        last.add(this);
        this.vocabulary = vocabulary;
        this.code = code;
        this.readings = vocabulary.readings;
        this.template = new Template(vocabulary.readings.wildcardsInValues);
        clear();
    }

    /** Forgets the request. */
    public void clear() {
        forget();
        facts.clear();
        sessionPolicies = null;
        resourcePolicy = null;
    }

    /** Goes back to what the request brought: for one that is added to, or decided again. */
    public void reopen() {
        if (goBack()) {
            if (isLost(actionStart)) {
                actionStart = NOT_READ;
            }
            resource.rewind(end);
        }
    }

    @Override
    int stateOfAbsent(int slot) {
        AutomaticContext automatic = supplier;
        return automatic == null ? ABSENT : automatic.supply(slot, this);
    }

    @Override
    int stateOfAbsentTag(int slot, Fragment asking, int number) {
        AutomaticContext automatic = supplier;
        return automatic == null
                ? ABSENT
                : automatic.supply(
                        slot, asking.extraKind(number), asking.extraTag(number), asking.extraKey(number), this);
    }

    /**
     * Begins a decision.
     *
     * @param automatic supplies context keys that the request doesn't give; null when it wants none
     */
    void begin(AutomaticContext automatic, InstantSource source) {
        reopen();
        startDecision();
        supplier = automatic;
        clock = source;
        timeKnown = false;
    }

    /** Sets the resource; false if it is neither an ARN of six fields nor {@code *}. */
    public boolean resource(String arn) {
        return resource.set(arn, this);
    }

    /** Sets the resource that was read before. */
    public void resource(KnownResource known) {
        resource.set(known);
    }

    /** Sets the resource that stands from {@code start} to the end of the arena; false if it is none. */
    public boolean resource(int start) {
        return resource.set(start, end, this);
    }

    /** Tells the ARN of the session's role: from {@code start} to the end of the arena. */
    public void tellRole(int start) {
        facts.ofCaller = true;
        facts.role = start;
        facts.roleEnd = end;
    }

    /** Tells the ARN of the user behind a federated session. */
    public void tellUser(int start) {
        facts.ofCaller = true;
        facts.user = start;
        facts.userEnd = end;
    }

    /** Tells the unique id of the user or role. */
    public void tellUniqueId(int start) {
        facts.ofCaller = true;
        facts.unique = start;
        facts.uniqueEnd = end;
    }

    /** Tells the canonical id of the caller's account. */
    public void tellCanonicalId(int start) {
        facts.ofCaller = true;
        facts.canonical = start;
        facts.canonicalEnd = end;
    }

    /** Tells that the session's role is service-linked. */
    public void tellServiceLinked() {
        facts.ofCaller = true;
        facts.serviceLinked = true;
    }

    /** Tells that the resource is a KMS key that AWS manages. */
    public void tellAwsManagedKey() {
        facts.awsManagedKey = true;
    }

    /** Whether the resource is a role, whose policy is its trust policy (rule E33). */
    public boolean resourceIsRole() {
        return resource.is("iam", "role/", this);
    }

    /** Whether the caller is of a kind that a store lists, and this one doesn't list it. */
    public boolean callerIsUnknown() {
        return caller.hasIdentity() && !caller.isKnown();
    }

    /** The caller as given; allocates. */
    public String callerText() {
        int start = caller.place(this);
        return text(start, start + caller.length);
    }

    /** The session policies of the request, compiled with this automaton's vocabulary. */
    public void sessionPolicies(Fragment policies) {
        sessionPolicies = policies;
    }

    /** Where the action's folded units start in {@link #text}. */
    int actionUnits() {
        if (actionStart < 0) {
            actionStart = foldAction(put(actionGiven), actionLength);
        }
        return actionStart;
    }

    private int foldAction(int start, int length) {
        for (int at = start; at < start + length; at++) {
            text[at] = Folding.action(text[at]);
        }
        return start;
    }

    /** Whether an action list covers the action, by its text. */
    @SuppressWarnings("ReferenceEquality") // lists of other code have numbers of their own
    boolean actionIsCovered(Code by, int list) {
        if (by != code) {
            return Actions.matches(by, list, this);
        }
        int number = actionNumber;
        if (number < 0) {
            number = numberByUnits();
            actionNumber = number;
        }
        return number == ActionAnswers.TOO_LONG
                ? Actions.matches(by, list, this)
                : answers.covers(by, list, number, this);
    }

    void forgetActionNumber() {
        actionNumber = NOT_READ;
    }

    private int numberByUnits() {
        last.makeRoom();
        int start = actionUnits();
        return answers.number(text, start, actionLength, vocabulary.actions.hash(text, start, actionLength));
    }

    /** Sets the action; false if it is none. */
    public boolean action(String given) {
        given(given);
        return lookUp(given, placeOf(given)) && actionAgain(given);
    }

    private void given(String action) {
        actionGiven = action;
        actionLength = action.length();
        actionStart = NOT_READ;
        actionColon = NOT_READ;
    }

    private static int placeOf(String action) {
        int hash = action.hashCode();
        return (hash ^ hash >>> LastTexts.ACTION_BITS) & (1 << LastTexts.ACTION_BITS) - 1;
    }

    /** Sets an action that was set lately; false if it must be looked up. */
    public boolean actionAgain(String given) {
        int place = placeOf(given);
        if (!given.equals(lastActions[place])) {
            return false;
        }
        given(given);
        long numbers = lastActionNumbers[place];
        service = (int) (numbers >> 32);
        action = (int) numbers;
        actionNumber = lastActionAnswers[place];
        return true;
    }

    private boolean lookUp(String given, int place) {
        int number = vocabulary.actions.findFront(given);
        if (number >= 0) {
            known(vocabulary.actionWords[number]);
            lastActionAnswers[place] = NOT_READ;
        } else {
            actionColon = Shapes.actionColon(given);
            if (actionColon < 0) {
                return false;
            }
            foldedAction(actionUnits());
            lastActionAnswers[place] = numberByUnits();
        }
        lastActions[place] = given;
        lastActionNumbers[place] = actionNumbers();
        return true;
    }

    /** Sets the action whose units stand from {@code start} to the end of the arena; false if it is none. */
    public boolean action(int start) {
        int colon = Shapes.actionColon(text, start, end);
        if (colon < 0) {
            return false;
        }
        actionGiven = null;
        actionNumber = NOT_READ;
        actionLength = end - start;
        actionColon = colon;
        actionAsGiven = start;
        actionStart = foldAction(putAgain(start, end), actionLength);
        foldedAction(actionStart);
        return true;
    }

    /** Sets the action of a handle. */
    public void action(String given, int colon, long numbers) {
        actionGiven = given;
        actionLength = given.length();
        actionColon = colon;
        actionStart = NOT_READ;
        actionNumber = NOT_READ;
        service = (int) (numbers >> 32);
        action = (int) numbers;
    }

    /** Where the colon of the action set last is. */
    public int actionColon() {
        if (actionColon == NOT_READ) {
            actionColon = actionGiven.indexOf(':');
        }
        return actionColon;
    }

    /** The numbers of the action set last, for a handle. */
    public long actionNumbers() {
        return (long) service << 32 | (action & 0xFFFF_FFFFL);
    }

    private void foldedAction(int start) {
        int number = vocabulary.actions.find(text, start, actionLength);
        if (number >= 0) {
            known(vocabulary.actionWords[number]);
        } else {
            service = vocabulary.services.find(text, start, actionColon);
            action = TextTable.ABSENT;
        }
    }

    private void known(int word) {
        service = word >>> 16;
        action = word & 0xFFFF;
    }

    /** The action as given; allocates. */
    String actionText() {
        return actionGiven != null ? actionGiven : text(actionAsGiven, actionAsGiven + actionLength);
    }

    /** The resource as given; allocates. */
    String resourceText() {
        if (resource.everything) {
            return "*";
        }
        resource.place(this);
        return text(resource.start, resource.end);
    }

    /** A value; allocates. */
    String valueText(int value) {
        int start = start(value);
        return text(start, start + length(value));
    }

    /** The session policies of the request, or null. */
    Fragment sessionPolicies() {
        return sessionPolicies;
    }

    boolean hasSessionPolicies() {
        return sessionPolicies != null;
    }

    int evaluateSession() {
        evaluated = sessionPolicies;
        return sessionPolicies.evaluate(this);
    }

    /** A policy of the resource, compiled with this automaton's vocabulary. */
    public void resourcePolicy(Fragment policy) {
        resourcePolicy = policy;
    }

    // Asked for itself: the compiler of the JVM inlines no method whose types it has never loaded (20 instructions a
    // call).
    boolean hasResourcePolicy() {
        return resourcePolicy != null;
    }

    boolean bringsNoPolicies() {
        return resourcePolicy == null && sessionPolicies == null;
    }

    /** The policy of the resource that the request brings, or null. */
    Fragment resourcePolicy() {
        return resourcePolicy;
    }

    int evaluateResourcePolicy() {
        evaluated = resourcePolicy;
        Caller asking = caller;
        caller = visitor(resourcePolicy);
        int said = resourcePolicy.evaluate(this);
        caller = asking;
        return said;
    }

    /** The caller as policies name it that were compiled apart. */
    Caller visitor(Fragment policies) {
        policies.name(caller, this, visitor);
        return visitor;
    }

    /** A privileged root session (rule E99). */
    boolean assumedRoot() {
        int slot = vocabulary.assumedRootSlot;
        if (state(slot) != SINGLE) {
            return false;
        }
        int value = first(slot);
        int start = start(value);
        return isTrue(start, start + length(value)) == 1;
    }

    /** A KMS action on a key (rules E78, E84). */
    boolean resourceIsKey(int action) {
        return action >= ActionClasses.KMS_RETIRE_GRANT && resource.is("kms", "key/", this);
    }

    /** Role trust and KMS key policies must allow themselves (rule E13). */
    boolean resourceMustAllow(int action) {
        return action == ActionClasses.STS ? resourceIsRole() : resourceIsKey(action);
    }

    boolean hasBoundary() {
        return boundary != Caller.NONE;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }
}
