package dev.portcullis.corpus;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.ReferencePolicy;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Puts cases to an implementation. Whatever goes wrong with a case is an error of that case, never an ALLOW, and the
 * others still run. Immutable; safe for several threads if the implementation is.
 */
public final class CaseRunner {

    private final Implementation implementation;
    private final Optional<StoreSituations> store;
    private final Semantics semantics;
    private final Map<String, String> parameters;
    private final boolean compiled;
    private final Optional<EngineQuestions> engines;

    /** A runner without a store, with every contested point at its default. */
    public CaseRunner(Implementation implementation) {
        this(implementation, Optional.empty(), Semantics.defaults(), Map.of(), false, Optional.empty());
    }

    private CaseRunner(
            Implementation implementation,
            Optional<StoreSituations> store,
            Semantics semantics,
            Map<String, String> parameters,
            boolean compiled,
            Optional<EngineQuestions> engines) {
        this.implementation = implementation;
        this.store = store;
        this.semantics = semantics;
        this.parameters = Map.copyOf(parameters);
        this.compiled = compiled;
        this.engines = engines;
    }

    /** The same with a store, for the cases that want one. */
    public CaseRunner withStore(StoreSituations value) {
        return new CaseRunner(implementation, Optional.of(value), semantics, parameters, compiled, engines);
    }

    /** The same with contested points read so, where a case doesn't say otherwise. */
    public CaseRunner withSemantics(Semantics value) {
        return new CaseRunner(implementation, store, value, parameters, compiled, engines);
    }

    /** The same with values of placeholders, where a case doesn't give its own. */
    public CaseRunner withParameters(Map<String, String> values) {
        return new CaseRunner(implementation, store, semantics, values, compiled, engines);
    }

    /**
     * The same, but cases are compiled and decided by the engine; but for those that no store can say, which stay the
     * implementation's: several boundaries of one principal, say.
     */
    public CaseRunner compiled() {
        return new CaseRunner(implementation, store, semantics, parameters, true, engines);
    }

    /** The same with engines of a store or an image, for the cases that want a store. */
    public CaseRunner withEngines(EngineQuestions value) {
        return new CaseRunner(implementation, store, semantics, parameters, compiled, Optional.of(value));
    }

    /**
     * What a case asks, ready to be answered.
     *
     * @throws IllegalArgumentException as {@link #situation}
     */
    public Question question(Case theCase) {
        Semantics read = Readings.with(semantics, theCase.semantics());
        if (theCase.store() && engines.isPresent()) {
            return engines.get().question(theCase.request(), read);
        }
        Situation situation = situation(theCase);
        if (compiled && !theCase.store()) {
            Map<String, String> values = new HashMap<>(parameters);
            values.putAll(theCase.parameters());
            Optional<Question> question = CompiledCase.question(
                    theCase, new CompiledCase.Setting(read, values, Optional.empty()), UnaryOperator.identity());
            if (question.isPresent()) {
                return question.get();
            }
        }
        return Question.of(implementation, situation);
    }

    /**
     * The situation that a case describes.
     *
     * @throws IllegalArgumentException if a document of the case has no meaning, or the case wants a store and there is
     *     none, or the store can't tell what the case needs
     */
    public Situation situation(Case theCase) {
        Semantics read = Readings.with(semantics, theCase.semantics());
        if (theCase.store()) {
            return store.orElseThrow(() ->
                            new IllegalArgumentException("the case wants to be decided against a store: none is given"))
                    .situation(theCase.request(), read);
        }
        return inline(theCase, read);
    }

