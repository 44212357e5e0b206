package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import java.util.Set;

/** Decides as the numbered rules say, one after the other. Stateless; any number of threads may use it. */
public final class ReferenceEvaluator {

    private ReferenceEvaluator() {}

    /**
     * The answer.
     *
     * @throws MalformedRequest if the request has no meaning
     */
    public static Decision decide(Situation situation) {
        return new Evaluation(situation).decision();
    }

    /**
     * The answer and the reasons for it.
     *
     * @throws MalformedRequest if the request has no meaning
     */
    public static Explanation explain(Situation situation) {
        return Reasons.of(new Evaluation(situation));
    }

    /**
     * The context keys that any of the situation's policies names, in a condition or a variable, and that the request
     * doesn't carry; spelled as in the policies, different letter case listed apart. These are the simulator's
     * MissingContextValues of an implicit deny (rule S5).
     */
    public static Set<String> missingContextKeys(Situation situation) {
        return missingContextKeys(situation, Set.of());
    }

    /**
     * The same, where some keys of the context are not the caller's own but were put in for it, as the simulator puts in
     * aws:userid and aws:PrincipalAccount: such a key counts as missing when a condition on it doesn't hold (section
     * 4.1).
     */
    public static Set<String> missingContextKeys(Situation situation, Set<String> putIn) {
        return NamedKeys.missing(situation, putIn);
    }
}
