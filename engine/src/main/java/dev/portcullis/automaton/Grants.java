package dev.portcullis.automaton;

/** How a statement's principal element covers the caller (step 5 of the procedure, rules E14 to E32). */
final class Grants {

    /** The statement doesn't speak of the caller, or doesn't apply. */
    static final int NONE = 0;
    /** It names the caller's account, which hands the decision to that account (rules L60, E14). */
    static final int ACCOUNT = 1;
    /** It names the session's role, or the user behind a federated session (rules E16, E19). */
    static final int ROLE = 2;
    /** It names the caller (rules E15, E17, E18, E20, E28), or has no principal element (rule E10). */
    static final int DIRECT = 3;

    private static final int SAW_ACCOUNT = 1;
    private static final int SAW_OWNER = 2;
    private static final int SAW_SELF = 4;
    private static final int SAW_EVERYONE = 8;

    private Grants() {}

    /** Coverage by the principal element of the statement with this header. */
    static int of(Code code, int statement, long header, Frame frame) {
        int mode = (int) header >>> Code.PRINCIPAL_SHIFT & Code.MODE_MASK;
        if (mode == Code.MODE_ANY) {
            return DIRECT;
        }
        if (mode == Code.MODE_NEVER) {
            return NONE;
        }
        int list = code.principalList(statement);
        Caller caller = frame.caller;
        return mode == Code.MODE_LIST
                ? listed(code.lists, list, header, caller, frame)
                : notListed(code.lists, list, header, caller, frame);
    }

    private static int listed(int[] lists, int list, long header, Caller caller, Frame frame) {
        int count = lists[list];
        int best = NONE;
        for (int i = 0, entry = list + 1; i < count && best < DIRECT; i++, entry += Callers.ENTRY_INTS) {
            best = Math.max(best, entry(lists, entry, header, caller, frame));
        }
        return best;
    }

    private static int notListed(int[] lists, int list, long header, Caller caller, Frame frame) {
        Readings readings = frame.readings;
        if ((header & Code.DENY) == 0) {
            // E31: everyone who is not listed in any way.
            return readings.notPrincipalAllowGrants && listed(lists, list, header, caller, frame) == NONE
                    ? everyone(header, caller, frame)
                    : NONE;
        }
        // E32: whoever has a boundary is denied, listed or not.
        if (frame.hasBoundary()) {
            return DIRECT;
        }
        boolean spared = readings.notPrincipalNeedsChain
                ? chainListed(lists, list, caller)
                : listed(lists, list, header, caller, frame) != NONE;
        return spared ? NONE : DIRECT;
    }

    private static int entry(int[] lists, int entry, long header, Caller caller, Frame frame) {
        switch (sees(lists, entry, caller)) {
            case SAW_EVERYONE -> {
                boolean counts = (header & (Code.TRUST | Code.DENY)) != Code.TRUST || frame.readings.trustStarCounts;
                return counts ? everyone(header, caller, frame) : NONE;
            }
            case SAW_SELF -> {
                return DIRECT;
            }
            case SAW_OWNER -> {
                return caller.kind == Caller.USER ? DIRECT : ROLE;
            }
            case SAW_ACCOUNT -> {
                if (caller.kind == Caller.ROOT) {
                    return DIRECT;
                }
                return (header & Code.ENDPOINT) != 0 && !frame.readings.endpointAccountCovers ? NONE : ACCOUNT;
            }
            default -> {
                return NONE;
            }
        }
    }

    /** L69, E20, E21. */
    private static int everyone(long header, Caller caller, Frame frame) {
        if (frame.blocksPublicAccess && isPublic(header, caller, frame)) {
            return NONE;
        }
        Readings readings = frame.readings;
        boolean session = caller.kind == Caller.SESSION || caller.kind == Caller.FEDERATED_USER;
        return !session || readings.starCoversSessions || (header & Code.TESTS_PRINCIPAL_ARN) != 0 ? DIRECT : ROLE;
    }

    /** Whether blocked public access takes a grant to everyone from this caller (rule E94). */
    private static boolean isPublic(long header, Caller caller, Frame frame) {
        boolean reached = caller.kind == Caller.SERVICE || (caller.hasAccount() && caller.account == frame.owner);
        return (header & (Code.DENY | Code.TRUST | Code.ENDPOINT | Code.TIED)) == 0 && !reached;
    }

    /** E30: every identity in the caller's chain must be listed. */
    private static boolean chainListed(int[] lists, int list, Caller caller) {
        int count = lists[list];
        int seen = 0;
        for (int i = 0, entry = list + 1; i < count; i++, entry += Callers.ENTRY_INTS) {
            seen |= sees(lists, entry, caller);
        }
        if ((seen & SAW_EVERYONE) != 0) {
            return true;
        }
        int needed = switch (caller.kind) {
            case Caller.ROOT -> SAW_ACCOUNT;
            case Caller.USER -> SAW_ACCOUNT | SAW_OWNER;
            case Caller.SESSION -> caller.bareRole ? SAW_ACCOUNT | SAW_OWNER : SAW_ACCOUNT | SAW_OWNER | SAW_SELF;
            case Caller.FEDERATED_USER -> SAW_ACCOUNT | SAW_OWNER | SAW_SELF;
            case Caller.SERVICE, Caller.PROVIDER -> SAW_SELF;
            default -> -1;
        };
        return (seen & needed) == needed;
    }

    /** Which identity of the caller's chain the entry names; 0 for none. */
    private static int sees(int[] lists, int entry, Caller caller) {
        int kind = lists[entry];
        int number = lists[entry + 1];
        switch (kind) {
            case Callers.ENTRY_EVERYONE -> {
                return SAW_EVERYONE;
            }
            case Callers.ENTRY_ACCOUNT -> {
                return caller.hasAccount() && (number == caller.accountId || number == caller.accountRoot)
                        ? SAW_ACCOUNT
                        : 0;
            }
            case Callers.ENTRY_USER -> {
                return user(lists, entry, number, caller);
            }
            case Callers.ENTRY_ROLE -> {
                boolean same = caller.kind == Caller.SESSION
                        && (caller.ownerKnown ? number == caller.role : lists[entry + 2] == caller.name);
                return same ? SAW_OWNER : 0;
            }
            case Callers.ENTRY_SESSION -> {
                return caller.kind == Caller.SESSION && !caller.bareRole && number == caller.self ? SAW_SELF : 0;
            }
            case Callers.ENTRY_FEDERATED_USER -> {
                return caller.kind == Caller.FEDERATED_USER && number == caller.self ? SAW_SELF : 0;
            }
            case Callers.ENTRY_UNIQUE_ID -> {
                return caller.hasIdentity() && number == caller.unique ? SAW_OWNER : 0;
            }
            case Callers.ENTRY_SERVICE -> {
                return caller.kind == Caller.SERVICE && number == caller.self ? SAW_SELF : 0;
            }
            case Callers.ENTRY_PROVIDER -> {
                return caller.kind == Caller.PROVIDER && number == caller.self ? SAW_SELF : 0;
            }
            case Callers.ENTRY_CANONICAL_USER -> {
                return caller.hasAccount() && number == caller.canonical ? SAW_ACCOUNT : 0;
            }
            default -> {
                return 0;
            }
        }
    }

    private static int user(int[] lists, int entry, int number, Caller caller) {
        boolean same;
        if (caller.kind == Caller.USER) {
            same = number == caller.self;
        } else if (caller.kind == Caller.FEDERATED_USER) {
            same = caller.ownerKnown ? number == caller.user : lists[entry + 2] == caller.name;
        } else {
            same = false;
        }
        return same ? SAW_OWNER : 0;
    }
}
