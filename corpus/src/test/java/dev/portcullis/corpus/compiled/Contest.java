package dev.portcullis.corpus.compiled;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.MalformedRequest;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Has the same requests decided by the compiled engine and by the reference evaluator; the engine decides each that it doesn't
 * refuse in a batch, too. For one thread.
 */
final class Contest {

    private static final Filling.Form[] FORMS = Filling.Form.values();
    private static final int BATCH = 8;
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Store store;
    private final Semantics semantics;
    private final StoreSituations situations;
    private final Engine engine;
    private final Filling filling;
    private final Request[] batch;
    private final Filling[] batchFillings = new Filling[BATCH];
    private final Decision[] oneByOne = new Decision[BATCH];
    private final Decision[] together = new Decision[BATCH];
    private int filled;
    private Filling.Form form = Filling.Form.STRINGS;
    private int turn;

    Contest(Store store, Semantics semantics) {
        this(store, semantics, UnaryOperator.identity());
    }

    /** @param last what is done with the engine before it is asked */
    Contest(Store store, Semantics semantics, UnaryOperator<Engine> last) {
        this.store = store;
        this.semantics = semantics;
        this.situations = new StoreSituations(store).withClock(CLOCK);
        this.engine = last.apply(Engine.compile(store, semantics)).withClock(CLOCK);
        this.filling = new Filling(engine);
        this.batch = engine.newRequests(BATCH);
        Arrays.setAll(batchFillings, i -> new Filling(engine, batch[i]));
    }

    /**
     * What came out.
     *
     * @param reference its decision; empty: it refuses the request
     * @param engine its decision; empty: it refuses the request
     */
    record Outcome(Optional<Decision> reference, Optional<Decision> engine) {

        boolean agrees() {
            return reference.equals(engine);
        }
    }

    /**
     * Decides.
     *
     * @param supplied whether each side puts in the context keys that AWS supplies itself; else both take just what the
     *     request gives
     */
    Outcome decide(AccessRequest asked, boolean supplied) {
        return new Outcome(situation(asked, supplied).flatMap(Contest::byReference), byEngine(asked, supplied));
    }

    /** The reference's explanation, for people. */
    String explain(AccessRequest asked, boolean supplied) {
        return situation(asked, supplied)
                .map(situation -> ReferenceEvaluator.explain(situation).toString())
                .orElse("refused");
    }

    /** Whether engine and reference give the same reasons for a request that neither refuses. */
    boolean agreesOnReasons(AccessRequest asked, boolean supplied) {
        Request request = filling.fill(asked, Filling.Form.STRINGS);
        if (!supplied) {
            request.contextAsGiven();
        }
        Situation situation = situation(asked, supplied).orElseThrow();
        return engine.explain(request).equals(ReferenceEvaluator.explain(situation));
    }

    private Optional<Situation> situation(AccessRequest asked, boolean supplied) {
        try {
            // Of the context the store itself reads the endpoint only.
            boolean read = supplied || !store.vpcEndpoints().isEmpty();
            Situation situation = situations.situation(read ? asked : withoutContext(asked), semantics);
            return Optional.of(supplied ? situation : withContext(situation, asked.context()));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static AccessRequest withoutContext(AccessRequest of) {
        return new AccessRequest(
                of.principal(),
                of.action(),
                of.resource(),
                of.resourceAccount(),
                Map.of(),
                of.resourcePolicy(),
                of.sessionPolicies(),
                of.facts());
    }

    private static Situation withContext(Situation of, Map<String, ContextValue> context) {
        return new Situation(
                of.principal(),
                of.action(),
                of.resource(),
                of.resourceAccount(),
                context,
                of.identityPolicies(),
                of.resourcePolicy(),
                of.boundaries(),
                of.sessionPolicies(),
                of.serviceControlPolicies(),
                of.resourceControlPolicies(),
                of.endpointPolicies(),
                of.acl(),
                of.facts(),
                of.semantics());
    }

    private static Optional<Decision> byReference(Situation situation) {
        try {
            return Optional.of(ReferenceEvaluator.decide(situation));
        } catch (MalformedRequest refused) {
            return Optional.empty();
        }
    }

    private Optional<Decision> byEngine(AccessRequest asked, boolean supplied) {
        form = FORMS[++turn % FORMS.length];
        try {
            Request request = filling.fill(asked, form);
            if (!supplied) {
                request.contextAsGiven();
            }
            Decision decision = engine.decide(request);
            addToBatch(asked, supplied, decision);
            return Optional.of(decision);
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private void addToBatch(AccessRequest asked, boolean supplied, Decision decision) {
        Request request = batchFillings[filled].fill(asked, turn % 2 == 0 ? Filling.Form.STRINGS : form);
        if (!supplied) {
            request.contextAsGiven();
        }
        oneByOne[filled] = decision;
        filled++;
        if (filled == BATCH) {
            engine.decide(batch, BATCH, together);
            filled = 0;
            if (!Arrays.equals(together, oneByOne)) {
                throw new AssertionError("a batch that ends with " + asked + " is decided " + List.of(together)
                        + " and one by one " + List.of(oneByOne));
            }
        }
    }
}
