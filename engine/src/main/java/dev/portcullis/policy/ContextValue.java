package dev.portcullis.policy;

import java.util.List;

/**
 * The value of a context key in a request. Whether a key is single-valued or multivalued is a property of the key, not
 * of the number of values (rules L85, L86, L152): a multivalued key may carry one value, or none.
 */
public sealed interface ContextValue {

    /** All values; exactly one for a single-valued key. */
    List<String> values();

    /** A single-valued key's value; the empty string is a value like any other (rule L96). */
    record Single(String value) implements ContextValue {
        @Override
        public List<String> values() {
            return List.of(value);
        }
    }

    /** A multivalued key's values. */
    record Multiple(List<String> values) implements ContextValue {
        public Multiple {
            values = List.copyOf(values);
        }
    }
}
