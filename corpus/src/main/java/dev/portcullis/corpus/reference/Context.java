package dev.portcullis.corpus.reference;

import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The context keys of a request; their names ignore letter case, tag keys included (rules L80, L81). */
final class Context {

    private final Map<String, ContextValue> byLowerName = new HashMap<>();

    /**
     * Takes a request's keys.
     *
     * @throws MalformedRequest if there are two that differ only in letter case (U12), or too many or too long ones
     */
    Context(Map<String, ContextValue> values, Semantics semantics) {
        if (values.size() > Limits.CONTEXT_KEYS) {
            throw new MalformedRequest("context", "more than " + Limits.CONTEXT_KEYS + " keys");
        }
        int count = 0;
        for (Map.Entry<String, ContextValue> entry : values.entrySet()) {
            String key = entry.getKey();
            if (key.isEmpty()) {
                throw new MalformedRequest("context", "a key without a name");
            }
            for (String value : entry.getValue().values()) {
                count++;
                if (value.length() > Limits.CONTEXT_VALUE_UNITS) {
                    throw new MalformedRequest(key, "a value longer than " + Limits.CONTEXT_VALUE_UNITS + " units");
                }
            }
            if (byLowerName.put(Letters.lower(key), asRead(key, entry.getValue(), semantics)) != null) {
                throw new MalformedRequest(key, "given twice, in different letter case (U12)");
            }
        }
        if (count > Limits.CONTEXT_VALUES) {
            throw new MalformedRequest("context", "more than " + Limits.CONTEXT_VALUES + " values");
        }
    }

    /** U26: the sources differ on whether identitystore:UserId is multivalued, so a list of one is read either way. */
    private static ContextValue asRead(String key, ContextValue value, Semantics semantics) {
        boolean eitherWay = semantics.is(Point.IDENTITYSTORE_USER_ID_EITHER_WAY)
                && Letters.lower(key).equals("identitystore:userid")
                && value.values().size() == 1;
        return eitherWay ? new ContextValue.Single(value.values().get(0)) : value;
    }

    /** Whether the request carries the key, be its value empty. */
    boolean has(String key) {
        return byLowerName.containsKey(Letters.lower(key));
    }

    /** The key's value or values; empty when absent. */
    Optional<ContextValue> get(String key) {
        return Optional.ofNullable(byLowerName.get(Letters.lower(key)));
    }

    /** The value of a single-valued key; empty when absent or multivalued (rule L141). */
    Optional<String> single(String key) {
        return get(key).filter(value -> value instanceof ContextValue.Single)
                .map(value -> value.values().get(0));
    }
}
