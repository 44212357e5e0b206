package dev.portcullis.syntax;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Grants of two actions that hand on permissions, iam:PassRole and iam:CreateServiceLinkedRole, on too many roles. */
final class GrantLint {

    /** Enough for a handful of patterns; see {@link Coverage}. */
    private static final long STEPS = 10_000_000;

    private final Findings findings;
    private final Coverage coverage = new Coverage(STEPS);

    GrantLint(Findings findings) {
        this.findings = findings;
    }

    /**
     * One of the two.
     *
     * @param roles last field of the ARN of all roles it works on
     * @param guards lower-case keys that limit it otherwise
     */
    private record Risk(
            String code,
            Severity severity,
            String action,
            String roles,
            Set<String> guards,
            String danger,
            String help) {}

    private static final List<Risk> RISKS = List.of(
            new Risk(
                    "PASS_ROLE",
                    Severity.SECURITY_WARNING,
                    "iam:PassRole",
                    "role/*",
                    Set.of("iam:passedtoservice", "iam:associatedresourcearn"),
                    "lets the caller hand any role to any service",
                    "name the roles, or test `iam:PassedToService`"),
            new Risk(
                    "CREATE_SLR",
                    Severity.WARNING,
                    "iam:CreateServiceLinkedRole",
                    "role/aws-service-role/*",
                    Set.of("iam:awsservicename"),
                    "lets the caller create the service-linked role of any service",
                    "name the roles, or test `iam:AWSServiceName`"));

    void check(Statement statement) {
        if (statement.effect() != Effect.ALLOW || statement.resource().isEmpty()) {
            return;
        }
        for (Risk risk : RISKS) {
            boolean guarded = statement.conditions().stream()
                    .anyMatch(condition -> risk.guards().contains(GlobalConditionKeys.folded(condition.key())));
            if (!guarded) {
                check(statement, risk);
            }
        }
    }

    private void check(Statement statement, Risk risk) {
        ActionElement action = statement.action();
        ResourceElement resource = statement.resource().orElseThrow();
        Optional<ActionPattern> reaching = reaching(action, risk);
        if (action.patterns().isEmpty()
                || resource.patterns().isEmpty()
                || (action.negated() ? reaching.isPresent() : reaching.isEmpty())) {
            return;
        }
        Optional<ResourcePattern> everyRole = resource.patterns().stream()
                .filter(pattern -> coversRoles(pattern, risk))
                .findFirst();
        if (resource.negated() ? everyRole.isPresent() : everyRole.isEmpty()) {
            return;
        }
        boolean star = !action.negated() && Coverage.hasWildcards(symbols(reaching.get()));
        String code = risk.code() + "_WITH_" + suffix(action.negated(), star, resource.negated());
        Span span = action.negated()
                ? Shapes.pointAt(action.span())
                : reaching.get().span();
        String what =
                action.negated() ? "`NotAction`" : Shown.quoted(reaching.get().text());
        String where = resource.negated()
                ? "`NotResource`"
                : Shown.quoted(everyRole.get().text().source());
        String including = action.negated() || star ? " takes in `" + risk.action() + "` and" : "";
        findings.add(
                code,
                risk.severity(),
                span,
                what + " on " + where + including + " " + risk.danger(),
                Optional.of(risk.help()));
    }

    private static String suffix(boolean notAction, boolean star, boolean notResource) {
        if (notResource) {
            return (notAction ? "NOTACTION_AND_" : star ? "STAR_IN_ACTION_AND_" : "") + "NOTRESOURCE";
        }
        return notAction ? "STAR_IN_RESOURCE_AND_NOTACTION" : star ? "STAR_IN_ACTION_AND_RESOURCE" : "STAR_IN_RESOURCE";
    }

    private Optional<ActionPattern> reaching(ActionElement action, Risk risk) {
        int[] wanted = Coverage.symbols(risk.action().toLowerCase(Locale.ROOT));
        return action.patterns().stream()
                .filter(pattern -> coverage.covers(symbols(pattern), wanted))
                .findFirst();
    }

    private static int[] symbols(ActionPattern pattern) {
        return Coverage.symbols(pattern.text().toLowerCase(Locale.ROOT));
    }

    private boolean coversRoles(ResourcePattern pattern, Risk risk) {
        if (pattern.isEverything()) {
            return true;
        }
        List<int[]> fields = coverage.fields(pattern.text());
        return coverage.covers(fields.get(2), Coverage.symbols("iam"))
                && coverage.covers(fields.get(fields.size() - 1), Coverage.symbols(risk.roles()));
    }
}
