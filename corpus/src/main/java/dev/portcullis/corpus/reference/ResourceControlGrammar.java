package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.StatementText.PrincipalEntry;
import dev.portcullis.policy.Effect;
import java.util.List;

/**
 * What a resource control policy must look like (rules L8, L26, E60). Services that take no part in such policies are
 * not refused: the list of services changes, and entries for others reach nothing (rule E59).
 */
final class ResourceControlGrammar {

    private ResourceControlGrammar() {}

    static void check(List<StatementText> statements, Problems problems) {
        for (StatementText statement : statements) {
            // E54: RCPFullAWSAccess is the only one that allows.
            if (statement.effect() == Effect.ALLOW) {
                if (!allowsEverything(statement)) {
                    problems.add(statement.span(), "a resource control policy denies only (rules L26, E60)");
                }
                continue;
            }
            boolean everyone = statement.principal().isPresent()
                    && statement.principal().get().entries().size() == 1
                    && statement.principal().get().entries().get(0).isStar();
            if (!everyone) {
                problems.add(statement.span(), "the principal of a resource control policy is `*` (rules L26, E60)");
            }
            if (statement.action().not()) {
                problems.add(statement.span(), "no `NotAction` in a resource control policy (rules L26, E60)");
            }
            for (String action : statement.action().entries()) {
                int colon = action.indexOf(':');
                String prefix = colon < 0 ? action : action.substring(0, colon);
                if (prefix.indexOf('*') >= 0 || prefix.indexOf('?') >= 0) {
                    problems.add(
                            statement.span(),
                            "`" + action + "` does not name a service, as in a resource control policy it must"
                                    + " (rules L26, E60)");
                }
            }
        }
    }

    private static boolean allowsEverything(StatementText statement) {
        boolean everyone = statement.principal().isPresent()
                && statement.principal().get().entries().stream().anyMatch(PrincipalEntry::isStar);
        boolean everyAction =
                !statement.action().not() && statement.action().entries().equals(List.of("*"));
        boolean everyResource = statement.resource().isPresent()
                && !statement.resource().get().not()
                && statement.resource().get().entries().size() == 1
                && statement.resource().get().entries().get(0).text().equals("*");
        return everyone && everyAction && everyResource && statement.clauses().isEmpty() && !statement.emptyCondition();
    }
}
