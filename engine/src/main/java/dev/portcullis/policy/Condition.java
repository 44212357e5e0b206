package dev.portcullis.policy;

import java.util.List;

/**
 * One condition: an operator, a key, and the values it wants. A condition block with several operators or keys is a
 * list of these, all of which must hold (rule L77).
 *
 * @param operator operator with its set quantifier and {@code IfExists}
 * @param key the context key as written; compared ignoring case (rule L80)
 * @param values in document order; empty only in stored documents (rule L22)
 * @param keySpan the key with its quotes
 */
public record Condition(ConditionOperator operator, String key, List<ConditionValue> values, Span keySpan) {

    public Condition {
        values = List.copyOf(values);
    }
}
