package dev.portcullis.sidecar.aws;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.aws.SimulatedDecision.Matched;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides as AWS's policy simulator does: by the engine, each layer by itself, with the simulator's differences from
 * enforcement (section 4 of the evaluation rules). Thread-safe.
 */
final class Simulator {

    /**
     * What is simulated of one action.
     *
     * @param whole on all resources together
     * @param each on each resource; empty for {@code *} alone
     */
    record ActionResult(String action, Optional<String> name, SimulatedDecision whole, List<SimulatedDecision> each) {}

    /** Of one page. */
    private static final int MATCHED_STATEMENTS = 100_000;

    /** Of one page, compiling aside: a client waits for a minute at most. */
    private static final Duration TIME = Duration.ofSeconds(20);

    private final SimulatedEngines engines;

    Simulator(Semantics semantics) {
        this.engines = new SimulatedEngines(semantics);
    }

    List<ActionResult> simulate(Simulation simulation) throws AwsError {
        SimulatedEngine engine = engines.of(simulation);
        long began = System.nanoTime();
        List<ActionResult> results = new ArrayList<>();
        int matched = 0;
        for (String action : simulation.actions()) {
            List<SimulatedDecision> each = new ArrayList<>();
            for (String resource : simulation.resources()) {
                SimulatedDecision decision = new One(simulation, engine, action, resource).decide();
                each.add(decision);
                matched += decision.matched().size();
                checkSize(matched, System.nanoTime() - began);
            }
            String first = simulation.resources().get(0);
            if (each.size() == 1) {
                List<SimulatedDecision> specific = first.equals("*") ? List.of() : each;
                results.add(new ActionResult(action, Optional.of(first), each.get(0), specific));
            } else {
                Optional<String> name = ActionResources.template(action, first);
                SimulatedDecision whole = SimulatedDecision.of(name.orElse("*"), each);
                results.add(new ActionResult(action, name, whole, each));
            }
        }
        return withMissing(results, simulation);
    }

    private static void checkSize(int matched, long nanos) throws AwsError {
        if (matched > MATCHED_STATEMENTS) {
            throw tooMuch("More than " + MATCHED_STATEMENTS + " matched statements");
        }
        if (nanos > TIME.toNanos()) {
            throw tooMuch("More than " + TIME.toSeconds() + " seconds of simulation");
        }
    }

    private static AwsError tooMuch(String what) {
        return AwsError.policyEvaluation(
                what + " on one page; ask for fewer actions and resources, or a smaller MaxItems.");
    }

    /** The missing values are the same for every implicit deny of a simulation (rule S5). */
    private static List<ActionResult> withMissing(List<ActionResult> results, Simulation simulation) throws AwsError {
        boolean needed = results.stream()
                .anyMatch(result -> result.whole().decision() == Decision.IMPLICIT_DENY
                        || result.each().stream().anyMatch(one -> one.decision() == Decision.IMPLICIT_DENY));
        if (!needed) {
            return results;
        }
        List<String> missing = missing(simulation);
        return results.stream()
                .map(result -> new ActionResult(
                        result.action(),
                        result.name(),
                        result.whole().withMissing(missing),
                        result.each().stream()
                                .map(one -> one.withMissing(missing))
                                .toList()))
                .toList();
    }

    private static List<String> missing(Simulation simulation) throws AwsError {
        try {
            return MissingKeys.of(simulation.policies(), simulation.context());
        } catch (InvalidPolicyException e) {
            throw AwsError.policyEvaluation("The policies' conditions can't be evaluated: " + e.getMessage());
        }
    }

    /** One action on one resource. */
    private static final class One {

        private final Simulation simulation;
        private final SimulatedEngine engine;
        private final String action;
        private final String resource;
        private final String owner;
        private final boolean resourceSpeaks;

        private One(Simulation simulation, SimulatedEngine engine, String action, String resource) {
            this.simulation = simulation;
            this.engine = engine;
            this.action = action;
            this.resource = resource;
            this.owner = account(resource).or(simulation::resourceOwner).orElse(simulation.account());
            // S6: not for sts:Assume*, nor for roles; without a policy only who was named as another owner counts.
            boolean ignored = action.toLowerCase(Locale.ROOT).startsWith("sts:assume") || isRole(resource);
            this.resourceSpeaks = !ignored
                    && (simulation.resourcePolicy().isPresent()
                            || simulation
                                    .resourceOwner()
                                    .filter(named -> !named.equals(simulation.account()))
                                    .isPresent());
        }

        private static Optional<String> account(String resource) {
            String[] fields = resource.split(":", 6);
            return fields.length == 6 && fields[4].matches("[0-9]{12}") ? Optional.of(fields[4]) : Optional.empty();
        }

