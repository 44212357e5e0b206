package dev.portcullis.automaton;

import java.time.InstantSource;

/**
 * The frozen whole: decides a filled frame. Immutable, shared by all threads; whatever a request needs to be worked on is
 * in its frame.
 *
 * <p>The layers are independent existence tests (section 1 of the evaluation rules), so they are asked in the order that
 * is cheapest; any Deny ends it.
 */
public final class Automaton {

    public static final int ALLOW = 0;
    public static final int EXPLICIT_DENY = 1;
    public static final int IMPLICIT_DENY = 2;

    private static final int DENIES = Dispatch.DENIES;

    /** Owner of a request that leaves it open. */
    public static final long NOT_TOLD = -1;
    /** Owner of a resource that is nobody's. */
    public static final long NOBODY = -2;

    final Vocabulary vocabulary;
    final Dispatch dispatch;
    final Callers callers;
    final Accounts accounts;
    final Guards guards;
    final Endpoints endpoints;
    final ActionClasses actions;
    final SourceMap sources;
    /** What this version has that the compiled automaton hasn't; null in that one. */
    final Patches patches;

    private final AutomaticContext automatic;
    /** Whether principals' own policies and boundaries are all that the store has: no other layer need be asked. */
    private final boolean isAlone;

    public Automaton(
            Vocabulary vocabulary,
            Dispatch dispatch,
            Callers callers,
            Accounts accounts,
            Guards guards,
            Endpoints endpoints,
            ActionClasses actions,
            SourceMap sources) {
        this.vocabulary = vocabulary;
        this.dispatch = dispatch;
        this.callers = callers;
        this.accounts = accounts;
        this.guards = guards;
        this.endpoints = endpoints;
        this.actions = actions;
        this.sources = sources;
        this.patches = null;
        this.automatic = new AutomaticContext(vocabulary.automatic, callers, accounts, guards, null);
        this.isAlone = accounts.isEmpty() && guards.size() == 0 && endpoints.isEmpty();
    }

    /**
     * A later version: all of the compiled one, and what has changed since.
     *
     * @param compiled any version of the automaton; its own patches don't count
     */
    public Automaton(Automaton compiled, Patches patches) {
        this.vocabulary = compiled.vocabulary;
        this.dispatch = compiled.dispatch;
        this.callers = compiled.callers;
        this.accounts = compiled.accounts;
        this.guards = compiled.guards;
        this.endpoints = compiled.endpoints;
        this.actions = compiled.actions;
        this.sources = compiled.sources;
        this.patches = patches;
        this.automatic = new AutomaticContext(vocabulary.automatic, callers, accounts, guards, patches);
        this.isAlone = false;
    }

    /** Whether this is a later version of what was compiled. */
    public boolean isPatched() {
        return patches != null;
    }

    /** What policy sets say. */
    public Dispatch dispatch() {
        return dispatch;
    }

    /** Member accounts of the organization. */
    public Accounts accounts() {
        return accounts;
    }

    /** VPC endpoints with policies. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** Hands out every array it is made of. */
    public void write(ArraySink out) {
        vocabulary.write(out);
        dispatch.write(out);
        callers.write(out);
        accounts.write(out);
        guards.write(out);
        endpoints.write(out);
        actions.write(out);
        sources.write(out);
    }

    /**
     * Takes the arrays back that {@link #write} handed out, and checks that whatever a decision follows is there: an
     * automaton of arrays that somebody forged may decide anything, but it does decide.
     */
    public static Automaton read(Readings readings, ArraySource in) {
        Vocabulary vocabulary = Vocabulary.read(readings, in);
        int keys = vocabulary.keyCount();
        Dispatch dispatch = Dispatch.read(in);
        int sets = dispatch.sets();
        Callers callers = Callers.read(sets, in);
        Accounts accounts = Accounts.read(sets, in);
        Guards guards = Guards.read(sets, in);
        Endpoints endpoints = Endpoints.read(keys, sets, in);
        dispatch.check(guards.covers(), guards.size(), keys, in);
        return new Automaton(
                vocabulary,
                dispatch,
                callers,
                accounts,
                guards,
                endpoints,
                ActionClasses.read(vocabulary.services.size(), in),
                SourceMap.read(callers.records.size(), accounts.slots(), guards.size(), endpoints.size(), in));
    }

