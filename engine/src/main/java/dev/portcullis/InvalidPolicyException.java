package dev.portcullis;

import dev.portcullis.policy.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Thrown when a document or a store is refused; carries every problem of every document at once. */
public final class InvalidPolicyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;
    private final transient Map<String, String> sources;

    public InvalidPolicyException(List<Diagnostic> diagnostics) {
        this(diagnostics, Map.of());
    }

    /** {@code sources} are the texts that the spans count in, by {@link Diagnostic#policyName}. */
    public InvalidPolicyException(List<Diagnostic> diagnostics, Map<String, String> sources) {
        super(diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::summary)
                .collect(Collectors.joining(System.lineSeparator())));
        this.diagnostics = List.copyOf(diagnostics);
        this.sources = Map.copyOf(sources);
    }

    /** All findings, in document order; at least one is an error. */
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    /** The text that the diagnostic's span counts in; empty when it has none or it isn't known. */
    public Optional<String> source(Diagnostic diagnostic) {
        return Optional.ofNullable(sources.get(diagnostic.policyName()));
    }
}
