package dev.portcullis.cli;

import dev.portcullis.policy.Diagnostic;
import java.nio.file.Path;
import java.util.List;

/**
 * A file and what was found in it.
 *
 * @param file as the user named it
 * @param text what the findings' spans count in; empty when it couldn't be read as text
 * @param findings in the order found
 */
record CheckedDocument(Path file, String text, List<Diagnostic> findings) {
    CheckedDocument {
        findings = List.copyOf(findings);
    }
}
