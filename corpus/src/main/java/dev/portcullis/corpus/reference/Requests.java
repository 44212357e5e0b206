package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics.Point;
import java.util.List;

/** Refuses requests that have no meaning: an error is never an answer. */
final class Requests {

    private Requests() {}

    /** Checks everything but the context, and says who asks. */
    static Caller check(Situation situation) {
        checkAction(situation.action());
        checkResource(situation.resource());
        if (!situation.resourceAccount().isEmpty() && !Digits.isAccount(situation.resourceAccount())) {
            throw new MalformedRequest("resourceAccount", "is not a 12-digit account id");
        }
        situation.facts().managementAccount().ifPresent(account -> {
            if (!Digits.isAccount(account)) {
                throw new MalformedRequest("managementAccount", "is not a 12-digit account id");
            }
        });
        checkPolicies(situation);
        Caller caller = Caller.of(situation.principal(), situation.action())
                .orElseThrow(() -> new MalformedRequest(
                        "principal",
                        "is not the ARN of a user, role, session, federated user, root user or identity provider,"
                                + " nor a service principal or `anonymous`"));
        if (caller.isBareRole() && !situation.semantics().is(Point.BARE_ROLE_IS_A_SESSION)) {
            throw new MalformedRequest("principal", "is a role, and only sessions of a role can ask (section 10.8)");
        }
        return caller;
    }

    /** L29: a prefix, one colon and a name, which may be empty; printable ASCII. */
    private static void checkAction(String action) {
        if (action.length() > Limits.ACTION_UNITS) {
            throw new MalformedRequest("action", "is longer than " + Limits.ACTION_UNITS + " units");
        }
        int colon = action.indexOf(':');
        if (colon < 1 || action.indexOf(':', colon + 1) >= 0) {
            throw new MalformedRequest("action", "is not `prefix:name` (rule L29)");
        }
        for (int i = 0; i < action.length(); i++) {
            if (action.charAt(i) < ' ' || action.charAt(i) > '~') {
                throw new MalformedRequest("action", "has a character that is not printable ASCII");
            }
        }
    }

    /** L39, L52: an ARN of six fields, or the star. */
    private static void checkResource(String resource) {
        if (resource.length() > Limits.RESOURCE_UNITS) {
            throw new MalformedRequest("resource", "is longer than " + Limits.RESOURCE_UNITS + " units");
        }
        if (!resource.equals("*") && ArnParts.of(resource).isEmpty()) {
            throw new MalformedRequest("resource", "is neither an ARN of six fields nor `*` (rule L39)");
        }
    }

    /** E10: a document is read as what it is attached to; one read as another type would speak of the wrong callers. */
    private static void checkPolicies(Situation situation) {
        check("identityPolicies", situation.identityPolicies(), PolicyType.IDENTITY);
        situation.resourcePolicy().ifPresent(policy -> {
            if (policy.type() != PolicyType.RESOURCE && policy.type() != PolicyType.TRUST) {
                throw new MalformedRequest("resourcePolicy", policy + " is not a resource-based policy");
            }
        });
        situation.boundaries().ifPresent(policies -> check("boundaries", policies, PolicyType.BOUNDARY));
        situation.sessionPolicies().ifPresent(policies -> {
            check("sessionPolicies", policies, PolicyType.SESSION);
            // E39
            if (policies.size() > Limits.SESSION_POLICIES) {
                throw new MalformedRequest("sessionPolicies", "more than " + Limits.SESSION_POLICIES);
            }
        });
        situation
                .serviceControlPolicies()
                .ifPresent(levels -> levels.forEach(
                        level -> check("serviceControlPolicies", level.policies(), PolicyType.SERVICE_CONTROL)));
        situation
                .resourceControlPolicies()
                .ifPresent(levels -> levels.forEach(
                        level -> check("resourceControlPolicies", level.policies(), PolicyType.RESOURCE_CONTROL)));
        situation
                .endpointPolicies()
                .ifPresent(policies -> check("endpointPolicies", policies, PolicyType.VPC_ENDPOINT));
    }

    private static void check(String field, List<ReferencePolicy> policies, PolicyType type) {
        for (ReferencePolicy policy : policies) {
            if (policy.type() != type) {
                throw new MalformedRequest(field, policy + " is not a " + type.label());
            }
        }
    }
}
