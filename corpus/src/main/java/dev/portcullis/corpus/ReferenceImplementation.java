package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;

/** The reference evaluator. Safe for several threads. */
public final class ReferenceImplementation implements Implementation {

    /** Has no settings; a situation carries them. */
    public ReferenceImplementation() {}

    @Override
    public String name() {
        return "reference";
    }

    @Override
    public Decision decide(Situation situation) {
        return ReferenceEvaluator.decide(situation);
    }

    @Override
    public Explanation explain(Situation situation) {
        return ReferenceEvaluator.explain(situation);
    }
}
