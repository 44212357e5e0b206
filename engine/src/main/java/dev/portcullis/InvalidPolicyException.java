package dev.portcullis;

import dev.portcullis.policy.Diagnostic;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a document or a store is refused; carries every problem of every document at once. */
public final class InvalidPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    public InvalidPolicyException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::summary)
                .collect(Collectors.joining(System.lineSeparator())));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** All findings, in document order; at least one is an error. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
