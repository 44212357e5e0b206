package dev.portcullis.corpus.compiled;

import dev.portcullis.Change;
import dev.portcullis.Store;
import dev.portcullis.corpus.generate.GeneratedStore;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.StoreGenerator;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.Organization.Unit;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.VpcEndpoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a store says, to be changed at random together with a {@link Change} that says the same. One thread. */
final class ChangedStore {

    private static final Set<String> PUBLISHED = Set.of("FullAWSAccess", "RCPFullAWSAccess", "AdministratorAccess");
    private static final List<PolicyType> ATTACHED = List.of(
            PolicyType.IDENTITY,
            PolicyType.BOUNDARY,
            PolicyType.TRUST,
            PolicyType.RESOURCE,
            PolicyType.SERVICE_CONTROL,
            PolicyType.RESOURCE_CONTROL,
            PolicyType.VPC_ENDPOINT);

    private final RandomNumbers random;
    private final Map<String, String> texts = new TreeMap<>();
    /** As what each policy is meant. */
    private final Map<String, PolicyType> types = new TreeMap<>();

    private final Map<String, IamUser> users;
    private final Map<String, IamRole> roles;
    private final Map<String, IamGroup> groups;
    private final Map<String, GuardedResource> resources;
    private final Map<String, VpcEndpoint> endpoints;
    private Optional<Organization> organization;
    private int count;
    private final LaterTexts later;
    private final Set<String> described = new HashSet<>();

    private Change.Builder change = Change.builder();
    private final List<String> steps = new ArrayList<>();

    ChangedStore(RandomNumbers random, Store store) {
        this.random = random;
        this.later = new LaterTexts(random);
        store.texts().forEach((name, text) -> {
            if (!PUBLISHED.contains(name)) {
                texts.put(name, text);
            }
            for (PolicyType type : PolicyType.values()) {
                store.document(name, type).ifPresent(document -> types.put(name, type));
            }
        });
        users = new TreeMap<>(store.users());
        roles = new TreeMap<>(store.roles());
        groups = new TreeMap<>(store.groups());
        resources = new TreeMap<>(store.resources());
        endpoints = new TreeMap<>(store.vpcEndpoints());
        organization = store.organization();
    }

    private ChangedStore(ChangedStore other) {
        random = other.random;
        later = other.later;
        texts.putAll(other.texts);
        types.putAll(other.types);
        users = new TreeMap<>(other.users);
        roles = new TreeMap<>(other.roles);
        groups = new TreeMap<>(other.groups);
        resources = new TreeMap<>(other.resources);
        endpoints = new TreeMap<>(other.endpoints);
        organization = other.organization;
        count = other.count;
    }

    ChangedStore copy() {
        return new ChangedStore(this);
    }

    /** What has been done to this copy, as a change. */
    Change change() {
        return change.checks(Checks.STORED).build();
    }

    /** The same, for people. */
    List<String> steps() {
        return steps;
    }

    /** All of it compiled from its beginning. */
    Store store() {
        Store.Builder store = Store.builder().checks(Checks.STORED);
        texts.forEach(store::policy);
        groups.values()
                .forEach(group -> store.group(group.arn(), group.policies().toArray(new String[0])));
        users.values().forEach(user -> store.user(user.arn(), builder -> describe(user, builder)));
        roles.values().forEach(role -> store.role(role.arn(), builder -> describe(role, builder)));
        resources.values().forEach(store::resource);
        endpoints
                .values()
                .forEach(endpoint -> endpoint.policy().ifPresent(policy -> store.vpcEndpoint(endpoint.id(), policy)));
        organization.ifPresent(store::organization);
        return store.build();
    }

    private static void describe(IamUser user, Store.PrincipalBuilder builder) {
        builder.attach(user.policies().toArray(new String[0]));
        user.groups().forEach(builder::group);
        user.boundary().ifPresent(builder::boundary);
        user.tags().forEach(builder::tag);
        user.uniqueId().ifPresent(builder::uniqueId);
    }

