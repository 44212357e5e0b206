package dev.portcullis.store;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Collects what is found in one file. Keeps the first {@link Limits#DIAGNOSTICS} errors and as many lesser findings, and
 * counts the rest, so that a warning never pushes an error out.
 */
final class Findings {

    private final String file;
    private final List<Diagnostic> found = new ArrayList<>();
    private int errors;
    private int others;

    Findings(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    void error(String code, Span span, String message) {
        add(new Diagnostic(code, Severity.ERROR, file, span, message));
    }

    void error(String code, Span span, String message, String help) {
        error(code, span, message, Optional.of(help));
    }

    void error(String code, Span span, String message, Optional<String> help) {
        add(new Diagnostic(code, Severity.ERROR, file, span, message, help));
    }

    void warning(String code, Span span, String message, String help) {
        add(new Diagnostic(code, Severity.WARNING, file, span, message, Optional.of(help)));
    }

    void suggestion(String code, Span span, String message, String help) {
        add(new Diagnostic(code, Severity.SUGGESTION, file, span, message, Optional.of(help)));
    }

    void add(Diagnostic diagnostic) {
        int before = diagnostic.isError() ? errors++ : others++;
        if (before < Limits.DIAGNOSTICS) {
            found.add(diagnostic);
        }
    }

    void addAll(List<Diagnostic> diagnostics) {
        diagnostics.forEach(this::add);
    }

    boolean hasErrors() {
        return errors > 0;
    }

    /** By place, what has none last; what stands at the same place in the order found. */
    List<Diagnostic> sorted() {
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().line() == 0
                ? Integer.MAX_VALUE
                : diagnostic.span().start()));
        if (errors > Limits.DIAGNOSTICS) {
            sorted.add(rest(Severity.ERROR, (errors - Limits.DIAGNOSTICS) + " more errors are not listed"));
        }
        if (others > Limits.DIAGNOSTICS) {
            sorted.add(rest(Severity.WARNING, (others - Limits.DIAGNOSTICS) + " more findings are not listed"));
        }
        return sorted;
    }

    private Diagnostic rest(Severity severity, String message) {
        return new Diagnostic("TOO_MANY_FINDINGS", severity, file, Span.NONE, message);
    }
}
