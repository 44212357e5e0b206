package dev.portcullis.corpus.reference;

import java.util.Arrays;

/**
 * Literal units and wildcards, ready to be compared. Numbers from 0 up are literal UTF-16 units; the negative ones are
 * the wildcards below.
 */
final class Glob {

    /** Any units, also none. */
    static final int STAR = -1;

    /** Exactly one unit. */
    static final int QUESTION = -2;

    /** Any units but a colon, also none (rule L44). */
    static final int FIELD_STAR = -3;

    /** Exactly one unit but a colon (rule L44). */
    static final int FIELD_QUESTION = -4;

    private final int[] symbols;

    private Glob(int[] symbols) {
        this.symbols = symbols;
    }

    /** Whether the whole text is matched; tries every way, in steps of pattern length times text length. */
    boolean matches(String text) {
        int length = text.length();
        // reached[j]: the symbols read so far match the first j units.
        boolean[] reached = new boolean[length + 1];
        reached[0] = true;
        for (int symbol : symbols) {
            boolean[] next = new boolean[length + 1];
            boolean any = false;
            for (int j = 0; j <= length; j++) {
                boolean repeats = symbol == STAR || symbol == FIELD_STAR;
                boolean skipped = repeats && reached[j];
                boolean consumed =
                        j > 0 && fits(symbol, text.charAt(j - 1)) && (repeats ? next[j - 1] : reached[j - 1]);
                next[j] = skipped || consumed;
                any = any || next[j];
            }
            if (!any) {
                return false;
            }
            reached = next;
        }
        return reached[length];
    }

    private static boolean fits(int symbol, char unit) {
        return switch (symbol) {
            case STAR, QUESTION -> true;
            case FIELD_STAR, FIELD_QUESTION -> unit != ':';
            default -> symbol == unit;
        };
    }

    /** Whether it is one star and nothing else. */
    boolean isStar() {
        return symbols.length == 1 && symbols[0] == STAR;
    }

    /** The text, when there is no wildcard in it; wildcards stand as {@code *} and {@code ?}. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int symbol : symbols) {
            text.append(
                    switch (symbol) {
                        case STAR, FIELD_STAR -> '*';
                        case QUESTION, FIELD_QUESTION -> '?';
                        default -> (char) symbol;
                    });
        }
        return text.toString();
    }

    /** Cuts at the first {@code count - 1} literal colons; fewer parts come back when there are fewer colons. */
    Glob[] fields(int count) {
        Glob[] fields = new Glob[count];
        int found = 0;
        int start = 0;
        for (int i = 0; i < symbols.length && found < count - 1; i++) {
            if (symbols[i] == ':') {
                fields[found++] = new Glob(Arrays.copyOfRange(symbols, start, i));
                start = i + 1;
            }
        }
        fields[found++] = new Glob(Arrays.copyOfRange(symbols, start, symbols.length));
        return Arrays.copyOf(fields, found);
    }

    /** Adds symbols one after the other. */
    static final class Builder {

        private int[] symbols = new int[32];
        private int size;

        Builder literal(char unit) {
            return add(unit);
        }

        Builder star() {
            return add(STAR);
        }

        Builder question() {
            return add(QUESTION);
        }

        Builder add(int symbol) {
            if (size == symbols.length) {
                symbols = Arrays.copyOf(symbols, size * 2);
            }
            symbols[size++] = symbol;
            return this;
        }

        Glob build() {
            return new Glob(Arrays.copyOf(symbols, size));
        }
    }
}
