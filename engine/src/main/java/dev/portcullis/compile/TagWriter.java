package dev.portcullis.compile;

import dev.portcullis.automaton.Tags;
import dev.portcullis.automaton.Texts;
import dev.portcullis.compile.SetWriter.LongArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tags of holders, one after the other, to {@link Tags}. */
final class TagWriter {

    private final Interner keys;
    private final Interner values = new Interner();
    private final List<Integer> starts = new ArrayList<>(List.of(0));
    private final LongArray tags = new LongArray();

    /** Numbers tag keys with {@code keys}, which several writers may share. */
    TagWriter(Interner keys) {
        this.keys = keys;
    }

    /**
     * Adds the tags of the next holder.
     *
     * @throws IllegalArgumentException if two differ only in case, so that a context key would be there twice (U12)
     */
    void add(String holder, Map<String, String> ofHolder) {
        Map<Integer, String> sorted = new TreeMap<>();
        ofHolder.forEach((key, value) -> {
            if (sorted.put(keys.intern(AutomaticSlots.fold(key)), value) != null) {
                throw new IllegalArgumentException(
                        "tags: `" + holder + "` has `" + key + "` twice, in different letter case (U12)");
            }
        });
        sorted.forEach((key, value) -> tags.add((long) key << 32 | values.intern(value)));
        starts.add(tags.size());
    }

    Tags freeze() {
        return new Tags(
                starts.stream().mapToInt(Integer::intValue).toArray(),
                tags.toArray(),
                new Texts(values.texts().toArray(new String[0])));
    }
}
