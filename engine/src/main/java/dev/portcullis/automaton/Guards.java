package dev.portcullis.automaton;

/**
 * The resources that have something to say: which of them guards the request's resource, and what its policy and access
 * control list grant. Immutable.
 *
 * <pre>
 *   services  bit of each ARN service that some guard is of: most requests end here
 *   arns      ARNs of the guards; the number is the guard     covers   policy set whose statements are the guards' covers,
 *                                                                      each carrying its guard's number
 *   sets      policy set of each guard, or NONE               trusts   whether it is a role's trust policy
 *   owners    account of each guard                           grants   ACL of each guard: from starts[g] to starts[g + 1]
 * </pre>
 */
public final class Guards {

    private static final int NOT_CHECKED = -2;

    private final long[] services;
    private final TextTable arns;
    private final int covers;
    private final int[] sets;
    private final boolean[] trusts;
    private final long[] owners;
    private final AccessControlGrants grants;

    public Guards(
            long[] services,
            TextTable arns,
            int covers,
            int[] sets,
            boolean[] trusts,
            long[] owners,
            AccessControlGrants grants) {
        this.services = services;
        this.arns = arns;
        this.covers = covers;
        this.sets = sets;
        this.trusts = trusts;
        this.owners = owners;
        this.grants = grants;
    }

    /** The guard of the request's resource, or {@link Caller#NONE}; remembered in the frame. */
    int find(Frame frame, Dispatch dispatch) {
        if (frame.guard != NOT_CHECKED) {
            return frame.guard;
        }
        int guard = Caller.NONE;
        Resource resource = frame.resource;
        if (services.length > 0 && !resource.everything) {
            resource.read(frame, frame.vocabulary().heads);
            int service = Heads.service(resource.head);
            if ((services[service >> 6] & 1L << service) != 0) {
                guard = arns.find(frame.text, resource.start, resource.end - resource.start);
                if (guard < 0 && covers >= 0) {
                    guard = dispatch.firstCover(covers, frame);
                }
            }
        }
        frame.guard = guard;
        return guard;
    }

    /** What the guard's policy says: DENIES, or how it covers the caller. */
    int evaluate(int guard, int action, Dispatch dispatch, Frame frame) {
        return hasPolicy(guard, action) ? dispatch.evaluate(sets[guard], frame) : Grants.NONE;
    }

    /** Whether the guard has a policy that is asked about such an action. */
    boolean hasPolicy(int guard, int action) {
        return guard >= 0 && sets[guard] != Caller.NONE && (!trusts[guard] || action == ActionClasses.STS);
    }

    /** How the guard's access control list covers the caller (rules E89 to E94). */
    int accessControlList(int guard, Frame frame) {
        return guard < 0 ? Grants.NONE : grants.coverage(guard, frame);
    }

    /** The account that owns the guard. */
    long owner(int guard) {
        return owners[guard];
    }

    /** Forgets which guard the frame's resource has. */
    static void forget(Frame frame) {
        frame.guard = NOT_CHECKED;
    }

    /** How many there are. */
    public int size() {
        return sets.length;
    }
}
