package dev.portcullis.store;

import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents of a store without errors. All texts are kept; of what was read from them only as much as takes a bounded
 * room, since it takes seven times that of the texts: the rest is read again whenever it is asked for. Immutable.
 */
public final class CheckedDocuments {

    /** UTF-16 units of all the texts that are kept as documents, too. */
    static final long UNITS_KEPT = 16L << 20;

    /** So many are worth several processors. */
    private static final int MANY = 500;

    private static final Set<PolicyType> NO_TYPES = Set.of();

    private final DocumentCheck check;
    private final Map<String, String> texts;
    private final Map<String, Set<PolicyType>> types;
    private final Map<PolicyType, Map<String, PolicyDocument>> kept;
    private final Set<String> published;

    /**
     * Takes sound documents.
     *
     * @param check what they were found sound by
     * @param texts by name
     * @param types what each is, by name
     * @param kept those that need not be read again
     * @param published names of those that AWS publishes; they are kept
     */
    CheckedDocuments(
            DocumentCheck check,
            Map<String, String> texts,
            Map<String, Set<PolicyType>> types,
            Map<PolicyType, Map<String, PolicyDocument>> kept,
            Set<String> published) {
        this.check = check;
        this.texts = texts;
        this.types = types;
        this.kept = kept;
        this.published = published;
    }

    /** The documents as loaded, by name. */
    Map<String, String> texts() {
        return texts;
    }

    /** A document as it is attached with that type. */
    public Optional<PolicyDocument> document(String name, PolicyType type) {
        PolicyDocument known = kept.getOrDefault(type, Map.of()).get(name);
        if (known != null) {
            return Optional.of(known);
        }
        return types.getOrDefault(name, NO_TYPES).contains(type)
                ? Optional.of(check.readAgain(name, texts.get(name), type))
                : Optional.empty();
    }

    /** What is to be said of them, by name and place; nothing of what AWS publishes. */
    List<Diagnostic> findings() {
        List<String> names = new ArrayList<>(texts.keySet());
        names.removeAll(published);
        return findings(check, names, Map.of(), texts, types);
    }

    /** The same; {@code known} are those of which all has been said. */
    static List<Diagnostic> findings(
            DocumentCheck check,
            Collection<String> names,
            Map<String, List<Diagnostic>> known,
            Map<String, String> texts,
            Map<String, Set<PolicyType>> types) {
        List<Diagnostic> findings = new ArrayList<>();
        inParallel(names)
                .map(name -> known.containsKey(name)
                        ? known.get(name)
                        : check.check(name, new Content.Written(texts.get(name)), types.get(name))
                                .diagnostics())
                .forEachOrdered(findings::addAll);
        return findings;
    }

    /** A stream on all processors when it is long; its order is the same. */
    static <T> Stream<T> inParallel(Collection<T> elements) {
        return elements.size() < MANY ? elements.stream() : new ArrayList<>(elements).parallelStream();
    }

    /** Sets of types, each once: a store has few and names them for every policy. One thread. */
    static final class TypeSets {

        private final Map<Set<PolicyType>, Map<PolicyType, Set<PolicyType>>> larger = new HashMap<>();

        /** The set and the type. */
        Set<PolicyType> with(Set<PolicyType> before, PolicyType type) {
            return larger.computeIfAbsent(before, unused -> new HashMap<>()).computeIfAbsent(type, added -> {
                List<PolicyType> all = new ArrayList<>(before);
                all.add(added);
                return Collections.unmodifiableSet(EnumSet.copyOf(all));
            });
        }
    }
}