        private static boolean isRole(String resource) {
            return IamEntity.of(resource)
                    .filter(entity -> entity.kind().equals("role"))
                    .isPresent();
        }

        private SimulatedDecision decide() throws AwsError {
            Explanation explanation;
            try {
                explanation = engine.engine().explain(request());
            } catch (IllegalArgumentException e) {
                throw AwsError.invalidInput(String.valueOf(e.getMessage()));
            }
            boolean taken = ActionResources.takes(action, resource);
            Decision decision = !taken
                    ? Decision.IMPLICIT_DENY
                    : resourceSpeaks ? explanation.decision() : withoutResource(explanation);
            return new SimulatedDecision(
                    resource,
                    decision,
                    matched(explanation, decision),
                    List.of(),
                    simulation.levels().map(levels -> organizationsAllow(explanation)),
                    simulation.boundary().map(boundary -> verdict(explanation, PolicyType.BOUNDARY) == Decision.ALLOW),
                    details(explanation));
        }

        private Request request() {
            Engine decides = engine.engine();
            Request request = decides.newRequest()
                    .principal(engine.principal())
                    .action(action)
                    .resource(resource);
            simulation.context().fill(request);
            if (resourceSpeaks) {
                engine.resourcePolicy().ifPresent(request::resourcePolicy);
            }
            if (account(resource).isPresent()) {
                return request;
            }
            return resourceSpeaks ? request.resourceAccount(owner) : request.resourceOfNobody();
        }

        /** Identity-based policies, boundary and SCPs alone: no resource of another account, role or key has a say. */
        private Decision withoutResource(Explanation explanation) {
            boolean allowed = verdict(explanation, PolicyType.IDENTITY) == Decision.ALLOW
                    && (simulation.boundary().isEmpty() || verdict(explanation, PolicyType.BOUNDARY) == Decision.ALLOW)
                    && (simulation.levels().isEmpty() || organizationsAllow(explanation));
            for (Layer layer : explanation.layers()) {
                if (layer.verdict() == Verdict.DENIES) {
                    return Decision.EXPLICIT_DENY;
                }
            }
            return allowed ? Decision.ALLOW : Decision.IMPLICIT_DENY;
        }

        private static Decision verdict(Explanation explanation, PolicyType type) {
            Decision verdict = Decision.IMPLICIT_DENY;
            for (Layer layer : explanation.layers()) {
                if (layer.type() == type) {
                    verdict = switch (layer.verdict()) {
                        case DENIES -> Decision.EXPLICIT_DENY;
                        case ALLOWS -> Decision.ALLOW;
                        case SILENT, NOT_APPLICABLE -> Decision.IMPLICIT_DENY;
                    };
                }
            }
            return verdict;
        }

        private static boolean organizationsAllow(Explanation explanation) {
            for (Layer layer : explanation.layers()) {
                if (layer.type() == PolicyType.SERVICE_CONTROL && layer.verdict() != Verdict.ALLOWS) {
                    return layer.verdict() == Verdict.NOT_APPLICABLE;
                }
            }
            return true;
        }

        /** S4: the Allows of an allow, the Denies of an explicit deny; never SCPs', none for an implicit deny. */
        private Set<Matched> matched(Explanation explanation, Decision decision) {
            Set<Matched> matched = new LinkedHashSet<>();
            if (decision == Decision.IMPLICIT_DENY) {
                return matched;
            }
            Effect effect = decision == Decision.ALLOW ? Effect.ALLOW : Effect.DENY;
            for (Layer layer : explanation.layers()) {
                boolean told = layer.type() == PolicyType.IDENTITY
                        || (layer.type() == PolicyType.RESOURCE && resourceSpeaks)
                        || (layer.type() == PolicyType.BOUNDARY && effect == Effect.DENY);
                if (told) {
                    for (StatementRef statement : layer.matched()) {
                        if (statement.effect() == effect) {
                            matched.add(engine.matched(layer.type(), statement));
                        }
                    }
                }
            }
            return matched;
        }

        private Optional<Map<String, Decision>> details(Explanation explanation) {
            if (resource.equals("*")) {
                return Optional.empty();
            }
            Map<String, Decision> details = new LinkedHashMap<>();
            if (resourceSpeaks && !owner.equals(simulation.account())) {
                List<PolicyType> types = new ArrayList<>(List.of(PolicyType.IDENTITY, PolicyType.RESOURCE));
                simulation.boundary().ifPresent(boundary -> types.add(PolicyType.BOUNDARY));
                types.forEach(type -> details.put(SimulatedPolicy.type(type), verdict(explanation, type)));
            }
            return Optional.of(details);
        }
    }
}