    private static void describe(IamRole role, Store.PrincipalBuilder builder) {
        builder.attach(role.policies().toArray(new String[0]));
        role.boundary().ifPresent(builder::boundary);
        role.trust().ifPresent(builder::trust);
        role.tags().forEach(builder::tag);
        role.uniqueId().ifPresent(builder::uniqueId);
    }

    /** One random step. */
    void step() {
        switch (random.below(14)) {
            case 0, 1, 2, 3 -> putText();
            case 4, 5 -> attach();
            case 6 -> detach();
            case 7 -> boundary();
            case 8 -> trust();
            case 9 -> describe();
            case 10 -> remove();
            case 11, 12 -> control();
            default -> guard();
        }
    }

    private void done(String step) {
        steps.add(step);
    }

    /** Another text for a policy. */
    private void putText() {
        if (texts.isEmpty()) {
            return;
        }
        String name = random.one(List.copyOf(texts.keySet()));
        put(name, types.getOrDefault(name, PolicyType.IDENTITY));
    }

    private void put(String name, PolicyType type) {
        String text = later.text(type);
        texts.put(name, text);
        types.put(name, type);
        change.policy(name, text);
        done("put " + name + " " + text);
    }

    /** A policy to attach as this type: one that is there, or a new one. */
    private Optional<String> policy(PolicyType type) {
        boolean other = type == PolicyType.BOUNDARY && random.chance(20);
        PolicyType wanted = other ? PolicyType.IDENTITY : type;
        List<String> known = types.keySet().stream()
                .filter(name -> types.get(name) == wanted)
                .toList();
        if (!known.isEmpty() && random.chance(60)) {
            return Optional.of(random.one(known));
        }
        String name = "later-" + ++count;
        put(name, type);
        return Optional.ofNullable(texts.containsKey(name) ? name : null);
    }

    private static List<String> with(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }

    private static List<String> without(List<String> names, String name) {
        List<String> fewer = new ArrayList<>(names);
        fewer.remove(name);
        return fewer;
    }

    private Optional<String> holder() {
        List<String> holders = new ArrayList<>(users.keySet());
        holders.addAll(roles.keySet());
        holders.addAll(groups.keySet());
        return holders.isEmpty() ? Optional.empty() : Optional.of(random.one(holders));
    }

    private List<String> attachedTo(String arn) {
        if (users.containsKey(arn)) {
            return users.get(arn).policies();
        }
        return roles.containsKey(arn)
                ? roles.get(arn).policies()
                : groups.get(arn).policies();
    }

    private void attached(String arn, List<String> names) {
        users.computeIfPresent(
                arn,
                (key, user) -> new IamUser(arn, names, user.groups(), user.boundary(), user.tags(), user.uniqueId()));
        roles.computeIfPresent(
                arn,
                (key, role) -> new IamRole(arn, names, role.boundary(), role.trust(), role.tags(), role.uniqueId()));
        groups.computeIfPresent(arn, (key, group) -> new IamGroup(arn, names));
    }

    private void attach() {
        holder().ifPresent(arn -> policy(PolicyType.IDENTITY).ifPresent(name -> {
            if (!attachedTo(arn).contains(name)) {
                attached(arn, with(attachedTo(arn), name));
                change.attach(arn, name);
                done("attach " + name + " to " + arn);
            }
        }));
    }

    private void detach() {
        holder().ifPresent(arn -> {
            List<String> names = attachedTo(arn);
            if (!names.isEmpty()) {
                String name = random.one(names);
                attached(arn, without(names, name));
                change.detach(arn, name);
                done("detach " + name + " from " + arn);
            }
        });
    }