    private Situation inline(Case theCase, Semantics read) {
        AccessRequest request = theCase.request();
        Case.Layers layers = theCase.layers();
        Map<String, String> values = new HashMap<>(parameters);
        values.putAll(theCase.parameters());
        Situation.Builder situation = Situation.builder()
                .principal(request.principal())
                .action(request.action())
                .resource(request.resource(), ResourceOwner.of(request))
                .context(request.context())
                .identityPolicies(policies(layers.identityPolicies(), PolicyType.IDENTITY, values, read))
                .facts(request.facts())
                .semantics(read);
        request.resourcePolicy()
                .ifPresent(policy -> situation.resourcePolicy(policy.read(resourcePolicyType(request), values, read)));
        request.sessionPolicies()
                .ifPresent(policies -> situation.sessionPolicies(policies(policies, PolicyType.SESSION, values, read)));
        layers.boundaries()
                .ifPresent(policies -> situation.boundaries(policies(policies, PolicyType.BOUNDARY, values, read)));
        layers.serviceControlPolicies()
                .ifPresent(levels ->
                        situation.serviceControlPolicies(levels(levels, PolicyType.SERVICE_CONTROL, values, read)));
        layers.resourceControlPolicies()
                .ifPresent(levels ->
                        situation.resourceControlPolicies(levels(levels, PolicyType.RESOURCE_CONTROL, values, read)));
        layers.endpointPolicies()
                .ifPresent(policies ->
                        situation.endpointPolicies(policies(policies, PolicyType.VPC_ENDPOINT, values, read)));
        layers.acl().ifPresent(situation::acl);
        return situation.build();
    }

    /** The policy of a role is its trust policy (rule E33). */
    static PolicyType resourcePolicyType(AccessRequest request) {
        return Caller.of(request.resource()).kind() == Caller.Kind.ROLE ? PolicyType.TRUST : PolicyType.RESOURCE;
    }

    private static List<ReferencePolicy> policies(
            List<PolicySource> sources, PolicyType type, Map<String, String> values, Semantics semantics) {
        List<ReferencePolicy> policies = new ArrayList<>();
        for (PolicySource source : sources) {
            policies.add(source.read(type, values, semantics));
        }
        return policies;
    }

    private static List<Situation.Level> levels(
            List<Case.Level> levels, PolicyType type, Map<String, String> values, Semantics semantics) {
        List<Situation.Level> read = new ArrayList<>();
        for (Case.Level level : levels) {
            read.add(new Situation.Level(level.place(), policies(level.policies(), type, values, semantics)));
        }
        return read;
    }

    /** Decides a case and judges the outcome. Never throws for what is in the case. */
    public CaseResult run(Line<Case> line) {
        if (line instanceof Line.Faulty<Case> faulty) {
            List<String> messages = new ArrayList<>();
            faulty.problems().forEach(problem -> messages.add(problem.toString()));
            return new CaseResult(
                    faulty.id(),
                    faulty.number(),
                    CaseResult.Status.ERROR,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    messages);
        }
        Case theCase = ((Line.Read<Case>) line).value();
        if (theCase.expectation().isEmpty()) {
            return CaseResult.error(
                    line.id(),
                    line.number(),
                    "nothing is expected: give `expect`, `expectStatement` or `expectMissing`");
        }
        try {
            return judge(theCase, question(theCase).explain());
        } catch (RuntimeException | StackOverflowError e) {
            return CaseResult.error(line.id(), line.number(), message(e));
        }
    }

    private CaseResult judge(Case theCase, Explanation explanation) {
        List<String> differences = new ArrayList<>();
        Case.Expectation expected = theCase.expectation();
        if (expected.decision().isPresent() && expected.decision().get() != explanation.decision()) {
            differences.add("expected " + expected.decision().get() + ", got " + explanation.decision() + ": "
                    + explanation.reason());
        }
        for (Case.ExpectedStatement statement : expected.statements()) {
            if (explanation.deciding().stream().noneMatch(deciding -> isMeant(statement, deciding))) {
                differences.add("expected " + statement + " to decide, but "
                        + (explanation.deciding().isEmpty() ? "no statement did" : explanation.deciding() + " did"));
            }
        }
        for (String key : expected.missingKeys()) {
            if (explanation.missingKeys().stream()
                    .noneMatch(missing -> ContextKeys.fold(missing).equals(ContextKeys.fold(key)))) {
                differences.add("expected the context key `" + key + "` to be missed, but missed were "
                        + explanation.missingKeys());
            }
        }
        return new CaseResult(
                theCase.id(),
                theCase.line(),
                differences.isEmpty() ? CaseResult.Status.PASSED : CaseResult.Status.FAILED,
                Optional.of(explanation.decision()),
                Optional.of(explanation),
                sources(theCase),
                differences);
    }

    private static boolean isMeant(Case.ExpectedStatement expected, StatementRef statement) {
        return expected.policy().equals(statement.policy())
                && (expected.sid().equals(statement.sid().orElse(null))
                        || expected.sid().equals("#" + (statement.index() + 1)));
    }

