package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.BooleanNode;
import dev.portcullis.syntax.SyntaxTree.NumberNode;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JSON types as a policy wants them. */
final class Shapes {

    private Shapes() {}

    /** What a node is, for messages: {@code a string}, {@code an object} … */
    static String kind(SyntaxTree node) {
        if (node instanceof StringNode) {
            return "a string";
        }
        if (node instanceof NumberNode) {
            return "a number";
        }
        if (node instanceof BooleanNode bool) {
            return bool.value() ? "`true`" : "`false`";
        }
        if (node instanceof ObjectNode) {
            return "an object";
        }
        return node instanceof ArrayNode ? "a list" : "`null`";
    }

    /** The element's string; reports anything else. */
    static Optional<StringNode> string(String element, SyntaxTree value, Findings findings) {
        if (value instanceof StringNode string) {
            return Optional.of(string);
        }
        mismatch(element, "a string", value, findings);
        return Optional.empty();
    }

    /** The element's strings: a single one stands for the list of it (rule L16). Reports everything else. */
    static List<StringNode> strings(String element, SyntaxTree value, Findings findings) {
        if (value instanceof StringNode string) {
            return List.of(string);
        }
        if (!(value instanceof ArrayNode array)) {
            mismatch(element, "a string or a list of strings", value, findings);
            return List.of();
        }
        List<StringNode> strings = new ArrayList<>(array.elements().size());
        for (SyntaxTree entry : array.elements()) {
            if (entry instanceof StringNode string) {
                strings.add(string);
            } else {
                findings.error(
                        "DATA_TYPE_MISMATCH",
                        opening(entry),
                        "an entry of `" + element + "` must be a string, not " + kind(entry));
            }
        }
        return strings;
    }

    static void mismatch(String element, String wanted, SyntaxTree value, Findings findings) {
        findings.error(
                "DATA_TYPE_MISMATCH", opening(value), "`" + element + "` must be " + wanted + ", not " + kind(value));
    }

    /** Whether the value is the empty list. */
    static boolean isEmptyList(SyntaxTree value) {
        return value instanceof ArrayNode array && array.elements().isEmpty();
    }

    /** Where to point at a node: all of a scalar, the opening bracket of an object or a list. */
    static Span opening(SyntaxTree node) {
        return node instanceof ObjectNode || node instanceof ArrayNode ? pointAt(node.span()) : node.span();
    }

    /** The first character of a stretch. */
    static Span pointAt(Span span) {
        return new Span(span.start(), span.start() + 1, span.line(), span.column());
    }
}
