package dev.portcullis.cli;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** Prints findings for people, with their source lines. */
final class TextFindings {

    private final Terminal terminal;

    TextFindings(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(List<CheckedDocument> documents) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        for (CheckedDocument document : documents) {
            for (Diagnostic finding : document.findings()) {
                counts.merge(finding.severity(), 1, Integer::sum);
                print(finding, document.text());
            }
        }
        String files = documents.size() == 1 ? "1 document" : documents.size() + " documents";
        line(files + " checked: " + summary(counts));
    }

    private void print(Diagnostic finding, String text) {
        String plain = DiagnosticText.plain(finding, Optional.of(text));
        int end = plain.indexOf('\n');
        String first = end < 0 ? plain : plain.substring(0, end);
        line(terminal.out(DiagnosticText.style(finding), first) + plain.substring(first.length()));
        line("");
    }

    private static String summary(Map<Severity, Integer> counts) {
        if (counts.isEmpty()) {
            return "nothing found";
        }
        StringJoiner summary = new StringJoiner(", ");
        counts.forEach((severity, count) -> summary.add(count + " " + word(severity) + (count == 1 ? "" : "s")));
        return summary.toString();
    }

    private static String word(Severity severity) {
        return switch (severity) {
            case ERROR -> "error";
            case SECURITY_WARNING -> "security warning";
            case WARNING -> "warning";
            case SUGGESTION -> "suggestion";
        };
    }

    private void line(String text) {
        terminal.out().print(text);
        terminal.out().print('\n');
    }
}
