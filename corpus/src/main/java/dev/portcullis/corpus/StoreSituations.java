package dev.portcullis.corpus;

import dev.portcullis.Store;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.VpcEndpoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Turns a store and a request into a situation, the plain way: finds the layers that bear on the request, and fills in
 * the context keys that AWS supplies itself ({@link AutomaticContext}).
 *
 * <ul>
 *   <li><b>identity, boundary</b>: of the user, with its groups' policies (E8), or of the session's role (E9), found by
 *       account and role name, since a session's ARN lacks the role's path (E25). A federated user has those of the IAM
 *       user whom {@code principalFacts.federatingUserArn} names; without that it has none (E40), since its own name is
 *       freely chosen
 *   <li><b>a principal the store doesn't know</b> has no identity policies; resource-based policies may still speak for
 *       it
 *   <li><b>the resource's owner</b>: the account that the request names, else the one in the ARN, else the one in the
 *       store, else the principal's own, as AWS's simulator takes it; that is right for {@code *}
 *   <li><b>resource-based policy, ACL</b>: {@link GuardedBy}
 *   <li><b>SCPs</b>: of the levels above the principal's account (E43, E47), <b>RCPs</b> of those above the owner's
 *       account (E56); an account outside the organization's tree has no levels (E51)
 *   <li><b>endpoint policy</b>: of the endpoint that {@code aws:SourceVpce} names, if the store knows it and it has one
 *       (E85, E87)
 *   <li><b>session policies</b>: those of the request
 * </ul>
 *
 * <p>Immutable; safe for several threads.
 */
public final class StoreSituations {

    private final Store store;
    private final Clock clock;
    private final boolean unknownPrincipalsRefused;
    private final Map<String, List<IamRole>> rolesBySession;
    private final List<PolicySource> documents;
    private final Map<Attached, ReferencePolicy> policies = new ConcurrentHashMap<>();

    private record Attached(String name, PolicyType type, Semantics semantics) {}

    private StoreSituations(Store store, Clock clock, boolean unknownPrincipalsRefused) {
        this.store = store;
        this.clock = clock;
        this.unknownPrincipalsRefused = unknownPrincipalsRefused;
        this.rolesBySession = new HashMap<>();
        for (IamRole role : store.roles().values()) {
            rolesBySession
                    .computeIfAbsent(sessionKey(Caller.of(role.arn())), key -> new ArrayList<>())
                    .add(role);
        }
        List<PolicySource> sources = new ArrayList<>();
        store.texts().forEach((name, text) -> sources.add(PolicySource.of(name, text)));
        this.documents = List.copyOf(sources);
    }

    /** Situations of a store, by the system's clock; unknown principals are no error. */
    public StoreSituations(Store store) {
        this(store, Clock.systemUTC(), false);
    }

    /** The same by another clock: {@code aws:CurrentTime} and {@code aws:EpochTime} are taken from it. */
    public StoreSituations withClock(Clock value) {
        return new StoreSituations(store, value, unknownPrincipalsRefused);
    }

    /** The same, but a user or role that the store doesn't know is an error. */
    public StoreSituations refusingUnknownPrincipals() {
        return new StoreSituations(store, clock, true);
    }

    /**
     * The situation of a request.
     *
     * @throws IllegalArgumentException if a policy that comes with the request has no meaning, if the request and the
     *     store contradict each other, if several resources cover the request's, or if the principal is unknown and that
     *     is an error
     */
    public Situation situation(AccessRequest request, Semantics semantics) {
        Caller caller = Caller.of(request.principal(), request.action());
        Attachments attachments = attachments(caller, request.facts());
        if (unknownPrincipalsRefused && !attachments.known()) {
            throw new IllegalArgumentException("principal: `" + request.principal() + "` is not in the store");
        }
        GuardedBy resource = GuardedBy.of(store, request);
        String owner = owner(request, resource);
        Map<String, ContextValue> context = AutomaticContext.complete(
                request, caller, attachments, resource, owner, store.organization(), clock, semantics);
        Situation.Builder situation = Situation.builder()
                .principal(request.principal())
                .action(request.action())
                .resource(request.resource(), owner)
                .context(context)
                .identityPolicies(policies(attachments.identityPolicies(), PolicyType.IDENTITY, semantics))
                .facts(facts(request.facts(), attachments))
                .semantics(semantics);
        attachments
                .boundary()
                .ifPresent(name -> situation.boundaries(List.of(policy(name, PolicyType.BOUNDARY, semantics))));
        request.sessionPolicies().ifPresent(sources -> situation.sessionPolicies(read(sources, semantics)));
        resourcePolicy(request, resource, semantics).ifPresent(situation::resourcePolicy);
        resource.acl().ifPresent(situation::acl);
        if (caller.isOfAccount()) {
            levels(caller.account(), PolicyType.SERVICE_CONTROL, semantics)
                    .ifPresent(situation::serviceControlPolicies);
        } else if (store.organization().isPresent()) {
            // E50: it is the caller that has no levels.
            situation.serviceControlPolicies(List.of());
        }
        levels(owner, PolicyType.RESOURCE_CONTROL, semantics).ifPresent(situation::resourceControlPolicies);
        endpointPolicy(request, semantics).ifPresent(policy -> situation.endpointPolicies(List.of(policy)));
        return situation.build();
    }

