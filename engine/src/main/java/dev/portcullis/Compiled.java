package dev.portcullis;

import dev.portcullis.automaton.Automaton;
import dev.portcullis.automaton.Caller;
import dev.portcullis.automaton.Fragment;
import dev.portcullis.automaton.Frame;
import dev.portcullis.compile.Attached;
import dev.portcullis.compile.Compiler;
import dev.portcullis.compile.Revising;
import dev.portcullis.compile.Revision;
import dev.portcullis.compile.RevisionWriter;
import dev.portcullis.compile.TooLarge;
import dev.portcullis.image.Image;
import dev.portcullis.image.MalformedImage;
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
import dev.portcullis.store.ChangeCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What all versions of an engine and their requests share: the automaton as it was compiled, and what is compiled or
 * looked up for it later. None of that depends on the version.
 */
final class Compiled {

    private final Automaton automaton;
    private final Semantics semantics;
    private final Map<String, String> parameters;
    /** Policies that AWS publishes, and that the store has none of its own for. */
    private final Set<String> leftToAws;

    private final SessionPolicyCache sessions = new SessionPolicyCache(Limits.SESSION_CACHE_BYTES);
    /** To look things up with; guarded by itself. */
    private final Frame scratch;

    private Compiled(Automaton automaton, Semantics semantics, Map<String, String> parameters, Set<String> leftToAws) {
        this.automaton = automaton;
        this.semantics = semantics;
        this.parameters = parameters;
        this.leftToAws = leftToAws;
        this.scratch = new Frame(automaton.vocabulary(), automaton.dispatch().code());
    }

    static Compiled of(Store store, Semantics semantics) {
        return of(store, semantics, seed());
    }

    /** @param seed key of the hashes, which authors of policies must not know */
    static Compiled of(Store store, Semantics semantics, long seed) {
        List<Diagnostic> findings = new ArrayList<>();
        Automaton automaton = Compiler.compile(new StoreView(store), semantics, seed, findings);
        if (!findings.isEmpty()) {
            throw new InvalidPolicyException(findings);
        }
        return new Compiled(automaton, semantics, store.parameters(), ChangeCheck.leftToAws(store.texts()));
    }

