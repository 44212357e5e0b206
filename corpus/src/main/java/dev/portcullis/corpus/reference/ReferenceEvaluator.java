package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;

/** Decides as the numbered rules say, one after the other. Stateless. */
public final class ReferenceEvaluator {

    private ReferenceEvaluator() {}

    /**
     * The answer.
     *
     * @throws MalformedRequest if the request has no meaning
     */
    public static Decision decide(Situation situation) {
        return explain(situation).decision();
    }

    /**
     * The answer and the reasons for it.
     *
     * @throws MalformedRequest if the request has no meaning
     */
    public static Explanation explain(Situation situation) {
        if (situation.action().isEmpty()) {
            throw new MalformedRequest("action", "is missing");
        }
        throw new UnsupportedOperationException("this early version only has the signatures");
    }
}
