package dev.portcullis.corpus.synthetic;

import dev.portcullis.Store;
import dev.portcullis.corpus.generate.PolicyDraft;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.synthetic.Attached.Holding;
import dev.portcullis.corpus.synthetic.Population.Person;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A store that is made up as it is asked for: the policy of a number, the principal of a number. Nothing is kept, so a
 * store of any size takes no memory by itself. Immutable, shared by all threads.
 *
 * <p>A store is known by profile, seed and number of policies. A larger one begins with the same policies; only the last
 * account, if it isn't whole, has other attachments.
 */
public final class SyntheticStore {

    private static final long SALT = 0x706F6C6963696573L;

    /** Services that the organization of Amazon Q's users fences in. */
    private static final List<String> Q_SERVICES = List.of(
            "q",
            "qbusiness",
            "qapps",
            "codewhisperer",
            "user-subscriptions",
            "codeconnections",
            "sso",
            "kms",
            "s3",
            "iam",
            "secretsmanager",
            "organizations");

    private static final List<String> GUARDED_SERVICES = List.of(
            "organizations",
            "iam",
            "cloudtrail",
            "config",
            "guardduty",
            "securityhub",
            "kms",
            "s3",
            "ec2",
            "rds",
            "ram",
            "route53",
            "access-analyzer",
            "account");

    private final Profile profile;
    private final long seed;
    private final int policies;
    private final Layout layout;
    private final Population population;
    private final Attached attached;
    private final GuardrailDocuments guardrails;

    /** The one asked for last: policies are mostly asked for one after the other. */
    private volatile Account lastAccount;

    private SyntheticStore(Profile profile, long seed, int policies) {
        this.profile = profile;
        this.seed = seed;
        this.policies = policies;
        this.layout = Layout.of(profile);
        this.population = new Population(seed, layout.roles());
        this.attached = new Attached(layout, population, profile, seed, policies);
        this.guardrails = new GuardrailDocuments(profile == Profile.GUARDRAIL ? GUARDED_SERVICES : Q_SERVICES);
        this.lastAccount = Account.of(seed, 0);
    }

    /**
     * A store.
     *
     * @param policies how many policies it has, at least 1
     */
    public static SyntheticStore of(Profile profile, long seed, int policies) {
        if (policies < 1) {
            throw new IllegalArgumentException("policies: " + policies + " is not positive");
        }
        return new SyntheticStore(Objects.requireNonNull(profile), seed, policies);
    }

    public Profile profile() {
        return profile;
    }

    public long seed() {
        return seed;
    }

    /** How many policies it has. */
    public int policies() {
        return policies;
    }

    /** How many users and roles it has. */
    public int principals() {
        return attached.people();
    }

    /** How many accounts it has. */
    public int accounts() {
        return attached.accounts();
    }

    /**
     * Who the principal of a number is in a request: a user, or a session of a role.
     *
     * @param number from 0 up to, not including, {@link #principals}
     */
    public String principal(int number) {
        return attached.holding(Objects.checkIndex(number, principals()))
                .person()
                .caller();
    }

    /** What the policy of a number is attached as. */
    public PolicyType type(int number) {
        return layout.type(Objects.checkIndex(number, policies));
    }

    /** The name of the policy of a number: a file name on any system. */
    public String name(int number) {
        String digits = Integer.toString(number);
        return type(number).shortName() + "-" + "0".repeat(Math.max(0, 7 - digits.length())) + digits;
    }

    /** The document of a number: JSON text, ASCII. */
    public String text(int number) {
        return draft(number).text();
    }

    /** The document of a number, before it is written. */
    PolicyDraft draft(int number) {
        PolicyType type = type(number);
        // One role has all the applications, and so they are of its account.
        Account account = account(profile == Profile.APPLICATIONS ? 0 : number / layout.size());
        RandomNumbers random = RandomNumbers.ofCase(seed ^ SALT, number);
        return switch (type) {
            case IDENTITY, SESSION -> identity(random, number, account);
            case BOUNDARY -> AmazonQDocuments.boundary(random, account);
            case SERVICE_CONTROL -> guardrails.serviceControl(random, account);
            case RESOURCE_CONTROL -> guardrails.resourceControl(random, account);
            case VPC_ENDPOINT -> guardrails.endpoint(random, account);
            case TRUST, RESOURCE -> ofPrincipals(random, type, number, account);
        };
    }

    private PolicyDraft identity(RandomNumbers random, int number, Account account) {
        return switch (profile) {
            case MANAGED -> ManagedDocuments.identity(random, seed, number, account);
            case CUSTOMER -> CustomerDocuments.identity(random, account);
            case APPLICATIONS -> HardDocuments.applications(random, account);
            case HOSTILE -> HardDocuments.hostile(random, account);
            case AMAZON_Q, PRINCIPALS, GUARDRAIL -> AmazonQDocuments.identity(random, account);
        };
    }