    /** The words of its policies. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Where its statements come from. */
    public SourceMap sources() {
        return sources;
    }

    /** Whom its policies and its store name. */
    public Callers callers() {
        return callers;
    }

    /** The resources that guard others. */
    public Guards guards() {
        return guards;
    }

    /** Translates a caller; false for nobody. */
    public boolean resolve(String principal, Frame frame, Caller caller) {
        return resolve(frame.put(principal), frame, caller);
    }

    /** A user or role of the store, only to be read; null if the principal must be resolved. */
    public Caller known(String principal, LastCallers last) {
        Caller caller = callers.find(principal, last);
        return caller == null || (caller.bareRole && !vocabulary.readings.bareRoleIsSession) ? null : caller;
    }

    /** Translates the caller whose text stands from {@code start} to the end of the frame's arena; false for nobody. */
    public boolean resolve(int start, Frame frame, Caller caller) {
        return callers.resolve(frame, start, frame.end - start, caller)
                && (!caller.bareRole || vocabulary.readings.bareRoleIsSession);
    }

    /** Reads a resource once, for a handle; the frame is left without a request. */
    public KnownResource resource(String arn, Frame frame) {
        frame.clear();
        Resource resource = frame.resource;
        resource.set(arn, frame);
        long account = Caller.NONE;
        Guard guard = new Guard();
        if (!resource.everything) {
            resource.place(frame);
            account = resource.account();
            guards.find(frame, dispatch, guard);
        }
        KnownResource known = new KnownResource(arn, resource, frame, account, guard);
        frame.clear();
        return known;
    }

    /**
     * Finds the caller's own layers, the resource's guard and its owner.
     *
     * @param account the owner as told: an account, {@link #NOT_TOLD} or {@link #NOBODY}
     * @param asGiven whether the context is complete, and nothing is to be supplied
     * @return {@link Contradictions#FINE}, or what is wrong
     */
    public int prepare(Frame frame, Caller caller, long account, boolean asGiven, InstantSource clock) {
        frame.begin(asGiven ? null : automatic, clock);
        Caller asking = caller;
        if (frame.facts.ofCaller || caller.cognito) {
            asking = frame.told;
            asking.copy(caller);
            int problem = tell(frame, asking);
            if (problem != Contradictions.FINE) {
                return problem;
            }
        }
        frame.patch = null;
        if (patches != null) {
            asking = patches.place(asking, frame);
        }
        frame.caller = asking;
        if (frame.patch == null) {
            frame.identity = asking.identity;
            frame.boundary = asking.boundary;
        }
        if (frame.isGivenList(vocabulary.sourceVpceSlot) && !(asGiven && endpoints.isEmpty())) {
            return Contradictions.SEVERAL_ENDPOINTS;
        }
        return guard(frame, asking, account);
    }

    /** What is wrong with the request that {@link #prepare} refused; begins with the field. Allocates. */
    public String message(int problem, Frame frame) {
        return Contradictions.message(problem, this, frame);
    }

    private int tell(Frame frame, Caller caller) {
        Facts facts = frame.facts;
        if (caller.cognito && actions.isWebIdentity(frame)) {
            // L66, E75
            caller.kind = Caller.PROVIDER;
        }
        boolean session = caller.kind == Caller.SESSION;
        if (facts.role >= 0 && session && !caller.bareRole && !callers.tellRole(frame, facts, caller)) {
            return Contradictions.OTHER_ROLE;
        }
        if (facts.user >= 0 && caller.kind == Caller.FEDERATED_USER && !callers.tellUser(frame, facts, caller)) {
            return Contradictions.OTHER_USER;
        }
        callers.tellIds(frame, facts, caller);
        caller.serviceLinked |= session && facts.serviceLinked;
        return Contradictions.FINE;
    }

