package dev.portcullis.compile;

import dev.portcullis.automaton.TextTable;
import dev.portcullis.policy.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Text to small number, in order of first sight; freezes into a {@link TextTable}. */
final class Interner {

    private static final int SPELLINGS_KEPT = 4;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Set<String>> spellings = new ArrayList<>();
    private int units;

    /** The number of a text, a new one if it is new. */
    int intern(String text) {
        Integer known = numbers.get(text);
        if (known != null) {
            return known;
        }
        int number = texts.size();
        TooLarge.next(number, Limits.COMPILED_TEXTS, "names of one kind");
        units = TooLarge.sum(units, text.length(), Limits.COMPILED_TEXT_UNITS, "characters in names of one kind");
        numbers.put(text, number);
        texts.add(text);
        spellings.add(Set.of());
        return number;
    }

    /** The number of a folded text; remembers how it was spelled, for the lookup that needs no folding. */
    int intern(String folded, String spelling) {
        int number = intern(folded);
        if (!spelling.equals(folded)) {
            Set<String> known = spellings.get(number);
            if (known.isEmpty()) {
                known = new LinkedHashSet<>();
                spellings.set(number, known);
            }
            if (known.size() < SPELLINGS_KEPT) {
                known.add(spelling);
            }
        }
        return number;
    }

    /** The number of a text, or -1. */
    int find(String text) {
        return numbers.getOrDefault(text, TextTable.ABSENT);
    }

    int size() {
        return texts.size();
    }

    List<String> texts() {
        return texts;
    }

    TextTable freeze(long seed) {
        return new TextTable(seed, texts.toArray(new String[0]), null);
    }

    /** With the index by {@link String#hashCode}: for what requests name again and again. */
    TextTable freezeWithFront(long seed) {
        String[][] more = new String[texts.size()][];
        for (int i = 0; i < more.length; i++) {
            more[i] = spellings.get(i).toArray(new String[0]);
        }
        return new TextTable(seed, texts.toArray(new String[0]), more);
    }
}
