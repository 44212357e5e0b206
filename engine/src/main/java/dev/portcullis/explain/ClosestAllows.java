package dev.portcullis.explain;

import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.automaton.Inspection;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.explain.Combination.Lack;
import dev.portcullis.explain.StatementSource.ConditionSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The Allows that an implicit deny lacked: which came closest, and which context keys kept them from applying. */
final class ClosestAllows {

    /** How many are shown. */
    private static final int SHOWN = 5;

    private final Inspection inspection;
    private final List<TestedStatement> candidates = new ArrayList<>();

    ClosestAllows(Inspection inspection, List<Lack> lacks) {
        this.inspection = inspection;
        List<AskedLayer> searched = new ArrayList<>();
        for (Lack lack : lacks) {
            for (AskedLayer layer : lack.where()) {
                if (searched.stream().noneMatch(layer::repeats)) {
                    searched.add(layer);
                    addCandidates(layer);
                }
            }
        }
    }

    private void addCandidates(AskedLayer layer) {
        for (TestedStatement statement : layer.statements()) {
            if (!statement.deny() && !statement.applies()) {
                candidates.add(statement);
            }
        }
    }

    /** Those that came closest, closest first; equally close ones as they stand. */
    List<NearMiss> closest() {
        TestedStatement[] best = new TestedStatement[Math.min(SHOWN, candidates.size())];
        int count = 0;
        for (TestedStatement candidate : candidates) {
            if (count == best.length && !isCloser(candidate, best[count - 1])) {
                continue;
            }
            int at = count < best.length ? count++ : count - 1;
            for (; at > 0 && isCloser(candidate, best[at - 1]); at--) {
                best[at] = best[at - 1];
            }
            best[at] = candidate;
        }
        List<NearMiss> closest = new ArrayList<>(best.length);
        for (TestedStatement statement : best) {
            closest.add(nearMiss(statement));
        }
        return closest;
    }

    /** The later the first part that failed, the closer; then the more conditions that held. */
    private static boolean isCloser(TestedStatement one, TestedStatement other) {
        int parts = failed(one).compareTo(failed(other));
        return parts != 0 ? parts > 0 : conditionsHeld(one) > conditionsHeld(other);
    }

    private static int conditionsHeld(TestedStatement statement) {
        return statement.outcomes().count(Predicates.TRUE);
    }

    private static Part failed(TestedStatement statement) {
        return statement.failed().orElseThrow();
    }

    private NearMiss nearMiss(TestedStatement statement) {
        StatementSource source = statement.source();
        return switch (failed(statement)) {
            case PRINCIPAL -> unmet(statement, source.principals(), inspection.callerText());
            case ACTION -> unmet(statement, source.actions(), inspection.action());
            case RESOURCE -> unmet(statement, source.resources(), inspection.resource());
            case CONDITION -> unmetCondition(statement, source);
        };
    }

    private static NearMiss unmet(TestedStatement statement, List<String> wanted, String seen) {
        return new NearMiss(statement.ref(), failed(statement), "", "", wanted, Optional.of(List.of(seen)));
    }

    private NearMiss unmetCondition(TestedStatement statement, StatementSource source) {
        int first = 0;
        while (statement.outcomes().of(first) == Predicates.TRUE) {
            first++;
        }
        ConditionSource condition = source.condition(first);
        return new NearMiss(
                statement.ref(),
                Part.CONDITION,
                condition.key(),
                condition.operator(),
                source.values(condition),
                statement.seen(first));
    }

    /**
     * The keys that the request lacks and that kept a statement from applying whose principal and action match: those of
     * conditions that don't hold, and those of variables in them and in a resource that doesn't match.
     */
    List<String> missingKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (TestedStatement candidate : candidates) {
            Part failed = failed(candidate);
            if (failed == Part.RESOURCE) {
                candidate.source().addMissingOfResources(candidate.probe(), keys);
            } else if (failed == Part.CONDITION) {
                StatementSource source = candidate.source();
                for (int i = 0; i < candidate.outcomes().count(); i++) {
                    if (candidate.outcomes().of(i) != Predicates.TRUE) {
                        addMissing(candidate, source, i, keys);
                    }
                }
            }
        }
        return List.copyOf(keys);
    }

    private void addMissing(TestedStatement statement, StatementSource source, int number, Set<String> keys) {
        ConditionSource condition = source.condition(number);
        if (statement.seen(number).isEmpty()) {
            keys.add(condition.key());
        }
        source.addMissingOfValues(condition, statement.probe(), keys);
    }
}