    /** Who guards the resource, and whose it is: as told, as the ARN says, as the store says, the caller's own. */
    private int guard(Frame frame, Caller caller, long account) {
        Resource resource = frame.resource;
        if (isAlone && account == NOT_TOLD && !frame.hasResourcePolicy()) {
            frame.guard = frame.foundGuard;
            frame.blocksPublicAccess = false;
            long inArn = resource.account();
            frame.owner = inArn >= 0 ? inArn : caller.account;
            return Contradictions.FINE;
        }
        long inArn = resource.account();
        Guard guard = frame.foundGuard;
        if (resource.isKnown()) {
            guard = resource.knownGuard();
        } else if (resource.everything) {
            guard.clear();
        } else {
            guards.find(frame, dispatch, guard);
        }
        frame.guard = guard;
        frame.blocksPublicAccess = guards.blocksPublicAccess(guard);
        long inStore = guards.owner(guard);
        boolean told = account != NOT_TOLD;
        if (told && inStore >= 0 && inStore != account) {
            return Contradictions.OTHER_OWNER;
        }
        if (account == NOBODY && inArn >= 0) {
            return Contradictions.OWNER_IN_ARN;
        }
        if (told) {
            frame.owner = account == NOBODY ? Caller.NONE : account;
        } else {
            frame.owner = inArn >= 0 ? inArn : inStore >= 0 ? inStore : caller.account;
        }
        return disagreement(frame, guard);
    }

    private int disagreement(Frame frame, Guard guard) {
        boolean assumesRole = assumesRole(frame);
        if (frame.hasResourcePolicy() && hasPolicy(assumesRole, frame)) {
            return Contradictions.SECOND_POLICY;
        }
        if (guard.otherPolicy >= 0 && !assumesRole) {
            return Contradictions.TWO_POLICIES;
        }
        if (guard.otherList >= 0) {
            return Contradictions.TWO_LISTS;
        }
        return guard.otherOwner >= 0 ? Contradictions.TWO_OWNERS : Contradictions.FINE;
    }

    /** Whether the resource is a role and the action is one of STS: its trust policy has its say, and no other. */
    boolean assumesRole(Frame frame) {
        return actions.isSts(frame) && frame.resourceIsRole();
    }

    /**
     * Asks for the memory that deciding these frames will read first, so that their waits overlap: where a caller's own policies
     * say something of the service, which is what differs from request to request. Decides nothing. Asking for statements
     * and their texts, too, gained nothing: which ones are read shows when actions and resources are compared.
     */
    public void fetch(Frame[] frames, int count) {
        Dispatch all = dispatch;
        for (int i = 0; i < count; i++) {
            Frame frame = frames[i];
            frame.fetched = all.fetchSlot(frame.identity, frame.service);
        }
        for (int i = 0; i < count; i++) {
            Frame frame = frames[i];
            frame.fetched = frame.identity == Caller.NONE ? 0 : all.list(frame.identity, frame.service);
        }
        for (int i = 0; i < count; i++) {
            frames[i].fetched = all.fetchElements(frames[i].fetched);
        }
    }

    /** The same for what looking up a principal will read, in two steps: what this one gets is given to {@link #fetchRow}. */
    public long fetchCaller(String principal) {
        return callers.records.fetchSlot(principal);
    }

    /** What the look-up will read next. */
    public long fetchRow(long fetched) {
        return callers.records.fetchRow(fetched);
    }

