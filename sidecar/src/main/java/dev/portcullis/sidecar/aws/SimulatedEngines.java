package dev.portcullis.sidecar.aws;

import dev.portcullis.InvalidPolicyException;
import dev.portcullis.policy.Semantics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the simulations compiled last, by content: the pages of one simulation compile once. Thread-safe. */
final class SimulatedEngines {

    private static final int KEPT = 16;
    private static final int LONGEST_KEPT = 1 << 18;

    private final Semantics semantics;
    private final Map<List<Object>, SimulatedEngine> kept = new LinkedHashMap<>(KEPT, 0.75f, true);

    SimulatedEngines(Semantics semantics) {
        this.semantics = semantics;
    }

    SimulatedEngine of(Simulation simulation) throws AwsError {
        List<Object> key = key(simulation);
        synchronized (kept) {
            SimulatedEngine known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        SimulatedEngine fresh;
        try {
            fresh = new SimulatedEngine(simulation, semantics);
        } catch (InvalidPolicyException e) {
            throw AwsError.policyEvaluation("The policies can't be evaluated together: " + e.getMessage());
        }
        long length = simulation.policies().stream()
                .mapToLong(policy -> policy.document().source().length())
                .sum();
        if (length <= LONGEST_KEPT) {
            synchronized (kept) {
                kept.put(key, fresh);
                if (kept.size() > KEPT) {
                    kept.remove(kept.keySet().iterator().next());
                }
            }
        }
        return fresh;
    }

    /** All that a compiled simulation is made of; the context too, since documents are read by it. */
    private static List<Object> key(Simulation simulation) {
        return new ArrayList<>(List.of(
                simulation.identity(),
                simulation.boundary(),
                simulation.levels(),
                simulation.resourcePolicy(),
                simulation.account(),
                simulation.caller(),
                simulation.context().entries()));
    }
}
