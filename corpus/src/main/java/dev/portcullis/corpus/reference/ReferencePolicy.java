package dev.portcullis.corpus.reference;

import dev.portcullis.policy.PolicyType;
import java.util.Map;

/** A policy as the reference reads it. Immutable. */
public final class ReferencePolicy {

    private final String name;
    private final PolicyType type;

    private ReferencePolicy(String name, PolicyType type) {
        this.name = name;
        this.type = type;
    }

    /**
     * Reads a document.
     *
     * @param name what the policy is called in explanations and errors
     * @param type what it is attached to
     * @param text one JSON object
     * @param parameters what {@code {placeholder}} in its strings stands for
     * @throws MalformedPolicy if it has no meaning
     */
    public static ReferencePolicy read(String name, PolicyType type, String text, Map<String, String> parameters) {
        try {
            return of(name, type, ReferenceJson.read(text), text, 1, parameters);
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
     * @throws MalformedPolicy if it has no meaning
     */
    public static ReferencePolicy of(
            String name,
            PolicyType type,
            ReferenceJson.Node node,
            String text,
            int firstLine,
            Map<String, String> parameters) {
        if (!(node instanceof ReferenceJson.Obj)) {
            throw new MalformedPolicy(name + ":" + firstLine + ":1: a policy is one JSON object (rule L1)");
        }
        return new ReferencePolicy(name, type);
    }

    /** What it is called. */
    public String name() {
        return name;
    }

    /** What it is attached to. */
    public PolicyType type() {
        return type;
    }
}
