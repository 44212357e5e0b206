package dev.portcullis.benchmarks;

import java.util.List;

/**
 * One request of a workload, as a caller would have it: Strings.
 *
 * @param number number of the principal
 * @param principal ARN
 * @param action as a client spells it
 * @param resource ARN
 * @param keys single-valued context keys, in the order a caller would give them
 * @param values their values
 * @param tagKeys the values of {@code aws:TagKeys}
 */
@SuppressWarnings("ArrayRecordComponent") // Read in loops that are timed, never compared.
record Ask(
        int number,
        String principal,
        String action,
        String resource,
        String[] keys,
        String[] values,
        List<String> tagKeys) {

    static final String TAG_KEYS = "aws:TagKeys";

    /** The value of a key, or null. */
    String value(String key) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i].equals(key)) {
                return values[i];
            }
        }
        return null;
    }
}
