package dev.portcullis.syntax;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The strings of one document: binds their placeholders and reads the language inside them. */
final class Texts {

    private final String policyName;
    private final String source;
    private final Map<String, String> parameters;
    private final Findings findings;
    private final TextReader reader;

    Texts(String policyName, String source, Map<String, String> parameters, Findings findings) {
        this.policyName = policyName;
        this.source = source;
        this.parameters = parameters;
        this.findings = findings;
        this.reader = new TextReader(policyName, new Places(source, parameters));
    }

    /** The tree with every placeholder bound. */
    SyntaxTree bind(SyntaxTree template) {
        Placeholders.Bound bound = Placeholders.bind(policyName, source, template, parameters);
        report(bound.diagnostics());
        return bound.tree();
    }

    /** The string as a pattern; empty, and reported, if it is broken. */
    Optional<TextPattern> pattern(StringNode node, boolean wildcards, boolean variables) {
        TextReader.Reading reading = reader.read(node, wildcards, variables);
        report(reading.problems());
        return reading.problems().isEmpty() ? Optional.of(reading.pattern()) : Optional.empty();
    }

    /** The string as a pattern with the fields of an ARN; empty, and reported, if it is broken. */
    Optional<TextReader.Reading> arn(StringNode node, boolean variables) {
        TextReader.Reading reading = reader.readArn(node, variables);
        report(reading.problems());
        return reading.problems().isEmpty() ? Optional.of(reading) : Optional.empty();
    }

    /** Whether a string without a language inside is short enough; reports it otherwise. */
    boolean isBounded(StringNode node) {
        int length = node.value().length();
        if (length <= Limits.PATTERN_UNITS) {
            return true;
        }
        findings.error(
                "PATTERN_TOO_LONG",
                node.span(),
                "the text has " + length + " characters, more than " + Limits.PATTERN_UNITS);
        return false;
    }

    private void report(List<Diagnostic> problems) {
        for (Diagnostic problem : problems) {
            findings.add(problem.code(), problem.severity(), problem.span(), problem.message(), problem.help());
        }
    }
}
