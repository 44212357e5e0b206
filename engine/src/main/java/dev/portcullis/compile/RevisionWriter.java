package dev.portcullis.compile;

import dev.portcullis.automaton.Accounts;
import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Layer;
import dev.portcullis.automaton.NameTable;
import dev.portcullis.automaton.Patch;
import dev.portcullis.automaton.PatchTable;
import dev.portcullis.automaton.PatchedAccount;
import dev.portcullis.automaton.PatchedPrincipal;
import dev.portcullis.automaton.Patches;
import dev.portcullis.automaton.Piece;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.Revision.Membership;
import dev.portcullis.policy.PolicyDocument;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes the next version: compiles its documents, and the layers of whoever has one of them. Used once. */
public final class RevisionWriter {

    private static final int[] NOTHING = {};

    private final Revising revising;
    private final Revision from;
    private final Automaton automaton;
    private final SourceMap sources;
    private final PatchTable.Editor<Piece> documents;
    private final LayerWriter layers;

    private RevisionWriter(Revising revising) {
        this.revising = revising;
        this.from = revising.from;
        this.automaton = from.origin.automaton;
        this.sources = automaton.sources();
        this.documents = from.patches.documents().edit();
        this.layers = new LayerWriter(revising.attachments, sources.documents(), documents::find);
    }

    /**
     * The next version.
     *
     * @param revising without findings
     * @param compiled the documents that it asked for, by number
     */
    public static Revision write(Revising revising, Map<Integer, PolicyDocument> compiled) {
        return new RevisionWriter(revising).write(compiled);
    }

    private Revision write(Map<Integer, PolicyDocument> compiled) {
        for (int document : revising.policies.dropped()) {
            documents.put(document, null);
        }
        compiled.forEach((number, document) -> documents.put(
                number,
                new FragmentWriter(automaton, from.origin.semantics, from.origin.seed)
                        .piece(document, revising.attachments.actions())));
        if (!revising.groups.isEmpty()) {
            membersChange();
        }
        PatchTable.Editor<Membership> members = from.members.edit();
        PatchTable.Editor<PatchedPrincipal> principals =
                from.patches.principals().edit();
        for (RevisedPrincipal principal : revising.principals.values()) {
            if (principal.changed) {
                principals.put(principal.record, patched(principal));
                if (principal.groups.length > 0 || members.find(principal.record) != null) {
                    members.put(principal.record, new Membership(principal.own, principal.groups));
                }
            }
        }
        PatchTable.Editor<Membership> groups = from.groups.edit();
        revising.groups.forEach((group, documents) -> groups.put(group, new Membership(documents)));
        Patches patches = new Patches(
                principals.freeze(),
                with(from.patches.arrivals(), revising.arrivals),
                accounts(),
                singles(Owner.POLICY, from.patches.policies()),
                singles(Owner.TRUST, from.patches.trusts()),
                singles(Owner.ARRIVED_TRUST, from.patches.arrivedTrusts()),
                singles(Owner.ENDPOINT, from.patches.endpoints()),
                documents.freeze());
        return new Revision(
                from.origin,
                patches,
                with(from.policies, revising.policies.changed()),
                members.freeze(),
                groups.freeze(),
                with(from.names, revising.names),
                with(from.uniqueIds, revising.uniqueIds),
                revising.policies.nextDocument(),
                revising.nextRecord);
    }

    private static <V extends Patch> NameTable<V> with(NameTable<V> before, Map<String, V> more) {
        NameTable<V> table = before;
        for (Map.Entry<String, V> entry : more.entrySet()) {
            table = table.with(entry.getKey(), entry.getValue());
        }
        return table;
    }

    /** The members of groups that changed change with them. */
    private void membersChange() {
        List<Integer> candidates = new ArrayList<>();
        for (int group : revising.groups.keySet()) {
            for (int record : revising.attachments.members(group)) {
                candidates.add(record);
            }
        }
        from.members.forEach((record, membership) -> candidates.add(record));
        candidates.addAll(revising.principals.keySet());
        for (int record : candidates) {
            RevisedPrincipal principal = revising.principal(record);
            for (int group : principal.groups) {
                principal.changed |= revising.groups.containsKey(group);
            }
        }
    }

    private PatchedPrincipal patched(RevisedPrincipal principal) {
        int record = principal.record;
        if (principal.gone) {
            return new PatchedPrincipal(record, principal.description, null, Layer.NOTHING, Caller.NONE, Caller.NONE);
        }
        Callers callers = automaton.callers();
        boolean compiled = record < callers.recordCount();
        int limit = compiled ? sources.boundary(record) : Caller.NONE;
        int role = Caller.NONE;
        int unique = Caller.NONE;
        if (principal.description != null) {
            role = callers.text(principal.description.arn());
            String id = principal.description.uniqueId();
            unique = id == null ? Caller.NONE : callers.text(id);
        }
        return new PatchedPrincipal(
                record,
                principal.description,
                layers.write(
                        compiled ? callers.identitySet(record) : Caller.NONE,
                        compiled ? sources.list(sources.identity(record)) : NOTHING,
                        identity(principal)),
                layers.write(
                        limit < 0 ? Caller.NONE : callers.boundarySet(record),
                        limit < 0 ? NOTHING : new int[] {limit},
                        principal.boundary),
                role,
                unique);
    }

    /** Its own documents and those of its groups, each once. */
    private int[] identity(RevisedPrincipal principal) {
        if (principal.groups.length == 0) {
            return principal.own;
        }
        Set<Integer> all = new LinkedHashSet<>();
        for (int document : principal.own) {
            all.add(document);
        }
        for (int group : principal.groups) {
            for (int document : revising.group(group)) {
                all.add(document);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private PatchTable<PatchedAccount> accounts() {
        PatchTable.Editor<PatchedAccount> editor = from.patches.accounts().edit();
        revising.accounts.forEach((slot, account) -> {
            if (account.changed) {
                editor.put(slot, patched(slot, account));
            }
        });
        return editor.freeze();
    }

    private PatchedAccount patched(int slot, RevisedAccount account) {
        Accounts accounts = automaton.accounts();
        RevisedAccount compiled = RevisedAccount.compiled(slot, sources);
        int levels = account.serviceControl.length;
        Layer[] serviceControl = new Layer[levels];
        Layer[] resourceControl = new Layer[levels];
        for (int level = 0; level < levels; level++) {
            serviceControl[level] = layers.write(
                    accounts.serviceControl(slot, level),
                    compiled.serviceControl[level],
                    account.serviceControl[level]);
            resourceControl[level] = Layer.of(account.resourceControl[level]);
        }
        Layer all = layers.write(
                accounts.resourceControl(slot), joined(compiled.resourceControl), joined(account.resourceControl));
        return new PatchedAccount(serviceControl, resourceControl, all);
    }

    private static int[] joined(int[][] levels) {
        Set<Integer> all = new LinkedHashSet<>();
        for (int[] level : levels) {
            for (int document : level) {
                all.add(document);
            }
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private PatchTable<Layer> singles(int kind, PatchTable<Layer> before) {
        PatchTable.Editor<Layer> editor = before.edit();
        revising.singles.forEach((owner, document) -> {
            if (Owner.kind(owner) == kind) {
                editor.put(Owner.number(owner), layers.write(document));
            }
        });
        return editor.freeze();
    }
}
