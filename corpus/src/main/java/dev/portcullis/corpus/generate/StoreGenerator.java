package dev.portcullis.corpus.generate;

import dev.portcullis.Policies;
import dev.portcullis.Store;
import dev.portcullis.corpus.generate.PolicyDraft.Entries;
import dev.portcullis.corpus.generate.PolicyDraft.Principals;
import dev.portcullis.corpus.generate.PolicyDraft.Statement;
import dev.portcullis.policy.AccessControlList;
import dev.portcullis.policy.AccessControlList.Grant;
import dev.portcullis.policy.AccessControlList.Permission;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes small stores with every layer. For one thread; one store. */
public final class StoreGenerator {

    private static final String FULL_ACCESS = "FullAWSAccess";

    /** Who may be granted something by an access control list (rule E89). */
    private static final List<String> GRANTEES = List.of(
            "AllUsers", "AuthenticatedUsers", "LogDelivery", "111122223333", "444455556666", Names.CANONICAL_ID);

    /** How much there is to hide what a statement says. */
    private enum Shape {
        /** Each policy is one statement; a Deny stands beside an Allow of everything. */
        SINGLE_STATEMENTS,
        /** Nothing but identity-based policies, and now and then resources. */
        IDENTITIES,
        /** Every layer. */
        LAYERS
    }

    private final RandomNumbers random;
    private final PolicyGenerator policies;
    private final Store.Builder store = Store.builder().checks(Checks.STORED);
    private final Map<PolicyType, List<String>> names = new EnumMap<>(PolicyType.class);
    private final Shape shape;

    private int count;

    /** A generator that takes its numbers from there. */
    public StoreGenerator(RandomNumbers random) {
        this.random = random;
        this.policies = new PolicyGenerator(random, Names.PRINCIPALS);
        this.shape = random.one(List.of(Shape.SINGLE_STATEMENTS, Shape.IDENTITIES, Shape.LAYERS, Shape.LAYERS));
    }

    /** The store. */
    public GeneratedStore generate() {
        boolean layered = shape == Shape.LAYERS;
        identities();
        if (random.chance(layered ? 90 : 40)) {
            resources();
        }
        for (String endpoint : random.some(Names.ENDPOINTS, layered ? random.below(3) : 0)) {
            store.vpcEndpoint(endpoint, policy(PolicyType.VPC_ENDPOINT));
        }
        if (layered && random.chance(60)) {
            organization();
        }
        List<PolicyDocument> documents = new ArrayList<>();
        List<String> sessions = carried(PolicyType.SESSION, layered ? 60 : 30, documents);
        List<String> ofResources = carried(PolicyType.RESOURCE, 20, documents);
        List<String> ofRoles = carried(PolicyType.TRUST, 20, documents);
        Store built = store.build();
        for (String name : built.texts().keySet()) {
            for (PolicyType type : PolicyType.values()) {
                built.document(name, type).ifPresent(documents::add);
            }
        }
        return new GeneratedStore(built, documents, sessions, ofResources, ofRoles);
    }

    /** Policies that come with requests; what they say is added to {@code documents}. */
    private List<String> carried(PolicyType type, int percent, List<PolicyDocument> documents) {
        List<String> texts = new ArrayList<>();
        for (int i = random.chance(percent) ? random.between(1, 2) : 0; i > 0; i--) {
            String text = draft(type).text();
            texts.add(text);
            documents.add(Policies.read("carried", type, text, Checks.STORED, Map.of())
                    .document()
                    .orElseThrow(() -> new IllegalStateException("refused: " + text)));
        }
        return texts;
    }

    /** A policy of this type: often one that is there already. */
    private String policy(PolicyType type) {
        List<String> known = names.computeIfAbsent(type, unused -> new ArrayList<>());
        if (!known.isEmpty() && random.chance(25)) {
            return random.one(known);
        }
        String name = "policy-" + ++count;
        store.policy(name, draft(type).text());
        known.add(name);
        return name;
    }

