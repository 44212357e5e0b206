package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.corpus.reference.Caller.Kind;
import dev.portcullis.corpus.reference.Principals.Coverage;
import dev.portcullis.corpus.reference.Statements.Result;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The procedure of section 1 of the evaluation rules, step by step. */
final class Evaluation {

    /** E81: what a caller from another account can do with a KMS key, in lower case. */
    private static final Set<String> KMS_ACROSS_ACCOUNTS = Set.of(
            "kms:decrypt",
            "kms:derivesharedsecret",
            "kms:encrypt",
            "kms:generatedatakey",
            "kms:generatedatakeypair",
            "kms:generatedatakeypairwithoutplaintext",
            "kms:generatedatakeywithoutplaintext",
            "kms:generatemac",
            "kms:reencryptfrom",
            "kms:reencryptto",
            "kms:sign",
            "kms:verify",
            "kms:verifymac",
            "kms:creategrant",
            "kms:describekey",
            "kms:getkeyrotationstatus",
            "kms:getpublickey",
            "kms:listgrants",
            "kms:retiregrant",
            "kms:revokegrant");

    private final Situation situation;
    private final Caller caller;
    private final Layers layers;
    private final boolean needsNoPermission;
    private final Coverage policyGrant;
    private final Coverage grant;
    private final List<Lack> lacks = new ArrayList<>();
    private final Decision decision;

    Evaluation(Situation situation) {
        this.situation = situation;
        this.caller = Requests.check(situation);
        Context context = new Context(situation.context(), situation.semantics());
        this.layers = new Layers(situation, caller, context);
        // Step 0, E11
        this.needsNoPermission = Letters.lowerAscii(situation.action()).equals("sts:getcalleridentity");
        this.policyGrant = strongestPolicyGrant();
        this.grant = policyGrant.or(AclGrants.of(situation, caller));
        this.decision = needsNoPermission ? Decision.ALLOW : decideFromLayers();
    }

    /**
     * An Allow that would have been needed.
     *
     * @param type what kind of policy should have allowed
     * @param layers where it could have stood
     * @param why a reason of its own; empty for the usual wording
     */
    record Lack(PolicyType type, List<PolicyLayer> layers, Optional<String> why) {
        Lack {
            layers = List.copyOf(layers);
        }
    }

    Decision decision() {
        return decision;
    }

    Situation situation() {
        return situation;
    }

    Caller caller() {
        return caller;
    }

    Layers layers() {
        return layers;
    }

    /** Whether the action is one that nothing can deny (rule E11). */
    boolean needsNoPermission() {
        return needsNoPermission;
    }

    /** The strongest way in which the resource's side covers the caller (step 5). */
    Coverage grant() {
        return grant;
    }

    /** What an implicit deny lacked, in the order of rule E5; else empty. */
    List<Lack> lacks() {
        return lacks;
    }

    private Decision decideFromLayers() {
        // Step 2, E2, E3
        for (PolicyLayer layer : layers.all()) {
            if (layer.denies()) {
                return Decision.EXPLICIT_DENY;
            }
        }
        // Step 3, E43; RCP levels always allow (E54).
        for (PolicyLayer level : layers.serviceControl()) {
            requireAllow(level);
        }
        combineGrants();
        // Step 4, E85
        requireAllow(layers.endpoint());
        return lacks.isEmpty() ? Decision.ALLOW : Decision.IMPLICIT_DENY;
    }

    private void requireAllow(PolicyLayer layer) {
        if (layer.consulted() && !layer.allows()) {
            lack(layer);
        }
    }

    private void lack(PolicyLayer... where) {
        lacks.add(new Lack(where[0].type(), List.of(where), Optional.empty()));
    }

    private Coverage strongestPolicyGrant() {
        // E42
        Coverage strongest = Coverage.NONE;
        for (Result result : layers.resource().results()) {
            if (result.allows()) {
                strongest = strongest.or(result.coverage());
            }
        }
        return strongest;
    }

    private void combineGrants() {
        if (!caller.isPrincipalOfAccount()) {
            // Step 6, E28, E29, E74, E75
            if (grant != Coverage.DIRECT) {
                lacks.add(new Lack(resourceType(), List.of(layers.resource()), Optional.empty()));
            }
            return;
        }
        String owner = Layers.owner(situation);
        // What is nobody's has no second account that could object.
        boolean sameAccount = owner.isEmpty() || owner.equals(caller.account());
        if (sameAccount) {
            sameAccount();
        } else {
            otherAccount();
        }
    }

