package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.reference.Situation;

/** A request with everything that bears on it, ready to be answered. For one thread. */
public interface Question {

    /**
     * The answer.
     *
     * @throws IllegalArgumentException if the request has no meaning; never answered with {@link Decision#ALLOW}
     */
    Decision decide();

    /**
     * The answer and the reasons for it.
     *
     * @throws IllegalArgumentException if the request has no meaning
     */
    Explanation explain();

    /** A situation put to an implementation. */
    static Question of(Implementation implementation, Situation situation) {
        return new Question() {
            @Override
            public Decision decide() {
                return implementation.decide(situation);
            }

            @Override
            public Explanation explain() {
                return implementation.explain(situation);
            }
        };
    }
}
