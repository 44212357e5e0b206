package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * A string of a policy, split into literal text, wildcards and variables. Which of them are special depends on where the
 * string stands: in a {@code StringEquals} value {@code *} is literal text (rule L95), in a document of version
 * 2008-10-17 so is {@code ${…}} (rule L145).
 *
 * @param source the string as written, JSON escapes resolved and placeholders bound
 * @param segments in order; neighbouring literals are joined; empty for the empty string
 */
public record TextPattern(String source, List<Segment> segments) {

    public TextPattern {
        segments = List.copyOf(segments);
    }

    /** A pattern without anything special in it. */
    public static TextPattern literal(String text) {
        return new TextPattern(text, text.isEmpty() ? List.of() : List.of(new Literal(text)));
    }

    /** Whether every segment is literal text. */
    public boolean isLiteral() {
        for (Segment segment : segments) {
            if (!(segment instanceof Literal)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a policy variable (not {@code ${*}} and its like) occurs. */
    public boolean hasVariables() {
        for (Segment segment : segments) {
            if (segment instanceof Variable) {
                return true;
            }
        }
        return false;
    }

    /** A piece of a pattern. */
    public sealed interface Segment permits Literal, AnyText, AnyUnit, Variable {}

    /**
     * Text that stands for itself, also what {@code ${*}}, {@code ${?}} and {@code ${$}} stand for (rule L138).
     *
     * @param text at least one UTF-16 unit
     */
    public record Literal(String text) implements Segment {}

    /** {@code *}: any text, also none (rules L31, L41, L93). */
    public record AnyText() implements Segment {}

    /** {@code ?}: exactly one UTF-16 unit (rule L31). */
    public record AnyUnit() implements Segment {}

    /**
     * {@code ${key}} or {@code ${key, 'default'}} (rules L136, L139).
     *
     * @param key the context key as written; compared ignoring case (rule L140)
     * @param fallback used when the key is absent
     */
    public record Variable(String key, Optional<String> fallback) implements Segment {}
}
