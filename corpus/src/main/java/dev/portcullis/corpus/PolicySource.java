package dev.portcullis.corpus;

import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.MalformedPolicy;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Span;
import java.util.Map;
import java.util.Optional;

/**
 * A document that comes with a case or a request: read as JSON, not yet as a policy.
 *
 * @param name what it is called
 * @param node the document inside {@code text}; empty when {@code text} is the document itself, still unread
 * @param text what positions count in: the line it stands in, or its own text
 * @param firstLine number of the text's first line
 */
public record PolicySource(String name, Optional<ReferenceJson.Node> node, String text, int firstLine) {

    /** A document that is a text of its own. */
    public static PolicySource of(String name, String text) {
        return new PolicySource(name, Optional.empty(), text, 1);
    }

    /**
     * The policy.
     *
     * @param type what it is attached to
     * @param parameters values of placeholders
     * @param semantics how the points are read that concern documents (U3, U19)
     * @throws MalformedPolicy if it has no meaning; the message names the policy, line and column
     */
    public ReferencePolicy read(PolicyType type, Map<String, String> parameters, Semantics semantics) {
        return node.isPresent()
                ? ReferencePolicy.of(name, type, node.get(), text, firstLine, parameters, semantics)
                : ReferencePolicy.read(name, type, text, parameters, semantics);
    }

    /** The document's own text, without what stands around it. */
    public String documentText() {
        return node.map(n -> text.substring(n.start(), n.end())).orElse(text);
    }

    /** Whether a statement is this document's. Documents of one case may share a name; then the place tells them apart. */
    boolean holds(StatementRef statement) {
        Span span = statement.span();
        return name.equals(statement.policy())
                && (span.equals(Span.NONE)
                        || node.map(n -> n.start() <= span.start() && span.end() <= n.end())
                                .orElse(true));
    }
}
