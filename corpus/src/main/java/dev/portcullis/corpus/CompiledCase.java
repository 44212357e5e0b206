package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A case whose policies stand in the case itself, as a store of its own, compiled.
 *
 * <p>The store has what the case doesn't: an organization's root and accounts, with full access, above and below the
 * case's levels; that changes no decision (rule E43), and explanations are told without it.
 */
final class CompiledCase implements Question {

    private static final String FULL_ACCESS = "FullAWSAccess";
    private static final String ENDPOINT = "vpce-0c0ffee0c0ffee000";
    private static final String ENDPOINT_KEY = "aws:SourceVpce";
    private static final String LEVEL = "level ";
    private static final String NO_ORGANIZATION = "no organization";

    private final Case theCase;
    private final AccessRequest asked;
    private final String owner;
    private final Map<String, PolicySource> sources = new HashMap<>();
    private final SourceNames names = new SourceNames(sources);
    private final Store.Builder store = Store.builder().checks(Checks.STORED);
    private Engine engine;
    private Request request;

    private CompiledCase(Case theCase) {
        this.theCase = theCase;
        this.asked = theCase.request();
        this.owner = ResourceOwner.of(asked);
    }

    /** How a case is put to its engine. */
    record Setting(Semantics semantics, Map<String, String> parameters, Optional<Clock> supplied) {}

    /**
     * The case, compiled. Empty when no store says what the case says: several documents where a principal or an endpoint
     * has one, levels above no account.
     *
     * @param setting by what the case is read; with a clock, the context keys that AWS supplies itself are supplied
     * @param last what is done with the engine before it is asked
     * @throws IllegalArgumentException if a document of the case has no meaning
     */
    static Optional<Question> question(Case theCase, Setting setting, UnaryOperator<Engine> last) {
        CompiledCase compiled = new CompiledCase(theCase);
        if (!compiled.isStorable()) {
            return Optional.empty();
        }
        try {
            compiled.compile(setting, last);
            return Optional.of(compiled);
        } catch (InvalidPolicyException refused) {
            if (compiled.names.isAboutDocuments(refused)) {
                throw compiled.names.of(refused);
            }
            return Optional.empty();
        }
    }

    @Override
    public Decision decide() {
        return engine.decide(request);
    }

    @Override
    public Explanation explain() {
        Explanation explanation = engine.explain(request);
        return names.of(explanation, layers(explanation.layers()));
    }

    /** The layers that the case has, its levels under their own names. */
    private List<Layer> layers(List<Layer> found) {
        List<Layer> layers = new ArrayList<>();
        for (PolicyType type : List.of(PolicyType.RESOURCE_CONTROL, PolicyType.SERVICE_CONTROL)) {
            Optional<List<Case.Level>> levels = levels(type);
            if (levels.isEmpty()) {
                layers.add(new Layer(type, "", Verdict.NOT_APPLICABLE, NO_ORGANIZATION, List.of()));
                continue;
            }
            for (Layer layer : found) {
                if (layer.type() != type) {
                    continue;
                }
                if (layer.verdict() == Verdict.NOT_APPLICABLE) {
                    layers.add(layer);
                } else if (layer.place().startsWith(LEVEL)) {
                    int number = Integer.parseInt(layer.place().substring(LEVEL.length()));
                    if (number < levels.get().size()) {
                        String place = levels.get().get(number).place();
                        layers.add(new Layer(type, place, layer.verdict(), layer.note(), layer.matched()));
                    }
                }
            }
        }
        for (Layer layer : found) {
            if (layer.type() != PolicyType.RESOURCE_CONTROL && layer.type() != PolicyType.SERVICE_CONTROL) {
                layers.add(layer);
            }
        }
        return layers;
    }

    private Optional<List<Case.Level>> levels(PolicyType type) {
        return type == PolicyType.SERVICE_CONTROL
                ? theCase.layers().serviceControlPolicies()
                : theCase.layers().resourceControlPolicies();
    }

