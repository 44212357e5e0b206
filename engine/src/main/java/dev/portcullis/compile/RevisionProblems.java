package dev.portcullis.compile;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a change, and what of it can't be done. One thread. */
final class RevisionProblems {

    private static final String CHANGE = "change";

    private final List<Diagnostic> errors = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();

    void error(String code, String message) {
        errors.add(new Diagnostic(code, Severity.ERROR, CHANGE, Span.NONE, message));
    }

    void unsupported(String message) {
        unsupported.add(message);
    }

    List<Diagnostic> errors() {
        return errors;
    }

    List<String> unsupported() {
        return unsupported;
    }
}
