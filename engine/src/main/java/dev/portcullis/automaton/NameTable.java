package dev.portcullis.automaton;

/**
 * The same as {@link PatchTable} for texts. Immutable.
 *
 * @param <V> what there is for a text; null takes it away again
 */
public final class NameTable<V extends Patch> {

    private final int key;
    private final PatchTable<Entry<V>> entries;

    private NameTable(int key, PatchTable<Entry<V>> entries) {
        this.key = key;
        this.entries = entries;
    }

    /** One text; those of the same hash hang together. */
    private static final class Entry<V extends Patch> implements Patch {
        private final String text;
        private final Patch value;
        private final Entry<V> next;

        Entry(String text, Patch value, Entry<V> next) {
            this.text = text;
            this.value = value;
            this.next = next;
        }
    }

    /**
     * One with nothing in it.
     *
     * @param key of the hash: policy authors must not be able to guess it
     */
    public static <V extends Patch> NameTable<V> empty(int key) {
        return new NameTable<>(key, PatchTable.empty());
    }

    /** Whether no text has ever been put in. */
    public boolean isEmpty() {
        return entries.size() == 0;
    }

    /** What there is for a text; null for nothing. */
    @SuppressWarnings("unchecked") // Only values of V are put in.
    public V find(String text) {
        for (Entry<V> entry = entries.find(hash(text, key)); entry != null; entry = entry.next) {
            if (entry.text.equals(text)) {
                return (V) entry.value;
            }
        }
        return null;
    }

    /** The same for units; allocates nothing. */
    @SuppressWarnings("unchecked") // Only values of V are put in.
    V find(char[] units, int from, int to) {
        int hash = 0;
        for (int at = from; at < to; at++) {
            hash = step(hash, units[at], key);
        }
        for (Entry<V> entry = entries.find(end(hash)); entry != null; entry = entry.next) {
            if (same(entry.text, units, from, to)) {
                return (V) entry.value;
            }
        }
        return null;
    }

    /** A hash, not negative, that nobody can guess. */
    public static int hash(String text, int key) {
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i), key);
        }
        return end(hash);
    }

    private static int step(int hash, char unit, int key) {
        return (hash ^ unit) * (key | 1) + (hash >>> 17);
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
        int hash = hash(text, key);
        Entry<V> others = null;
        for (Entry<V> entry = entries.find(hash); entry != null; entry = entry.next) {
            if (!entry.text.equals(text)) {
                others = new Entry<>(entry.text, entry.value, others);
            }
        }
        PatchTable.Editor<Entry<V>> editor = entries.edit();
        editor.put(hash, new Entry<>(text, value, others));
        return new NameTable<>(key, editor.freeze());
    }
}