    private PolicyDraft draft(PolicyType type) {
        if (shape == Shape.SINGLE_STATEMENTS) {
            PolicyDraft single = policies.policy(type, 1);
            Statement statement = single.statements().get(0);
            return statement.effect() == Effect.DENY && type != PolicyType.RESOURCE_CONTROL
                    ? single.with(List.of(everything(type), statement))
                    : single;
        }
        if (broad(type)) {
            return PolicyDraft.of(everything(type));
        }
        // Long enough for the statements to be filed by resource.
        return policies.policy(type, random.chance(3) ? random.between(20, 50) : random.between(1, 4));
    }

    /** What everything has to pass allows much, else every request ended there. */
    private boolean broad(PolicyType type) {
        return switch (type) {
            case RESOURCE_CONTROL -> false;
            case IDENTITY, RESOURCE, TRUST -> random.chance(12);
            case BOUNDARY, SESSION, SERVICE_CONTROL, VPC_ENDPOINT -> random.chance(55);
        };
    }

    private static Statement everything(PolicyType type) {
        Optional<Principals> everyone = type.namesPrincipals() ? Optional.of(Principals.everyone()) : Optional.empty();
        Optional<Entries> resource = type == PolicyType.TRUST ? Optional.empty() : Optional.of(Entries.of("*"));
        return new Statement(Optional.empty(), Effect.ALLOW, everyone, Entries.of("*"), resource, List.of(), false);
    }

    private String[] policies(PolicyType type, int most) {
        Set<String> chosen = new HashSet<>();
        List<String> list = new ArrayList<>();
        for (int i = random.below(most + 1); i > 0; i--) {
            String name = policy(type);
            if (chosen.add(name)) {
                list.add(name);
            }
        }
        return list.toArray(new String[0]);
    }

    private void identities() {
        boolean single = shape == Shape.SINGLE_STATEMENTS;
        for (String group : Names.GROUPS) {
            store.group(group, single ? new String[0] : policies(PolicyType.IDENTITY, 1));
        }
        List<String> userIds = random.shuffled(Names.USER_IDS);
        List<String> users = random.some(Names.USERS, random.between(1, single ? Names.USERS.size() : 3));
        for (int i = 0; i < users.size(); i++) {
            String arn = users.get(i);
            Optional<String> id =
                    i < userIds.size() && random.chance(60) ? Optional.of(userIds.get(i)) : Optional.empty();
            store.user(arn, user -> {
                attach(user, id, true);
                if (arn.startsWith("arn:aws:iam::111122223333:")) {
                    random.some(Names.GROUPS, random.below(3)).forEach(user::group);
                }
            });
        }
        List<String> roleIds = random.shuffled(Names.ROLE_IDS);
        List<String> roles = random.some(Names.ROLES, random.between(1, single ? Names.ROLES.size() : 4));
        for (int i = 0; i < roles.size(); i++) {
            String arn = roles.get(i);
            Optional<String> id =
                    i < roleIds.size() && random.chance(60) ? Optional.of(roleIds.get(i)) : Optional.empty();
            store.role(arn, role -> {
                attach(role, id, !arn.contains("aws-service-role"));
                if (random.chance(75)) {
                    role.trust(policy(PolicyType.TRUST));
                }
            });
        }
    }

    private void attach(Store.PrincipalBuilder principal, Optional<String> id, boolean boundary) {
        // Always something to ask for.
        boolean first = !names.containsKey(PolicyType.IDENTITY);
        principal.attach(
                first || shape == Shape.SINGLE_STATEMENTS
                        ? new String[] {policy(PolicyType.IDENTITY)}
                        : policies(PolicyType.IDENTITY, 3));
        if (boundary && random.chance(shape == Shape.LAYERS ? 40 : 5)) {
            principal.boundary(policy(PolicyType.BOUNDARY));
        }
        id.ifPresent(principal::uniqueId);
        if (random.chance(40)) {
            principal.tag(random.one(List.of("team", "Team2", "\u03A3")), random.one(Values.TEXTS));
        }
    }

