package dev.portcullis.explain;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Frame;
import dev.portcullis.automaton.Inspection;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.explain.Combination.Lack;
import dev.portcullis.explain.StatementSource.ConditionSource;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;

/** Puts a decision's reasons into words (rules E3, E5, E7). Used once. */
public final class Explainer {

    private final Inspection inspection;
    private final AskedLayers layers;
    private final Combination combination;

    private Explainer(Inspection inspection) {
        this.inspection = inspection;
        this.layers = new AskedLayers(inspection);
        this.combination = new Combination(inspection, layers);
    }

    /**
     * Explains a prepared frame.
     *
     * @param decided what the automaton decided of it
     * @throws IllegalStateException if the reasons found don't lead to that decision: an error of the engine's
     */
    public static Explanation explain(Automaton automaton, Frame frame, Decision decided) {
        Explainer explainer = new Explainer(new Inspection(automaton, frame));
        Decision explained = explainer.combination.decision();
        if (explained != decided) {
            throw new IllegalStateException("decided " + decided + ", but the reasons say " + explained);
        }
        return explainer.explanation();
    }

    private Explanation explanation() {
        ClosestAllows allows = new ClosestAllows(inspection, combination.lacks());
        return new Explanation(
                combination.decision(),
                reason(),
                deciding(),
                says(),
                allows.closest(),
                allows.missingKeys(),
                problems());
    }

    /** One policy type is named, the first in the order of rule E5. */
    private String reason() {
        String action = "the " + inspection.action() + " action";
        return switch (combination.decision()) {
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
        if (inspection.needsNoPermission() || combination.decision() == Decision.IMPLICIT_DENY) {
            return deciding;
        }
        boolean denied = combination.decision() == Decision.EXPLICIT_DENY;
        for (AskedLayer layer : denied ? layers.all() : List.of(layers.resource(), layers.identity())) {
            for (TestedStatement statement : layer.statements()) {
                if (denied ? statement.denies() : statement.allows()) {
                    deciding.add(statement.ref());
                }
            }
        }
        return deciding;
    }

    private List<Layer> says() {
        List<Layer> says = new ArrayList<>(layers.all().size());
        for (AskedLayer layer : layers.all()) {
            boolean resourceBased = layer.type() == PolicyType.RESOURCE || layer.type() == PolicyType.TRUST;
            says.add(layer.say(resourceBased ? howCovered(layer) : layer.note()));
        }
        return says;
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
                        statement.ref(),
                        condition.operator() + " on " + condition.key() + " has a value that is not an ARN"));
            }
        }
    }
}
