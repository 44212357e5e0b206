package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.corpus.reference.Conditions.Truth;
import dev.portcullis.corpus.reference.Evaluation.Lack;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.PrincipalEntry;
import dev.portcullis.corpus.reference.StatementText.ResourceEntry;
import dev.portcullis.corpus.reference.StatementText.ResourceList;
import dev.portcullis.corpus.reference.StatementText.Value;
import dev.portcullis.corpus.reference.Statements.Result;
import dev.portcullis.corpus.reference.Statements.Tested;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Allow statements that an implicit deny lacked, and the context keys that would have helped them. */
final class NearMisses {

    /** How many are shown. */
    private static final int SHOWN = 5;

    private final Evaluation evaluation;
    private final Context context;
    private final List<Result> candidates = new ArrayList<>();

    NearMisses(Evaluation evaluation) {
        this.evaluation = evaluation;
        this.context = new Context(
                evaluation.situation().context(), evaluation.situation().semantics());
        if (evaluation.decision() != Decision.IMPLICIT_DENY) {
            return;
        }
        Set<PolicyLayer> layers = new LinkedHashSet<>();
        for (Lack lack : evaluation.lacks()) {
            layers.addAll(lack.layers());
        }
        for (PolicyLayer layer : layers) {
            for (Result result : layer.results()) {
                if (result.statement().effect() == Effect.ALLOW && !result.applies()) {
                    candidates.add(result);
                }
            }
        }
    }

    /** Closest first: the later the first part that failed, the closer; then the more conditions that held. */
    List<NearMiss> closest() {
        List<Result> ranked = new ArrayList<>(candidates);
        ranked.sort(Comparator.comparingInt(NearMisses::partsMatched)
                .thenComparingLong(NearMisses::conditionsHeld)
                .reversed());
        List<NearMiss> closest = new ArrayList<>();
        for (Result result : ranked.subList(0, Math.min(SHOWN, ranked.size()))) {
            closest.add(nearMiss(result));
        }
        return closest;
    }

    private static int partsMatched(Result result) {
        return result.failed().map(Part::ordinal).orElse(Part.values().length);
    }

    private static long conditionsHeld(Result result) {
        return result.conditions().stream()
                .filter(tested -> tested.truth() == Truth.HOLDS)
                .count();
    }

    private NearMiss nearMiss(Result result) {
        StatementText statement = result.statement();
        Part failed = result.failed().orElseThrow();
        return switch (failed) {
            case PRINCIPAL ->
                unmet(
                        result,
                        failed,
                        statement.principal().stream()
                                .flatMap(list -> list.entries().stream())
                                .map(PrincipalEntry::value)
                                .toList(),
                        evaluation.caller().text());
            case ACTION ->
                unmet(
                        result,
                        failed,
                        statement.action().entries(),
                        evaluation.situation().action());
            case RESOURCE ->
                unmet(
                        result,
                        failed,
                        statement.resource().stream()
                                .flatMap(list -> list.entries().stream())
                                .map(ResourceEntry::text)
                                .toList(),
                        evaluation.situation().resource());
            case CONDITION -> unmetCondition(result);
        };
    }

    private static NearMiss unmet(Result result, Part failed, List<String> wanted, String seen) {
        return new NearMiss(result.ref(), failed, "", "", wanted, Optional.of(List.of(seen)));
    }

    private NearMiss unmetCondition(Result result) {
        for (Tested tested : result.conditions()) {
            if (tested.truth() != Truth.HOLDS) {
                Clause clause = tested.clause();
                return new NearMiss(
                        result.ref(),
                        Part.CONDITION,
                        clause.key(),
                        clause.operatorText(),
                        clause.values().stream().map(Value::text).toList(),
                        context.get(clause.key()).map(ContextValue::values));
            }
        }
        // U4: `"Condition": {}`, read as one that never holds.
        return new NearMiss(result.ref(), Part.CONDITION, "", "", List.of(), Optional.empty());
    }

    /**
     * The keys that the request lacks and that kept a statement from applying whose principal and action match: those of
     * failed conditions, and those of variables in failed conditions and in a resource that didn't match.
     */
    List<String> missingKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (Result result : candidates) {
            if (result.failed().orElseThrow() == Part.RESOURCE) {
                for (ResourceEntry entry :
                        result.statement().resource().map(ResourceList::entries).orElse(List.of())) {
                    addMissing(entry.pattern().keys(), keys);
                }
            }
            for (Tested tested : result.conditions()) {
                if (tested.truth() != Truth.HOLDS) {
                    addMissing(List.of(tested.clause().key()), keys);
                    for (Value value : tested.clause().values()) {
                        addMissing(value.pattern().keys(), keys);
                    }
                }
            }
        }
        return List.copyOf(keys);
    }

    private void addMissing(List<String> named, Set<String> keys) {
        for (String key : named) {
            if (!context.has(key)) {
                keys.add(key);
            }
        }
    }
}
