package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import java.util.List;
import java.util.Optional;

/**
 * What came of a case.
 *
 * @param id the case's name
 * @param line its line in the file, from 1
 * @param status whether it came out as expected
 * @param decision the decision; empty for an error
 * @param explanation why; empty for an error
 * @param documents the documents that bore on it; none for an error
 * @param messages for a failure, what differs; for an error, what is wrong, with line and column where it is the
 *     file's fault
 */
public record CaseResult(
        String id,
        int line,
        Status status,
        Optional<Decision> decision,
        Optional<Explanation> explanation,
        List<PolicySource> documents,
        List<String> messages) {

    public CaseResult {
        documents = List.copyOf(documents);
        messages = List.copyOf(messages);
    }

    /** Whether a case came out as expected. */
    public enum Status {
        PASSED,
        FAILED,
        /** It could not be decided or judged. */
        ERROR
    }

    /** The text that the span of a statement of the explanation counts in. */
    public Optional<String> text(StatementRef statement) {
        return documents.stream()
                .filter(document -> document.holds(statement))
                .map(PolicySource::text)
                .findFirst();
    }

    static CaseResult error(String id, int line, String message) {
        return new CaseResult(id, line, Status.ERROR, Optional.empty(), Optional.empty(), List.of(), List.of(message));
    }
}
