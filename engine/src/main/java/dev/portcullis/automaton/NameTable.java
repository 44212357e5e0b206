package dev.portcullis.automaton;

import java.security.SecureRandom;

/**
 * The same as {@link PatchTable} for texts. Immutable.
 *
 * @param <V> what there is for a text; null takes it away again
 */
public final class NameTable<V> {

    /** Policy authors must not be able to guess it. */
    private static final int KEY = new SecureRandom().nextInt() | 1;

    private static final NameTable<Object> EMPTY = new NameTable<>(PatchTable.empty());

    private final PatchTable<Entry<V>> entries;

    private NameTable(PatchTable<Entry<V>> entries) {
        this.entries = entries;
    }

    /** One text; those of the same hash hang together. */
    private static final class Entry<V> {
        private final String text;
        private final V value;
        private final Entry<V> next;

        Entry(String text, V value, Entry<V> next) {
            this.text = text;
            this.value = value;
            this.next = next;
        }
    }

    /** One with nothing in it. */
    @SuppressWarnings("unchecked") // It holds no value of any type.
    public static <V> NameTable<V> empty() {
        return (NameTable<V>) EMPTY;
    }

    /** Whether no text has ever been put in. */
    public boolean isEmpty() {
        return entries.size() == 0;
    }

    /** What there is for a text; null for nothing. */
    public V find(String text) {
        for (Entry<V> entry = entries.find(hash(text)); entry != null; entry = entry.next) {
            if (entry.text.equals(text)) {
                return entry.value;
            }
        }
        return null;
    }

    /** The same for units; allocates nothing. */
    V find(char[] units, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = step(hash, units[at]);
        }
        for (Entry<V> entry = entries.find(end(hash)); entry != null; entry = entry.next) {
            if (same(entry.text, units, from, to)) {
                return entry.value;
            }
        }
        return null;
    }

    /** A hash, not negative, that nobody can guess. */
    public static int hash(String text) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        return end(hash);
    }

    private static int step(int hash, char unit) {
        return (hash ^ unit) * KEY + (hash >>> 17);
    }

    private static int end(int hash) {
        return (hash ^ hash >>> 16) & Integer.MAX_VALUE >>> 1;
    }

    private static boolean same(String text, char[] units, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != units[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** The next version, in which there is {@code value} for the text. */
    public NameTable<V> with(String text, V value) {
        int hash = hash(text);
        Entry<V> others = null;
        for (Entry<V> entry = entries.find(hash); entry != null; entry = entry.next) {
            if (!entry.text.equals(text)) {
                others = new Entry<>(entry.text, entry.value, others);
            }
        }
        PatchTable.Editor<Entry<V>> editor = entries.edit();
        editor.put(hash, new Entry<>(text, value, others));
        return new NameTable<>(editor.freeze());
    }
}
