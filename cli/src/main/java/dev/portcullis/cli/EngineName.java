package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.Implementation;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;

/** Which implementation decides. */
enum EngineName {
    /** The evaluator that follows the rules word by word. */
    REFERENCE {
        @Override
        Implementation implementation() {
            return new Reference();
        }
    };

    abstract Implementation implementation();

    private static final class Reference implements Implementation {
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
}
