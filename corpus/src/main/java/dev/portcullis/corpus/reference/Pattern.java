package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A string of a policy, cut into what is literal, what is a wildcard and what is a variable (rules L31, L41, L93, L136
 * to L149).
 */
record Pattern(List<Token> tokens) {

    Pattern {
        tokens = List.copyOf(tokens);
    }

    /** A piece of a pattern. */
    sealed interface Token permits Unit, Star, Question, Variable {}

    /** One UTF-16 unit that stands for itself. */
    record Unit(char value) implements Token {}

    /** {@code *}: any units, also none. */
    record Star() implements Token {}

    /** {@code ?}: exactly one unit (rule L31, live). */
    record Question() implements Token {}

    /** {@code ${key}} or {@code ${key, 'default'}}. */
    record Variable(String key, Optional<String> fallback) implements Token {}

    /** A variable that is written wrongly (rule L147). */
    static final class BadVariable extends Exception {

        private static final long serialVersionUID = 1L;

        BadVariable(String message) {
            super(message);
        }
    }

    /** Cuts a text; what isn't asked for is literal. */
    static Pattern of(String text, boolean wildcards, boolean variables) throws BadVariable {
        List<Token> tokens = new ArrayList<>(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (variables && text.startsWith("${", at)) {
                int end = endOfVariable(text, at);
                tokens.add(variable(text.substring(at + 2, end)));
                at = end + 1;
                continue;
            }
            if (wildcards && c == '*') {
                tokens.add(new Star());
            } else if (wildcards && c == '?') {
                tokens.add(new Question());
            } else {
                tokens.add(new Unit(c));
            }
            at++;
        }
        return new Pattern(tokens);
    }

    /** The place of the closing brace; a brace inside a quoted default doesn't close (rule L139). */
    private static int endOfVariable(String text, int start) throws BadVariable {
        boolean quoted = false;
        for (int i = start + 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (c == '}' && !quoted) {
                return i;
            }
        }
        throw new BadVariable(
                quoted
                        ? "the default of a variable lacks a single quote (rule L147)"
                        : "a variable lacks its closing brace (rule L147)");
    }

    private static Token variable(String inside) throws BadVariable {
        // L138
        if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
            return new Unit(inside.charAt(0));
        }
        int comma = inside.indexOf(',');
        String key = comma < 0 ? inside : inside.substring(0, comma);
        if (key.isEmpty()) {
            throw new BadVariable("a variable without a name (rule L147)");
        }
        if (key.indexOf(' ') >= 0) {
            throw new BadVariable("a blank in the name of a variable (rule L147)");
        }
        if (key.indexOf('\'') >= 0 || key.contains("${")) {
            throw new BadVariable("`" + key + "` is not the name of a variable (rule L147)");
        }
        if (comma < 0) {
            return new Variable(key, Optional.empty());
        }
        // L139: comma, one blank, single quotes.
        String fallback = inside.substring(comma + 1);
        if (fallback.length() < 3 || !fallback.startsWith(" '") || !fallback.endsWith("'")) {
            throw new BadVariable("the default of a variable is written `, 'text'` (rules L139, L147)");
        }
        String quoted = fallback.substring(2, fallback.length() - 1);
        if (quoted.indexOf('\'') >= 0) {
            throw new BadVariable("the default of a variable has a single quote inside (rule L147)");
        }
        return new Variable(key, Optional.of(quoted));
    }

    /** How many wildcards there are. */
    int wildcards() {
        return (int) tokens.stream()
                .filter(token -> token instanceof Star || token instanceof Question)
                .count();
    }

    /** How many variables there are. */
    int variables() {
        return (int) tokens.stream().filter(token -> token instanceof Variable).count();
    }

    /** The variables' keys as written, in order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Token token : tokens) {
            if (token instanceof Variable variable) {
                keys.add(variable.key());
            }
        }
        return keys;
    }

    /**
     * Puts the request's values in place of the variables. Empty when one has no value (rules L54, L142, L143).
     */
    Optional<Glob> resolve(Context context, Semantics semantics) {
        Glob.Builder glob = new Glob.Builder();
        for (Token token : tokens) {
            if (token instanceof Unit unit) {
                glob.literal(unit.value());
            } else if (token instanceof Star) {
                glob.star();
            } else if (token instanceof Question) {
                glob.question();
            } else if (token instanceof Variable variable) {
                Optional<String> value = valueOf(variable, context);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                append(value.get(), glob, semantics);
            }
        }
        return Optional.of(glob.build());
    }

    /** L136, L146 (U25): what a variable brings in is literal, unless the setting says otherwise. */
    private static void append(String value, Glob.Builder glob, Semantics semantics) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (semantics.is(Point.WILDCARDS_IN_VARIABLE_VALUES) && c == '*') {
                glob.star();
            } else if (semantics.is(Point.WILDCARDS_IN_VARIABLE_VALUES) && c == '?') {
                glob.question();
            } else {
                glob.literal(c);
            }
        }
    }

    /** L136, L139, L141: a single-valued key's value; else, when the key is absent, the default. */
    static Optional<String> valueOf(Variable variable, Context context) {
        if (!context.has(variable.key())) {
            return variable.fallback();
        }
        return context.single(variable.key());
    }
}
