package dev.portcullis.sidecar.aws;

import dev.portcullis.Decision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The decision for one action on one resource.
 *
 * @param resource its ARN, or {@code *}
 * @param matched statements that matched, as rule S4 counts them
 * @param missing context values, of an implicit deny only (rule S5)
 * @param allowedByOrganizations empty when no SCPs were looked at
 * @param allowedByBoundary empty without a boundary
 * @param details by kind of policy: filled for cross-account requests; empty for {@code *} (rule S4)
 */
record SimulatedDecision(
        String resource,
        Decision decision,
        Set<Matched> matched,
        List<String> missing,
        Optional<Boolean> allowedByOrganizations,
        Optional<Boolean> allowedByBoundary,
        Optional<Map<String, Decision>> details) {

    /**
     * A statement that matched.
     *
     * @param key of its policy, unique in a simulation
     * @param id of its policy in the answer
     * @param type of its policy in the answer
     * @param place in the text as given
     */
    record Matched(String key, String id, String type, SourcePlace place) {}

    /** How the API spells a decision. */
    static String text(Decision decision) {
        return switch (decision) {
            case ALLOW -> "allowed";
            case EXPLICIT_DENY -> "explicitDeny";
            case IMPLICIT_DENY -> "implicitDeny";
        };
    }

    /**
     * The decision for one action on all resources (rule S1): the most restrictive one, and the statements of all.
     *
     * @param resource what the answer calls them
     * @param decisions one at least
     */
    static SimulatedDecision of(String resource, List<SimulatedDecision> decisions) {
        Decision strictest = Decision.ALLOW;
        Set<Matched> matched = new LinkedHashSet<>();
        for (SimulatedDecision one : decisions) {
            boolean stricter = one.decision() == Decision.EXPLICIT_DENY || strictest == Decision.ALLOW;
            strictest = stricter ? one.decision() : strictest;
            matched.addAll(one.matched());
        }
        SimulatedDecision first = decisions.get(0);
        return new SimulatedDecision(
                resource,
                strictest,
                matched,
                List.of(),
                first.allowedByOrganizations().map(b -> all(decisions, SimulatedDecision::allowedByOrganizations)),
                first.allowedByBoundary().map(b -> all(decisions, SimulatedDecision::allowedByBoundary)),
                first.details().map(d -> Map.of()));
    }

    /** The same, with the missing context values if it is an implicit deny. */
    SimulatedDecision withMissing(List<String> values) {
        return decision == Decision.IMPLICIT_DENY
                ? new SimulatedDecision(
                        resource, decision, matched, values, allowedByOrganizations, allowedByBoundary, details)
                : this;
    }

    private static boolean all(
            List<SimulatedDecision> decisions, Function<SimulatedDecision, Optional<Boolean>> which) {
        return decisions.stream().allMatch(one -> which.apply(one).orElse(true));
    }
}
