package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Caller.Kind;
import dev.portcullis.corpus.reference.Situation.Level;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which layers have a say in a request, and what came of them (step 1 of the procedure). */
final class Layers {

    private final Situation situation;
    private final Caller caller;
    private final Context context;
    private final Statements statements;

    private final List<PolicyLayer> resourceControl;
    private final List<PolicyLayer> serviceControl;
    private final PolicyLayer resource;
    private final PolicyLayer identity;
    private final PolicyLayer boundary;
    private final PolicyLayer session;
    private final PolicyLayer endpoint;

    Layers(Situation situation, Caller caller, Context context) {
        this.situation = situation;
        this.caller = caller;
        this.context = context;
        this.statements = new Statements(situation, caller, context);
        resourceControl =
                chain(PolicyType.RESOURCE_CONTROL, situation.resourceControlPolicies(), whyNoResourceControl());
        serviceControl = chain(PolicyType.SERVICE_CONTROL, situation.serviceControlPolicies(), whyNoServiceControl());
        resource = resourceLayer();
        identity = layer(PolicyType.IDENTITY, Optional.of(situation.identityPolicies()), whyNoIdentity());
        boundary = layer(PolicyType.BOUNDARY, situation.boundaries(), whyNoBoundary());
        session = layer(PolicyType.SESSION, situation.sessionPolicies(), whyNoSession());
        endpoint = layer(PolicyType.VPC_ENDPOINT, situation.endpointPolicies(), Optional.empty());
    }

    /** From the root down (rules E54 to E59); one that is not consulted when there is none or it doesn't reach. */
    List<PolicyLayer> resourceControl() {
        return resourceControl;
    }

    /** From the root down (rules E43 to E51); one that is not consulted when there is none or the caller is exempt. */
    List<PolicyLayer> serviceControl() {
        return serviceControl;
    }

    PolicyLayer resource() {
        return resource;
    }

    PolicyLayer identity() {
        return identity;
    }

    PolicyLayer boundary() {
        return boundary;
    }

    PolicyLayer session() {
        return session;
    }

    PolicyLayer endpoint() {
        return endpoint;
    }

    /** All of them in the order of rule E5, the endpoint last. */
    List<PolicyLayer> all() {
        List<PolicyLayer> all = new ArrayList<>(resourceControl);
        all.addAll(serviceControl);
        all.addAll(List.of(resource, identity, boundary, session, endpoint));
        return all;
    }

    private PolicyLayer layer(PolicyType type, Optional<List<ReferencePolicy>> policies, Optional<String> whyNot) {
        if (whyNot.isPresent()) {
            return PolicyLayer.notConsulted(type, whyNot.get());
        }
        return policies.map(found -> PolicyLayer.consulted(type, "", statements.test(found)))
                .orElseGet(() -> PolicyLayer.notConsulted(type, "none"));
    }

    private PolicyLayer resourceLayer() {
        return situation
                .resourcePolicy()
                .map(policy -> PolicyLayer.consulted(policy.type(), "", statements.test(List.of(policy))))
                .orElseGet(() -> PolicyLayer.notConsulted(PolicyType.RESOURCE, "none"));
    }

    private List<PolicyLayer> chain(PolicyType type, Optional<List<Level>> levels, Optional<String> whyNot) {
        if (levels.isEmpty()) {
            // E51
            return List.of(PolicyLayer.notConsulted(type, "no organization"));
        }
        if (whyNot.isPresent()) {
            return List.of(PolicyLayer.notConsulted(type, whyNot.get()));
        }
        List<PolicyLayer> chain = new ArrayList<>();
        for (Level level : levels.get()) {
            chain.add(PolicyLayer.consulted(type, level.place(), statements.test(level.policies())));
        }
        return chain;
    }

    private Optional<String> whyNoServiceControl() {
        if (!caller.isPrincipalOfAccount()) {
            // E50
            return Optional.of("the caller belongs to no account");
        }
        if (situation
                .facts()
                .managementAccount()
                .filter(caller.account()::equals)
                .isPresent()) {
            // E48
            return Optional.of("principals of the management account are exempt");
        }
        // E49
        return isServiceLinkedRole() ? Optional.of("service-linked roles are exempt") : Optional.empty();
    }

    private Optional<String> whyNoResourceControl() {
        if (situation
                .facts()
                .managementAccount()
                .filter(owner(situation)::equals)
                .isPresent()) {
            // E57
            return Optional.of("resources of the management account are exempt");
        }
        if (isServiceLinkedRole()) {
            // E58
            return Optional.of("service-linked roles are exempt");
        }
        boolean service = caller.kind() == Kind.SERVICE || caller.kind() == Kind.ANONYMOUS;
        if (service && !situation.semantics().is(Point.RCP_REACHES_SERVICES_AND_ANONYMOUS)) {
            // E56
            return Optional.of("services and anonymous callers are not reached");
        }
        // E59
        boolean retiresGrant = Letters.lowerAscii(situation.action()).equals("kms:retiregrant");
        boolean withoutResource =
                situation.resource().equals("*") && situation.semantics().is(Point.RCP_NEEDS_RESOURCE_TYPE);
        boolean exempt = !RcpServices.include(situation.action())
                || retiresGrant
                || situation.facts().awsManagedKey()
                || withoutResource;
        return exempt ? Optional.of("does not reach this action or resource") : Optional.empty();
    }

    private Optional<String> whyNoIdentity() {
        if (caller.kind() == Kind.ROOT_USER) {
            // E6
            return Optional.of("the root user has none");
        }
        return caller.isPrincipalOfAccount() ? Optional.empty() : Optional.of("the caller has none");
    }

    private Optional<String> whyNoBoundary() {
        // E36
        return isServiceLinkedRole() ? Optional.of("service-linked roles have none") : whyNoIdentity();
    }

    private Optional<String> whyNoSession() {
        boolean session = caller.kind() == Kind.ROLE_SESSION || caller.kind() == Kind.FEDERATED_USER;
        // E99: a privileged root session has the task policy as its ceiling.
        boolean assumedRoot = caller.kind() == Kind.ROOT_USER
                && context.single("aws:AssumedRoot").filter(Comparisons::isTrue).isPresent();
        // E41
        return session || assumedRoot ? Optional.empty() : Optional.of("the caller is no session");
    }

    /** A fact counts only for a session: nobody else can be one. */
    private boolean isServiceLinkedRole() {
        return caller.kind() == Kind.ROLE_SESSION && situation.facts().serviceLinkedRole();
    }

    /** The account that owns the resource: as given, else the one in its ARN, else empty. */
    static String owner(Situation situation) {
        if (!situation.resourceAccount().isEmpty()) {
            return situation.resourceAccount();
        }
        return ArnParts.of(situation.resource())
                .map(ArnParts::account)
                .filter(Digits::isAccount)
                .orElse("");
    }
}