    /**
     * Decides and judges every case of a file.
     *
     * @param cases UTF-8 text, a case a line; the stream stays the caller's to close
     * @param coverage is told which statements there are and which of them the cases touch
     * @param results gets each result, in the file's order
     * @throws IOException if the stream can't be read
     */
    public Tally test(InputStream cases, Coverage coverage, Consumer<CaseResult> results) throws IOException {
        CaseReader reader = new CaseReader(cases);
        long passed = 0;
        long failed = 0;
        long errors = 0;
        Optional<Line<Case>> line = reader.next();
        while (line.isPresent()) {
            CaseResult result = run(line.get());
            if (line.get() instanceof Line.Read<Case> read) {
                sources(read.value()).forEach(coverage::include);
                result.explanation().ifPresent(explanation -> coverage.touch(result.documents(), explanation));
            }
            switch (result.status()) {
                case PASSED -> passed++;
                case FAILED -> failed++;
                case ERROR -> errors++;
            }
            results.accept(result);
            line = reader.next();
        }
        return new Tally(passed, failed, errors);
    }

    /**
     * How many cases came out how.
     *
     * @param passed as expected
     * @param failed otherwise
     * @param errors not decided or not judged
     */
    public record Tally(long passed, long failed, long errors) {

        /** All of them. */
        public long total() {
            return passed + failed + errors;
        }

        /** The sum of two runs. */
        public Tally plus(Tally other) {
            return new Tally(passed + other.passed, failed + other.failed, errors + other.errors);
        }
    }

    private List<PolicySource> sources(Case theCase) {
        List<PolicySource> sources = new ArrayList<>();
        if (theCase.store()) {
            store.ifPresent(s -> sources.addAll(s.documents()));
            engines.ifPresent(e -> sources.addAll(e.documents()));
        }
        AccessRequest request = theCase.request();
        Case.Layers layers = theCase.layers();
        sources.addAll(layers.identityPolicies());
        request.resourcePolicy().ifPresent(sources::add);
        request.sessionPolicies().ifPresent(sources::addAll);
        layers.boundaries().ifPresent(sources::addAll);
        layers.endpointPolicies().ifPresent(sources::addAll);
        layers.serviceControlPolicies().ifPresent(levels -> levels.forEach(level -> sources.addAll(level.policies())));
        layers.resourceControlPolicies().ifPresent(levels -> levels.forEach(level -> sources.addAll(level.policies())));
        return sources;
    }

    /**
     * Decides every case of a file without judging. Writes a line for each, in the file's order: {@code
     * {"id":…,"decision":…}}, or {@code {"id":…,"error":…}} for a case that can't be decided. Lines are read ahead by
     * other threads; the implementation is asked by the calling thread only.
     *
     * @param cases UTF-8 text, a case a line; the stream stays the caller's to close
     * @param out gets the lines, each ended by LF
     * @return how many were decided and how many were in error
     * @throws IOException if the stream can't be read or {@code out} can't be written
     */
    public Decided decideAll(InputStream cases, Appendable out) throws IOException {
        return new DecisionLines<>(CaseReader::read, this::question, out).decide(cases);
    }

    /**
     * Decides every request of a file against the store; writes as {@link #decideAll}.
     *
     * @param requests UTF-8 text, a request a line as {@link RequestReader} takes it; the stream stays the caller's to
     *     close
     * @throws IllegalStateException if the runner has no store
     * @throws IOException if the stream can't be read or {@code out} can't be written
     */
    public Decided decideRequests(InputStream requests, Appendable out) throws IOException {
        if (store.isEmpty() && engines.isEmpty()) {
            throw new IllegalStateException("requests are decided against a store: none is given");
        }
        return new DecisionLines<AccessRequest>(RequestReader::read, this::question, out).decide(requests);
    }

    private Question question(AccessRequest request) {
        return engines.isPresent()
                ? engines.get().question(request, semantics)
                : Question.of(implementation, store.orElseThrow().situation(request, semantics));
    }

    /**
     * How many lines were decided.
     *
     * @param decisions lines with a decision
     * @param errors lines with an error
     */
    public record Decided(long decisions, long errors) {}

    /** One line that tells what went wrong. */
    static String message(Throwable e) {
        if (e instanceof IllegalArgumentException && e.getMessage() != null) {
            return e.getMessage().replaceAll("\\R", "; ");
        }
        return "internal error: " + e;
    }
}