    private boolean isStorable() {
        Case.Layers layers = theCase.layers();
        Optional<ContextValue> endpoint = asked.contextValue(ENDPOINT_KEY);
        boolean oneEach = layers.boundaries().map(List::size).orElse(1) == 1
                && layers.endpointPolicies().map(List::size).orElse(1) == 1
                && (layers.endpointPolicies().isEmpty() || endpoint.isEmpty() || isOne(endpoint.get()));
        boolean guarded = asked.resourcePolicy().isPresent() || layers.acl().isPresent();
        int depth = Math.max(depth(PolicyType.SERVICE_CONTROL), depth(PolicyType.RESOURCE_CONTROL));
        return oneEach
                && !(guarded && asked.resource().equals("*"))
                && depth < Limits.ORGANIZATION_DEPTH
                && (layers.serviceControlPolicies().isEmpty() || isAccountOrNone(account()))
                && (layers.resourceControlPolicies().isEmpty() || isAccountOrNone(owner));
    }

    private static boolean isOne(ContextValue value) {
        return value instanceof ContextValue.Single;
    }

    private int depth(PolicyType type) {
        return levels(type).map(List::size).orElse(0);
    }

    private static boolean isAccountOrNone(String account) {
        return account.isEmpty() || account.matches("[0-9]{12}");
    }

    private String account() {
        String[] fields = asked.principal().split(":", 6);
        return fields.length == 6 ? fields[4] : "";
    }

    private void compile(Setting setting, UnaryOperator<Engine> last) {
        setting.parameters().forEach(store::parameter);
        principal();
        resource();
        boolean endpoint = endpoint();
        organization();
        engine = last.apply(Engine.compile(store.build(), setting.semantics()));
        if (setting.supplied().isPresent()) {
            engine = engine.withClock(setting.supplied().get());
        }
        request = engine.newRequest();
        if (setting.supplied().isEmpty()) {
            request.contextAsGiven();
        }
        request.principal(asked.principal()).action(asked.action()).resource(asked.resource());
        EngineQuestions.facts(asked.facts(), request);
        if (asked.principal().contains(":federated-user/")) {
            request.federatingUser(userOf());
        }
        if (!owner.isEmpty()) {
            request.resourceAccount(owner);
        }
        EngineQuestions.context(asked, request);
        if (endpoint && asked.contextValue(ENDPOINT_KEY).isEmpty()) {
            request.context(ENDPOINT_KEY, ENDPOINT);
        }
        EngineQuestions.sessionPolicies(engine, asked, request);
        asked.sessionPolicies().ifPresent(policies -> {
            for (int i = 0; i < policies.size(); i++) {
                sources.put("session policy " + (i + 1), policies.get(i));
            }
        });
    }

    private String userOf() {
        return asked.facts()
                .federatingUserArn()
                .orElse(asked.principal().replace(":sts:", ":iam:").replace(":federated-user/", ":user/"));
    }

    private String[] add(List<PolicySource> documents) {
        List<String> added = new ArrayList<>();
        for (PolicySource document : documents) {
            added.add(add(document));
        }
        return added.toArray(new String[0]);
    }

    /** Documents of one case may share a name; each gets one of its own here. */
    private String add(PolicySource source) {
        String name = "policy-" + (sources.size() + 1);
        sources.put(name, source);
        store.policy(name, source.documentText());
        return name;
    }

    private void principal() {
        String arn = asked.principal();
        String[] identity = add(theCase.layers().identityPolicies());
        Optional<String> boundary = theCase.layers().boundaries().map(documents -> add(documents.get(0)));
        if (arn.contains(":assumed-role/") || arn.contains(":role/")) {
            store.role(roleOf(), role -> {
                if (asked.resource().equals(roleOf())) {
                    asked.resourcePolicy().map(this::add).ifPresent(role::trust);
                }
                role.attach(identity);
                boundary.ifPresent(role::boundary);
            });
        } else if (arn.contains(":user/") || arn.contains(":federated-user/")) {
            store.user(arn.contains(":user/") ? arn : userOf(), user -> {
                user.attach(identity);
                boundary.ifPresent(user::boundary);
            });
        }
    }

