package dev.portcullis.policy;

import java.util.List;

/**
 * {@code Resource} or {@code NotResource}. An empty list has no effect: the statement never applies (rules L19, U29).
 *
 * @param negated true for {@code NotResource}
 * @param patterns the entries in document order; a list is an OR (rule L50)
 * @param span the element's value
 */
public record ResourceElement(boolean negated, List<ResourcePattern> patterns, Span span) {

    public ResourceElement {
        patterns = List.copyOf(patterns);
    }
}
