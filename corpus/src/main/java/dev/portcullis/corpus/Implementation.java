package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.reference.Situation;

/**
 * A thing under test that decides. Each method refuses a request that has no meaning with an unchecked exception, and
 * never answers it with {@link Decision#ALLOW}.
 */
public interface Implementation {

    /** What reports call it. */
    String name();

    /** The answer. */
    Decision decide(Situation situation);

    /** The answer and the reasons for it. */
    Explanation explain(Situation situation);
}