    private String roleOf() {
        if (asked.facts().roleArn().isPresent()) {
            return asked.facts().roleArn().get();
        }
        if (asked.principal().contains(":role/")) {
            return asked.principal();
        }
        String[] fields = asked.principal().split(":", 6);
        return "arn:" + fields[1] + ":iam::" + fields[4] + ":role/" + fields[5].split("/", 3)[1];
    }

    private boolean isSession() {
        return asked.principal().contains(":assumed-role/") || asked.principal().contains(":role/");
    }

    private void resource() {
        if (isSession() && asked.resource().equals(roleOf())) {
            return;
        }
        Optional<String> policy = asked.resourcePolicy().map(this::add);
        if (policy.isEmpty() && theCase.layers().acl().isEmpty()) {
            return;
        }
        String arn = asked.resource();
        if (CaseRunner.resourcePolicyType(asked) == PolicyType.TRUST) {
            store.role(arn, role -> policy.ifPresent(role::trust));
        } else {
            store.resource(new GuardedResource(
                    arn, owner, policy, List.of(), Map.of(), theCase.layers().acl()));
        }
    }

    private boolean endpoint() {
        Optional<List<PolicySource>> documents = theCase.layers().endpointPolicies();
        if (documents.isEmpty()) {
            return false;
        }
        String id = asked.contextValue(ENDPOINT_KEY)
                .map(value -> value.values().get(0))
                .orElse(ENDPOINT);
        store.vpcEndpoint(id, add(documents.get().get(0)));
        return true;
    }

    /** A branch for each account that has levels; further levels of full access change nothing (rule E43). */
    private void organization() {
        Optional<List<Case.Level>> scps = theCase.layers().serviceControlPolicies();
        Optional<List<Case.Level>> rcps = theCase.layers().resourceControlPolicies();
        if (scps.isEmpty() && rcps.isEmpty()) {
            return;
        }
        Optional<String> management = asked.facts().managementAccount();
        String account = account();
        List<Organization.Unit> branches = new ArrayList<>();
        if (!account.isEmpty() && (account.equals(owner) || rcps.isEmpty())) {
            branch(account, scps, account.equals(owner) ? rcps : Optional.empty(), management, branches);
        } else {
            branch(account, scps, Optional.empty(), management, branches);
            branch(owner, Optional.empty(), rcps, management, branches);
        }
        store.organization(new Organization(
                "o-case",
                management.orElse("000000000001"),
                new Organization.Unit("", "root", List.of(FULL_ACCESS), List.of(), List.of(), branches)));
    }

    private void branch(
            String account,
            Optional<List<Case.Level>> scps,
            Optional<List<Case.Level>> rcps,
            Optional<String> management,
            List<Organization.Unit> branches) {
        if (account.isEmpty() || management.filter(account::equals).isPresent()) {
            return;
        }
        int depth =
                Math.max(scps.map(List::size).orElse(0), rcps.map(List::size).orElse(0));
        Organization.Account member = new Organization.Account(account, List.of(FULL_ACCESS), List.of());
        Organization.Unit unit = null;
        for (int level = depth - 1; level >= 0; level--) {
            unit = new Organization.Unit(
                    "",
                    LEVEL + level,
                    names(scps, level, true),
                    names(rcps, level, false),
                    unit == null ? List.of(member) : List.of(),
                    unit == null ? List.of() : List.of(unit));
        }
        if (unit == null) {
            unit = new Organization.Unit(
                    "", "of " + account, List.of(FULL_ACCESS), List.of(), List.of(member), List.of());
        }
        branches.add(unit);
    }

    private List<String> names(Optional<List<Case.Level>> levels, int level, boolean service) {
        if (levels.isEmpty() || level >= levels.get().size()) {
            return service ? List.of(FULL_ACCESS) : List.of();
        }
        return List.of(add(levels.get().get(level).policies()));
    }
}
