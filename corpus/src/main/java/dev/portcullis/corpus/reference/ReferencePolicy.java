package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A policy as the reference reads it: refused when it has no meaning, taken when AWS holds such documents although it
 * would not save them today (rules L13, L16 to L22, L88). Immutable.
 */
public final class ReferencePolicy {

    private final String name;
    private final PolicyType type;
    private final boolean variables;
    private final List<StatementText> statements;

    ReferencePolicy(String name, PolicyType type, boolean variables, List<StatementText> statements) {
        this.name = name;
        this.type = type;
        this.variables = variables;
        this.statements = List.copyOf(statements);
    }

    /**
     * Reads a document.
     *
     * @param name what the policy is called in explanations and errors
     * @param type what it is attached to
     * @param text one JSON object
     * @param parameters what {@code {{name}}} in its strings stands for
     * @throws MalformedPolicy if it has no meaning; names every problem, with line and column
     */
    public static ReferencePolicy read(String name, PolicyType type, String text, Map<String, String> parameters) {
        return read(name, type, text, parameters, Semantics.defaults());
    }

    /** The same, under a reading of the points that concern documents: operator names (U3), variables with Bool (U19). */
    public static ReferencePolicy read(
            String name, PolicyType type, String text, Map<String, String> parameters, Semantics semantics) {
        try {
            return of(name, type, ReferenceJson.read(text), text, 1, parameters, semantics);
        } catch (ReferenceJson.Malformed e) {
            throw new MalformedPolicy(name + ":" + e.getMessage());
        }
    }

    /**
     * Reads a document that stands inside a larger text, e.g. in a line of a case file.
     *
     * @param node the document
     * @param text the whole text; spans count in it
     * @param firstLine the number of the text's first line, from 1
     * @throws MalformedPolicy if it has no meaning; names every problem, with line and column
     */
    public static ReferencePolicy of(
            String name,
            PolicyType type,
            ReferenceJson.Node node,
            String text,
            int firstLine,
            Map<String, String> parameters) {
        return of(name, type, node, text, firstLine, parameters, Semantics.defaults());
    }

    /** The same, under a reading of the points that concern documents: operator names (U3), variables with Bool (U19). */
    public static ReferencePolicy of(
            String name,
            PolicyType type,
            ReferenceJson.Node node,
            String text,
            int firstLine,
            Map<String, String> parameters,
            Semantics semantics) {
        Problems problems = new Problems(name, text, firstLine);
        int bytes = text.substring(node.start(), node.end()).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > Limits.DOCUMENT_BYTES) {
            problems.add(node, "longer than " + Limits.DOCUMENT_BYTES + " bytes");
            problems.refuseIfAny();
        }
        ReferenceJson.Node bound = new Placeholders(parameters, problems).bind(node);
        return new PolicyReading(name, type, problems, semantics).document(bound);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** What it is attached to. */
    public PolicyType type() {
        return type;
    }

    /** How many statements it has. */
    public int size() {
        return statements.size();
    }

    /** Whether {@code ${…}} is a variable: version 2012-10-17 (rules L4, L145). */
    boolean variables() {
        return variables;
    }

    List<StatementText> statements() {
        return statements;
    }

    @Override
    public String toString() {
        return name + " (" + type.label() + ")";
    }
}