    /** Step 8. */
    private void sameAccount() {
        // S6
        boolean lenient =
                policyGrant == Coverage.ACCOUNT && situation.semantics().is(Point.ACCOUNT_GRANT_SUFFICES);
        Coverage strength = lenient ? Coverage.DIRECT : grant;
        if (strength == Coverage.DIRECT) {
            // E15, E17, E18, E20, E21
            if (sessionStopsDirectGrant()) {
                lack(layers.session());
            }
            return;
        }
        boolean identity = identityAllows();
        boolean resourceMustAllow = mustAllowItself() && strength == Coverage.NONE;
        // E13, E70, E78
        if (resourceMustAllow) {
            lacks.add(new Lack(resourceType(), List.of(layers.resource()), Optional.empty()));
        }
        // E12, E14; E16, E19: a grant to the role or user makes up for a silent identity policy.
        if (strength != Coverage.ROLE && !identity) {
            lack(layers.identity(), layers.resource());
        }
        requireBoundaryAndSession();
    }

    /** Step 9: both sides must allow, whatever the grant's strength (rules E62 to E64). */
    private void otherAccount() {
        boolean kms = isKmsKey() && !KMS_ACROSS_ACCOUNTS.contains(Letters.lowerAscii(situation.action()));
        if (!inPartition()) {
            // E66
            lacks.add(new Lack(
                    resourceType(),
                    List.of(),
                    Optional.of("no access from partition " + caller.partition() + " to a resource of another one")));
        } else if (kms) {
            // E81
            lacks.add(new Lack(
                    resourceType(),
                    List.of(),
                    Optional.of("the " + situation.action() + " action is not possible across accounts")));
        } else if (grant == Coverage.NONE) {
            // E65
            lacks.add(new Lack(resourceType(), List.of(layers.resource()), Optional.empty()));
        }
        if (!identityAllows()) {
            lack(layers.identity());
        }
        requireBoundaryAndSession();
    }

    /** Step 7: the root user needs no identity policy (rules E6, E67). */
    private boolean identityAllows() {
        return caller.kind() == Kind.ROOT_USER || layers.identity().allows();
    }

    /** Step 7, E34, E38, E40. */
    private void requireBoundaryAndSession() {
        requireAllow(layers.boundary());
        if (!sessionAllows()) {
            lack(layers.session());
        }
    }

    private boolean sessionAllows() {
        if (layers.session().consulted()) {
            return layers.session().allows();
        }
        // E40
        return caller.kind() != Kind.FEDERATED_USER
                || !situation.semantics().is(Point.FEDERATED_USER_NEEDS_SESSION_POLICY);
    }

    /** Whether a session policy's silence stops a grant to the caller itself (rules E17, E18, E21 and E99). */
    private boolean sessionStopsDirectGrant() {
        boolean silent = layers.session().consulted() && !layers.session().allows();
        boolean bypassed = caller.kind() != Kind.ROOT_USER
                && situation.semantics().is(Point.DIRECT_GRANT_BYPASSES_SESSION_SILENCE);
        return silent && !bypassed;
    }

    /** E66; a star names no partition. */
    private boolean inPartition() {
        return ArnParts.of(situation.resource())
                .map(arn -> arn.partition().equals(caller.partition()))
                .orElse(true);
    }

    /** E13: role trust policies and KMS key policies must allow themselves. */
    private boolean mustAllowItself() {
        return isRoleTrust() || isKmsKey();
    }

    /** E70, E77: STS actions on a role. */
    private boolean isRoleTrust() {
        return isActionOn("sts", "iam", "role/");
    }

    /** E78, E84: KMS actions on a key; those without one are left to the identity policies. */
    private boolean isKmsKey() {
        return isActionOn("kms", "kms", "key/");
    }

    private boolean isActionOn(String prefix, String service, String resourceStart) {
        return Letters.lowerAscii(situation.action()).startsWith(prefix + ":")
                && ArnParts.of(situation.resource())
                        .filter(arn ->
                                arn.service().equals(service) && arn.resource().startsWith(resourceStart))
                        .isPresent();
    }

    private PolicyType resourceType() {
        return isRoleTrust() ? PolicyType.TRUST : PolicyType.RESOURCE;
    }
}
