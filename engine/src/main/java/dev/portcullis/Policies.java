package dev.portcullis;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.syntax.Excerpt;
import dev.portcullis.syntax.JsonReader;
import dev.portcullis.syntax.PolicyPrinter;
import dev.portcullis.syntax.PolicyValidator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads, checks, prints and explains single policy documents. Stateless: safe for all threads. */
public final class Policies {

    private Policies() {}

    /**
     * What became of a document.
     *
     * @param document the checked document; empty iff a diagnostic is an error
     * @param diagnostics all findings in document order, at most {@link dev.portcullis.policy.Limits#DIAGNOSTICS} and
     *     one that counts the rest
     */
    public record Reading(Optional<PolicyDocument> document, List<Diagnostic> diagnostics) {

        public Reading {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /**
     * Reads and checks one document by the rules of its type (rules L1 to L29, L57 to L89, section 8). Never throws for
     * what is in the document.
     *
     * @param name what the document is called in diagnostics
     * @param type what it is attached to, or is to be
     * @param utf8 the JSON text; at most {@link dev.portcullis.policy.Limits#DOCUMENT_BYTES}
     * @param checks whether AWS would have to take it today, or holds it already
     * @param parameters values of the <code>{{name}}</code> placeholders in its strings; one without a value is an error
     */
    public static Reading read(
            String name, PolicyType type, byte[] utf8, Checks checks, Map<String, String> parameters) {
        JsonReader.Reading json = JsonReader.read(name, utf8, JsonReader.Bounds.DOCUMENT);
        return check(name, type, json, checks, parameters);
    }

    /** The same for a text in memory. */
    public static Reading read(
            String name, PolicyType type, String text, Checks checks, Map<String, String> parameters) {
        JsonReader.Reading json = JsonReader.read(name, text, JsonReader.Bounds.DOCUMENT);
        return check(name, type, json, checks, parameters);
    }

    /** The same without looking for warnings, if there is no error. */
    static Reading readForErrors(
            String name, PolicyType type, String text, Checks checks, Map<String, String> parameters) {
        JsonReader.Reading json = JsonReader.read(name, text, JsonReader.Bounds.DOCUMENT);
        if (json.tree().isPresent()) {
            PolicyValidator.Result result =
                    PolicyValidator.validateOnly(name, type, json.tree().get(), json.text(), checks, parameters);
            if (result.document().isPresent()) {
                return new Reading(result.document(), List.of());
            }
        }
        return check(name, type, json, checks, parameters);
    }

    private static Reading check(
            String name, PolicyType type, JsonReader.Reading json, Checks checks, Map<String, String> parameters) {
        if (json.tree().isEmpty()) {
            return new Reading(Optional.empty(), json.diagnostics());
        }
        PolicyValidator.Result result =
                PolicyValidator.validate(name, type, json.tree().get(), json.text(), checks, parameters);
        return new Reading(result.document(), result.diagnostics());
    }

    /**
     * The document as canonical JSON text with a line end. Reading it again gives an equal document, but for name, spans
     * and source.
     */
    public static String print(PolicyDocument document) {
        return PolicyPrinter.print(document);
    }

    /**
     * A diagnostic for people: summary, the line of the document, a caret below it, and what to do.
     *
     * @param source the text that the diagnostic's span counts in
     */
    public static String render(Diagnostic diagnostic, String source) {
        return Excerpt.render(diagnostic, source);
    }
}
