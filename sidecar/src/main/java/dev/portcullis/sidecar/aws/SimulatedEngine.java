package dev.portcullis.sidecar.aws;

import dev.portcullis.Engine;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Policies;
import dev.portcullis.ResourcePolicy;
import dev.portcullis.Store;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.Organization.Account;
import dev.portcullis.policy.Organization.Unit;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.aws.SimulatedDecision.Matched;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of a simulation, compiled: a store of one principal. Immutable. */
final class SimulatedEngine {

    private static final String EVERYTHING =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final String ACCOUNT_LEVEL = "account";
    private static final String RESOURCE = "resource";
    private static final String NOBODY = "user/simulated";

    private final Map<String, SimulatedPolicy> policies = new HashMap<>();
    private final Map<String, List<SourcePlace>> places = new HashMap<>();
    private final Engine engine;
    private final String principal;
    private final Optional<ResourcePolicy> resourcePolicy;

    /** @throws dev.portcullis.InvalidPolicyException if the policies can't stand together */
    SimulatedEngine(Simulation simulation, Semantics semantics) {
        SimulatorReading reading = new SimulatorReading(simulation.context());
        principal = simulation
                .caller()
                .filter(caller -> !caller.isGroup())
                .map(IamEntity::arn)
                .orElse("arn:aws:iam::" + simulation.account() + ":" + NOBODY);

        Store.Builder store = Store.builder().checks(Checks.STORED);
        List<String> identity = new ArrayList<>();
        for (SimulatedPolicy policy : simulation.identity()) {
            identity.add(add(policy, reading, store));
        }
        Optional<String> boundary = simulation.boundary().map(policy -> add(policy, reading, store));
        boolean isRole = simulation
                .caller()
                .filter(caller -> caller.kind().equals("role"))
                .isPresent();
        if (isRole) {
            store.role(principal, role -> attach(role, identity, boundary));
        } else {
            store.user(principal, user -> attach(user, identity, boundary));
        }
        simulation.levels().ifPresent(levels -> addOrganization(simulation.account(), levels, reading, store));
        engine = Engine.compile(store.build(), semantics.with(Semantics.Point.ACCOUNT_GRANT_SUFFICES, true)); // S6
        simulation.resourcePolicy().ifPresent(policy -> policies.put(RESOURCE, policy));
        resourcePolicy = simulation
                .resourcePolicy()
                .filter(policy -> policy.document().type() == PolicyType.RESOURCE)
                .map(policy -> engine.compileResourcePolicy(Policies.print(reading.read(policy.document()))));
        policies.forEach((key, policy) -> places.put(key, SourcePlace.of(policy.document())));
    }

    private static void attach(Store.PrincipalBuilder to, List<String> identity, Optional<String> boundary) {
        to.attach(identity.toArray(new String[0]));
        boundary.ifPresent(to::boundary);
    }

    private String add(SimulatedPolicy policy, SimulatorReading reading, Store.Builder store) {
        String name = "policy-" + policies.size();
        policies.put(name, policy);
        store.policy(name, Policies.print(reading.read(policy.document())));
        return name;
    }

    private void addOrganization(
            String account, List<List<SimulatedPolicy>> levels, SimulatorReading reading, Store.Builder store) {
        store.policy(ACCOUNT_LEVEL, EVERYTHING);
        List<Account> accounts = List.of(new Account(account, List.of(ACCOUNT_LEVEL), List.of()));
        Unit unit = null;
        for (int i = levels.size() - 1; i >= 0; i--) {
            List<String> names = new ArrayList<>();
            levels.get(i).forEach(policy -> names.add(add(policy, reading, store)));
            unit = unit == null
                    ? new Unit("", "level " + (i + 1), names, List.of(), accounts, List.of())
                    : new Unit("", "level " + (i + 1), names, List.of(), List.of(), List.of(unit));
        }
        if (unit != null) {
            String management = account.equals("000000000000") ? "000000000001" : "000000000000";
            store.organization(new Organization("o-simulated00", management, unit));
        }
    }

    Engine engine() {
        return engine;
    }

    /** Who asks. */
    String principal() {
        return principal;
    }

    Optional<ResourcePolicy> resourcePolicy() {
        return resourcePolicy;
    }

    /** A statement of a layer in the answer's words. */
    Matched matched(PolicyType layer, StatementRef statement) {
        String key = layer == PolicyType.RESOURCE ? RESOURCE : statement.policy();
        SimulatedPolicy policy = policies.get(key);
        return new Matched(key, policy.id(), policy.type(), places.get(key).get(statement.index()));
    }
}