    static Compiled open(Path file) {
        try {
            Image image = Image.open(file);
            return new Compiled(image.automaton(), image.semantics(), image.parameters(), image.leftToAws());
        } catch (MalformedImage e) {
            throw new InvalidImageException("`" + file + "` can't be opened: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void save(Path file) {
        try {
            new Image(automaton, semantics, parameters, leftToAws).save(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seed() {
        return new SecureRandom().nextLong();
    }

    Automaton automaton() {
        return automaton;
    }

    /** The first version. */
    Revision revision() {
        return Revision.of(automaton, semantics, seed());
    }

    /**
     * The next version.
     *
     * @throws InvalidPolicyException when something of the change is wrong
     * @param most patches that it may have
     * @throws NeedsCompileException when it can't be made to what is compiled
     */
    Revision next(Revision revision, Change change, int most) {
        Revising revising =
                new Revising(revision, name -> leftToAws.contains(name) ? ChangeCheck.published(name) : Set.of());
        ChangeCheck check = new ChangeCheck(change.checks(), parameters, revising::hasGroup);
        check.identities(change.identities());
        change.takeSteps(revising, check);
        Map<Integer, PolicyDocument> documents = new HashMap<>();
        Map<String, Map<PolicyType, Integer>> written = new TreeMap<>();
        Map<Integer, Revising.Document> wanted = revising.documents();
        Map<String, String> texts = new HashMap<>(revising.unused());
        wanted.forEach((number, document) -> {
            String name = document.name();
            if (document.text().isPresent()) {
                texts.put(name, document.text().get());
                written.computeIfAbsent(name, unused -> new EnumMap<>(PolicyType.class))
                        .put(document.type(), number);
            } else {
                documents.put(number, ChangeCheck.published(name, document.type()));
            }
        });
        revising.unused().keySet().forEach(name -> written.put(name, Map.of()));
        written.forEach((name, numbers) -> check.document(name, texts.get(name), numbers.keySet())
                .forEach((type, document) -> {
                    if (numbers.containsKey(type)) {
                        documents.put(numbers.get(type), document);
                    }
                }));
        refuse(revising, check);
        Revision next = RevisionWriter.write(revising, documents);
        if (next.patches() > most) {
            throw new NeedsCompileException(List.of("more than " + most
                    + " principals, accounts, resources and documents would not be as they were compiled"));
        }
        return next;
    }

    private static void refuse(Revising revising, ChangeCheck check) {
        List<Diagnostic> findings = new ArrayList<>(revising.findings());
        findings.addAll(check.diagnostics());
        if (findings.stream().anyMatch(Diagnostic::isError)) {
            throw new InvalidPolicyException(findings, check.sources());
        }
        if (!revising.unsupported().isEmpty()) {
            throw new NeedsCompileException(revising.unsupported());
        }
    }

    Semantics semantics() {
        return semantics;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    SessionPolicyCache sessions() {
        return sessions;
    }

    SessionPolicies session(String... texts) {
        checkCount(texts);
        List<PolicyDocument> documents = new ArrayList<>();
        List<Diagnostic> findings = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            read("session policy " + (i + 1), PolicyType.SESSION, texts[i], findings)
                    .ifPresent(documents::add);
        }
        if (documents.size() < texts.length) {
            throw new InvalidPolicyException(findings);
        }
        return new SessionPolicies(fragment("session policies", documents), automaton);
    }

    private Fragment fragment(String name, List<PolicyDocument> documents) {
        try {
            return Compiler.fragment(documents, automaton, semantics, seed());
        } catch (TooLarge large) {
            throw new InvalidPolicyException(List.of(large.diagnostic(name)));
        }
    }

    /** The same, remembered. */
    SessionPolicies rememberedSession(String... texts) {
        checkCount(texts);
        SessionPolicies known = sessions.find(texts);
        if (known != null) {
            return known;
        }
        SessionPolicies fresh = session(texts);
        sessions.keep(texts, fresh);
        return fresh;
    }

    private static void checkCount(String... texts) {
        if (texts.length == 0 || texts.length > Limits.SESSION_POLICIES) {
            throw new IllegalArgumentException(
                    "sessionPolicies: 1 to " + Limits.SESSION_POLICIES + ", not " + texts.length);
        }
    }

    ResourcePolicy resourcePolicy(String text, PolicyType type) {
        List<Diagnostic> findings = new ArrayList<>();
        PolicyDocument document =
                read("resource policy", type, text, findings).orElseThrow(() -> new InvalidPolicyException(findings));
        return new ResourcePolicy(automaton, fragment("resource policy", List.of(document)), type);
    }

    private Optional<PolicyDocument> read(String name, PolicyType type, String text, List<Diagnostic> findings) {
        Policies.Reading reading = Policies.readForErrors(name, type, text, Checks.STORED, parameters);
        findings.addAll(reading.diagnostics());
        return reading.document();
    }

    PrincipalHandle principal(String principal) {
        RequestFields.checkPrincipal(principal);
        Caller caller = new Caller();
        synchronized (scratch) {
            scratch.clear();
            if (!automaton.resolve(scratch.put(principal), scratch, caller)) {
                throw RequestFields.nobody(principal);
            }
        }
        return new PrincipalHandle(automaton, caller.detached(principal), principal);
    }

    ActionHandle action(String action) {
        RequestFields.checkAction(action);
        synchronized (scratch) {
            scratch.clear();
            if (!scratch.action(action)) {
                throw RequestFields.noAction(action);
            }
            return new ActionHandle(automaton, action, scratch.actionColon(), scratch.actionNumbers());
        }
    }

    ResourceHandle resource(String resource) {
        RequestFields.checkResource(resource);
        synchronized (scratch) {
            scratch.clear();
            if (!scratch.resource(resource)) {
                throw RequestFields.noResource(resource);
            }
            return new ResourceHandle(automaton, automaton.resource(resource, scratch));
        }
    }

    ContextKeyHandle contextKey(String key) {
        RequestFields.checkKey(key.length());
        synchronized (scratch) {
            scratch.clear();
            int slot = scratch.slot(key, 0);
            return new ContextKeyHandle(
                    automaton, key, slot < automaton.vocabulary().keyCount() ? slot : -1);
        }
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
