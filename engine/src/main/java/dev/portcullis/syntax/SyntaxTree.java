package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import java.util.List;

/** JSON as it was written: members in order, duplicates kept, every node with its place. */
public sealed interface SyntaxTree {

    /** The node's text, quotes and brackets included. */
    Span span();

    /** {@code {…}}. */
    record ObjectNode(List<Member> members, Span span) implements SyntaxTree {}

    /** {@code […]}. */
    record ArrayNode(List<SyntaxTree> elements, Span span) implements SyntaxTree {}

    /** A string, escapes resolved; no lone surrogate and no U+0000 is in it. */
    record StringNode(String value, Span span) implements SyntaxTree {}

    /** A number, as written. */
    record NumberNode(String text, Span span) implements SyntaxTree {}

    /** {@code true} or {@code false}. */
    record BooleanNode(boolean value, Span span) implements SyntaxTree {}

    /** {@code null}. */
    record NullNode(Span span) implements SyntaxTree {}

    /** One member of an object. */
    record Member(StringNode name, SyntaxTree value) {}
}
