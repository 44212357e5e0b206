package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.IamRole;
import dev.portcullis.policy.IamUser;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import dev.portcullis.store.Draft.Identity;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.store.PublishedPolicies.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Checks the parts of a change as those of a store are checked. Used once, by one thread. */
public final class ChangeCheck {

    /** What diagnostics call the change. */
    public static final String CHANGE = "change";

    private static final Set<PolicyType> NO_TYPES = Set.of();

    private final Findings findings = new Findings(CHANGE);
    private final DocumentCheck check;
    private final IdentityCheck identities;
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final Map<String, String> sources = new HashMap<>();

    /**
     * Begins.
     *
     * @param groups whether there is a group
     */
    public ChangeCheck(Checks checks, Map<String, String> parameters, Predicate<String> groups) {
        this.check = new DocumentCheck(checks, parameters);
        this.identities = new IdentityCheck(findings, new Spelling(), this::each, groups);
    }

    /** Whether they are there is for others to find out. */
    private List<String> each(List<Word> policies, PolicyType type, String holder) {
        Set<String> seen = new LinkedHashSet<>();
        for (Word policy : policies) {
            if (!seen.add(policy.text())) {
                findings.error(
                        "DUPLICATE_ATTACHMENT",
                        policy.span(),
                        holder + " names the " + type.label() + " " + policy.quoted() + " twice");
            }
        }
        return List.copyOf(seen);
    }

    /** Users and roles. */
    public void identities(List<Identity> described) {
        identities.check(described);
    }

    /** A user that has been checked; empty when something is wrong with any. */
    public Optional<IamUser> user(String arn) {
        return findings.hasErrors()
                ? Optional.empty()
                : Optional.ofNullable(identities.users().get(arn));
    }

    /** A role that has been checked; empty when something is wrong with any. */
    public Optional<IamRole> role(String arn) {
        return findings.hasErrors()
                ? Optional.empty()
                : Optional.ofNullable(identities.roles().get(arn));
    }

    /** The name of a policy. */
    public void name(String name) {
        if (!Documents.isName(name) || name.equals(CHANGE)) {
            findings.error(
                    "INVALID_POLICY_NAME",
                    Span.NONE,
                    "a policy can't be called " + Quoted.of(name),
                    "1 to " + Limits.PATTERN_UNITS + " printable characters");
        }
    }

    /**
     * The names of AWS's policies that a store doesn't use for policies of its own.
     *
     * @param texts the store's documents by name
     */
    public static Set<String> leftToAws(Map<String, String> texts) {
        Set<String> names = new TreeSet<>(PublishedPolicies.names());
        names.removeIf(name -> texts.containsKey(name)
                && !PublishedPolicies.named(name).orElseThrow().text().equals(texts.get(name)));
        return Collections.unmodifiableSet(names);
    }

    /** What a policy that AWS publishes can be attached as; nothing for other names. */
    public static Set<PolicyType> published(String name) {
        return PublishedPolicies.named(name).map(Published::types).orElse(NO_TYPES);
    }

    /** A document that AWS publishes. */
    public static PolicyDocument published(String name, PolicyType type) {
        Published policy = PublishedPolicies.named(name).orElseThrow();
        return Documents.read(name, policy, type);
    }

    /** A document as each of the types that it is attached as; as what it looks like, when there is none. */
    public Map<PolicyType, PolicyDocument> document(String name, String text, Set<PolicyType> types) {
        DocumentCheck.Outcome outcome =
                check.check(name, new Content.Written(text), types.isEmpty() ? NO_TYPES : EnumSet.copyOf(types));
        diagnostics.addAll(outcome.diagnostics());
        outcome.text().ifPresent(read -> sources.put(name, read));
        return outcome.documents();
    }

    /** What was found in identities and documents. */
    public List<Diagnostic> diagnostics() {
        List<Diagnostic> all = new ArrayList<>(findings.sorted());
        all.addAll(diagnostics);
        return all;
    }

    /** The texts that spans count in, by policy name. */
    public Map<String, String> sources() {
        return sources;
    }
}
