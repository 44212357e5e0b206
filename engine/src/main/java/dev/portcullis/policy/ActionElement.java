package dev.portcullis.policy;

import java.util.List;

/**
 * {@code Action} or {@code NotAction}. An empty list has no effect: the statement never applies (rules L18, U29).
 *
 * @param negated true for {@code NotAction}
 * @param patterns the entries in document order; a list is an OR (rule L34)
 * @param span the element's value
 */
public record ActionElement(boolean negated, List<ActionPattern> patterns, Span span) {

    public ActionElement {
        patterns = List.copyOf(patterns);
    }
}
