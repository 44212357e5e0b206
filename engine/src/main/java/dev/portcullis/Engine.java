package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Frame;
import dev.portcullis.compile.Attached;
import dev.portcullis.compile.Compiler;
import dev.portcullis.explain.Explainer;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.GuardedResource;
import dev.portcullis.policy.IamGroup;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Organization;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.VpcEndpoint;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A store compiled into a decision automaton. Immutable, shared by all threads; each thread takes a {@link Request} of its
 * own from {@link #newRequest}.
 *
 * <pre>{@code
 * Engine engine = Engine.compile(store);
 * Request request = engine.newRequest();
 *
 * Decision decision = engine.decide(request.clear()
 *         .principal("arn:aws:sts::111122223333:assumed-role/dev/s1")
 *         .action("q:SendMessage")
 *         .resource("*")
 *         .context("aws:SourceIp", "203.0.113.7"));
 * }</pre>
 */
public final class Engine {

    private static final Decision[] DECISIONS = {Decision.ALLOW, Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY};

    private final Automaton automaton;

    private final Semantics semantics;

    private Engine(Automaton automaton, Semantics semantics) {
        this.automaton = automaton;
        this.semantics = semantics;
    }

    /** Compiles a store, contested points at their defaults. */
    public static Engine compile(Store store) {
        return compile(store, Semantics.defaults());
    }

    /** Compiles a store. */
    public static Engine compile(Store store, Semantics semantics) {
        return new Engine(Compiler.compile(new StoreView(store), semantics, new SecureRandom().nextLong()), semantics);
    }

    /**
     * Compiles the session policies of one session, to be given to any number of requests of this engine. They pass AWS's
     * laxer checks (rules L48, L88).
     *
     * @param texts one inline policy and up to ten managed ones (rule E39)
     * @throws InvalidPolicyException when one is refused
     */
    public SessionPolicies compileSession(String... texts) {
        if (texts.length == 0 || texts.length > Limits.SESSION_POLICIES) {
            throw new IllegalArgumentException(
                    "session policies: 1 to " + Limits.SESSION_POLICIES + ", not " + texts.length);
        }
        List<PolicyDocument> documents = new ArrayList<>();
        List<Diagnostic> findings = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Policies.Reading reading =
                    Policies.read("session policy " + (i + 1), PolicyType.SESSION, texts[i], Checks.STORED, Map.of());
            findings.addAll(reading.diagnostics());
            reading.document().ifPresent(documents::add);
        }
        if (documents.size() < texts.length) {
            throw new InvalidPolicyException(findings);
        }
        return new SessionPolicies(Compiler.fragment(documents, automaton.vocabulary(), semantics), automaton);
    }

    /** A request to fill, for one thread; meant to be used again and again. */
    public Request newRequest() {
        return new Request(automaton, new Frame(automaton.vocabulary()));
    }

    /**
     * Decides a request that this engine made. Allocates nothing.
     *
     * @throws IllegalStateException if the request lacks its principal, action or resource
     */
    public Decision decide(Request request) {
        return DECISIONS[automaton.decide(request.ready(automaton))];
    }

    /**
     * Says why a request is decided as it is: the same decision as {@link #decide}, by the same compiled statements, each
     * asked for itself. Walks every statement of every layer that bears on the request, so it costs microseconds and
     * allocates. The request is as before.
     *
     * @throws IllegalStateException if the request lacks its principal, action or resource
     */
    public Explanation explain(Request request) {
        Frame frame = request.ready(automaton);
        return Explainer.explain(automaton, frame, DECISIONS[automaton.decide(frame)]);
    }

    /** A store as the compiler sees it. */
    private record StoreView(Store store) implements Attached {

        @Override
        public Optional<PolicyDocument> document(String name, PolicyType type) {
            return store.document(name, type);
        }

        @Override
        public Map<String, IamUser> users() {
            return store.users();
        }

        @Override
        public Map<String, IamGroup> groups() {
            return store.groups();
        }

        @Override
        public Map<String, IamRole> roles() {
            return store.roles();
        }

        @Override
        public Map<String, GuardedResource> resources() {
            return store.resources();
        }

        @Override
        public Map<String, VpcEndpoint> vpcEndpoints() {
            return store.vpcEndpoints();
        }

        @Override
        public Optional<Organization> organization() {
            return store.organization();
        }
    }
}
