package dev.portcullis.cli;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Severity;

/** From which severity on findings make a check fail. */
enum FailOn {
    ERROR(Severity.ERROR),
    WARNING(Severity.WARNING),
    SUGGESTION(Severity.SUGGESTION);

    private final Severity mildest;

    FailOn(Severity mildest) {
        this.mildest = mildest;
    }

    boolean fails(Diagnostic finding) {
        return finding.severity().compareTo(mildest) <= 0;
    }
}