    private void resources() {
        Set<String> covered = new HashSet<>();
        for (String arn : random.some(Values.RESOURCES, random.below(7))) {
            String[] fields = arn.split(":", 6);
            boolean named = fields[1].startsWith("aws") && !fields[2].isEmpty() && !fields[5].isEmpty();
            if (!named || fields[5].startsWith("role/")) {
                continue;
            }
            String account = fields[4].length() == 12 ? fields[4] : random.one(Names.ACCOUNTS);
            List<String> covers = new ArrayList<>();
            for (int i = random.chance(50) ? random.between(1, 2) : 0; i > 0; i--) {
                String pattern = cover(arn, fields);
                if (covered.add(pattern)) {
                    covers.add(pattern);
                }
            }
            store.resource(new GuardedResource(
                    arn,
                    account,
                    random.chance(80) ? Optional.of(policy(PolicyType.RESOURCE)) : Optional.empty(),
                    covers,
                    Map.of(),
                    random.chance(25) ? Optional.of(acl()) : Optional.empty()));
        }
    }

    private String cover(String arn, String[] fields) {
        String start = "arn:" + fields[1] + ":" + fields[2] + ":";
        if (arn.chars().anyMatch(unit -> Character.isSurrogate((char) unit))) {
            return start + "::*";
        }
        return switch (random.below(6)) {
            case 0 -> start + "*:*:*";
            case 1 -> start + fields[3] + ":" + fields[4] + ":" + fields[5].charAt(0) + "*";
            case 2 -> start + fields[3] + ":" + fields[4] + ":*" + fields[5].charAt(fields[5].length() - 1);
            case 3 -> start + "*:" + fields[4] + ":?*" + fields[5].substring(1);
            default -> arn + "/*";
        };
    }

    private AccessControlList acl() {
        List<Grant> grants = new ArrayList<>();
        for (int i = random.between(1, 3); i > 0; i--) {
            grants.add(new Grant(random.one(GRANTEES), random.one(List.of(Permission.values()))));
        }
        return new AccessControlList(grants, random.chance(85), random.chance(20));
    }

    private void organization() {
        String management = random.chance(40) ? random.one(Names.ACCOUNTS) : "000000000001";
        List<Organization.Account> accounts = new ArrayList<>();
        for (String account : random.some(Names.ACCOUNTS, random.between(1, 3))) {
            if (account.equals(management)) {
                continue;
            }
            accounts.add(new Organization.Account(account, controls(), resourceControls()));
        }
        store.organization(new Organization("o-example", management, unit("r-root", random.between(1, 3), accounts)));
    }

    private Organization.Unit unit(String id, int depth, List<Organization.Account> accounts) {
        List<Organization.Account> here = new ArrayList<>();
        List<Organization.Account> below = new ArrayList<>();
        for (Organization.Account account : accounts) {
            (depth <= 1 || random.chance(30) ? here : below).add(account);
        }
        List<Organization.Unit> units = depth <= 1 ? List.of() : List.of(unit("ou-level-" + depth, depth - 1, below));
        return new Organization.Unit(id, id, controls(), resourceControls(), here, units);
    }

    private List<String> controls() {
        if (random.chance(3)) {
            // E43: a level without policies blocks.
            return List.of();
        }
        List<String> list = new ArrayList<>(List.of(policies(PolicyType.SERVICE_CONTROL, 1)));
        if (list.isEmpty() || random.chance(85)) {
            list.add(FULL_ACCESS);
        }
        return list;
    }

    private List<String> resourceControls() {
        return random.chance(25) ? List.of(policy(PolicyType.RESOURCE_CONTROL)) : List.of();
    }
}
