package dev.portcullis.cli;

import dev.portcullis.Policies;
import dev.portcullis.policy.Diagnostic;
import java.util.Optional;

/** Prints what was found in documents, for people. */
final class DiagnosticText {

    private DiagnosticText() {}

    /**
     * The finding with its source line, without a line end; fit for a terminal.
     *
     * @param source the text that the finding's span counts in, where it is at hand
     */
    static String plain(Diagnostic diagnostic, Optional<String> source) {
        String text = source.map(s -> Policies.render(diagnostic, s))
                .orElseGet(() -> diagnostic.summary()
                        + diagnostic.help().map(help -> "\n  help: " + help).orElse(""));
        return Printable.lines(text.stripTrailing());
    }

    /** The style that a finding's first line is shown in. */
    static Style style(Diagnostic diagnostic) {
        return switch (diagnostic.severity()) {
            case ERROR -> Style.BAD;
            case SECURITY_WARNING, WARNING -> Style.CAUTION;
            case SUGGESTION -> Style.FAINT;
        };
    }
}
