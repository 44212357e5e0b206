package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.reference.Situation;

/** Cases that the engine decides, and nobody else. */
public final class Compiled {

    private static final CaseRunner RUNNER = new CaseRunner(new Implementation() {
                @Override
                public String name() {
                    return "never asked";
                }

                @Override
                public Decision decide(Situation situation) {
                    throw new AssertionError("not compiled");
                }

                @Override
                public Explanation explain(Situation situation) {
                    throw new AssertionError("not compiled");
                }
            })
            .compiled();

    private Compiled() {}

    /** The case, compiled. */
    public static Question question(Case theCase) {
        return RUNNER.question(theCase);
    }
}