    private void boundary() {
        List<String> principals = new ArrayList<>(users.keySet());
        principals.addAll(roles.keySet());
        if (principals.isEmpty()) {
            return;
        }
        String arn = random.one(principals);
        Optional<String> name = random.chance(30) ? Optional.empty() : policy(PolicyType.BOUNDARY);
        users.computeIfPresent(
                arn,
                (key, user) -> new IamUser(arn, user.policies(), user.groups(), name, user.tags(), user.uniqueId()));
        roles.computeIfPresent(
                arn,
                (key, role) -> new IamRole(arn, role.policies(), name, role.trust(), role.tags(), role.uniqueId()));
        name.ifPresentOrElse(policy -> change.boundary(arn, policy), () -> change.removeBoundary(arn));
        done("boundary " + name + " of " + arn);
    }

    private void trust() {
        if (roles.isEmpty()) {
            return;
        }
        IamRole role = random.one(List.copyOf(roles.values()));
        Optional<String> name = random.chance(30) ? Optional.empty() : policy(PolicyType.TRUST);
        roles.put(
                role.arn(),
                new IamRole(role.arn(), role.policies(), role.boundary(), name, role.tags(), role.uniqueId()));
        name.ifPresentOrElse(policy -> change.trust(role.arn(), policy), () -> change.removeTrust(role.arn()));
        done("trust " + name + " of " + role.arn());
    }

    /** A user or role of another store, whether it is here or not, with policies of this one. */
    private void describe() {
        GeneratedStore other = new StoreGenerator(random).generate();
        if (random.chance(50)) {
            List<String> arns = List.copyOf(other.store().users().keySet());
            IamUser like = other.store().users().get(random.one(arns));
            List<String> memberOf =
                    like.groups().stream().filter(groups::containsKey).toList();
            IamUser user = new IamUser(
                    like.arn(), identities(), memberOf, limit(like.boundary()), like.tags(), like.uniqueId());
            if (!described.add(user.arn())) {
                return;
            }
            users.put(user.arn(), user);
            change.user(user.arn(), builder -> describe(user, builder));
            done("user " + user);
        } else {
            List<String> arns = List.copyOf(other.store().roles().keySet());
            IamRole like = other.store().roles().get(random.one(arns));
            Optional<String> trust = like.trust().flatMap(unused -> policy(PolicyType.TRUST));
            IamRole role =
                    new IamRole(like.arn(), identities(), limit(like.boundary()), trust, like.tags(), like.uniqueId());
            if (!described.add(role.arn())) {
                return;
            }
            roles.put(role.arn(), role);
            change.role(role.arn(), builder -> describe(role, builder));
            done("role " + role);
        }
    }

    private Optional<String> limit(Optional<String> like) {
        return like.flatMap(unused -> policy(PolicyType.BOUNDARY));
    }

    private List<String> identities() {
        List<String> names = new ArrayList<>();
        for (int i = random.below(4); i > 0; i--) {
            policy(PolicyType.IDENTITY).filter(name -> !names.contains(name)).ifPresent(names::add);
        }
        return names;
    }

    private void remove() {
        List<String> principals = new ArrayList<>(users.keySet());
        principals.addAll(roles.keySet());
        // Somebody stays to be asked for.
        if (principals.size() < 2) {
            return;
        }
        String arn = random.one(principals);
        users.remove(arn);
        roles.remove(arn);
        change.remove(arn);
        done("remove " + arn);
    }

    private void control() {
        if (organization.isEmpty()) {
            return;
        }
        Organization before = organization.get();
        boolean service = random.chance(65);
        List<String> path = new ArrayList<>();
        Unit root = changed(before.root(), service, path, true);
        organization = Optional.of(new Organization(before.id(), before.managementAccount(), root));
    }

