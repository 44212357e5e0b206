package dev.portcullis.syntax;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everything found in one document. Keeps the gravest where there is too much, and counts the rest. */
final class Findings {

    private static final Comparator<Diagnostic> DOCUMENT_ORDER = Comparator.comparingInt(
                    (Diagnostic diagnostic) -> diagnostic.span().start())
            .thenComparing(Diagnostic::severity);

    private final String policyName;
    private final Checks checks;
    private final Map<Severity, List<Diagnostic>> kept = new EnumMap<>(Severity.class);
    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    private int errors;

    Findings(String policyName, Checks checks) {
        this.policyName = policyName;
        this.checks = checks;
    }

    /** AWS refuses to save it, and it has no defined meaning. */
    void error(String code, Span span, String message) {
        add(code, Severity.ERROR, span, message, Optional.empty());
    }

    void error(String code, Span span, String message, String help) {
        add(code, Severity.ERROR, span, message, Optional.of(help));
    }

    void error(String code, Span span, String message, Optional<String> help) {
        add(code, Severity.ERROR, span, message, help);
    }

    /** AWS refuses to save it, but evaluates it with a defined meaning where it holds it already. */
    void refused(String code, Span span, String message) {
        add(code, refusal(), span, message, Optional.empty());
    }

    void refused(String code, Span span, String message, String help) {
        add(code, refusal(), span, message, Optional.of(help));
    }

    void securityWarning(String code, Span span, String message, String help) {
        add(code, Severity.SECURITY_WARNING, span, message, Optional.of(help));
    }

    void warning(String code, Span span, String message) {
        add(code, Severity.WARNING, span, message, Optional.empty());
    }

    void warning(String code, Span span, String message, String help) {
        add(code, Severity.WARNING, span, message, Optional.of(help));
    }

    void warning(String code, Span span, String message, Optional<String> help) {
        add(code, Severity.WARNING, span, message, help);
    }

    void suggestion(String code, Span span, String message) {
        add(code, Severity.SUGGESTION, span, message, Optional.empty());
    }

    void suggestion(String code, Span span, String message, String help) {
        add(code, Severity.SUGGESTION, span, message, Optional.of(help));
    }

    void add(String code, Severity severity, Span span, String message, Optional<String> help) {
        counts.merge(severity, 1, Integer::sum);
        if (severity == Severity.ERROR) {
            errors++;
        }
        List<Diagnostic> same = kept.computeIfAbsent(severity, first -> new ArrayList<>());
        if (same.size() < Limits.DIAGNOSTICS) {
            same.add(new Diagnostic(code, severity, policyName, span, message, help));
        }
    }

    /** What to say of an unknown name; nothing once enough is reported, since looking for it takes time. */
    Optional<String> didYouMean(String written, Collection<String> candidates) {
        boolean full = errors >= Limits.DIAGNOSTICS;
        return full ? Optional.empty() : Suggestions.didYouMean(written, candidates);
    }

    private Severity refusal() {
        return checks == Checks.NEW ? Severity.ERROR : Severity.WARNING;
    }

    int errors() {
        return errors;
    }

    /** In document order; at most {@link Limits#DIAGNOSTICS} and one that counts what was left out. */
    List<Diagnostic> report() {
        if (kept.isEmpty()) {
            return List.of();
        }
        List<Diagnostic> reported = new ArrayList<>();
        int left = 0;
        Severity gravestLeft = Severity.SUGGESTION;
        for (Severity severity : kept.keySet()) {
            List<Diagnostic> same = kept.get(severity);
            int taken = Math.min(same.size(), Limits.DIAGNOSTICS - reported.size());
            reported.addAll(same.subList(0, taken));
            int omitted = counts.get(severity) - taken;
            if (omitted > 0 && left == 0) {
                gravestLeft = severity;
            }
            left += omitted;
        }
        reported.sort(DOCUMENT_ORDER);
        if (left > 0) {
            reported.add(new Diagnostic("MORE_FINDINGS", gravestLeft, policyName, Span.NONE, "and " + left + " more"));
        }
        return List.copyOf(reported);
    }
}
