package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Frame;
import dev.portcullis.compile.Revision;
import dev.portcullis.listing.AutomatonListing;
import dev.portcullis.listing.RulesListing;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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

    private final Compiled compiled;
    private final Revision revision;
    private final Automaton automaton;
    private final InstantSource clock;
    private final boolean unknownPrincipalsRefused;

    private Engine(Compiled compiled, Revision revision, InstantSource clock, boolean unknownPrincipalsRefused) {
        this.compiled = compiled;
        this.revision = revision;
        this.automaton = revision.automaton();
        this.clock = clock;
        this.unknownPrincipalsRefused = unknownPrincipalsRefused;
    }

    /** Compiles a store, contested points at their defaults. */
    public static Engine compile(Store store) {
        return compile(store, Semantics.defaults());
    }

    /**
     * Compiles a store.
     *
     * @throws InvalidPolicyException if a resource of the store is covered by several others that disagree about its
     *     policy, access control list or owner
     */
    public static Engine compile(Store store, Semantics semantics) {
        return of(Compiled.of(store, semantics));
    }

    static Engine of(Compiled compiled) {
        return new Engine(compiled, compiled.revision(), InstantSource.system(), false);
    }

    /**
     * Opens an engine that was saved. It decides and explains as the one that was saved did; no policy is parsed. The
     * file is read whole, checked, and not needed any more afterwards.
     *
     * <p>An image decides what it was made to decide, and its checksum tells accidents from nothing else: whoever can
     * write it can grant anything. It is to be protected like the policies themselves.
     *
     * @throws InvalidImageException if the file is no image, was damaged or cut off, or is of another version
     * @throws UncheckedIOException if it can't be read
     */
    public static Engine open(Path image) {
        return of(Compiled.open(image));
    }

    /**
     * Saves the engine to one file, to be opened by {@link #open}: its policies, semantics and parameters, but neither its
     * clock nor {@link #refusingUnknownPrincipals}. The file is replaced in one step: whoever opens it meanwhile finds the
     * old one or the whole new one, also after a crash. The same policies and the same seed give the same bytes.
     *
     * @throws NeedsCompileException if it was made by {@link #with}: an image holds what was compiled
     * @throws UncheckedIOException if it can't be written; then an old file is as before
     */
    public void save(Path image) {
        requireAsCompiled("saved");
        compiled.save(image);
    }

    private void requireAsCompiled(String what) {
        if (automaton.isPatched()) {
            throw new NeedsCompileException(
                    List.of("an engine that has been changed can't be " + what + "; compile the changed store"));
        }
    }

    /**
     * Lists the rules that the policies came to, document by document, statement by statement. For people and for tests:
     * the same policies give the same text, whatever keys the hashes have; it isn't to be read by programs.
     *
     * @throws IOException if {@code out} can't be written
     * @throws NeedsCompileException if it was made by {@link #with}
     */
    public void listRules(Appendable out) throws IOException {
        requireAsCompiled("listed");
        RulesListing.write(compiled.automaton(), out);
    }

    /**
     * Lists the tables that decisions walk: vocabulary, statements and conditions, each once, policy sets with what they
     * have to say of each service, and what is attached to whom. As {@link #listRules}.
     *
     * @throws IOException if {@code out} can't be written
     * @throws NeedsCompileException if it was made by {@link #with}
     */
    public void listAutomaton(Appendable out) throws IOException {
        requireAsCompiled("listed");
        AutomatonListing.write(compiled.automaton(), out);
    }

    /** How the contested points were read when it was compiled. */
    public Semantics semantics() {
        return compiled.semantics();
    }

    /** The values of the store's placeholders, by name: session policies are bound with them too. */
    public Map<String, String> parameters() {
        return compiled.parameters();
    }

    /**
     * The same by another clock: {@code aws:CurrentTime} and {@code aws:EpochTime} are taken from it where a request
     * doesn't give them. What this engine compiled is shared.
     */
    public Engine withClock(InstantSource value) {
        return new Engine(compiled, revision, Objects.requireNonNull(value), unknownPrincipalsRefused);
    }

    /**
     * The same, but to ask for a user, role or federated user that the store doesn't know is an error. Without this, such
     * a principal has no identity-based policies; resource-based policies may still speak for it.
     */
    public Engine refusingUnknownPrincipals() {
        return new Engine(compiled, revision, clock, true);
    }

    /**
     * The next version: as if the changed store had been compiled, in a fraction of the time, since only what the change
     * touches is. This engine stays as it is and shares its memory with the next one; several next ones can be made of
     * it. Requests, handles, session policies and resource policies that any version made are good for all of them.
     *
     * <p>The first change of a compiled store reads back what is attached to what ({@link #prepareToChange}).
     *
     * @throws InvalidPolicyException when something of the change is wrong; carries every problem
     * @throws NeedsCompileException when it can't be made to what is compiled, or there would be more than {@link
     *     Limits#PATCHES}: then compile the changed store
     */
    public Engine with(Change change) {
        return new Engine(compiled, compiled.next(revision, change, Limits.PATCHES), clock, unknownPrincipalsRefused);
    }

    /**
     * Does now what the first {@link #with} would do: reads back, from the compiled store, which policy is attached where.
     * All versions share it.
     *
     * @return this
     */
    public Engine prepareToChange() {
        revision.prepare();
        return this;
    }

    /**
     * How many principals, accounts, resources and documents are not as they were compiled; at most {@link
     * Limits#PATCHES}. Worth a compilation of its own when it nears that.
     */
    public int patches() {
        return revision.patches();
    }

    /** Bytes that this version holds besides what was compiled. Walks all patches. */
    public long patchedBytes() {
        return revision.patchedBytes();
    }

    /** Whether this engine decides a request: some version of it made it. */
    public boolean accepts(Request request) {
        return request.isOf(compiled);
    }

    /**
     * Compiles the session policies of one session, to be given to any number of requests of this engine. They pass AWS's
     * laxer checks (rules L48, L88); the store's placeholders are bound in them. {@link Request#sessionPolicies(String...)}
     * does the same and remembers.
     *
     * @param texts one inline policy and up to ten managed ones (rule E39)
     * @throws InvalidPolicyException when one is refused
     */
    public SessionPolicies compileSession(String... texts) {
        return compiled.session(texts);
    }

    /**
     * Compiles a policy of a resource, other than a role, that the caller holds and the store doesn't. It may name
     * principals that the store doesn't know.
     *
     * @throws InvalidPolicyException when it is refused
     */
    public ResourcePolicy compileResourcePolicy(String text) {
        return compiled.resourcePolicy(text, PolicyType.RESOURCE);
    }

    /**
     * Compiles a trust policy of a role that the caller holds and the store doesn't (rules E33, E70).
     *
     * @throws InvalidPolicyException when it is refused
     */
    public ResourcePolicy compileTrustPolicy(String text) {
        return compiled.resourcePolicy(text, PolicyType.TRUST);
    }

    /**
     * A principal to be given to any number of requests.
     *
     * @param principal as {@link Request#principal(String)} takes it
     * @throws IllegalArgumentException if it is nobody who can ask
     */
    public PrincipalHandle principal(String principal) {
        return compiled.principal(principal);
    }

    /**
     * An action to be given to any number of requests.
     *
     * @param action as {@link Request#action(String)} takes it
     * @throws IllegalArgumentException if it is no action
     */
    public ActionHandle action(String action) {
        return compiled.action(action);
    }

    /**
     * A resource to be given to any number of requests.
     *
     * @param resource as {@link Request#resource(String)} takes it
     * @throws IllegalArgumentException if it is no resource
     */
    public ResourceHandle resource(String resource) {
        return compiled.resource(resource);
    }

    /**
     * A context key to be given to any number of requests; letter case doesn't matter (rule L80).
     *
     * @throws IllegalArgumentException if it is empty
     */
    public ContextKeyHandle contextKey(String key) {
        return compiled.contextKey(key);
    }

    /** Bytes of the session policies kept for texts that requests gave; at most {@link Limits#SESSION_CACHE_BYTES}. */
    public long sessionCacheBytes() {
        return compiled.sessions().bytes();
    }

    /** How often a request's session policies had been compiled before. */
    public long sessionCacheHits() {
        return compiled.sessions().hits();
    }

    /** How often a request's session policies had to be compiled. */
    public long sessionCacheMisses() {
        return compiled.sessions().misses();
    }

    /** A request to fill, for one thread; meant to be used again and again. */
    public Request newRequest() {
        return new Request(compiled);
    }

    /**
     * Requests to fill and to {@linkplain #decide(Request[], int, Decision[]) decide together}, for one thread; meant to be
     * used again and again. They share what they remember, so that each takes a third of the room of a request of {@link
     * #newRequest}, and look up a principal given as a String when they are decided: in a batch the waits for memory of all
     * of them overlap then. What is wrong with such a principal is said then, too.
     *
     * @param count 0 or more
     */
    public Request[] newRequests(int count) {
        return Request.batch(compiled, count);
    }

    /**
     * Decides a request that this engine, or another version of it, made. Allocates nothing.
     *
     * @throws IllegalStateException if the request lacks its principal, action or resource
     * @throws IllegalArgumentException if the parts of the request contradict each other or the store; the message begins
     *     with the field
     */
    public Decision decide(Request request) {
        Frame frame = request.ready(compiled, automaton, clock, unknownPrincipalsRefused);
        return DECISIONS[automaton.decide(frame)];
    }

    /**
     * Decides several requests at once: the same decisions as one by one. What they read is fetched for all of them
     * together, so where the store is larger than the caches their waits for memory overlap. Allocates nothing once the
     * requests have been in a batch of this size. Worth it from some ten thousand policies on, with requests of {@link
     * #newRequests}.
     *
     * @param requests filled requests that this engine made, none of them twice; the first {@code count} are decided
     * @param count 0 to the length of both arrays
     * @param decisions gets the decision of each request at its place; left alone if a request is refused
     * @throws IndexOutOfBoundsException if one of the arrays is shorter than {@code count}
     * @throws IllegalStateException if a request lacks its principal, action or resource
     * @throws IllegalArgumentException if the parts of a request contradict each other or the store, or its principal is
     *     nobody who can ask; the message begins with the field
     */
    public void decide(Request[] requests, int count, Decision[] decisions) {
        Objects.checkFromIndexSize(0, count, Math.min(requests.length, decisions.length));
        if (count == 0) {
            return;
        }
        Frame[] frames = requests[0].frames(count);
        Request.fetch(requests, count);
        for (int i = 0; i < count; i++) {
            frames[i] = requests[i].ready(compiled, automaton, clock, unknownPrincipalsRefused);
        }
        automaton.fetch(frames, count);
        for (int i = 0; i < count; i++) {
            decisions[i] = DECISIONS[automaton.decide(frames[i])];
            frames[i] = null;
        }
    }

    /**
     * Says why a request is decided as it is: the same decision as {@link #decide}, by the same compiled statements, each
     * asked for itself. Walks every statement of every layer that bears on the request, so it takes microseconds and
     * allocates. The request is as before.
     *
     * @throws IllegalStateException if the request lacks its principal, action or resource
     * @throws IllegalArgumentException if the parts of the request contradict each other or the store; the message begins
     *     with the field
     */
    public Explanation explain(Request request) {
        Frame frame = request.ready(compiled, automaton, clock, unknownPrincipalsRefused);
        return Explainer.explain(automaton, frame, DECISIONS);
    }
}
