package dev.portcullis.explain;

import dev.portcullis.automaton.Predicates;
import dev.portcullis.explain.Combination.Lack;
import dev.portcullis.explain.StatementSource.ConditionSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The Allows that an implicit deny lacked: which came closest, and which context keys kept them from applying. */
public final class ClosestAllows {

    /** How many are shown. */
    private static final int SHOWN = 5;

    private final List<TestedStatement> candidates = new ArrayList<>();

    /** Searches the layers where an Allow was lacking. */
    public ClosestAllows(List<Lack> lacks) {
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
    public List<TestedStatement> closest() {
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
        return List.of(best);
    }

    /** The later the first part that failed, the closer; then the more conditions that held. */
    private static boolean isCloser(TestedStatement one, TestedStatement other) {
        return one.matched() != other.matched()
                ? one.matched() > other.matched()
                : conditionsHeld(one) > conditionsHeld(other);
    }

    private static int conditionsHeld(TestedStatement statement) {
        return statement.outcomes().count(Predicates.TRUE);
    }

    /**
     * The keys that the request lacks and that kept a statement from applying whose principal and action match: those of
     * conditions that don't hold, and those of variables in them and in a resource that doesn't match.
     */
    public List<String> missingKeys() {
        Set<String> keys = new LinkedHashSet<>();
        for (TestedStatement candidate : candidates) {
            if (candidate.matched() == TestedStatement.ACTION) {
                candidate.source().addMissingOfResources(candidate.probe(), keys);
            } else if (candidate.matched() == TestedStatement.RESOURCE) {
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