    /** Every document of the store. */
    List<PolicySource> documents() {
        return documents;
    }

    private Attachments attachments(Caller caller, Situation.Facts facts) {
        return switch (caller.kind()) {
            case USER -> user(caller.text());
            case FEDERATED_USER -> federatedUser(caller, facts);
            case ROLE -> role(Optional.ofNullable(store.roles().get(caller.text())));
            case ROLE_SESSION -> role(sessionRole(caller, facts));
            case ROOT, SERVICE, IDENTITY_PROVIDER, ANONYMOUS -> Attachments.none(true);
            case OTHER -> Attachments.none(false);
        };
    }

    private Attachments user(String arn) {
        IamUser user = store.users().get(arn);
        if (user == null) {
            return Attachments.none(false);
        }
        Set<String> names = new LinkedHashSet<>(user.policies());
        for (String groupArn : user.groups()) {
            IamGroup group = store.groups().get(groupArn);
            if (group == null) {
                throw new IllegalArgumentException(
                        "principal: `" + arn + "` is in the group `" + groupArn + "`, which the store doesn't know");
            }
            names.addAll(group.policies());
        }
        return new Attachments(
                true, List.copyOf(names), user.boundary(), user.tags(), user.uniqueId(), Optional.empty(), false);
    }

    /** Session tags are the request's to give. */
    private Attachments federatedUser(Caller caller, Situation.Facts facts) {
        Optional<String> arn = facts.federatingUserArn();
        if (arn.isEmpty()) {
            return Attachments.none(false);
        }
        Caller user = Caller.of(arn.get());
        if (user.kind() != Caller.Kind.USER || !user.account().equals(caller.account())) {
            throw new IllegalArgumentException(
                    "principalFacts.federatingUserArn: `" + arn.get() + "` is no user of the principal's account");
        }
        Attachments attachments = user(arn.get());
        return new Attachments(
                attachments.known(),
                attachments.identityPolicies(),
                attachments.boundary(),
                Map.of(),
                attachments.uniqueId(),
                Optional.empty(),
                false);
    }

    private Optional<IamRole> sessionRole(Caller caller, Situation.Facts facts) {
        if (facts.roleArn().isPresent()) {
            String arn = facts.roleArn().get();
            if (!sessionKey(Caller.of(arn)).equals(sessionKey(caller))
                    || Caller.of(arn).kind() != Caller.Kind.ROLE) {
                throw new IllegalArgumentException(
                        "principalFacts.roleArn: `" + arn + "` is not the role of the principal's session");
            }
            return Optional.ofNullable(store.roles().get(arn));
        }
        List<IamRole> roles = rolesBySession.getOrDefault(sessionKey(caller), List.of());
        if (roles.size() > 1) {
            throw new IllegalArgumentException("principal: the store has several roles of the name `" + caller.name()
                    + "` in account " + caller.account());
        }
        return roles.stream().findFirst();
    }

    private static String sessionKey(Caller role) {
        return role.partition() + ":" + role.account() + ":" + role.name();
    }

    private static Attachments role(Optional<IamRole> found) {
        return found.map(role -> new Attachments(
                        true,
                        role.policies(),
                        role.boundary(),
                        role.tags(),
                        role.uniqueId(),
                        Optional.of(role.arn()),
                        role.serviceLinked()))
                .orElse(Attachments.none(false));
    }