    /** Decides: {@link #ALLOW}, {@link #EXPLICIT_DENY} or {@link #IMPLICIT_DENY}. */
    public int decide(Frame frame) {
        int action = actions.of(frame);
        // E11: nothing can deny it.
        if (action == ActionClasses.GET_CALLER_IDENTITY) {
            return ALLOW;
        }
        Caller caller = frame.caller;
        // Asked first: what stands behind the policies is compiled last, and is called where a method has grown too
        // large.
        boolean identityOnly = isAlone && frame.bringsNoPolicies() && frame.boundary == Caller.NONE;
        boolean open = identityOnly && isOpen(caller, frame);
        int identity = identity(caller, frame);
        if (identity == DENIES) {
            return EXPLICIT_DENY;
        }
        if (identityOnly) {
            boolean allowed = identity != Grants.NONE && open;
            return allowed && (action == ActionClasses.OTHER || !frame.resourceMustAllow(action))
                    ? ALLOW
                    : IMPLICIT_DENY;
        }
        int boundary = frame.boundary == Caller.NONE || caller.serviceLinked ? Grants.DIRECT : boundary(frame);
        if (boundary == DENIES) {
            return EXPLICIT_DENY;
        }
        int session = session(caller, frame);
        if (session == DENIES) {
            return EXPLICIT_DENY;
        }
        int chains = chains(caller, action, frame);
        if (chains == DENIES) {
            return EXPLICIT_DENY;
        }
        int grant = resourcePolicy(frame);
        if (grant == DENIES) {
            return EXPLICIT_DENY;
        }
        int endpoint = endpoint(frame);
        if (endpoint == DENIES) {
            return EXPLICIT_DENY;
        }
        if (chains == Grants.NONE || endpoint == Grants.NONE) {
            return IMPLICIT_DENY;
        }
        // S6: the leniency is towards policies.
        boolean lenient = grant == Grants.ACCOUNT && frame.readings.accountGrantSuffices;
        grant = lenient ? Grants.DIRECT : Math.max(grant, guards.accessControlList(frame.guard, frame));
        return combine(caller, action, grant, identity, boundary, session, frame);
    }

    /** Whether an Allow of the caller's own policies can be enough where nothing else grants: E12, E14, E62. */
    private static boolean isOpen(Caller caller, Frame frame) {
        boolean same = frame.owner == Caller.NONE || frame.owner == caller.account;
        return same && caller.hasAccount() && session(caller, frame) != Grants.NONE;
    }

    private boolean hasPolicy(boolean assumesRole, Frame frame) {
        Layer patched = patches == null ? null : patches.policy(frame.guard, assumesRole, frame);
        return patched != null ? patched.isThere() : guards.policy(frame.guard, assumesRole) != Caller.NONE;
    }

    private int resourcePolicy(Frame frame) {
        if (frame.hasResourcePolicy()) {
            return frame.evaluateResourcePolicy();
        }
        boolean assumesRole = assumesRole(frame);
        if (patches != null) {
            Layer patched = patches.policy(frame.guard, assumesRole, frame);
            if (patched != null) {
                return patched.evaluate(dispatch, frame);
            }
        }
        int set = guards.policy(frame.guard, assumesRole);
        return set == Caller.NONE ? Grants.NONE : dispatch.evaluate(set, frame);
    }

    /** Step 7: the root user needs no identity policy (rules E6, E67). */
    private int identity(Caller caller, Frame frame) {
        if (caller.kind == Caller.ROOT) {
            return Grants.DIRECT;
        }
        PatchedPrincipal patch = frame.patch;
        if (patch != null) {
            return patch.isGone() ? Grants.NONE : patch.identity().evaluate(dispatch, frame);
        }
        return frame.identity == Caller.NONE ? Grants.NONE : dispatch.evaluate(frame.identity, frame);
    }

    private int boundary(Frame frame) {
        PatchedPrincipal patch = frame.patch;
        return patch != null ? patch.boundary().evaluate(dispatch, frame) : dispatch.evaluate(frame.boundary, frame);
    }

    private int endpoint(Frame frame) {
        Layer patched = patches == null ? null : patches.endpoint(endpoints.find(frame));
        return patched != null ? patched.evaluate(dispatch, frame) : endpoints.evaluate(dispatch, frame);
    }

