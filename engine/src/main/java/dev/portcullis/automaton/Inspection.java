package dev.portcullis.automaton;

/**
 * A prepared frame, asked one question at a time: the tests that a decision is made of, for who explains it. Its own
 * part decides nothing. One thread; the frame must not change meanwhile.
 */
public final class Inspection {

    /** The statement doesn't speak of the caller; the weakest coverage. */
    public static final int NONE = Grants.NONE;
    /** It names the caller's account (rule E14). */
    public static final int ACCOUNT = Grants.ACCOUNT;
    /** It names the session's role or the federating user (rules E16, E19). */
    public static final int ROLE = Grants.ROLE;
    /** It names the caller itself or everyone, or has no principal element (rules E10, E15, E17 to E20). */
    public static final int DIRECT = Grants.DIRECT;

    private final Automaton automaton;
    private final Frame frame;
    private final Caller caller;
    private final Readings readings;
    private final int action;
    private final int guard;

    public Inspection(Automaton automaton, Frame frame) {
        this.automaton = automaton;
        this.frame = frame;
        this.caller = frame.caller;
        this.readings = frame.readings;
        this.action = automaton.actions.of(frame);
        this.guard = automaton.guards.find(frame, automaton.dispatch);
    }

    // A statement, at its offset in some code.

    /** Whether it is a Deny. */
    public boolean denies(Code code, int statement) {
        return (code.words[statement] & Code.DENY) != 0;
    }

    /** How its principal element covers the caller, from {@link #NONE} to {@link #DIRECT}. */
    public int coverage(Code code, int statement) {
        return Grants.of(code, statement, code.words[statement], frame);
    }

    /** Whether it is about the action. */
    public boolean namesAction(Code code, int statement) {
        return Actions.matches(code, code.actionList(statement), frame);
    }

    /** Whether it is about the resource. */
    public boolean namesResource(Code code, int statement) {
        return Statements.namesResource(code, statement, frame);
    }

    /** How many conditions it has. */
    public int conditions(Code code, int statement) {
        return (int) (code.words[statement] >>> 16) & 0xFFFF;
    }

    /**
     * What comes of one of its conditions: {@link Predicates#TRUE}, {@link Predicates#FALSE} or {@link
     * Predicates#ERROR}.
     */
    public int condition(Code code, int statement, int number) {
        return Predicates.test(code, predicate(code, statement, number), frame);
    }

    /** The slot of the context key that one of its conditions tests. */
    public int slot(Code code, int statement, int number) {
        return Predicates.slot(code.words[predicate(code, statement, number)]);
    }

    private static int predicate(Code code, int statement, int number) {
        return (int) code.words[statement + Code.STATEMENT_HEADER + number];
    }

    // The request.

    /** The action, as given. */
    public String action() {
        return frame.actionText();
    }

    /** The resource, as given. */
    public String resource() {
        return frame.resource.given;
    }

    /** The caller, as given. */
    public String callerText() {
        return caller.text;
    }

    /** Whether the request has the context key. */
    public boolean has(int slot) {
        return frame.state(slot) != Frame.ABSENT;
    }

    /** The values of a context key that the request has. */
    public String[] values(int slot) {
        int first = frame.first(slot);
        String[] values = new String[frame.count(slot)];
        for (int i = 0; i < values.length; i++) {
            values[i] = frame.valueText(first + i);
        }
        return values;
    }

    // The caller.

    /** An account's root user. */
    public boolean isRoot() {
        return caller.kind == Caller.ROOT;
    }

    /** A principal of an account: neither a service, nor a provider, nor anonymous. */
    public boolean hasAccount() {
        return caller.hasAccount();
    }

    /** A session of a service-linked role. */
    public boolean isServiceLinked() {
        return caller.serviceLinked;
    }

    /** A session of {@code GetFederationToken}. */
    public boolean isFederatedUser() {
        return caller.kind == Caller.FEDERATED_USER;
    }

    /** Whether session policies count for it (rules E41, E99). */
    public boolean canBeSession() {
        return Automaton.canBeSession(caller, frame);
    }

    /** Its number in the store, or {@link Caller#NONE}. */
    public int record() {
        return caller.record;
    }

    /** Its account, or {@link Caller#NONE}. */
    public long account() {
        return caller.account;
    }

    /** The partition in its ARN. */
    public String partition() {
        return caller.text.substring(caller.partitionStart, caller.partitionEnd);
    }

    /** Whether caller and resource are of one partition (rule E66). */
    public boolean samePartition() {
        return frame.samePartition();
    }

    // What bears on the request.

    /** What the store's statements compiled to. */
    public Code code() {
        return automaton.dispatch.code;
    }

    /** Where the store's statements come from. */
    public SourceMap sources() {
        return automaton.sources;
    }

    /** The account that owns the resource, or {@link Caller#NONE}. */
    public long owner() {
        return frame.owner;
    }

    /** The slot of a member account of the organization, or {@link Caller#NONE}. */
    public int accountSlot(long account) {
        return account == Caller.NONE ? Caller.NONE : automaton.accounts.find(account);
    }

    /** Whether RCPs reach such callers (rule E56). */
    public boolean resourceControlReachesCaller() {
        return Automaton.resourceControlReaches(caller, readings);
    }

    /** Whether RCPs reach the action and resource (rule E59). */
    public boolean resourceControlReachesAction() {
        return automaton.resourceControlReaches(action, frame);
    }

    /** The guard whose policy is asked, or {@link Caller#NONE}. */
    public int guardWithPolicy() {
        return automaton.guards.hasPolicy(guard, action) ? guard : Caller.NONE;
    }

    /** How the resource's access control list covers the caller (rules E89 to E94). */
    public int accessControlList() {
        return automaton.guards.accessControlList(guard, frame);
    }

    /** The endpoint whose policy is asked, or {@link Caller#NONE} (rules E85, E87). */
    public int endpoint() {
        return automaton.endpoints.find(frame);
    }

    /** The session policies of the request, or null. */
    public Fragment sessionPolicies() {
        return frame.sessionPolicies;
    }

    /** The resource-based policy that comes with the request, or null. */
    public Fragment resourcePolicy() {
        return frame.resourcePolicy;
    }

    // Rules that concern the action.

    /** Nothing can deny it (rule E11). */
    public boolean needsNoPermission() {
        return action == ActionClasses.GET_CALLER_IDENTITY;
    }

    /** A role's trust policy or a KMS key's policy, which must allow itself (rule E13). */
    public boolean resourceMustAllow() {
        return frame.resourceMustAllow(action);
    }

    /** An STS action on a role: its trust policy is asked (rules E70, E77). */
    public boolean isRoleTrust() {
        return action == ActionClasses.STS && frame.resourceMustAllow(action);
    }

    /** Not possible from another account (rule E81). */
    public boolean isBoundToAccount() {
        return frame.resourceIsKey(action) && !ActionClasses.worksAcrossAccounts(action);
    }

    // How contested points are read.

    /** S6. */
    public boolean accountGrantSuffices() {
        return readings.accountGrantSuffices;
    }

    /** E17, E18, E21. */
    public boolean directGrantBypassesSession() {
        return readings.directBypassesSession;
    }

    /** E40. */
    public boolean federatedUserNeedsSession() {
        return readings.federatedNeedsSession;
    }
}