    private PolicyDraft ofPrincipals(RandomNumbers random, PolicyType type, int number, Account account) {
        int partner = random.below(account.number() + 2);
        Optional<GuardedThing> thing =
                type == PolicyType.RESOURCE ? Optional.of(GuardedThing.of(seed, number, account)) : Optional.empty();
        if (profile == Profile.CUSTOMER) {
            return CustomerDocuments.ofPrincipals(random, type, thing, account, population, partner);
        }
        if (profile == Profile.GUARDRAIL) {
            return guardrails.perimeter(random, thing.orElseThrow(), account, population);
        }
        return thing.map(one -> ResourceDocuments.resource(random, one, account, population, partner))
                .orElseGet(() -> TrustDocuments.trust(random, account, population, partner));
    }

    /** Puts the whole store into a builder: policies, users, groups, roles, resources, endpoints and the organization. */
    public void addTo(Store.Builder builder) {
        for (int i = 0; i < policies; i++) {
            builder.policy(name(i), text(i));
        }
        for (int account = 0; account < attached.accounts(); account++) {
            addAccount(account, builder);
        }
        for (int i = 0; i < principals(); i++) {
            add(attached.holding(i), builder);
        }
        organization().ifPresent(builder::organization);
    }

    /** The store, checked. */
    public Store build() {
        Store.Builder builder = Store.builder();
        addTo(builder);
        return builder.build();
    }

    private void addAccount(int account, Store.Builder builder) {
        String id = Account.id(seed, account);
        for (int group = 0; group < attached.groups(account); group++) {
            builder.group(attached.group(account, group), names(attached.groupPolicies(account, group)));
        }
        for (int number : attached.numbers(account, PolicyType.RESOURCE)) {
            builder.resource(thing(number).guarded(id, name(number)));
        }
        for (int number : attached.numbers(account, PolicyType.VPC_ENDPOINT)) {
            builder.vpcEndpoint(endpoint(number), name(number));
        }
    }

    private void add(Holding holding, Store.Builder builder) {
        Person person = holding.person();
        if (person.role()) {
            builder.role(person.arn(), role -> attach(holding, role));
        } else {
            builder.user(person.arn(), user -> attach(holding, user));
        }
    }

    private void attach(Holding holding, Store.PrincipalBuilder principal) {
        principal.attach(identityPolicies(holding));
        principal.uniqueId(holding.person().uniqueId());
        holding.person().tags().forEach(principal::tag);
        holding.boundary().ifPresent(number -> principal.boundary(name(number)));
        holding.trust().ifPresent(number -> principal.trust(name(number)));
        holding.group().ifPresent(group -> principal.group(attached.group(holding.account(), group)));
    }

    /** Names of a user's or role's own policies. */
    String[] identityPolicies(Holding holding) {
        return profile == Profile.GUARDRAIL ? new String[] {"AdministratorAccess"} : names(holding.identity());
    }

    /** The organization, if the profile has one. */
    Optional<Organization> organization() {
        return layout.organized() ? Optional.of(Tree.organization(seed, attached, this::name)) : Optional.empty();
    }

    /** Names of policies. */
    String[] names(List<Integer> numbers) {
        return numbers.stream().map(this::name).toArray(String[]::new);
    }

    Layout layout() {
        return layout;
    }

    Attached attached() {
        return attached;
    }

    /** The resource that the resource-based policy of a number belongs to. */
    GuardedThing thing(int number) {
        return GuardedThing.of(seed, number, account(number / layout.size()));
    }

    /** The endpoint that the endpoint policy of a number belongs to. */
    String endpoint(int number) {
        return "vpce-" + Words.hex(RandomNumbers.ofCase(seed ^ SALT, ~(long) number), 17);
    }

    /** The account of a number. */
    Account account(int number) {
        Account last = lastAccount;
        if (last.number() != number) {
            last = Account.of(seed, number);
            lastAccount = last;
        }
        return last;
    }

    /** Requests to the store, asked by those who ask in such stores ({@link CallerMix#of}). */
    public SyntheticRequests requests(RequestMix mix) {
        return requests(mix, CallerMix.of(profile));
    }

    /**
     * Requests to the store.
     *
     * @param callers who asks; where the store has no caller of a kind, a principal asks instead
     */
    public SyntheticRequests requests(RequestMix mix, CallerMix callers) {
        return new SyntheticRequests(this, mix, callers);
    }
}
