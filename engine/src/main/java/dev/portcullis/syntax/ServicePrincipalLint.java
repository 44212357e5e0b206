package dev.portcullis.syntax;

import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.Statement;
import java.util.Set;

/** Services let in on behalf of anyone (the confused deputy). */
final class ServicePrincipalLint {

    private static final Set<String> SOURCES =
            Set.of("aws:sourcearn", "aws:sourceaccount", "aws:sourceorgid", "aws:sourceorgpaths");

    private ServicePrincipalLint() {}

    static void check(Statement statement, Findings findings) {
        if (statement.effect() != Effect.ALLOW
                || statement.principal().isEmpty()
                || statement.principal().get().negated()) {
            return;
        }
        boolean tested = statement.conditions().stream()
                .anyMatch(condition -> SOURCES.contains(GlobalConditionKeys.folded(condition.key())));
        if (tested) {
            return;
        }
        for (Principal principal : statement.principal().get().principals()) {
            if (principal instanceof Principal.Service service) {
                findings.securityWarning(
                        "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
                        service.span(),
                        Shown.quoted(service.text()) + " may come on behalf of any account",
                        "test `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`");
            }
        }
    }
}
