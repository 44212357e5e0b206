package dev.portcullis.automaton;

/**
 * The resources that have something to say: which of them guard the request's resource, and what their policy and access
 * control list grant. Immutable.
 *
 * <pre>
 *   services  bit of each ARN service that some guard is of: most requests end here
 *   arns      ARNs of the guards; the number is the guard     covers   policy set whose statements are the guards' covers,
 *                                                                      each carrying its guard's number
 *
 *   guard     names    number of its resource-based policy's name, or NONE        sets     that policy's set
 *             trusts   set of its trust policy, or NONE: roles only
 *             lists    number of its access control list, or NONE
 *             owners   its account, or NONE: resources only
 *             told     three ints: the guards that give its policy, list and owner, itself or one that covers it
 *             tags     holder of its number; what isn't a described resource has none
 * </pre>
 */
public final class Guards {

    static final int TOLD_INTS = 3;

    /** Words of a bit for each number that {@link Heads} can give a service. */
    private static final int SERVICE_WORDS = (Heads.MAX_SERVICES + 64) >> 6;

    private final long[] services;
    private final TextTable arns;
    private final int covers;
    private final int[] names;
    private final int[] sets;
    private final int[] trusts;
    private final int[] lists;
    private final long[] owners;
    private final int[] told;
    private final AccessControlGrants grants;
    final Tags tags;

    public Guards(
            long[] services,
            TextTable arns,
            int covers,
            int[] names,
            int[] sets,
            int[] trusts,
            int[] lists,
            long[] owners,
            AccessControlGrants grants,
            Tags tags) {
        this.services = services;
        this.arns = arns;
        this.covers = covers;
        this.names = names;
        this.sets = sets;
        this.trusts = trusts;
        this.lists = lists;
        this.owners = owners;
        this.grants = grants;
        this.tags = tags;
        this.told = new int[TOLD_INTS * sets.length];
        for (int guard = 0; guard < sets.length; guard++) {
            told[TOLD_INTS * guard] = names[guard] >= 0 ? guard : Caller.NONE;
            told[TOLD_INTS * guard + 1] = lists[guard] >= 0 ? guard : Caller.NONE;
            told[TOLD_INTS * guard + 2] = owners[guard] >= 0 ? guard : Caller.NONE;
        }
    }

    void write(ArraySink out) {
        out.longs("guards.services", services);
        arns.write("guards.arns", out);
        out.ints("guards.covers", covers);
        out.ints("guards.names", names);
        out.ints("guards.sets", sets);
        out.ints("guards.trusts", trusts);
        out.ints("guards.lists", lists);
        out.longs("guards.owners", owners);
        out.ints("guards.told", told);
        grants.write(out);
        tags.write("guards.tags", out);
    }

    static Guards read(int policySets, ArraySource in) {
        long[] services = in.longs("guards.services");
        TextTable arns = TextTable.read("guards.arns", in);
        int[] covers = in.ints("guards.covers");
        int[] names = in.ints("guards.names");
        int[] sets = in.ints("guards.sets");
        int[] trusts = in.ints("guards.trusts");
        int[] lists = in.ints("guards.lists");
        long[] owners = in.longs("guards.owners");
        int[] told = in.ints("guards.told");
        AccessControlGrants grants = AccessControlGrants.read(in);
        int count = sets.length;
        in.requireLength("guards.services", services.length, count == 0 ? 0 : SERVICE_WORDS);
        in.requireLength("guards.arns", arns.size(), count);
        in.requireLength("guards.covers", covers.length, 1);
        in.requireRange("guards.covers", covers, Caller.NONE, policySets);
        in.requireLength("guards.names", names.length, count);
        in.requireRange("guards.sets", sets, Caller.NONE, policySets);
        in.requireLength("guards.trusts", trusts.length, count);
        in.requireRange("guards.trusts", trusts, Caller.NONE, policySets);
        in.requireLength("guards.lists", lists.length, count);
        in.requireRange("guards.lists", lists, Caller.NONE, grants.lists());
        in.requireLength("guards.owners", owners.length, count);
        in.requireLength("guards.told", told.length, (long) TOLD_INTS * count);
        in.requireRange("guards.told", told, Caller.NONE, count);
        for (int i = 0; i < told.length; i++) {
            int guard = told[i];
            boolean tells = guard < 0
                    || (i % TOLD_INTS == 0 ? sets[guard] >= 0 : i % TOLD_INTS == 1 ? lists[guard] >= 0 : true);
            in.require(tells, "guards.told", "a guard that has nothing to tell");
        }
        Guards guards = new Guards(
                services,
                arns,
                covers[0],
                names,
                sets,
                trusts,
                lists,
                owners,
                grants,
                Tags.read("guards.tags", count, in));
        System.arraycopy(told, 0, guards.told, 0, told.length);
        return guards;
    }

    /** The set of the guards' covers, or {@link Caller#NONE}. */
    int covers() {
        return covers;
    }

