package dev.portcullis.sidecar.decision;

/**
 * The answer to a question.
 *
 * @param verdict what it is
 * @param id names this decision in the log and to who asked
 * @param message why, where {@link Verdict#isDecision} is false; else empty
 */
public record Answer(Verdict verdict, String id, String message) {

    /** Whether the answer is yes. */
    public boolean isAllowed() {
        return verdict == Verdict.ALLOW;
    }
}
