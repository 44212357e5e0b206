package dev.portcullis.explain;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Inspection;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the layers say together (steps 2 to 10), and which Allow was lacking where. */
public final class Combination {

    private final Inspection inspection;
    private final AskedLayers layers;
    private final int policyGrant;
    private final int grant;
    private final List<Lack> lacks = new ArrayList<>();
    private final int decision;

    /**
     * An Allow that would have been needed.
     *
     * @param type what kind of policy should have allowed
     * @param where layers that it could have stood in
     * @param why a reason of its own; empty for the usual words
     */
    public record Lack(PolicyType type, List<AskedLayer> where, Optional<String> why) {

        static Lack of(AskedLayer... where) {
            return new Lack(where[0].type(), List.of(where), Optional.empty());
        }
    }

    /** Combines what the layers say. */
    public Combination(Inspection inspection, AskedLayers layers) {
        this.inspection = inspection;
        this.layers = layers;
        this.policyGrant = strongestPolicyGrant();
        this.grant = Math.max(policyGrant, inspection.accessControlList());
        this.decision = decide();
    }

    /** As {@link Automaton#decide} has it. */
    public int decision() {
        return decision;
    }

    /** The strongest way in which the resource's side covers the caller (step 5). */
    public int grant() {
        return grant;
    }

    /** Of an implicit deny, the one that rule E5 names first; none for other decisions. */
    public List<Lack> lacks() {
        return lacks;
    }

    private int strongestPolicyGrant() {
        int strongest = Inspection.NONE;
        for (TestedStatement statement : layers.resource().statements()) {
            if (statement.allows()) {
                strongest = Math.max(strongest, statement.coverage());
            }
        }
        return strongest;
    }

    private int decide() {
        // Step 0, E11
        if (inspection.needsNoPermission()) {
            return Automaton.ALLOW;
        }
        // Step 2
        for (AskedLayer layer : layers.all()) {
            if (layer.denies()) {
                return Automaton.EXPLICIT_DENY;
            }
        }
        // Step 3
        for (AskedLayer level : layers.serviceControl()) {
            mustAllow(level);
        }
        if (!inspection.hasAccount()) {
            // Step 6
            if (grant != Inspection.DIRECT) {
                lacks.add(resourceBased());
            }
        } else if (inspection.owner() < 0 || inspection.owner() == inspection.account()) {
            withinAccount();
        } else {
            acrossAccounts();
        }
        // Step 4
        mustAllow(layers.endpoint());
        return lacks.isEmpty() ? Automaton.ALLOW : Automaton.IMPLICIT_DENY;
    }

    private void mustAllow(AskedLayer layer) {
        if (layer.consulted() && !layer.allows()) {
            lacks.add(Lack.of(layer));
        }
    }

    private void lacksWithReason(String why) {
        lacks.add(new Lack(resourceType(), List.of(), Optional.of(why)));
    }

    private Lack resourceBased() {
        return new Lack(resourceType(), List.of(layers.resource()), Optional.empty());
    }

    private PolicyType resourceType() {
        return inspection.isRoleTrust() ? PolicyType.TRUST : PolicyType.RESOURCE;
    }

    /** Step 8. */
    private void withinAccount() {
        // S6
        boolean sufficient = policyGrant == Inspection.ACCOUNT && inspection.accountGrantSuffices();
        if (grant == Inspection.DIRECT || sufficient) {
            // E15, E17, E18, E20, E21
            boolean bypassed = !inspection.isRoot() && inspection.directGrantBypassesSession();
            if (!bypassed) {
                mustAllow(layers.session());
            }
            return;
        }
        // E13
        if (grant == Inspection.NONE && inspection.resourceMustAllow()) {
            lacks.add(resourceBased());
        }
        // E12, E14; E16, E19
        if (grant != Inspection.ROLE && !identityAllows()) {
            lacks.add(Lack.of(layers.identity(), layers.resource()));
        }
        ceilings();
    }

    /** Step 9. */
    private void acrossAccounts() {
        if (!inspection.samePartition()) {
            // E66
            lacksWithReason("no access from partition " + inspection.partition() + " to a resource of another one");
        } else if (inspection.isBoundToAccount()) {
            // E81
            lacksWithReason("the " + inspection.action() + " action is not possible across accounts");
        } else if (grant == Inspection.NONE) {
            // E65
            lacks.add(resourceBased());
        }
        if (!identityAllows()) {
            lacks.add(Lack.of(layers.identity()));
        }
        ceilings();
    }

    /** Step 7: the root user needs no identity policy (rules E6, E67). */
    private boolean identityAllows() {
        return inspection.isRoot() || layers.identity().allows();
    }

    private void ceilings() {
        mustAllow(layers.boundary());
        mustAllow(layers.session());
        // E40
        boolean needed = inspection.isFederatedUser() && inspection.federatedUserNeedsSession();
        if (needed && !layers.session().consulted()) {
            lacks.add(Lack.of(layers.session()));
        }
    }
}
