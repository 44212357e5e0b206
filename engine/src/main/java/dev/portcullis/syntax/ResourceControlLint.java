package dev.portcullis.syntax;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator.Family;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Statement;
import java.util.Optional;
import java.util.Set;

/** Denies of a resource control policy that stop services, or its own principals, without meaning to. */
final class ResourceControlLint {

    private static final Set<String> PRINCIPAL_KEYS =
            Set.of("aws:principalorgid", "aws:principalorgpaths", "aws:principalaccount");
    private static final Set<String> SOURCE_KEYS = Set.of("aws:sourceorgid", "aws:sourceorgpaths", "aws:sourceaccount");
    private static final String GUARD = "aws:principalisawsservice";

    private final Findings findings;

    ResourceControlLint(Findings findings) {
        this.findings = findings;
    }

    void check(Statement statement) {
        if (statement.effect() != Effect.DENY) {
            return;
        }
        boolean guarded = statement.conditions().stream().anyMatch(condition -> is(condition, Set.of(GUARD)));
        Optional<Condition> principal = negated(statement, PRINCIPAL_KEYS);
        Optional<Condition> source = negated(statement, SOURCE_KEYS);
        if (principal.isPresent() && source.isEmpty() && !guarded) {
            findings.warning(
                    "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
                    principal.get().keySpan(),
                    "service principals have no `" + principal.get().key() + "`, so they are denied, too",
                    "add `\"BoolIfExists\": {\"aws:PrincipalIsAWSService\": \"false\"}`");
        }
        if (source.isPresent() && !guarded) {
            findings.warning(
                    "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
                    source.get().keySpan(),
                    "only calls of service principals have `" + source.get().key()
                            + "`, so all other callers are denied, too",
                    "add `\"Bool\": {\"aws:PrincipalIsAWSService\": \"true\"}`");
        }
        boolean nullCheck = statement.conditions().stream()
                .anyMatch(condition -> condition.operator().comparison().family() == Family.NULL
                        && is(condition, Set.of("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid")));
        if (source.isPresent() && !nullCheck) {
            findings.warning(
                    "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
                    source.get().keySpan(),
                    "services that call for no account have no `" + source.get().key() + "` and are denied, too",
                    "add `\"Null\": {\"aws:SourceAccount\": \"false\"}`");
        }
    }

    private static Optional<Condition> negated(Statement statement, Set<String> keys) {
        return statement.conditions().stream()
                .filter(condition -> condition.operator().comparison().negated() && is(condition, keys))
                .findFirst();
    }

    private static boolean is(Condition condition, Set<String> keys) {
        return keys.contains(GlobalConditionKeys.folded(condition.key()));
    }
}
