package dev.portcullis.sidecar.aws;

import dev.portcullis.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The context of a simulation: what the client gave, and what the simulator puts in (section 4.1). Immutable once read. */
final class SimulatedContext {

    /**
     * A context key.
     *
     * @param name as given
     * @param values one value, unless it is multivalued
     * @param multivalued whether its type is a list
     * @param putIn whether the simulator put it in
     */
    record Entry(String name, List<String> values, boolean multivalued, boolean putIn) {}

    private final Map<String, Entry> entries = new TreeMap<>();

    /** Adds what the client gave; false if it is there already, in whatever letter case. */
    boolean give(String name, List<String> values, boolean multivalued) {
        return entries.putIfAbsent(fold(name), new Entry(name, List.copyOf(values), multivalued, false)) == null;
    }

    /** Puts in what the client didn't give. */
    void putIn(String name, String value) {
        entries.putIfAbsent(fold(name), new Entry(name, List.of(value), false, true));
    }

    boolean has(String name) {
        return entries.containsKey(fold(name));
    }

    boolean isPutIn(String name) {
        Entry entry = entries.get(fold(name));
        return entry != null && entry.putIn();
    }

    /** The values of a key; empty when it is absent. */
    List<String> values(String name) {
        Entry entry = entries.get(fold(name));
        return entry == null ? List.of() : entry.values();
    }

    List<Entry> entries() {
        return new ArrayList<>(entries.values());
    }

    /** Gives it to a request, and nothing else. */
    void fill(Request request) {
        request.contextAsGiven();
        for (Entry entry : entries.values()) {
            if (entry.multivalued()) {
                request.contextValues(entry.name(), entry.values());
            } else {
                request.context(entry.name(), entry.values().get(0));
            }
        }
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
