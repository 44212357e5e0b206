package dev.portcullis.automaton;

/**
 * What a later version of an automaton has that the compiled one hasn't. Immutable; nothing of the compiled automaton is
 * written to, so who still decides by an older version finds it as it was, Denies included.
 *
 * <p>It is asked by whose layer it is, not by policy set: sets are shared by content, and two policies of equal content
 * must not change together. Numbers are those of the compiled automaton, so what a request, handle or session policy
 * found out by one version holds for all.
 *
 * <pre>
 *   principals     by record; records behind the automaton's are those of principals that came later
 *   arrivals       those by their ARN, roles also by their session's key ({@link Callers#nameKey})
 *   accounts       by slot of {@link Accounts}
 *   policies       by guard: its resource-based policy          trusts       by guard: its trust policy
 *   arrivedTrusts  by record: the trust policy of a role that has no guard in the automaton
 *   endpoints      by endpoint: its policy
 *   documents      by number behind the automaton's: what the layers above are made of
 * </pre>
 */
public final class Patches {

    private final PatchTable<PatchedPrincipal> principals;
    private final NameTable<PatchedPrincipal.Description> arrivals;
    private final PatchTable<PatchedAccount> accounts;
    private final PatchTable<Layer> policies;
    private final PatchTable<Layer> trusts;
    private final PatchTable<Layer> arrivedTrusts;
    private final PatchTable<Layer> endpoints;
    private final PatchTable<Piece> documents;

    public Patches(
            PatchTable<PatchedPrincipal> principals,
            NameTable<PatchedPrincipal.Description> arrivals,
            PatchTable<PatchedAccount> accounts,
            PatchTable<Layer> policies,
            PatchTable<Layer> trusts,
            PatchTable<Layer> arrivedTrusts,
            PatchTable<Layer> endpoints,
            PatchTable<Piece> documents) {
        this.principals = principals;
        this.arrivals = arrivals;
        this.accounts = accounts;
        this.policies = policies;
        this.trusts = trusts;
        this.arrivedTrusts = arrivedTrusts;
        this.endpoints = endpoints;
        this.documents = documents;
    }

    /**
     * None.
     *
     * @param key key of hashes
     */
    public static Patches none(int key) {
        return new Patches(
                PatchTable.empty(),
                NameTable.empty(key),
                PatchTable.empty(),
                PatchTable.empty(),
                PatchTable.empty(),
                PatchTable.empty(),
                PatchTable.empty(),
                PatchTable.empty());
    }

    public PatchTable<PatchedPrincipal> principals() {
        return principals;
    }

    public NameTable<PatchedPrincipal.Description> arrivals() {
        return arrivals;
    }

    public PatchTable<PatchedAccount> accounts() {
        return accounts;
    }

    public PatchTable<Layer> policies() {
        return policies;
    }

    public PatchTable<Layer> trusts() {
        return trusts;
    }

    public PatchTable<Layer> arrivedTrusts() {
        return arrivedTrusts;
    }

    public PatchTable<Layer> endpoints() {
        return endpoints;
    }

    public PatchTable<Piece> documents() {
        return documents;
    }

    /** How many owners of layers, and documents, it is about. */
    public int size() {
        return principals.size()
                + accounts.size()
                + policies.size()
                + trusts.size()
                + arrivedTrusts.size()
                + endpoints.size()
                + documents.size();
    }

    /** Finds out what has become of the caller, for {@link Frame#patch}; the caller as it is now. */
    Caller place(Caller asking, Frame frame) {
        PatchedPrincipal patch = principal(asking, frame);
        frame.patch = patch;
        if (patch == null) {
            return asking;
        }
        frame.identity = Caller.NONE;
        // Whether there is one is all that is asked of the number.
        frame.boundary = !patch.isGone() && patch.boundary().isThere() ? 0 : Caller.NONE;
        if (!patch.isGone() && patch.description() == null) {
            return asking;
        }
        Caller now = frame.told;
        if (now != asking) {
            now.copy(asking);
        }
        patch.name(now, frame.facts);
        return now;
    }

    /** What has become of the caller, found as it was compiled; null if nothing. Its text is in the frame or its own. */
    private PatchedPrincipal principal(Caller caller, Frame frame) {
        if (caller.record >= 0) {
            PatchedPrincipal known = principals.find(caller.record);
            if (known == null || !known.isGone()) {
                return known;
            }
        }
        PatchedPrincipal arrived = arrivals.isEmpty() ? null : arrived(caller, frame);
        return arrived != null || caller.record < 0 ? arrived : principals.find(caller.record);
    }

    private PatchedPrincipal arrived(Caller caller, Frame frame) {
        Facts facts = frame.facts;
        switch (caller.kind) {
            case Caller.USER -> {
                return ofCaller(caller, frame);
            }
            case Caller.SESSION -> {
                if (caller.bareRole) {
                    return ofCaller(caller, frame);
                }
                if (facts.role >= 0) {
                    return find(facts.role, facts.roleEnd, frame);
                }
                int key = Callers.nameKey(frame, caller.place(frame), caller);
                return find(key, frame.end, frame);
            }
            case Caller.FEDERATED_USER -> {
                return facts.user < 0 ? null : find(facts.user, facts.userEnd, frame);
            }
            default -> {
                return null;
            }
        }
    }

    private PatchedPrincipal ofCaller(Caller caller, Frame frame) {
        int start = caller.place(frame);
        return find(start, start + caller.length, frame);
    }

    private PatchedPrincipal find(int from, int to, Frame frame) {
        PatchedPrincipal.Description found = arrivals.find(frame.text, from, to);
        return found == null ? null : principals.find(found.record());
    }

    /** What has become of the user or role that the request's resource is; null if nothing. */
    PatchedPrincipal resource(int record, Frame frame) {
        if (record >= 0) {
            return principals.find(record);
        }
        Resource resource = frame.resource;
        return find(resource.start, resource.end, frame);
    }

    /** The policy that guards the resource, if it isn't as it was compiled; else null. */
    Layer policy(Guard guard, boolean assumesRole, Frame frame) {
        if (!assumesRole) {
            return guard.policy < 0 ? null : policies.find(guard.policy);
        }
        if (guard.exact >= 0) {
            return trusts.find(guard.exact);
        }
        if (arrivals.isEmpty()) {
            return null;
        }
        Resource resource = frame.resource;
        resource.place(frame);
        PatchedPrincipal.Description role = arrivals.find(frame.text, resource.start, resource.end);
        return role == null ? null : arrivedTrusts.find(role.record());
    }

    /** What has become of an account's chain; null if nothing. */
    PatchedAccount account(int slot) {
        return slot < 0 ? null : accounts.find(slot);
    }

    /** The policy of an endpoint, if it isn't as it was compiled; else null. */
    Layer endpoint(int endpoint) {
        return endpoint < 0 ? null : endpoints.find(endpoint);
    }
}