    private static String owner(AccessRequest request, GuardedBy resource) {
        Optional<String> named = request.resourceAccount();
        if (named.isPresent() && resource.account().isPresent() && !named.equals(resource.account())) {
            throw new IllegalArgumentException("resource.accountId: the store says that `" + request.resource()
                    + "` belongs to " + resource.account().get() + ", not to " + named.get());
        }
        return named.isEmpty() && Arns.account(request.resource()).isEmpty()
                ? resource.account().orElseGet(() -> ResourceOwner.of(request))
                : ResourceOwner.of(request);
    }

    private Situation.Facts facts(Situation.Facts given, Attachments attachments) {
        return new Situation.Facts(
                store.organization().map(Organization::managementAccount),
                given.serviceLinkedRole() || attachments.serviceLinked(),
                given.roleArn().or(attachments::roleArn),
                given.federatingUserArn(),
                given.uniqueId().or(attachments::uniqueId),
                given.canonicalId(),
                given.awsManagedKey());
    }

    private Optional<ReferencePolicy> resourcePolicy(AccessRequest request, GuardedBy resource, Semantics semantics) {
        if (request.resourcePolicy().isPresent()) {
            if (resource.policy().isPresent()) {
                throw new IllegalArgumentException(
                        "resourcePolicy: the store has a policy of `" + request.resource() + "` already");
            }
            return request.resourcePolicy()
                    .map(source -> source.read(CaseRunner.resourcePolicyType(request), store.parameters(), semantics));
        }
        return resource.policy().map(name -> policy(name, resource.type(), semantics));
    }

    private Optional<List<Situation.Level>> levels(String accountId, PolicyType type, Semantics semantics) {
        boolean management = store.organization()
                .filter(organization -> organization.managementAccount().equals(accountId))
                .isPresent();
        if (management) {
            // E48, E57
            return Optional.of(List.of());
        }
        return store.organization()
                .flatMap(organization -> AccountPath.of(organization, accountId))
                .map(path -> {
                    List<Situation.Level> levels = new ArrayList<>();
                    for (Organization.Unit unit : path.units()) {
                        levels.add(level(
                                unit.name().isEmpty() ? unit.id() : unit.name(),
                                type,
                                semantics,
                                unit,
                                Organization.Unit::serviceControlPolicies,
                                Organization.Unit::resourceControlPolicies));
                    }
                    levels.add(level(
                            path.account().id(),
                            type,
                            semantics,
                            path.account(),
                            Organization.Account::serviceControlPolicies,
                            Organization.Account::resourceControlPolicies));
                    return levels;
                });
    }

    private <T> Situation.Level level(
            String place,
            PolicyType type,
            Semantics semantics,
            T at,
            Function<T, List<String>> serviceControl,
            Function<T, List<String>> resourceControl) {
        Function<T, List<String>> attached = type == PolicyType.SERVICE_CONTROL ? serviceControl : resourceControl;
        return new Situation.Level(place, policies(attached.apply(at), type, semantics));
    }

    private Optional<ReferencePolicy> endpointPolicy(AccessRequest request, Semantics semantics) {
        Optional<ContextValue> id = request.contextValue("aws:SourceVpce");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        if (!(id.get() instanceof ContextValue.Single single)) {
            throw new IllegalArgumentException("context: `aws:SourceVpce` is single-valued, and must not be a list");
        }
        return Optional.ofNullable(store.vpcEndpoints().get(single.value()))
                .flatMap(VpcEndpoint::policy)
                .map(name -> policy(name, PolicyType.VPC_ENDPOINT, semantics));
    }

    private List<ReferencePolicy> read(List<PolicySource> sources, Semantics semantics) {
        List<ReferencePolicy> read = new ArrayList<>();
        for (PolicySource source : sources) {
            read.add(source.read(PolicyType.SESSION, store.parameters(), semantics));
        }
        return read;
    }

    private List<ReferencePolicy> policies(List<String> names, PolicyType type, Semantics semantics) {
        List<ReferencePolicy> read = new ArrayList<>();
        for (String name : names) {
            read.add(policy(name, type, semantics));
        }
        return read;
    }

    private ReferencePolicy policy(String name, PolicyType type, Semantics semantics) {
        return policies.computeIfAbsent(new Attached(name, type, semantics), attached -> {
            String text = store.texts().get(name);
            if (text == null) {
                throw new IllegalArgumentException("the store has no policy called `" + name + "`");
            }
            return ReferencePolicy.read(name, type, text, store.parameters(), semantics);
        });
    }
}
