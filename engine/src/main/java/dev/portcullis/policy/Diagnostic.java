package dev.portcullis.policy;

import java.util.Optional;

/**
 * Something found in a policy document or a store.
 *
 * <p>Messages are written for policy authors: lower case, no full stop, the author's own text in backticks, no names of
 * this program's classes.
 *
 * @param code stable name of the check in capitals, e.g. {@code MISSING_EFFECT}; where IAM Access Analyzer has the same
 *     check, its issue code (rule L155)
 * @param severity how grave it is; a document with an {@link Severity#ERROR} is refused
 * @param policyName name of the document or file
 * @param span where, in that document's text
 * @param message what is wrong
 * @param help what to do about it, e.g. {@code did you mean `StringEquals`?}
 */
public record Diagnostic(
        String code, Severity severity, String policyName, Span span, String message, Optional<String> help) {

    public Diagnostic(String code, Severity severity, String policyName, Span span, String message) {
        this(code, severity, policyName, span, message, Optional.empty());
    }

    /** Whether it makes its document unusable. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** One line: {@code error[MISSING_EFFECT] name:3:5: message}. */
    public String summary() {
        String place = span.line() == 0 ? policyName : policyName + ":" + span;
        return severityWord() + "[" + code + "] " + place + ": " + message;
    }

    /** {@code error}, {@code warning}, {@code security warning} or {@code suggestion}. */
    public String severityWord() {
        return switch (severity) {
            case ERROR -> "error";
            case SECURITY_WARNING -> "security warning";
            case WARNING -> "warning";
            case SUGGESTION -> "suggestion";
        };
    }

    @Override
    public String toString() {
        return summary();
    }
}