    /**
     * Gives each guard what it lacks and others that cover it have. To be called once, before anyone else sees it.
     *
     * @return pairs of guards that disagree about a third, {@code third, one, other} each
     */
    public int[] complete(Dispatch dispatch, Frame frame) {
        int[] disagreeing = new int[0];
        for (int guard = 0; covers >= 0 && guard < sets.length; guard++) {
            frame.clear();
            frame.resource.set(arns.text(guard), frame);
            frame.resource.place(frame);
            Guard found = new Guard();
            take(guard, found);
            boolean lacks = found.policy < 0 || found.list < 0 || found.owner < 0;
            if (lacks) {
                found.exact = guard;
                dispatch.covers(covers, this, frame, found);
                told[TOLD_INTS * guard] = found.policy;
                told[TOLD_INTS * guard + 1] = found.list;
                told[TOLD_INTS * guard + 2] = found.owner;
                disagreeing = note(disagreeing, guard, found.policy, found.otherPolicy);
                disagreeing = note(disagreeing, guard, found.list, found.otherList);
                disagreeing = note(disagreeing, guard, found.owner, found.otherOwner);
            }
        }
        return disagreeing;
    }

    private static int[] note(int[] disagreeing, int guard, int one, int other) {
        if (other < 0) {
            return disagreeing;
        }
        int[] more = java.util.Arrays.copyOf(disagreeing, disagreeing.length + 3);
        more[disagreeing.length] = guard;
        more[disagreeing.length + 1] = one;
        more[disagreeing.length + 2] = other;
        return more;
    }

    /** Finds out who guards the frame's resource, whose units are there unless it is {@code *}. */
    void find(Frame frame, Dispatch dispatch, Guard found) {
        found.clear();
        Resource resource = frame.resource;
        if (services.length == 0 || resource.everything) {
            return;
        }
        resource.place(frame);
        int service = Heads.service(resource.head);
        if ((services[service >> 6] & 1L << service) == 0) {
            return;
        }
        int guard = arns.find(frame.text, resource.start, resource.end - resource.start);
        if (guard >= 0) {
            found.exact = guard;
            take(guard, found);
        } else if (covers >= 0) {
            dispatch.covers(covers, this, frame, found);
        }
    }

    private void take(int guard, Guard found) {
        found.policy = told[TOLD_INTS * guard];
        found.list = told[TOLD_INTS * guard + 1];
        found.owner = told[TOLD_INTS * guard + 2];
    }

    /** Notes that a guard covers the resource. */
    void covered(int guard, Guard found) {
        if (guard == found.exact) {
            return;
        }
        int exact = found.exact;
        if (names[guard] >= 0 && (exact < 0 || names[exact] < 0)) {
            if (found.policy < 0) {
                found.policy = guard;
            } else if (names[found.policy] != names[guard]) {
                found.otherPolicy = guard;
            }
        }
        if (lists[guard] >= 0 && (exact < 0 || lists[exact] < 0)) {
            if (found.list < 0) {
                found.list = guard;
            } else if (lists[found.list] != lists[guard]) {
                found.otherList = guard;
            }
        }
        if (exact < 0 || owners[exact] < 0) {
            if (found.owner < 0) {
                found.owner = guard;
            } else if (owners[found.owner] != owners[guard]) {
                found.otherOwner = guard;
            }
        }
    }

    /** The set of the policy that guards the resource, or NONE: a role's trust policy for actions of STS (E33, E70). */
    int policy(Guard guard, boolean assumesRole) {
        if (assumesRole) {
            return guard.exact < 0 ? Caller.NONE : trusts[guard.exact];
        }
        return guard.policy < 0 ? Caller.NONE : sets[guard.policy];
    }

    /** How the guard's access control list covers the caller (rules E89 to E94). */
    int accessControlList(Guard guard, Frame frame) {
        return guard.list < 0 ? Grants.NONE : grants.coverage(lists[guard.list], frame);
    }

    /** Whether public access to the resource is blocked (rule E94). */
    boolean blocksPublicAccess(Guard guard) {
        return guard.list >= 0 && grants.blocksPublicAccess(lists[guard.list]);
    }

    /** The account that owns the resource, or NONE when the store doesn't know. */
    long owner(Guard guard) {
        return guard.owner < 0 ? Caller.NONE : owners[guard.owner];
    }

    /** Whether the resource is described itself: then its tags are its own, also when it has none. */
    boolean isResource(int guard) {
        return guard >= 0 && owners[guard] >= 0;
    }

    /** The ARN of a guard; allocates. */
    public String arn(int guard) {
        return arns.text(guard);
    }

    /** How many there are. */
    public int size() {
        return sets.length;
    }

    /** The guard of an ARN, or {@link Caller#NONE}; allocates. */
    public int find(String arn) {
        return arns.find(arn);
    }

    /** The policy set of a guard's own resource-based policy, or {@link Caller#NONE}. */
    public int policySet(int guard) {
        return sets[guard];
    }

    /** The policy set of a guard's trust policy, or {@link Caller#NONE}. */
    public int trustSet(int guard) {
        return trusts[guard];
    }

    /** Whether it describes a resource, not only a role. */
    public boolean describesResource(int guard) {
        return owners[guard] >= 0;
    }

    /** The policy set whose statements are what guards cover, or {@link Caller#NONE}. */
    public int coverSet() {
        return covers;
    }
}