    /** Goes down at random, changes the policies of a place there; of none that no account is in. */
    private Unit changed(Unit unit, boolean service, List<String> path, boolean go) {
        if (accounts(unit) == 0) {
            return unit;
        }
        List<String> here = with(path, unit.name());
        if (go
                && random.chance(40)
                && !unit.units().isEmpty()
                && accounts(unit.units().get(0)) > 0) {
            List<Unit> below = new ArrayList<>(unit.units());
            below.set(0, changed(below.get(0), service, here, true));
            return new Unit(
                    unit.id(),
                    unit.name(),
                    unit.serviceControlPolicies(),
                    unit.resourceControlPolicies(),
                    unit.accounts(),
                    below);
        }
        if (random.chance(50) && !unit.accounts().isEmpty()) {
            List<Organization.Account> accounts = new ArrayList<>(unit.accounts());
            int which = random.below(accounts.size());
            Organization.Account account = accounts.get(which);
            String[] place = {account.id()};
            accounts.set(
                    which,
                    service
                            ? new Organization.Account(
                                    account.id(),
                                    toggled(account.serviceControlPolicies(), true, place),
                                    account.resourceControlPolicies())
                            : new Organization.Account(
                                    account.id(),
                                    account.serviceControlPolicies(),
                                    toggled(account.resourceControlPolicies(), false, place)));
            return new Unit(
                    unit.id(),
                    unit.name(),
                    unit.serviceControlPolicies(),
                    unit.resourceControlPolicies(),
                    accounts,
                    unit.units());
        }
        String[] place = here.toArray(new String[0]);
        return new Unit(
                unit.id(),
                unit.name(),
                service ? toggled(unit.serviceControlPolicies(), true, place) : unit.serviceControlPolicies(),
                service ? unit.resourceControlPolicies() : toggled(unit.resourceControlPolicies(), false, place),
                unit.accounts(),
                unit.units());
    }

    private int accounts(Unit unit) {
        int members = unit.accounts().size();
        for (Unit below : unit.units()) {
            members += accounts(below);
        }
        return members;
    }

    private List<String> toggled(List<String> names, boolean service, String... place) {
        if (!names.isEmpty() && random.chance(40)) {
            String name = random.one(names);
            done("detach " + name + " at " + List.of(place));
            if (service) {
                change.detachServiceControl(name, place);
            } else {
                change.detachResourceControl(name, place);
            }
            return without(names, name);
        }
        String full = service ? "FullAWSAccess" : "RCPFullAWSAccess";
        Optional<String> name = random.chance(30)
                ? Optional.of(full)
                : policy(service ? PolicyType.SERVICE_CONTROL : PolicyType.RESOURCE_CONTROL);
        if (name.isEmpty() || names.contains(name.get())) {
            return names;
        }
        done("attach " + name.get() + " at " + List.of(place));
        if (service) {
            change.attachServiceControl(name.get(), place);
        } else {
            change.attachResourceControl(name.get(), place);
        }
        return with(names, name.get());
    }

    private void guard() {
        List<String> guarded = resources.values().stream()
                .filter(resource ->
                        resource.policy().isPresent() && resource.covers().isEmpty())
                .map(GuardedResource::arn)
                .toList();
        if (!guarded.isEmpty() && random.chance(60)) {
            GuardedResource before = resources.get(random.one(guarded));
            policy(PolicyType.RESOURCE).ifPresent(name -> {
                resources.put(
                        before.arn(),
                        new GuardedResource(
                                before.arn(),
                                before.account(),
                                Optional.of(name),
                                before.covers(),
                                before.tags(),
                                before.acl()));
                change.resourcePolicy(before.arn(), name);
                done("policy " + name + " of " + before.arn());
            });
        } else if (!endpoints.isEmpty()) {
            String id = random.one(List.copyOf(endpoints.keySet()));
            policy(PolicyType.VPC_ENDPOINT).ifPresent(name -> {
                endpoints.put(id, new VpcEndpoint(id, Optional.of(name)));
                change.vpcEndpoint(id, name);
                done("policy " + name + " of " + id);
            });
        }
    }

    /** All documents of a store, as it holds them. */
    static List<PolicyDocument> documents(Store store) {
        List<PolicyDocument> documents = new ArrayList<>();
        for (String name : store.texts().keySet()) {
            for (PolicyType type : ATTACHED) {
                store.document(name, type).ifPresent(documents::add);
            }
        }
        return documents;
    }
}
