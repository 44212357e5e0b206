package dev.portcullis.policy;

import java.util.List;

/**
 * {@code Principal} or {@code NotPrincipal}. An empty list has no effect: the statement never applies (rule L20).
 *
 * @param negated true for {@code NotPrincipal}
 * @param principals in document order; a list is an OR (rule L59); {@code "*"} is one {@link Principal.Everyone}
 * @param span the element's value
 */
public record PrincipalElement(boolean negated, List<Principal> principals, Span span) {

    public PrincipalElement {
        principals = List.copyOf(principals);
    }
}
