package dev.portcullis;

import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Frame;
import dev.portcullis.automaton.Inspection;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.explain.AskedLayer;
import dev.portcullis.explain.AskedLayers;
import dev.portcullis.explain.ClosestAllows;
import dev.portcullis.explain.Combination;
import dev.portcullis.explain.Combination.Lack;
import dev.portcullis.explain.StatementSource;
import dev.portcullis.explain.StatementSource.ConditionSource;
import dev.portcullis.explain.TestedStatement;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts a decision's reasons into words (rules E3, E5, E7). Used once. */
final class Explainer {

    private final Inspection inspection;
    private final AskedLayers layers;
    private final Combination combination;
    private final Decision decision;

    private Explainer(Inspection inspection, Decision decision) {
        this.inspection = inspection;
        this.layers = new AskedLayers(inspection);
        this.combination = new Combination(inspection, layers);
        this.decision = decision;
    }

    /**
     * Explains a prepared frame.
     *
     * @param decisions the automaton's decisions, by number
     * @throws IllegalStateException if the reasons found don't lead to the decision: an error of the engine's
     */
    static Explanation explain(Automaton automaton, Frame frame, Decision... decisions) {
        Decision decided = decisions[automaton.decide(frame)];
        Explainer explainer = new Explainer(new Inspection(automaton, frame), decided);
        Decision explained = decisions[explainer.combination.decision()];
        if (explained != decided) {
            throw new IllegalStateException("decided " + decided + ", but the reasons say " + explained);
        }
        return explainer.explanation();
    }

    private Explanation explanation() {
        ClosestAllows allows = new ClosestAllows(combination.lacks());
        return new Explanation(
                decision,
                reason(),
                deciding(),
                says(),
                allows.closest().stream().map(this::nearMiss).toList(),
                allows.missingKeys(),
                problems());
    }

    /** One policy type is named, the first in the order of rule E5. */
    private String reason() {
        String action = "the " + inspection.action() + " action";
        return switch (decision) {
            case ALLOW -> allowed(action);
            case EXPLICIT_DENY -> "explicit deny in " + withArticle(firstDeny().type());
            case IMPLICIT_DENY -> {
                Lack first = combination.lacks().get(0);
                yield first.why().orElseGet(() -> "no " + first.type().label() + " allows " + action);
            }
        };
    }

    private AskedLayer firstDeny() {
        for (AskedLayer layer : layers.all()) {
            if (layer.denies()) {
                return layer;
            }
        }
        throw new IllegalStateException("an explicit deny without a Deny");
    }

    private String allowed(String action) {
        if (inspection.needsNoPermission()) {
            return action + " needs no permission";
        }
        for (AskedLayer layer : List.of(layers.identity(), layers.resource())) {
            if (layer.allows()) {
                return withArticle(layer.type()) + " allows " + action;
            }
        }
        return combination.grant() == Inspection.NONE
                ? "the root user is allowed by default"
                : "an access control list allows " + action;
    }

    private static String withArticle(PolicyType type) {
        return (type == PolicyType.IDENTITY ? "an " : "a ") + type.label();
    }

    /** All Denies that apply, or the Allows of the two layers that grant (rules E12, S4). */
    private List<StatementRef> deciding() {
        List<StatementRef> deciding = new ArrayList<>();
        if (inspection.needsNoPermission() || decision == Decision.IMPLICIT_DENY) {
            return deciding;
        }
        boolean denied = decision == Decision.EXPLICIT_DENY;
        for (AskedLayer layer : denied ? layers.all() : List.of(layers.resource(), layers.identity())) {
            for (TestedStatement statement : layer.statements()) {
                if (denied ? statement.denies() : statement.allows()) {
                    deciding.add(ref(statement));
                }
            }
        }
        return deciding;
    }

    private List<Layer> says() {
        List<Layer> says = new ArrayList<>(layers.all().size());
        for (AskedLayer layer : layers.all()) {
            boolean resourceBased = layer.type() == PolicyType.RESOURCE || layer.type() == PolicyType.TRUST;
            String note = resourceBased ? howCovered(layer) : layer.note();
            says.add(new Layer(layer.type(), layer.place(), verdict(layer), note, matched(layer)));
        }
        return says;
    }

    private static Verdict verdict(AskedLayer layer) {
        if (!layer.consulted()) {
            return Verdict.NOT_APPLICABLE;
        }
        if (layer.denies()) {
            return Verdict.DENIES;
        }
        // E54: full access is attached at every level of RCPs.
        return layer.type() == PolicyType.RESOURCE_CONTROL || layer.allows() ? Verdict.ALLOWS : Verdict.SILENT;
    }

    private static List<StatementRef> matched(AskedLayer layer) {
        List<StatementRef> matched = new ArrayList<>();
        for (TestedStatement statement : layer.statements()) {
            if (statement.applies()) {
                matched.add(ref(statement));
            }
        }
        return matched;
    }

    private String howCovered(AskedLayer resource) {
        String how = switch (combination.grant()) {
            case Inspection.ACCOUNT -> "names the caller's account";
            case Inspection.ROLE -> "names the caller's role or user";
            case Inspection.DIRECT -> "names the caller itself or everyone";
            default -> resource.note();
        };
        boolean byList = combination.grant() != Inspection.NONE && !resource.allows();
        return byList ? "access control list: " + how : how;
    }

    private NearMiss nearMiss(TestedStatement statement) {
        StatementSource source = statement.source();
        return switch (statement.matched()) {
            case TestedStatement.NO_PART ->
                unmet(statement, Part.PRINCIPAL, source.principals(), inspection.callerText());
            case TestedStatement.PRINCIPAL -> unmet(statement, Part.ACTION, source.actions(), inspection.action());
            case TestedStatement.ACTION -> unmet(statement, Part.RESOURCE, source.resources(), inspection.resource());
            default -> {
                if (statement.outcomes().count() == 0) {
                    yield new NearMiss(ref(statement), Part.CONDITION, "", "", List.of(), Optional.empty());
                }
                int first = statement.outcomes().firstUnmet();
                ConditionSource unmet = source.condition(first);
                yield new NearMiss(
                        ref(statement),
                        Part.CONDITION,
                        unmet.key(),
                        unmet.operator(),
                        source.values(unmet),
                        statement.seen(first));
            }
        };
    }

    private static NearMiss unmet(TestedStatement statement, Part failed, List<String> wanted, String seen) {
        return new NearMiss(ref(statement), failed, "", "", wanted, Optional.of(List.of(seen)));
    }

    private static StatementRef ref(TestedStatement statement) {
        return new StatementRef(
                statement.type(),
                statement.policy(),
                statement.place().index(),
                statement.source().sid(),
                statement.deny() ? Effect.DENY : Effect.ALLOW,
                statement.place().span());
    }

    /** E7: visible beside the decision. */
    private List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (AskedLayer layer : layers.all()) {
            for (TestedStatement statement : layer.statements()) {
                if (statement.isUnevaluable()) {
                    addProblems(statement, problems);
                }
            }
        }
        return problems;
    }

    private static void addProblems(TestedStatement statement, List<Problem> problems) {
        StatementSource source = statement.source();
        for (int i = 0; i < statement.outcomes().count(); i++) {
            if (statement.outcomes().of(i) == Predicates.ERROR) {
                ConditionSource condition = source.condition(i);
                problems.add(new Problem(
                        ref(statement),
                        condition.operator() + " on " + condition.key() + " has a value that is not an ARN"));
            }
        }
    }
}
