package dev.portcullis.policy;

import java.util.List;
import java.util.Optional;

/**
 * A checked policy document: no grammar rule of its type is broken.
 *
 * @param name what the document is called in diagnostics and explanations
 * @param type what it is attached to
 * @param declaredVersion the {@code Version} element; empty when there is none
 * @param id the {@code Id} element (rule L15)
 * @param statements in document order; their order has no influence on decisions (rule L10)
 * @param source the text it was read from; all spans count in it
 */
public record PolicyDocument(
        String name,
        PolicyType type,
        Optional<PolicyVersion> declaredVersion,
        Optional<String> id,
        List<Statement> statements,
        String source) {

    public PolicyDocument {
        statements = List.copyOf(statements);
    }

    /** The version the document is read as: 2008-10-17 when it declares none (rule L4). */
    public PolicyVersion version() {
        return declaredVersion.orElse(PolicyVersion.V2008_10_17);
    }
}
