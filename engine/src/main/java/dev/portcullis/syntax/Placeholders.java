package dev.portcullis.syntax;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Binds {@code {{name}}} in the strings of a document, names of members included. Blanks around the name don't count.
 * Binding works on values, after quotes and escapes are gone, so a bound text can't leave its string; and it is done
 * once, so a bound text is never a template. What is bound in is then read like any other text: a {@code *} in it is a
 * wildcard wherever a {@code *} is one.
 */
final class Placeholders {

    /**
     * A document with bound placeholders.
     *
     * @param tree the strings are bound, the spans are those of the templates
     * @param diagnostics an error for every place that could not be bound
     */
    record Bound(SyntaxTree tree, List<Diagnostic> diagnostics) {}

    private final String documentName;
    private final Map<String, String> parameters;
    private final Places places;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private long boundUnits;

    private Placeholders(String documentName, String text, Map<String, String> parameters) {
        this.documentName = documentName;
        this.parameters = parameters;
        this.places = new Places(text, Map.of());
    }

    /** Binds all placeholders of a document. {@code text} is what the tree was read from. */
    static Bound bind(String documentName, String text, SyntaxTree tree, Map<String, String> parameters) {
        // A brace may also be written as an escape.
        if (!text.contains("{{") && !text.contains("\\u007")) {
            return new Bound(tree, List.of());
        }
        Placeholders binding = new Placeholders(documentName, text, parameters);
        SyntaxTree bound = binding.bind(tree);
        return new Bound(bound, List.copyOf(binding.diagnostics));
    }

    private SyntaxTree bind(SyntaxTree node) {
        if (node instanceof StringNode string) {
            return bind(string);
        }
        if (node instanceof ArrayNode array) {
            List<SyntaxTree> elements = new ArrayList<>(array.elements().size());
            for (SyntaxTree element : array.elements()) {
                elements.add(bind(element));
            }
            return new ArrayNode(List.copyOf(elements), array.span());
        }
        if (node instanceof ObjectNode object) {
            List<Member> members = new ArrayList<>(object.members().size());
            for (Member member : object.members()) {
                members.add(new Member(bind(member.name()), bind(member.value())));
            }
            return new ObjectNode(List.copyOf(members), object.span());
        }
        return node;
    }

    private StringNode bind(StringNode node) {
        if (!node.value().contains("{{")) {
            return node;
        }
        Template template = Template.of(node.value());
        int stray = template.strayBraces();
        if (stray >= 0) {
            report(
                    "UNCLOSED_PLACEHOLDER",
                    Severity.WARNING,
                    places.span(node, stray, stray + 2),
                    "`{{` that opens no placeholder is text",
                    Optional.of("a placeholder is written `{{name}}`"));
        }
        if (!template.hasPlaceholders()) {
            return node;
        }
        StringBuilder bound = new StringBuilder();
        boolean complete = true;
        for (Template.Piece piece : template.pieces()) {
            if (piece.name().isEmpty() || check(piece, piece.name().get(), node)) {
                bound.append(template.bound(piece, parameters));
            } else {
                bound.append(template.text(), piece.start(), piece.end());
                complete = false;
            }
        }
        String value = bound.toString();
        // Else the printed document would hold a placeholder that this one doesn't.
        if (complete && Template.of(value).hasPlaceholders()) {
            report(
                    "INVALID_PLACEHOLDER_VALUE",
                    Severity.ERROR,
                    node.span(),
                    "the values bound in make up another placeholder",
                    Optional.empty());
        }
        return new StringNode(value, node.span());
    }

    /** Whether the placeholder can be bound. */
    private boolean check(Template.Piece piece, String name, StringNode node) {
        Span span = places.span(node, piece.start(), piece.end());
        String value = parameters.get(name);
        if (value == null) {
            report(
                    "UNBOUND_PLACEHOLDER",
                    Severity.ERROR,
                    span,
                    "no value is given for the placeholder " + Shown.quoted(name),
                    Optional.of("give it one in the store's `parameters`"));
            return false;
        }
        boundUnits += value.length();
        String problem = null;
        if (StringLiteral.refused(value, 0) >= 0) {
            problem = "holds U+0000 or half a surrogate pair";
        } else if (boundUnits > Limits.DOCUMENT_BYTES) {
            problem = "makes the document larger than " + Limits.DOCUMENT_BYTES;
        }
        if (problem != null) {
            String message = "the value of the placeholder " + Shown.quoted(name) + " " + problem;
            report("INVALID_PLACEHOLDER_VALUE", Severity.ERROR, span, message, Optional.empty());
        }
        return problem == null;
    }

    private void report(String code, Severity severity, Span span, String message, Optional<String> help) {
        if (diagnostics.size() < Limits.DIAGNOSTICS) {
            diagnostics.add(new Diagnostic(code, severity, documentName, span, message, help));
        }
    }
}
