package dev.portcullis.automaton;

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

    final Vocabulary vocabulary;
    final Dispatch dispatch;
    final Callers callers;
    final Accounts accounts;
    final Guards guards;
    final Endpoints endpoints;
    final ActionClasses actions;
    final SourceMap sources;

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
    }

    /** The words of its policies. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Where its statements come from. */
    public SourceMap sources() {
        return sources;
    }

    /** Translates a caller; false if the text is nobody who can ask. */
    public boolean resolve(String given, Frame frame, Caller caller) {
        return callers.resolve(given, frame, caller) && (!caller.bareRole || vocabulary.readings.bareRoleIsSession);
    }

    /** Adds the user behind a federated session; false if caller and user don't go together. */
    public boolean resolveFederatingUser(String arn, Frame frame, Caller caller) {
        return caller.kind == Caller.FEDERATED_USER && callers.resolveFederatingUser(arn, frame, caller);
    }

    /** Finds the caller's own layers and the resource's owner. */
    public void prepare(Frame frame, Caller caller, long account) {
        frame.caller = caller;
        boolean known = caller.record >= 0;
        frame.identity = known ? callers.identity[caller.record] : Caller.NONE;
        frame.boundary = known ? callers.boundary[caller.record] : Caller.NONE;
        Guards.forget(frame);
        frame.owner = account != Caller.NONE ? account : owner(frame, caller);
    }

    /** The account in the resource's ARN, else the one in the store, else the caller's own. */
    private long owner(Frame frame, Caller caller) {
        Resource resource = frame.resource;
        if (!resource.everything) {
            long inArn = resource.account(frame, vocabulary.heads);
            if (inArn >= 0) {
                return inArn;
            }
            int guard = guards.find(frame, dispatch);
            if (guard >= 0) {
                return guards.owner(guard);
            }
        }
        return caller.account;
    }

    /** Decides: {@link #ALLOW}, {@link #EXPLICIT_DENY} or {@link #IMPLICIT_DENY}. */
    public int decide(Frame frame) {
        int action = actions.of(frame);
        // E11: nothing can deny it.
        if (action == ActionClasses.GET_CALLER_IDENTITY) {
            return ALLOW;
        }
        Caller caller = frame.caller;
        int identity = identity(caller, frame);
        if (identity == DENIES) {
            return EXPLICIT_DENY;
        }
        int boundary = frame.boundary == Caller.NONE || caller.serviceLinked
                ? Grants.DIRECT
                : dispatch.evaluate(frame.boundary, frame);
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
        int guard = guards.find(frame, dispatch);
        int grant = frame.hasResourcePolicy()
                ? frame.evaluateResourcePolicy()
                : guards.evaluate(guard, action, dispatch, frame);
        if (grant == DENIES) {
            return EXPLICIT_DENY;
        }
        int endpoint = endpoints.evaluate(dispatch, frame);
        if (endpoint == DENIES) {
            return EXPLICIT_DENY;
        }
        if (chains == Grants.NONE || endpoint == Grants.NONE) {
            return IMPLICIT_DENY;
        }
        if (grant == Grants.ACCOUNT && frame.readings.accountGrantSuffices) {
            // S6
            grant = Grants.DIRECT;
        }
        grant = Math.max(grant, guards.accessControlList(guard, frame));
        return combine(caller, action, grant, identity, boundary, session, frame);
    }

    /** Step 7: the root user needs no identity policy (rules E6, E67). */
    private int identity(Caller caller, Frame frame) {
        if (caller.kind == Caller.ROOT) {
            return Grants.DIRECT;
        }
        return frame.identity == Caller.NONE ? Grants.NONE : dispatch.evaluate(frame.identity, frame);
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
            said = accounts.serviceControl(caller.account, dispatch, frame);
            if (said == DENIES) {
                return DENIES;
            }
        }
        boolean reached = !caller.serviceLinked
                && resourceControlReaches(caller, frame.readings)
                && resourceControlReaches(action, frame);
        return reached && accounts.resourceControlDenies(frame.owner, dispatch, frame) ? DENIES : said;
    }

    /** E56. */
    static boolean resourceControlReaches(Caller caller, Readings readings) {
        return readings.rcpReachesServices || (caller.kind != Caller.SERVICE && caller.kind != Caller.ANONYMOUS);
    }

    /** E59. */
    boolean resourceControlReaches(int action, Frame frame) {
        return actions.takesPartInResourceControl(frame.service)
                && action != ActionClasses.KMS_RETIRE_GRANT
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
            // E62 to E65; E66, E81
            boolean reachable = frame.samePartition()
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
