package dev.portcullis.syntax;

import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.Map;

/**
 * Where in a document's text a part of a string's value is written. The two differ by escapes, and by what was bound in
 * for placeholders.
 */
final class Places {

    private final String text;
    private final Map<String, String> parameters;

    /** The document's text, and the values its placeholders were bound to. */
    Places(String text, Map<String, String> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    /**
     * The span of {@code value[start, end)}, where value is that of the node. A part that a placeholder brought in is at
     * the placeholder.
     */
    Span span(StringNode node, int start, int end) {
        Span whole = node.span();
        String written = StringLiteral.value(text, whole.start(), whole.end());
        int from = start;
        int to = end;
        if (!written.equals(node.value())) {
            Template template = Template.of(written);
            from = template.offset(start, false, parameters);
            to = Math.max(from, template.offset(end, true, parameters));
        }
        int first = StringLiteral.place(text, whole.start(), from);
        int last = StringLiteral.place(text, whole.start(), to);
        // A JSON string never holds a line break, so the line is that of its quote.
        return new Span(first, last, whole.line(), whole.column() + first - whole.start());
    }
}
