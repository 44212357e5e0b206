package dev.portcullis.syntax;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;

/** What a resource control policy may say (rules L26, E60). */
final class ResourceControlRules {

    private final Findings findings;

    ResourceControlRules(Findings findings) {
        this.findings = findings;
    }

    /** Checks one statement; {@code effectSpan} is the value of its Effect. */
    void check(
            Effect effect,
            Span effectSpan,
            ActionElement action,
            Optional<ResourceElement> resource,
            List<Condition> conditions) {
        boolean everyAction = action.patterns().size() == 1
                && !action.negated()
                && action.patterns().get(0).isEverything();
        if (effect == Effect.ALLOW) {
            // AWS's own RCPFullAWSAccess, attached everywhere (rule E54).
            if (!everyAction || !isEverything(resource) || !conditions.isEmpty()) {
                findings.error(
                        "RCP_SYNTAX_ERROR_ALLOW",
                        effectSpan,
                        "a resource control policy can only deny",
                        "write `Deny`; what isn't denied stays allowed by AWS's own `RCPFullAWSAccess`");
            }
            return;
        }
        if (!action.negated()) {
            action.patterns().forEach(this::checkAction);
        }
    }

    private static boolean isEverything(Optional<ResourceElement> resource) {
        return resource.isPresent()
                && !resource.get().negated()
                && resource.get().patterns().size() == 1
                && resource.get().patterns().get(0).isEverything();
    }

    private void checkAction(ActionPattern pattern) {
        String service = pattern.service();
        if (service.indexOf('*') >= 0 || service.indexOf('?') >= 0) {
            findings.error(
                    "RCP_SYNTAX_ERROR_ACTION",
                    pattern.span(),
                    "every action of a resource control policy names its service, without wildcards",
                    "write one entry for each service, such as `s3:*`");
        } else if (!ResourceControlServices.contains(service)) {
            findings.refused(
                    "RCP_SYNTAX_ERROR_ACTION",
                    pattern.span(),
                    "the service " + Shown.quoted(service) + " takes no part in resource control policies",
                    findings.didYouMean(service, ResourceControlServices.prefixes())
                            .orElse("such as `s3`, `sts`, `kms`, `sqs` and `secretsmanager` do"));
        }
    }
}
