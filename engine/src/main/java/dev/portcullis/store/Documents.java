package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.store.PublishedPolicies.Published;
import dev.portcullis.syntax.Shown;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The policies of a store: first who attaches them as what, then what they say. A document is checked once for each type
 * that it is attached as.
 */
final class Documents implements Attaching {

    private static final Set<PolicyType> NO_TYPES = Set.of();

    private record Entry(Word name, Content content) {}

    private final Findings findings;
    private final Spelling spelling;
    private final Map<String, Entry> entries = new TreeMap<>();
    private final Map<String, Published> published = new TreeMap<>();
    private final Map<String, Set<PolicyType>> types = new HashMap<>();
    private final CheckedDocuments.TypeSets typeSets = new CheckedDocuments.TypeSets();

    private final Map<String, String> texts = new TreeMap<>();
    private final Map<PolicyType, Map<String, PolicyDocument>> documents = new EnumMap<>(PolicyType.class);
    private final Map<String, List<Diagnostic>> complete = new HashMap<>();
    private DocumentCheck check;
    private boolean hasErrors;

    Documents(Findings findings, Spelling spelling) {
        this.findings = findings;
        this.spelling = spelling;
    }

    void add(List<Draft.Text> list) {
        for (Draft.Text text : list) {
            Word name = text.name();
            if (!isName(name.text()) || name.text().equals(findings.file())) {
                findings.error(
                        "INVALID_POLICY_NAME",
                        name.span(),
                        "a policy can't be called " + name.quoted(),
                        "1 to " + Limits.PATTERN_UNITS + " printable characters");
            } else if (entries.putIfAbsent(name.text(), new Entry(name, text.content())) != null) {
                findings.error("DUPLICATE_POLICY", name.span(), "there are two policies called " + name.quoted());
            } else if (PublishedPolicies.named(name.text()).isPresent()) {
                findings.warning(
                        "SHADOWED_POLICY",
                        name.span(),
                        "AWS publishes a policy called " + name.quoted() + "; the store's own is used instead",
                        "rename it, or leave it out to use the one AWS publishes");
            }
        }
    }

    static boolean isName(String name) {
        return !name.isEmpty()
                && name.length() <= Limits.PATTERN_UNITS
                && name.codePoints().allMatch(Shown::isPlain);
    }

    /** Notes that {@code holder} names the policies; gives their names, each once. */
    @Override
    public List<String> attach(List<Word> policies, PolicyType type, String holder) {
        Set<String> seen = new LinkedHashSet<>();
        for (Word policy : policies) {
            if (!seen.add(policy.text())) {
                findings.error(
                        "DUPLICATE_ATTACHMENT",
                        policy.span(),
                        holder + " names the " + type.label() + " " + policy.quoted() + " twice");
            } else if (entries.containsKey(policy.text()) || attachPublished(policy, type, holder)) {
                types.put(policy.text(), typeSets.with(types.getOrDefault(policy.text(), NO_TYPES), type));
            }
        }
        return List.copyOf(seen);
    }

    private boolean attachPublished(Word policy, PolicyType type, String holder) {
        Optional<Published> found = PublishedPolicies.named(policy.text());
        if (found.isEmpty()) {
            findings.error(
                    "UNKNOWN_POLICY",
                    policy.span(),
                    holder + " names the " + type.label() + " " + policy.quoted() + ", which is not there",
                    suggestion(policy.text()));
            return false;
        }
        if (!found.get().types().contains(type)) {
            String publishedAs =
                    found.get().types().stream().map(PolicyType::label).collect(Collectors.joining(" or "));
            findings.error(
                    "WRONG_POLICY_TYPE",
                    policy.span(),
                    holder + " names the " + type.label() + " " + policy.quoted()
                            + ", but AWS publishes it as something else",
                    "it can be attached as " + publishedAs);
            return false;
        }
        published.put(policy.text(), found.get());
        return true;
    }

    private Optional<String> suggestion(String name) {
        return spelling.help(name, entries.keySet()).or(() -> spelling.help(name, PublishedPolicies.names()));
    }

    /** Reads and checks them all, on all processors when they are many; the outcome is the same. */
    void check(Checks checks, Map<String, String> parameters, boolean reportUnused) {
        check = new DocumentCheck(checks, parameters);
        LongAdder units = new LongAdder();
        List<DocumentCheck.Outcome> outcomes = CheckedDocuments.inParallel(entries.values())
                .map(entry -> check(entry, units))
                .toList();
        Iterator<DocumentCheck.Outcome> next = outcomes.iterator();
        entries.forEach((name, entry) -> {
            DocumentCheck.Outcome outcome = next.next();
            outcome.text().ifPresent(text -> texts.put(name, text));
            outcome.documents().forEach((type, document) -> documentsOf(type).put(name, document));
            if (outcome.complete()) {
                complete.put(name, outcome.diagnostics());
                hasErrors |= outcome.hasErrors();
            }
            if (reportUnused && !types.containsKey(name)) {
                findings.warning(
                        "UNUSED_POLICY",
                        entry.name().span(),
                        "nothing names the policy " + entry.name().quoted(),
                        "attach it, or remove it");
            }
            types.putIfAbsent(name, outcome.types());
        });
        published.forEach((name, policy) -> {
            for (PolicyType type : types.get(name)) {
                documentsOf(type).put(name, read(name, policy, type));
            }
            texts.put(name, policy.text());
        });
    }

    private DocumentCheck.Outcome check(Entry entry, LongAdder units) {
        String name = entry.name().text();
        DocumentCheck.Outcome outcome = check.checkForErrors(name, entry.content(), types.getOrDefault(name, NO_TYPES));
        units.add(outcome.text().map(String::length).orElse(0));
        return units.sum() > CheckedDocuments.UNITS_KEPT ? outcome.withoutDocuments() : outcome;
    }

    /** By name: the texts as loaded. */
    Map<String, String> texts() {
        return texts;
    }

    /** Whether there is an error in some document. */
    boolean hasErrors() {
        return hasErrors;
    }

    /** The documents, when there are no errors. */
    CheckedDocuments checked() {
        return new CheckedDocuments(check, texts, types, documents, published.keySet());
    }

    /** Everything there is to say of the documents, by their names; takes longer than to find errors. */
    List<Diagnostic> diagnostics() {
        return CheckedDocuments.findings(check, entries.keySet(), complete, texts, types);
    }

    private Map<String, PolicyDocument> documentsOf(PolicyType type) {
        return documents.computeIfAbsent(type, absent -> new HashMap<>());
    }

    /** The checks for RCPs refuse the one that AWS attaches, since customers' may only deny (rules L26, E60). */
    static PolicyDocument read(String name, Published policy, PolicyType type) {
        PolicyType readAs = type == PolicyType.RESOURCE_CONTROL ? PolicyType.RESOURCE : type;
        DocumentCheck.Outcome outcome = new DocumentCheck(Checks.NEW, Map.of())
                .check(name, new Content.Written(policy.text()), EnumSet.of(readAs));
        PolicyDocument document = outcome.documents().get(readAs);
        return new PolicyDocument(
                name, type, document.declaredVersion(), document.id(), document.statements(), document.source());
    }
}
