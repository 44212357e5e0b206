package dev.portcullis.compile;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.NameTable;
import dev.portcullis.automaton.Patch;
import dev.portcullis.automaton.PatchTable;
import dev.portcullis.automaton.PatchedPrincipal.Description;
import dev.portcullis.automaton.Patches;
import dev.portcullis.policy.Semantics;

/**
 * One version of an automaton, with what making the next one needs to know. Immutable; versions share whatever didn't
 * change. {@link Revising} makes the next.
 */
public final class Revision {

    /** Of the tables, for each entry. */
    private static final long SLOT_BYTES = 24;

    /** What all versions have in common. For all threads. */
    static final class Origin {
        final Automaton automaton;
        final Semantics semantics;
        final long seed;
        private Attachments attachments;

        Origin(Automaton automaton, Semantics semantics, long seed) {
            this.automaton = automaton;
            this.semantics = semantics;
            this.seed = seed;
        }

        synchronized Attachments attachments() {
            if (attachments == null) {
                attachments = new Attachments(automaton, seed);
            }
            return attachments;
        }
    }

    /**
     * A policy that has been put, or attached to more than it was compiled for. Immutable.
     *
     * <pre>
     *   documents   number of its document by type; NONE for none, COMPILED for the automaton's own
     *   owners      by type: the owners that it has come to, perhaps gone from again
     * </pre>
     */
    static final class Policy implements Patch {
        static final int NONE = -1;
        static final int COMPILED = -2;

        /** Its text; null when it is as it was compiled. */
        final String text;

        private final int[] documents;
        private final int[][] owners;

        private Policy(String text, int[] documents, int[][] owners) {
            this.text = text;
            this.documents = documents;
            this.owners = owners;
        }

        static Policy compiled() {
            int[] documents = new int[Attachments.TYPES.size()];
            java.util.Arrays.fill(documents, COMPILED);
            return new Policy(null, documents, new int[documents.length][0]);
        }

        int document(int type) {
            return documents[type];
        }

        int[] owners(int type) {
            return owners[type];
        }

        Policy withText(String now) {
            return new Policy(now, documents, owners);
        }

        Policy withDocument(int type, int number) {
            int[] more = documents.clone();
            more[type] = number;
            return new Policy(text, more, owners);
        }

        Policy withOwner(int type, int owner) {
            if (LayerWriter.contains(owners[type], owner)) {
                return this;
            }
            int[][] more = owners.clone();
            more[type] = java.util.Arrays.copyOf(owners[type], owners[type].length + 1);
            more[type][owners[type].length] = owner;
            return new Policy(text, documents, more);
        }
    }

    /** A user's own policies, apart from those of its groups; or a group's policies. Immutable. */
    static final class Membership implements Patch {
        final int[] own;
        final int[] groups;

        Membership(int[] own, int... groups) {
            this.own = own;
            this.groups = groups;
        }
    }

    final Origin origin;
    final Patches patches;
    final NameTable<Policy> policies;
    final PatchTable<Membership> members;
    final PatchTable<Membership> groups;
    /** Who came later or was described anew, by {@link Attachments#nameKey} and by unique id; perhaps gone again. */
    final NameTable<Description> names;

    final NameTable<Description> uniqueIds;
    final int nextDocument;
    final int nextRecord;

    private final Automaton automaton;

    Revision(
            Origin origin,
            Patches patches,
            NameTable<Policy> policies,
            PatchTable<Membership> members,
            PatchTable<Membership> groups,
            NameTable<Description> names,
            NameTable<Description> uniqueIds,
            int nextDocument,
            int nextRecord) {
        this.origin = origin;
        this.patches = patches;
        this.policies = policies;
        this.members = members;
        this.groups = groups;
        this.names = names;
        this.uniqueIds = uniqueIds;
        this.nextDocument = nextDocument;
        this.nextRecord = nextRecord;
        this.automaton = patches.size() == 0 ? origin.automaton : new Automaton(origin.automaton, patches);
    }

    /**
     * The first one.
     *
     * @param compiled an automaton as it was compiled
     * @param seed key of the hashes
     */
    public static Revision of(Automaton compiled, Semantics semantics, long seed) {
        int key = Long.hashCode(seed);
        return new Revision(
                new Origin(compiled, semantics, seed),
                Patches.none(key),
                NameTable.empty(key),
                PatchTable.empty(),
                PatchTable.empty(),
                NameTable.empty(key),
                NameTable.empty(key),
                compiled.sources().documents(),
                compiled.callers().recordCount());
    }

    /** The automaton of this version. */
    public Automaton automaton() {
        return automaton;
    }

    /** Reads back what is attached to what, if nobody has; else the first change does. */
    public void prepare() {
        origin.attachments();
    }

    /** How many principals, accounts, resources and documents are not as they were compiled. */
    public int patches() {
        return patches.size();
    }

    /** Bytes held besides those of the compiled automaton. Walks all of them. */
    public long patchedBytes() {
        long[] bytes = {SLOT_BYTES * patches.size()};
        patches.principals().forEach((record, principal) -> bytes[0] += principal.bytes());
        patches.accounts().forEach((slot, account) -> bytes[0] += account.bytes());
        patches.policies().forEach((guard, layer) -> bytes[0] += layer.bytes());
        patches.trusts().forEach((guard, layer) -> bytes[0] += layer.bytes());
        patches.arrivedTrusts().forEach((record, layer) -> bytes[0] += layer.bytes());
        patches.endpoints().forEach((endpoint, layer) -> bytes[0] += layer.bytes());
        patches.documents().forEach((number, piece) -> bytes[0] += piece == null ? 0 : piece.bytes());
        return bytes[0];
    }
}
