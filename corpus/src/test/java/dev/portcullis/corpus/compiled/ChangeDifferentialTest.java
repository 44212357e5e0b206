package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.NeedsCompileException;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.generate.GeneratedStore;
import dev.portcullis.corpus.generate.RandomNumbers;
import dev.portcullis.corpus.generate.RequestGenerator;
import dev.portcullis.corpus.generate.StoreGenerator;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * After random changes, the changed engine against the changed store compiled from its beginning: every decision, and the
 * reasons. Requests, handles and session policies are those of the first version throughout. The seed is {@code
 * -Dportcullis.seed=N}; {@code -Dportcullis.store=N} has that one store changed again.
 */
class ChangeDifferentialTest {

    private static final long SEED = Long.getLong("portcullis.seed", 20_261_122);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);
    private static final Filling.Form[] FORMS = Filling.Form.values();
    private static final int CHANGES = 12;
    private static final int REQUESTS = 20;
    private static final int SHOWN = 3;

    private final Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
    private final List<String> differences = new ArrayList<>();
    private int changes;
    private int steps;
    private int refused;
    private int compiledAnew;
    private int refusedRequests;

    @Test
    void with_changes_decidesAndExplainsAsCompiled() {
        compare(0, 90);
        assertThat(steps).isGreaterThan(1_500);
    }

    /** {@code -Dportcullis.stores=N} for another number. */
    @Tag("nightly")
    @Test
    void with_manyChanges_decidesAndExplainsAsCompiled() {
        int first = 1_000_000;
        compare(first, first + Integer.getInteger("portcullis.stores", 20_000));
    }

    private void compare(int from, int to) {
        Integer only = Integer.getInteger("portcullis.store");
        if (only != null) {
            compare(only);
        } else {
            for (int store = from; store < to && differences.size() < SHOWN; store++) {
                compare(store);
            }
        }
        String sums = "seed %d: %d changes, %d steps, %d refused, %d compiled anew, %s, %d requests refused"
                .formatted(SEED, changes, steps, refused, compiledAnew, decisions, refusedRequests);
        assertThat(differences).as(sums).isEmpty();
        if (only == null) {
            int decided =
                    decisions.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(decisions.keySet()).as(sums).containsExactly(Decision.values());
            assertThat(decisions.values()).as(sums).allMatch(count -> count > decided / 20);
            assertThat(refused).as(sums).isBetween(1, changes / 10);
            assertThat(compiledAnew).as(sums).isBetween(1, changes / 10);
        }
    }

    private void compare(int number) {
        RandomNumbers random = RandomNumbers.ofCase(SEED, number);
        GeneratedStore generated = new StoreGenerator(random).generate();
        Semantics semantics = random.chance(20) ? anyReading(random) : Semantics.defaults();
        Optional<Engine> first = compiled(generated.store(), semantics);
        if (first.isEmpty()) {
            return;
        }
        Engine engine = first.get();
        Filling filling = filling(engine, number);
        ChangedStore now = new ChangedStore(random, generated.store());
        List<PolicyDocument> before = ChangedStore.documents(generated.store());
        for (int change = 0; change < CHANGES && differences.size() < SHOWN; change++) {
            ChangedStore next = now.copy();
            // Each step has to be right by itself, not only all together.
            Optional<Store> store = store(next);
            for (int step = random.between(1, 3); step > 0; step--) {
                next.step();
                store = store.flatMap(built -> store(next));
            }
            steps += next.steps().size();
            Optional<Engine> whole = store.flatMap(built -> compiled(built, semantics));
            Optional<Engine> patched;
            try {
                patched = Optional.of(engine.with(next.change()));
            } catch (InvalidPolicyException | NeedsCompileException e) {
                patched = Optional.empty();
                if (whole.isPresent() && needsCompile(e)) {
                    compiledAnew++;
                    engine = whole.get();
                    filling = filling(engine, number);
                    patched = whole;
                }
            }
            if (patched.isPresent() != whole.isPresent()) {
                differences.add("store %d change %d: changed %s, compiled %s: %s"
                        .formatted(number, change, patched.isPresent(), whole.isPresent(), next.steps()));
                return;
            }
            if (whole.isEmpty()) {
                refused++;
                continue;
            }
            changes++;
            engine = patched.get();
            now = next;
            List<PolicyDocument> documents = ChangedStore.documents(store.get());
            List<PolicyDocument> both = new ArrayList<>(documents);
            both.addAll(before);
            before = documents;
            GeneratedStore asked = new GeneratedStore(
                    store.get(),
                    both,
                    generated.sessionPolicies(),
                    generated.resourcePolicies(),
                    generated.trustPolicies());
            compare(
                    "store %d change %d %s".formatted(number, change, next.steps()),
                    engine,
                    filling,
                    whole.get(),
                    new RequestGenerator(random, asked));
        }
    }

    /** Of every other store with a request that looks its principal up when it is decided. */
    private static Filling filling(Engine engine, int number) {
        return number % 2 == 0 ? new Filling(engine) : new Filling(engine, engine.newRequests(1)[0]);
    }

    private void compare(String what, Engine patched, Filling filling, Engine whole, RequestGenerator requests) {
        Filling other = new Filling(whole);
        for (int i = 0; i < REQUESTS && differences.size() < SHOWN; i++) {
            AccessRequest asked = requests.next();
            boolean supplied = i % 2 == 0;
            Optional<Decision> one = decide(patched, filling, asked, FORMS[i % FORMS.length], supplied);
            Optional<Decision> two = decide(whole, other, asked, FORMS[i % FORMS.length], supplied);
            one.ifPresentOrElse(decision -> decisions.merge(decision, 1, Integer::sum), () -> refusedRequests++);
            boolean sameReasons = one.isEmpty()
                    || !one.equals(two)
                    || patched.explain(fill(filling, asked, Filling.Form.HANDLES, supplied))
                            .equals(whole.explain(fill(other, asked, Filling.Form.STRINGS, supplied)));
            if (!one.equals(two) || !sameReasons) {
                differences.add("%s request %d: changed %s, compiled %s, same reasons: %s%n%s%n%s%n%s"
                        .formatted(
                                what,
                                i,
                                one,
                                two,
                                sameReasons,
                                asked,
                                one.isEmpty() ? "" : patched.explain(fill(filling, asked, FORMS[0], supplied)),
                                two.isEmpty() ? "" : whole.explain(fill(other, asked, FORMS[0], supplied))));
            }
        }
    }

    /** A policy that nothing names isn't compiled, so the engine doesn't know it. */
    private static boolean needsCompile(RuntimeException refused) {
        return refused instanceof NeedsCompileException
                || (refused instanceof InvalidPolicyException invalid
                        && invalid.diagnostics().stream()
                                .filter(Diagnostic::isError)
                                .allMatch(finding -> finding.code().equals("UNKNOWN_POLICY")));
    }

    private static Request fill(Filling filling, AccessRequest asked, Filling.Form form, boolean supplied) {
        Request request = filling.fill(asked, form);
        return supplied ? request : request.contextAsGiven();
    }

    private static Optional<Decision> decide(
            Engine engine, Filling filling, AccessRequest asked, Filling.Form form, boolean supplied) {
        try {
            return Optional.of(engine.decide(fill(filling, asked, form, supplied)));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Store> store(ChangedStore changed) {
        try {
            return Optional.of(changed.store());
        } catch (InvalidPolicyException refused) {
            return Optional.empty();
        }
    }

    private static Optional<Engine> compiled(Store store, Semantics semantics) {
        try {
            return Optional.of(Engine.compile(store, semantics).withClock(CLOCK));
        } catch (InvalidPolicyException refused) {
            return Optional.empty();
        }
    }

    /** The contested points read in any way. */
    private static Semantics anyReading(RandomNumbers random) {
        Semantics semantics = Semantics.defaults();
        for (Point point : Point.values()) {
            semantics = semantics.with(point, random.chance(50));
        }
        return semantics;
    }
}
