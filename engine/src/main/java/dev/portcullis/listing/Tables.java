package dev.portcullis.listing;

import dev.portcullis.automaton.ArraySink;
import dev.portcullis.automaton.Automaton;
import java.util.HashMap;
import java.util.Map;

/** The arrays of an automaton, by name. */
final class Tables implements ArraySink {

    private final Map<String, Object> arrays = new HashMap<>();

    Tables(Automaton automaton) {
        automaton.write(this);
    }

    @Override
    public void longs(String name, long... values) {
        arrays.put(name, values);
    }

    @Override
    public void ints(String name, int... values) {
        arrays.put(name, values);
    }

    @Override
    public void chars(String name, char... values) {
        arrays.put(name, values);
    }

    @Override
    public void bytes(String name, byte... values) {
        arrays.put(name, values);
    }

    long[] longs(String name) {
        return (long[]) arrays.get(name);
    }

    int[] ints(String name) {
        return (int[]) arrays.get(name);
    }

    char[] chars(String name) {
        return (char[]) arrays.get(name);
    }

    byte[] bytes(String name) {
        return (byte[]) arrays.get(name);
    }

    /** The texts of a table, by number. */
    String[] texts(String name) {
        int[] starts = ints(name + ".starts");
        char[] chars = chars(name + ".chars");
        String[] texts = new String[starts.length - 1];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = new String(chars, starts[i], starts[i + 1] - starts[i]);
        }
        return texts;
    }
}
