package dev.portcullis.syntax;

import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.AnyText;
import dev.portcullis.policy.TextPattern.AnyUnit;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether one pattern with wildcards takes in every text that another does. May say no where the answer is yes, never
 * the reverse. Works a bounded number of steps in its life and says no from then on, since its answers are suggestions.
 */
final class Coverage {

    private static final int ANY_TEXT = -1;
    private static final int ANY_UNIT = -2;
    private static final int FIRST_VARIABLE = -3;

    /** By text: of texts that collide, a map still finds each fast. */
    private final Map<String, Integer> variables = new HashMap<>();

    private long steps;

    /** A coverage that gives up after so many steps. */
    Coverage(long steps) {
        this.steps = steps;
    }

    /** Whether it has given up. */
    boolean isSpent() {
        return steps < 0;
    }

    /** A pattern as symbols: UTF-16 units, wildcards and variables. */
    int[] symbols(List<Segment> segments) {
        List<Integer> symbols = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Literal literal) {
                literal.text().chars().forEach(symbols::add);
            } else if (segment instanceof AnyText) {
                symbols.add(ANY_TEXT);
            } else if (segment instanceof AnyUnit) {
                symbols.add(ANY_UNIT);
            } else if (segment instanceof Variable variable) {
                String text = variable.key().length() + ":" + variable.key() + variable.fallback();
                symbols.add(FIRST_VARIABLE - variables.computeIfAbsent(text, any -> variables.size()));
            }
        }
        return symbols.stream().mapToInt(Integer::intValue).toArray();
    }

    /** A pattern's fields as symbols (rule L116). */
    List<int[]> fields(TextPattern arn) {
        return ArnText.fields(arn).stream().map(this::symbols).toList();
    }

    /** A text with {@code *} and {@code ?} as symbols. */
    static int[] symbols(String glob) {
        return glob.chars()
                .map(c -> c == '*' ? ANY_TEXT : c == '?' ? ANY_UNIT : c)
                .toArray();
    }

    static boolean hasWildcards(int[] symbols) {
        for (int symbol : symbols) {
            if (symbol == ANY_TEXT || symbol == ANY_UNIT) {
                return true;
            }
        }
        return false;
    }

    /** Whether each field of the one covers that of the other. */
    boolean covers(List<int[]> wide, List<int[]> narrow) {
        if (wide.size() != narrow.size()) {
            return false;
        }
        for (int i = 0; i < wide.size(); i++) {
            if (!covers(wide.get(i), narrow.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the one covers the other: {@code *} takes in any symbols, {@code ?} a unit, all others their like. */
    boolean covers(int[] wide, int[] narrow) {
        int i = 0;
        int j = 0;
        int star = -1;
        int resume = 0;
        while (j < narrow.length) {
            if (--steps < 0) {
                return false;
            }
            if (i < wide.length && wide[i] == ANY_TEXT) {
                star = i++;
                resume = j;
            } else if (i < wide.length && (wide[i] == narrow[j] || (wide[i] == ANY_UNIT && narrow[j] >= 0))) {
                i++;
                j++;
            } else if (star >= 0) {
                i = star + 1;
                j = ++resume;
            } else {
                return false;
            }
        }
        while (i < wide.length && wide[i] == ANY_TEXT) {
            i++;
        }
        return i == wide.length;
    }
}