    /** Session policies count for sessions, and for the root user under {@code sts:AssumeRoot} (rules E41, E99). */
    private static int session(Caller caller, Frame frame) {
        if (!frame.hasSessionPolicies()) {
            boolean needed = caller.kind == Caller.FEDERATED_USER && frame.readings.federatedNeedsSession;
            return needed ? Grants.NONE : Grants.DIRECT;
        }
        return canBeSession(caller, frame) ? frame.evaluateSession() : Grants.DIRECT;
    }

    static boolean canBeSession(Caller caller, Frame frame) {
        return caller.kind == Caller.SESSION
                || caller.kind == Caller.FEDERATED_USER
                || (caller.kind == Caller.ROOT && frame.assumedRoot());
    }

    /** SCPs level by level, and RCPs: DENIES, NONE when a level is silent, else DIRECT (rules E43 to E59). */
    private int chains(Caller caller, int action, Frame frame) {
        int said = Grants.DIRECT;
        if (caller.hasAccount() && !caller.serviceLinked) {
            PatchedAccount patched = patches == null ? null : patches.account(accounts.find(caller.account));
            said = patched != null
                    ? patched.serviceControl(dispatch, frame)
                    : accounts.serviceControl(caller.account, dispatch, frame);
            if (said == DENIES) {
                return DENIES;
            }
        }
        boolean reached = !caller.serviceLinked
                && resourceControlReaches(caller, frame.readings)
                && resourceControlReaches(action, frame);
        return reached && resourceControlDenies(frame) ? DENIES : said;
    }

    private boolean resourceControlDenies(Frame frame) {
        boolean owned = patches != null && frame.owner != Caller.NONE;
        PatchedAccount patched = owned ? patches.account(accounts.find(frame.owner)) : null;
        return patched != null
                ? patched.resourceControlDenies(dispatch, frame)
                : accounts.resourceControlDenies(frame.owner, dispatch, frame);
    }

    /** E56. */
    static boolean resourceControlReaches(Caller caller, Readings readings) {
        return readings.rcpReachesServices || (caller.kind != Caller.SERVICE && caller.kind != Caller.ANONYMOUS);
    }

    /** E59. */
    boolean resourceControlReaches(int action, Frame frame) {
        return actions.takesPartInResourceControl(frame.service)
                && action != ActionClasses.KMS_RETIRE_GRANT
                && !frame.facts.awsManagedKey
                && !(frame.resource.everything && frame.readings.rcpNeedsResourceType);
    }

    /** Steps 6 to 10. */
    private int combine(Caller caller, int action, int grant, int identity, int boundary, int session, Frame frame) {
        if (!caller.hasAccount()) {
            return grant == Grants.DIRECT ? ALLOW : IMPLICIT_DENY;
        }
        boolean ceilings = boundary != Grants.NONE && session != Grants.NONE;
        boolean same = frame.owner == Caller.NONE || frame.owner == caller.account;
        if (!same) {
            // E62 to E66; E81
            boolean reachable = frame.resource.samePartition(caller, frame)
                    && (!frame.resourceIsKey(action) || ActionClasses.worksAcrossAccounts(action));
            return reachable && grant != Grants.NONE && identity != Grants.NONE && ceilings ? ALLOW : IMPLICIT_DENY;
        }
        if (grant == Grants.DIRECT) {
            // E15, E17, E18, E20, E21
            boolean bypassed = caller.kind != Caller.ROOT && frame.readings.directBypassesSession;
            boolean stopped = frame.hasSessionPolicies() && session == Grants.NONE && !bypassed;
            return stopped ? IMPLICIT_DENY : ALLOW;
        }
        if (!ceilings) {
            return IMPLICIT_DENY;
        }
        if (grant == Grants.ROLE) {
            // E16, E19
            return ALLOW;
        }
        // E12, E14; E13: trust and key policies must allow themselves.
        boolean enough = grant == Grants.ACCOUNT || !frame.resourceMustAllow(action);
        return enough && identity != Grants.NONE ? ALLOW : IMPLICIT_DENY;
    }
}
