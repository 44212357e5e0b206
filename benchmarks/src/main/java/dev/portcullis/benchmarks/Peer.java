package dev.portcullis.benchmarks;

import dev.portcullis.Decision;
import java.util.List;

/**
 * An engine that somebody could have picked, with the translation of our workload into its language.
 *
 * @param <R> what it calls a request
 */
interface Peer<R> {

    /** Of the engine; empty for our own. */
    String version();

    /** Whether it finds the policies of a request's principal by itself among those of many, or is built once for each. */
    boolean findsPrincipal();

    /** Whether its answer is only allowed or not: it says {@link Decision#IMPLICIT_DENY} for both denies. */
    boolean twoValued();

    /**
     * Whether a statement can be said in its language. Statements that can't are left out, and so are the requests whose
     * decision they may touch.
     */
    boolean expresses(Rule rule);

    /** Loads policies; of several principals if {@link #findsPrincipal} or the view has them together. */
    Loaded<R> load(List<Owner> owners) throws Exception;

    /**
     * A principal and what is attached to it.
     *
     * @param principal ARN
     * @param policies lists of statements
     */
    record Owner(String principal, List<List<Rule>> policies) {

        Rule[] rules() {
            return policies.stream().flatMap(List::stream).toArray(Rule[]::new);
        }
    }

    /**
     * The engine with policies; for one thread.
     *
     * @param <R> its request
     */
    interface Loaded<R> {

        /** A request in the engine's own form, made before anything is timed. */
        R request(Ask ask);

        /** The decision. */
        Decision decide(R request) throws Exception;
    }
}
