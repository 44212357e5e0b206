package dev.portcullis.compile;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Callers;
import dev.portcullis.automaton.Frame;
import dev.portcullis.automaton.Layer;
import dev.portcullis.automaton.PatchedPrincipal.Description;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.compile.Revision.Policy;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.PolicyType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The next version in the making: first the steps, then {@link #documents}, then {@link RevisionWriter}. Nothing of the
 * version before is written to. Used once, by one thread.
 */
public final class Revising {

    private static final int[] NOTHING = {};

    final Revision from;
    final Attachments attachments;
    private final Automaton automaton;
    private final Callers callers;
    private final RevisionProblems problems = new RevisionProblems();
    final RevisedPolicies policies;
    final Map<Integer, RevisedPrincipal> principals = new HashMap<>();
    final Map<Integer, RevisedAccount> accounts = new HashMap<>();
    /** By owner: its one document, or none. */
    final Map<Integer, int[]> singles = new HashMap<>();

    final Map<Integer, int[]> groups = new HashMap<>();
    final Map<String, Description> arrivals = new HashMap<>();
    final Map<String, Description> names = new HashMap<>();
    final Map<String, Description> uniqueIds = new HashMap<>();
    int nextRecord;

    /**
     * A document that has to be compiled.
     *
     * @param name name of the policy
     * @param type what it is attached as
     * @param text its text; empty for one that AWS publishes
     */
    public record Document(String name, PolicyType type, Optional<String> text) {}

    /**
     * Begins.
     *
     * @param published what a policy that AWS publishes can be attached as; nothing for other names
     */
    public Revising(Revision from, Function<String, Set<PolicyType>> published) {
        this.from = from;
        this.attachments = from.origin.attachments();
        this.automaton = from.origin.automaton;
        this.callers = automaton.callers();
        this.policies = new RevisedPolicies(from, published, problems);
        this.nextRecord = from.nextRecord;
    }

    /** What is wrong with the steps. */
    public List<Diagnostic> findings() {
        return problems.errors();
    }

    /** What can't be done without compiling the store anew, in words. */
    public List<String> unsupported() {
        return problems.unsupported();
    }

    /** Whether there is a group. */
    public boolean hasGroup(String arn) {
        return attachments.group(arn) >= 0;
    }

    private void error(String code, String message) {
        problems.error(code, message);
    }

    /** A policy, new or with another text. To be told before what is attached. */
    public void put(String name, String text) {
        policies.put(name, text);
    }

    private int attached(String name, PolicyType type, int owner, String holder) {
        return policies.attached(name, type, owner, holder);
    }

    // Users, roles and groups.

    /** The record of a user or role that is or was there, or NONE. */
    private int record(String arn) {
        int record = callers.record(arn);
        if (record >= 0) {
            return record;
        }
        Description arrived = arrivals.getOrDefault(arn, from.patches.arrivals().find(arn));
        return arrived == null ? Caller.NONE : arrived.record();
    }

    RevisedPrincipal principal(int record) {
        return principals.computeIfAbsent(record, number -> RevisedPrincipal.of(number, from));
    }

    private Optional<RevisedPrincipal> existing(String arn) {
        int record = record(arn);
        if (record >= 0 && !principal(record).gone) {
            RevisedPrincipal principal = principal(record);
            principal.changed = true;
            return Optional.of(principal);
        }
        error("UNKNOWN_PRINCIPAL", "there is no user, role or group `" + arn + "`");
        return Optional.empty();
    }

    /** Attaches an identity-based policy to a user, role or group. */
    public void attach(String arn, String policy) {
        int group = attachments.group(arn);
        if (group >= 0) {
            groups.put(group, added(arn, policy, PolicyType.IDENTITY, Owner.of(Owner.GROUP, group), group(group)));
            return;
        }
        existing(arn)
                .ifPresent(principal -> principal.own = added(
                        arn, policy, PolicyType.IDENTITY, Owner.of(Owner.IDENTITY, principal.record), principal.own));
    }

    /** Detaches an identity-based policy from a user, role or group. */
    public void detach(String arn, String policy) {
        int group = attachments.group(arn);
        if (group >= 0) {
            groups.put(group, removed(arn, policy, PolicyType.IDENTITY, group(group)));
            return;
        }
        existing(arn).ifPresent(principal -> principal.own = removed(arn, policy, PolicyType.IDENTITY, principal.own));
    }

    private int[] added(String holder, String policy, PolicyType type, int owner, int[] before) {
        int number = attached(policy, type, owner, "`" + holder + "`");
        if (number < 0) {
            return before;
        }
        if (LayerWriter.contains(before, number)) {
            error("DUPLICATE_ATTACHMENT", "`" + holder + "` has the " + type.label() + " `" + policy + "` already");
            return before;
        }
        int[] more = Arrays.copyOf(before, before.length + 1);
        more[before.length] = number;
        return more;
    }

    private int[] removed(String holder, String policy, PolicyType type, int[] before) {
        int number = policies.document(policy, type);
        if (number < 0 || !LayerWriter.contains(before, number)) {
            error("NOT_ATTACHED", "`" + holder + "` does not have the " + type.label() + " `" + policy + "`");
            return before;
        }
        return LayerWriter.without(before, number);
    }

    /** The documents of a group. */
    int[] group(int group) {
        int[] here = groups.get(group);
        if (here != null) {
            return here;
        }
        Revision.Membership now = from.groups.find(group);
        return now != null
                ? now.own
                : automaton.sources().list(automaton.sources().ofGroup(group));
    }

    /** Sets the boundary of a user or role. */
    public void boundary(String arn, Optional<String> policy) {
        existing(arn).ifPresent(principal -> {
            if (policy.isPresent() && isServiceLinked(principal)) {
                error(
                        "BOUNDARY_ON_SERVICE_LINKED_ROLE",
                        "service-linked role `" + arn + "` cannot have a permissions boundary");
                return;
            }
            principal.boundary =
                    single(policy, PolicyType.BOUNDARY, Owner.of(Owner.BOUNDARY, principal.record), "`" + arn + "`");
        });
    }

    private boolean isServiceLinked(RevisedPrincipal principal) {
        return new IamRole(
                        principal.arn(callers),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty())
                .serviceLinked();
    }

    private int[] single(Optional<String> policy, PolicyType type, int owner, String holder) {
        int number = policy.map(name -> attached(name, type, owner, holder)).orElse(Policy.NONE);
        return number < 0 ? NOTHING : new int[] {number};
    }

    /** Sets the trust policy of a role. */
    public void trust(String arn, Optional<String> policy) {
        existing(arn).ifPresent(principal -> {
            if (!isRole(arn)) {
                error("TRUST_WITHOUT_ROLE", "`" + arn + "` cannot have a trust policy");
                return;
            }
            trust(principal.record, arn, policy);
        });
    }

    private static boolean isRole(String arn) {
        return arn.split(":", 6)[5].startsWith("role/");
    }

    private void trust(int record, String arn, Optional<String> policy) {
        int guard = automaton.guards().find(arn);
        int owner = guard >= 0 ? Owner.of(Owner.TRUST, guard) : Owner.of(Owner.ARRIVED_TRUST, record);
        singles.put(owner, single(policy, PolicyType.TRUST, owner, "`" + arn + "`"));
    }

    /** A user, new or described anew. */
    public void user(IamUser user) {
        RevisedPrincipal principal = describe(user.arn(), user.uniqueId(), false, user.tags());
        attach(principal, user.arn(), user.policies(), user.boundary());
        principal.groups = user.groups().stream()
                .mapToInt(attachments::group)
                .filter(group -> group >= 0)
                .toArray();
    }

    /** A role, new or described anew. */
    public void role(IamRole role) {
        RevisedPrincipal principal = describe(role.arn(), role.uniqueId(), role.serviceLinked(), role.tags());
        attach(principal, role.arn(), role.policies(), role.boundary());
        trust(principal.record, role.arn(), role.trust());
    }

    private void attach(RevisedPrincipal principal, String arn, List<String> names, Optional<String> limit) {
        principal.own = NOTHING;
        principal.groups = NOTHING;
        int owner = Owner.of(Owner.IDENTITY, principal.record);
        for (String name : names) {
            principal.own = added(arn, name, PolicyType.IDENTITY, owner, principal.own);
        }
        principal.boundary =
                single(limit, PolicyType.BOUNDARY, Owner.of(Owner.BOUNDARY, principal.record), "`" + arn + "`");
    }

    private RevisedPrincipal describe(
            String arn, Optional<String> uniqueId, boolean serviceLinked, Map<String, String> tags) {
        checkUnique(arn, uniqueId);
        int known = record(arn);
        int record = known >= 0 ? known : nextRecord++;
        String[] keys = tags.keySet().stream().map(AutomaticSlots::fold).toArray(String[]::new);
        Description description = new Description(
                record,
                arn,
                uniqueId.orElse(null),
                serviceLinked,
                keys,
                tags.values().toArray(new String[0]));
        RevisedPrincipal principal;
        if (known >= 0) {
            principal = principal(record);
        } else {
            principal = RevisedPrincipal.arriving(record);
            principals.put(record, principal);
        }
        if (callers.record(arn) < 0) {
            arrivals.put(arn, description);
            if (isRole(arn)) {
                arrivals.put(Callers.nameKey(arn), description);
                refuseAmbiguous(arn);
            }
        }
        principal.description = description;
        principal.gone = false;
        principal.changed = true;
        names.put(Attachments.nameKey(arn), description);
        uniqueId.ifPresent(id -> uniqueIds.put(id, description));
        return principal;
    }

    private void refuseAmbiguous(String arn) {
        boolean covered = automaton.guards().coverSet() >= 0;
        if (covered
                && automaton
                        .resource(
                                arn,
                                new Frame(
                                        automaton.vocabulary(),
                                        automaton.dispatch().code()))
                        .isAmbiguous()) {
            error(
                    "AMBIGUOUS_COVERS",
                    "`" + arn + "` is covered by several resources, which disagree about its policy, access control"
                            + " list or owner");
        }
    }

    /** Names are unique in an account, without path and letter case; unique ids everywhere. */
    private void checkUnique(String arn, Optional<String> uniqueId) {
        int namesake = attachments.namesake(arn);
        Description later = names.getOrDefault(Attachments.nameKey(arn), from.names.find(Attachments.nameKey(arn)));
        if (isOther(namesake, arn) || (later != null && isOther(later.record(), arn))) {
            error("DUPLICATE_NAME", "there is another user or role with the name of `" + arn + "`");
        }
        uniqueId.ifPresent(id -> {
            int holder = attachments.withUniqueId(id);
            Description holds = uniqueIds.getOrDefault(id, from.uniqueIds.find(id));
            boolean compiled = isOther(holder, arn) && principal(holder).description == null;
            boolean described = holds != null
                    && isOther(holds.record(), arn)
                    && id.equals(principal(holds.record()).description.uniqueId());
            if (compiled || described) {
                error("DUPLICATE_UNIQUE_ID", "there is another user or role with the unique id of `" + arn + "`");
            }
        });
    }

    private boolean isOther(int record, String arn) {
        if (record < 0) {
            return false;
        }
        RevisedPrincipal principal = principal(record);
        return !principal.gone && !principal.arn(callers).equals(arn);
    }

    /** Removes a user or role. */
    public void remove(String arn) {
        existing(arn).ifPresent(principal -> {
            principal.gone = true;
            principal.own = NOTHING;
            principal.groups = NOTHING;
            principal.boundary = NOTHING;
            if (isRole(arn)) {
                trust(principal.record, arn, Optional.empty());
            }
        });
    }

    // Resources and endpoints.

    /** Gives a resource that has a policy another one. */
    public void resourcePolicy(String arn, String policy) {
        int guard = automaton.guards().find(arn);
        if (guard < 0 || !automaton.guards().describesResource(guard)) {
            error("UNKNOWN_RESOURCE", "there is no resource `" + arn + "`");
        } else if (automaton.guards().policySet(guard) < 0 || attachments.covers(guard)) {
            problems.unsupported(
                    "`" + arn + "` has no policy as yet, or covers other resources, whose policy would change"
                            + " with it; put another text for its policy, or compile the store anew");
        } else {
            int owner = Owner.of(Owner.POLICY, guard);
            singles.put(owner, single(Optional.of(policy), PolicyType.RESOURCE, owner, "`" + arn + "`"));
        }
    }

    /** Gives a VPC endpoint that has a policy another one. */
    public void endpointPolicy(String id, String policy) {
        int endpoint = automaton.endpoints().find(id);
        if (endpoint < 0) {
            problems.unsupported("VPC endpoint `" + id + "` has no policy as yet; compile the store anew");
            return;
        }
        int owner = Owner.of(Owner.ENDPOINT, endpoint);
        singles.put(owner, single(Optional.of(policy), PolicyType.VPC_ENDPOINT, owner, "`" + id + "`"));
    }

    // The organization.

    /**
     * Attaches an SCP or RCP, or detaches it.
     *
     * @param path an account's 12 digits; or the names of the units from the root's down to the one
     */
    public void control(PolicyType type, String policy, boolean attach, List<String> path) {
        String place = String.join("/", path);
        boolean found = false;
        for (int slot = 0; slot < automaton.accounts().slots(); slot++) {
            int level = RevisedAccount.level(path, slot, automaton.sources());
            if (level < 0) {
                continue;
            }
            RevisedAccount account = account(slot);
            int[][] levels = type == PolicyType.SERVICE_CONTROL ? account.serviceControl : account.resourceControl;
            int kind = type == PolicyType.SERVICE_CONTROL ? Owner.SERVICE_CONTROL : Owner.RESOURCE_CONTROL;
            int before = problems.errors().size();
            levels[level] = attach
                    ? added(place, policy, type, Owner.of(kind, slot), levels[level])
                    : removed(place, policy, type, levels[level]);
            account.changed = true;
            found = true;
            if (problems.errors().size() > before) {
                return;
            }
        }
        if (!found) {
            problems.unsupported("no member account hangs in `" + place + "`; compile the store anew");
        }
    }

    RevisedAccount account(int slot) {
        return accounts.computeIfAbsent(slot, number -> RevisedAccount.of(number, from));
    }

    // What follows.

    /** Ends the steps: puts new texts where the old ones are. The documents that have to be compiled, by number. */
    public Map<Integer, Document> documents() {
        policies.replace(this::replace);
        return policies.pending();
    }

    /** The texts that nothing uses: to be checked, and kept. */
    public Map<String, String> unused() {
        return policies.unused();
    }

    /** Puts a document where an owner has another; false if the owner doesn't have it. */
    private boolean replace(int owner, int before, int now) {
        int number = Owner.number(owner);
        return switch (Owner.kind(owner)) {
            case Owner.IDENTITY -> {
                RevisedPrincipal principal = principal(number);
                boolean there = replace(principal.own, before, now, own -> principal.own = own);
                principal.changed |= there;
                yield there;
            }
            case Owner.BOUNDARY -> {
                RevisedPrincipal principal = principal(number);
                boolean there = replace(principal.boundary, before, now, limit -> principal.boundary = limit);
                principal.changed |= there;
                yield there;
            }
            case Owner.GROUP -> replace(group(number), before, now, documents -> groups.put(number, documents));
            case Owner.SERVICE_CONTROL -> replace(account(number), account(number).serviceControl, before, now);
            case Owner.RESOURCE_CONTROL -> replace(account(number), account(number).resourceControl, before, now);
            default -> replace(single(owner), before, now, document -> singles.put(owner, document));
        };
    }

    private static boolean replace(RevisedAccount account, int[][] levels, int before, int now) {
        boolean there = false;
        for (int i = 0; i < levels.length; i++) {
            int level = i;
            there |= replace(levels[i], before, now, documents -> levels[level] = documents);
        }
        account.changed |= there;
        return there;
    }

    private static boolean replace(int[] documents, int before, int now, Consumer<int[]> replaced) {
        for (int i = 0; i < documents.length; i++) {
            if (documents[i] == before) {
                int[] others = documents.clone();
                others[i] = now;
                replaced.accept(others);
                return true;
            }
        }
        return false;
    }

    /** The document of an owner that has one, or none. */
    private int[] single(int owner) {
        int[] here = singles.get(owner);
        if (here != null) {
            return here;
        }
        int number = Owner.number(owner);
        SourceMap sources = automaton.sources();
        return switch (Owner.kind(owner)) {
            case Owner.POLICY -> single(from.patches.policies().find(number), sources.resourcePolicy(number));
            case Owner.TRUST -> single(from.patches.trusts().find(number), sources.trustPolicy(number));
            case Owner.ARRIVED_TRUST -> single(from.patches.arrivedTrusts().find(number), Policy.NONE);
            default -> single(from.patches.endpoints().find(number), sources.endpoint(number));
        };
    }

    private static int[] single(Layer now, int compiled) {
        if (now != null) {
            return now.documents();
        }
        return compiled < 0 ? NOTHING : new int[] {compiled};
    }
}
