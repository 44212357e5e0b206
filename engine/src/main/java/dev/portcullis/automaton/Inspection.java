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

    public Inspection(Automaton automaton, Frame frame) {
        this.automaton = automaton;
        this.frame = frame;
        this.caller = frame.caller;
        this.readings = frame.readings;
        this.action = automaton.actions.of(frame);
    }

    // The request.

    /** The action, as given. */
    public String action() {
        return frame.actionText();
    }

    /** The resource, as given. */
    public String resource() {
        return frame.resourceText();
    }

    /** The caller, as given. */
    public String callerText() {
        return frame.callerText();
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

    /** Its account, or {@link Caller#NONE}. */
    public long account() {
        return caller.account;
    }

    /** The partition in its ARN. */
    public String partition() {
        return frame.callerText().substring(caller.partitionStart, caller.partitionEnd);
    }

    /** Whether caller and resource are of one partition (rule E66). */
    public boolean samePartition() {
        return frame.resource.samePartition(caller, frame);
    }

    // What bears on the request.

    /** The store's statements. */
    public StatementProbe store() {
        return new StatementProbe(frame, automaton.dispatch.code, automaton.sources, null);
    }

    /** Those of one document that came later, by a number behind the store's. */
    public StatementProbe later(int document) {
        Fragment fragment = automaton.patches.documents().find(document).fragment();
        return new StatementProbe(frame, fragment.code(), fragment.sources(), fragment);
    }

    /** Documents of the caller's identity-based policies. */
    public int[] identity() {
        PatchedPrincipal patch = frame.patch;
        if (patch != null) {
            return patch.isGone() ? new int[0] : patch.identity().documents();
        }
        return automaton.sources.list(automaton.sources.identity(caller.record));
    }

    /** Document of the caller's boundary; none when it has none. */
    public int[] boundary() {
        PatchedPrincipal patch = frame.patch;
        if (patch != null) {
            return patch.isGone() ? new int[0] : patch.boundary().documents();
        }
        return one(automaton.sources.boundary(caller.record));
    }

    private static int[] one(int document) {
        return document < 0 ? new int[0] : new int[] {document};
    }

    /** What is not as it was compiled above a member account; null if nothing. */
    private PatchedAccount account(int slot) {
        return automaton.patches == null ? null : automaton.patches.account(slot);
    }

    /** Documents of a level's SCPs. */
    public int[] serviceControl(int slot, int level, int compiled) {
        PatchedAccount patched = account(slot);
        return patched == null
                ? automaton.sources.list(compiled)
                : patched.serviceControl(level).documents();
    }

    /** Documents of a level's RCPs. */
    public int[] resourceControl(int slot, int level, int compiled) {
        PatchedAccount patched = account(slot);
        return patched == null
                ? automaton.sources.list(compiled)
                : patched.resourceControl(level).documents();
    }

    /** Those of the request's session policies, or null. */
    public StatementProbe sessionPolicies() {
        Fragment given = frame.sessionPolicies();
        return given == null ? null : new StatementProbe(frame, given.code(), given.sources(), given);
    }

    /** Those of the resource-based policy that comes with the request, or null. */
    public StatementProbe resourcePolicy() {
        Fragment given = frame.resourcePolicy();
        return given == null ? null : new StatementProbe(frame, given.code(), given.sources(), given);
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

    /** The document of the policy that guards the resource; none when nothing guards it. */
    public int[] guard() {
        Guard guard = frame.guard;
        boolean assumesRole = automaton.assumesRole(frame);
        Layer patched = automaton.patches == null ? null : automaton.patches.policy(guard, assumesRole, frame);
        if (patched != null) {
            return patched.documents();
        }
        if (automaton.guards.policy(guard, assumesRole) == Caller.NONE) {
            return new int[0];
        }
        return one(
                assumesRole
                        ? automaton.sources.trustPolicy(guard.exact)
                        : automaton.sources.resourcePolicy(guard.policy));
    }

    /** How the resource's access control list covers the caller (rules E89 to E94). */
    public int accessControlList() {
        return automaton.guards.accessControlList(frame.guard, frame);
    }

    /** Document of the policy of the endpoint that the request came through; none without one (rules E85, E87). */
    public int[] endpoint() {
        int endpoint = automaton.endpoints.find(frame);
        Layer patched = automaton.patches == null ? null : automaton.patches.endpoint(endpoint);
        if (patched != null) {
            return patched.documents();
        }
        return endpoint < 0 ? new int[0] : one(automaton.sources.endpoint(endpoint));
    }

    // Rules that concern the action.

    /** Nothing can deny it (rule E11). */
    public boolean needsNoPermission() {
        return action == ActionClasses.GET_CALLER_IDENTITY;
    }

    /** The resource's policy, a trust policy or a KMS key's, must allow itself (rule E13). */
    public boolean resourceMustAllow() {
        return frame.resourceMustAllow(action);
    }

    /** An STS action on a role: its trust policy is asked (rules E70, E77). */
    public boolean isRoleTrust() {
        return action == ActionClasses.STS && frame.resourceIsRole();
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
