package dev.portcullis.corpus.compiled;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A case whose policies stand in the case itself, as a store of its own: what the engine makes of it. */
final class CompiledCase {

    private static final String FULL_ACCESS = "FullAWSAccess";
    private static final String ENDPOINT = "vpce-0c0ffee0c0ffee000";

    private final Case theCase;
    private final Store.Builder store = Store.builder().checks(Checks.STORED);

    private CompiledCase(Case theCase) {
        this.theCase = theCase;
    }

    static Decision decide(Case theCase) {
        return new CompiledCase(CaseDocuments.separate(theCase)).answer(Engine::decide);
    }

    /** Explains a case whose documents are {@linkplain CaseDocuments#separate separate}. */
    static Explanation explain(Case separate) {
        return new CompiledCase(separate).answer(CompiledCase::explain);
    }

    /** The decision beside it, before and after, is the same. */
    static Explanation explain(Engine engine, Request request) {
        Decision before = engine.decide(request);
        Explanation explanation = engine.explain(request);
        Decision after = engine.decide(request);
        if (explanation.decision() != before || before != after) {
            throw new IllegalStateException(
                    "decided " + before + ", explained " + explanation.decision() + ", decided " + after);
        }
        return explanation;
    }

    private <T> T answer(BiFunction<Engine, Request, T> question) {
        AccessRequest asked = theCase.request();
        theCase.parameters().forEach(store::parameter);
        String owner = asked.resourceAccount().orElse("");
        principal(asked);
        resource(asked, owner);
        boolean endpoint = endpoint();
        organization(asked, owner);
        Semantics semantics = Semantics.defaults();
        for (Map.Entry<Semantics.Point, Boolean> point : theCase.semantics().entrySet()) {
            semantics = semantics.with(point.getKey(), point.getValue());
        }
        Engine engine = Engine.compile(store.build(), semantics);
        Request request = engine.newRequest()
                .contextAsGiven()
                .principal(asked.principal())
                .action(asked.action())
                .resource(asked.resource());
        facts(asked.facts(), request);
        if (asked.principal().contains(":federated-user/")) {
            request.federatingUser(userOf(asked));
        }
        if (!owner.isEmpty()) {
            request.resourceAccount(owner);
        }
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
        if (endpoint && asked.contextValue("aws:SourceVpce").isEmpty()) {
            request.context("aws:SourceVpce", ENDPOINT);
        }
        asked.sessionPolicies()
                .ifPresent(sources -> request.sessionPolicies(
                        engine.compileSession(sources.stream().map(this::text).toArray(String[]::new))));
        return question.apply(engine, request);
    }

    static void facts(Situation.Facts facts, Request request) {
        facts.roleArn().ifPresent(request::roleArn);
        facts.uniqueId().ifPresent(request::uniqueId);
        facts.canonicalId().ifPresent(request::canonicalId);
        if (facts.serviceLinkedRole()) {
            request.serviceLinkedRole();
        }
        if (facts.awsManagedKey()) {
            request.awsManagedKey();
        }
    }

    private static String userOf(AccessRequest asked) {
        return asked.facts()
                .federatingUserArn()
                .orElse(asked.principal().replace(":sts:", ":iam:").replace(":federated-user/", ":user/"));
    }

    private String text(PolicySource source) {
        return source.documentText();
    }

    private String[] add(List<PolicySource> sources) {
        List<String> names = new ArrayList<>();
        for (PolicySource source : sources) {
            names.add(add(source));
        }
        return names.toArray(new String[0]);
    }

    private String add(PolicySource source) {
        store.policy(source.name(), text(source));
        return source.name();
    }

    private void principal(AccessRequest asked) {
        String arn = asked.principal();
        String[] identity = add(theCase.layers().identityPolicies());
        Optional<String> boundary = theCase.layers().boundaries().map(documents -> add(documents.get(0)));
        if (theCase.layers().boundaries().filter(all -> all.size() != 1).isPresent()) {
            throw new IllegalArgumentException("a store has one boundary a principal");
        }
        if (arn.contains(":assumed-role/") || arn.contains(":role/")) {
            String resource = asked.resource();
            store.role(roleOf(asked), role -> {
                if (resource.equals(roleOf(asked))) {
                    asked.resourcePolicy().map(this::add).ifPresent(role::trust);
                }
                role.attach(identity);
                boundary.ifPresent(role::boundary);
            });
        } else if (arn.contains(":user/") || arn.contains(":federated-user/")) {
            store.user(arn.contains(":user/") ? arn : userOf(asked), user -> {
                user.attach(identity);
                boundary.ifPresent(user::boundary);
            });
        }
    }

    private static String roleOf(AccessRequest asked) {
        if (asked.facts().roleArn().isPresent()) {
            return asked.facts().roleArn().get();
        }
        if (asked.principal().contains(":role/")) {
            return asked.principal();
        }
        String[] fields = asked.principal().split(":", 6);
        return "arn:" + fields[1] + ":iam::" + fields[4] + ":role/" + fields[5].split("/", 3)[1];
    }

    private void resource(AccessRequest asked, String owner) {
        if (asked.principal().startsWith("arn:aws:sts::") && asked.resource().equals(roleOf(asked))) {
            return;
        }
        Optional<String> policy = asked.resourcePolicy().map(this::add);
        if (policy.isEmpty() && theCase.layers().acl().isEmpty()) {
            return;
        }
        String arn = asked.resource();
        if (arn.contains(":iam:") && arn.contains(":role/")) {
            store.role(arn, role -> role.trust(policy.orElseThrow()));
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
        if (documents.get().size() != 1) {
            throw new IllegalArgumentException("a store has one policy an endpoint");
        }
        String id = theCase.request()
                .contextValue("aws:SourceVpce")
                .map(value -> value.values().get(0))
                .orElse(ENDPOINT);
        store.vpcEndpoint(id, add(documents.get().get(0)));
        return true;
    }

    /** A branch for each account that has levels; further levels of full access change nothing (rule E43). */
    private void organization(AccessRequest asked, String owner) {
        Optional<List<Case.Level>> scps = theCase.layers().serviceControlPolicies();
        Optional<List<Case.Level>> rcps = theCase.layers().resourceControlPolicies();
        Optional<String> management = asked.facts().managementAccount();
        if (scps.isEmpty() && rcps.isEmpty()) {
            return;
        }
        String[] fields = asked.principal().split(":", 6);
        String account = fields.length == 6 ? fields[4] : "";
        List<Organization.Unit> branches = new ArrayList<>();
        if (account.equals(owner) || rcps.isEmpty()) {
            if (!account.isEmpty()) {
                branch(account, scps, account.equals(owner) ? rcps : Optional.empty(), management, branches);
            }
            if (account.isEmpty()) {
                branch(owner, Optional.empty(), rcps, management, branches);
            }
        } else {
            if (!account.isEmpty()) {
                branch(account, scps, Optional.empty(), management, branches);
            }
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
        if (management.filter(account::equals).isPresent()) {
            return;
        }
        int depth =
                Math.max(scps.map(List::size).orElse(0), rcps.map(List::size).orElse(0));
        Organization.Account member = new Organization.Account(account, List.of(FULL_ACCESS), List.of());
        Organization.Unit unit = null;
        for (int level = depth - 1; level >= 0; level--) {
            unit = new Organization.Unit(
                    "",
                    CaseDocuments.place(level),
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
