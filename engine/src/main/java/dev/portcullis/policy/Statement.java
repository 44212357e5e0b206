package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * One checked statement.
 *
 * @param index position in the document, from 0
 * @param sid the {@code Sid}; empty when there is none
 * @param effect Allow or Deny
 * @param principal {@code Principal} or {@code NotPrincipal}; empty where the policy type has none (rule L57)
 * @param action {@code Action} or {@code NotAction}
 * @param resource {@code Resource} or {@code NotResource}; empty in a role trust policy, where the attached role is
 *     meant (rule E33)
 * @param conditions all must hold (rule L77); empty means no condition
 * @param emptyCondition whether there is a {@code "Condition": {}}, which is read as none (rule L21, U4)
 * @param span the statement's braces and all between them
 */
public record Statement(
        int index,
        Optional<String> sid,
        Effect effect,
        Optional<PrincipalElement> principal,
        ActionElement action,
        Optional<ResourceElement> resource,
        List<Condition> conditions,
        boolean emptyCondition,
        Span span) {

    public Statement {
        conditions = List.copyOf(conditions);
    }
}
