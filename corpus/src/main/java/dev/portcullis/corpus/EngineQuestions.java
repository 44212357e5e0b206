package dev.portcullis.corpus;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Puts requests to engines: to one opened from an image, or to a store's, one for each reading. For several threads. */
public final class EngineQuestions {

    private static final String SESSION_POLICY = "session policy ";
    private static final String RESOURCE_POLICY = "resource policy";

    private final Optional<Store> store;
    private final Map<Semantics, Engine> engines = new ConcurrentHashMap<>();
    private final Clock clock;
    private final boolean unknownPrincipalsRefused;

    private EngineQuestions(Optional<Store> store, Clock clock, boolean unknownPrincipalsRefused) {
        this.store = store;
        this.clock = clock;
        this.unknownPrincipalsRefused = unknownPrincipalsRefused;
    }

    /** A store, compiled when it is first asked. */
    public static EngineQuestions of(Store store, Clock clock, boolean unknownPrincipalsRefused) {
        return new EngineQuestions(Optional.of(store), clock, unknownPrincipalsRefused);
    }

    /** An engine as it is. */
    public static EngineQuestions of(Engine engine, Clock clock, boolean unknownPrincipalsRefused) {
        EngineQuestions questions = new EngineQuestions(Optional.empty(), clock, unknownPrincipalsRefused);
        questions.engines.put(engine.semantics(), questions.set(engine));
        return questions;
    }

    private Engine set(Engine engine) {
        Engine timed = engine.withClock(clock);
        return unknownPrincipalsRefused ? timed.refusingUnknownPrincipals() : timed;
    }

    /**
     * The engine that reads contested points so.
     *
     * @throws IllegalArgumentException if there is only an engine that reads them otherwise
     */
    public Engine engine(Semantics semantics) {
        Engine known = engines.get(semantics);
        if (known != null) {
            return known;
        }
        if (store.isEmpty()) {
            throw new IllegalArgumentException("the image was compiled with other semantics: "
                    + Readings.difference(engines.keySet().iterator().next(), semantics));
        }
        return engines.computeIfAbsent(semantics, reading -> set(Engine.compile(store.get(), reading)));
    }

    /** Every document of the store; none of an image, which doesn't hold their texts. */
    List<PolicySource> documents() {
        List<PolicySource> documents = new ArrayList<>();
        store.ifPresent(s -> s.texts().forEach((name, text) -> documents.add(PolicySource.of(name, text))));
        return documents;
    }

    /**
     * A request to these policies.
     *
     * @throws IllegalArgumentException if a policy that comes with the request has no meaning, or if the request has none
     */
    public Question question(AccessRequest asked, Semantics semantics) {
        Engine engine = engine(semantics);
        Map<String, PolicySource> sources = new HashMap<>();
        asked.sessionPolicies().ifPresent(policies -> {
            for (int i = 0; i < policies.size(); i++) {
                sources.put(SESSION_POLICY + (i + 1), policies.get(i));
            }
        });
        asked.resourcePolicy().ifPresent(policy -> sources.put(RESOURCE_POLICY, policy));
        SourceNames names = new SourceNames(sources);
        Request request = engine.newRequest();
        try {
            fill(engine, asked, request);
        } catch (InvalidPolicyException refused) {
            throw names.of(refused);
        }
        return new Question() {
            @Override
            public Decision decide() {
                return engine.decide(request);
            }

            @Override
            public Explanation explain() {
                Explanation explanation = engine.explain(request);
                return sources.isEmpty() ? explanation : names.of(explanation, explanation.layers());
            }
        };
    }

    private static void fill(Engine engine, AccessRequest asked, Request request) {
        request.principal(asked.principal()).action(asked.action()).resource(asked.resource());
        asked.resourceAccount().ifPresent(request::resourceAccount);
        facts(asked.facts(), request);
        asked.facts().federatingUserArn().ifPresent(request::federatingUser);
        context(asked, request);
        sessionPolicies(engine, asked, request);
        asked.resourcePolicy().ifPresent(policy -> {
            boolean trust = CaseRunner.resourcePolicyType(asked) == PolicyType.TRUST;
            String text = policy.documentText();
            request.resourcePolicy(trust ? engine.compileTrustPolicy(text) : engine.compileResourcePolicy(text));
        });
    }

    /** What the principal's and the resource's names don't tell, but for the user behind a federated session. */
    static void facts(Situation.Facts facts, Request request) {
        facts.roleArn().ifPresent(request::roleArn);
        facts.uniqueId().ifPresent(request::uniqueId);
        facts.canonicalId().ifPresent(request::canonicalId);
        if (facts.serviceLinkedRole()) {
            request.serviceLinkedRole();
        }
        if (facts.awsManagedKey()) {
            request.awsManagedKey();
        }
    }

    static void context(AccessRequest asked, Request request) {
        asked.context().forEach((key, value) -> {
            if (value instanceof ContextValue.Single single) {
                request.context(key, single.value());
            } else {
                request.contextValues(key, value.values());
            }
        });
    }

    static void sessionPolicies(Engine engine, AccessRequest asked, Request request) {
        asked.sessionPolicies()
                .ifPresent(sources -> request.sessionPolicies(engine.compileSession(
                        sources.stream().map(PolicySource::documentText).toArray(String[]::new))));
    }
}
