package dev.portcullis.store;

import dev.portcullis.store.Draft.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Tags of principals and resources (rule L25). */
final class Tags {

    private static final int KEY_UNITS = 128;
    private static final int VALUE_UNITS = 256;

    private Tags() {}

    /**
     * The tags by key. Two keys that differ only in case are an error: condition keys ignore case, also in the tag-key
     * part (rule L81), and which of the two would count is not defined (U12).
     */
    static Map<String, String> check(List<Tag> tags, String holder, Findings findings) {
        Map<String, String> values = new TreeMap<>();
        Map<String, String> spellings = new HashMap<>();
        for (Tag tag : tags) {
            String key = tag.key().text();
            if (key.isEmpty() || key.length() > KEY_UNITS || tag.value().length() > VALUE_UNITS) {
                findings.error(
                        "INVALID_TAG",
                        tag.key().span(),
                        "tag " + tag.key().quoted() + " of " + holder + " is too long or has no key",
                        "a key has 1 to " + KEY_UNITS + " characters, a value at most " + VALUE_UNITS);
            }
            String other = spellings.putIfAbsent(key.toLowerCase(Locale.ROOT), key);
            if (other == null) {
                values.put(key, tag.value());
            } else if (other.equals(key)) {
                findings.error(
                        "DUPLICATE_TAG",
                        tag.key().span(),
                        holder + " has the tag " + tag.key().quoted() + " twice");
            } else {
                findings.error(
                        "DUPLICATE_TAG",
                        tag.key().span(),
                        "tags " + Quoted.of(other) + " and " + tag.key().quoted() + " of " + holder
                                + " differ only in case, which condition keys ignore");
            }
        }
        return values;
    }
}
