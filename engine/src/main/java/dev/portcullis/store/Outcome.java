package dev.portcullis.store;

import dev.portcullis.policy.Diagnostic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What became of a store. Safe for all threads. */
public final class Outcome {

    private final Optional<Contents> contents;
    private final List<Diagnostic> ofStore;
    private final String file;
    private final Optional<String> source;
    private final Map<String, String> texts;

    private Supplier<List<Diagnostic>> ofDocuments;
    private List<Diagnostic> diagnostics;

    /**
     * Takes what was found.
     *
     * @param contents empty iff there is an error
     * @param ofStore what was found in the store's own file, by place
     * @param ofDocuments looks for what there is to say of the documents, by name and place; asked at most once
     * @param file what diagnostics call the store's own file
     * @param source its text; empty when it has none
     * @param texts the documents' texts
     */
    Outcome(
            Optional<Contents> contents,
            List<Diagnostic> ofStore,
            Supplier<List<Diagnostic>> ofDocuments,
            String file,
            Optional<String> source,
            Map<String, String> texts) {
        this.contents = contents;
        this.ofStore = ofStore;
        this.ofDocuments = ofDocuments;
        this.file = file;
        this.source = source;
        this.texts = texts;
    }

    /** A store whose own file can't be read. */
    static Outcome unreadable(Findings findings) {
        return new Outcome(Optional.empty(), findings.sorted(), List::of, findings.file(), Optional.empty(), Map.of());
    }

    /** What the store says; empty iff there is an error. */
    public Optional<Contents> contents() {
        return contents;
    }

    /** Those of the store's own file by place, then those of the documents by name and place. */
    public synchronized List<Diagnostic> diagnostics() {
        if (diagnostics == null) {
            List<Diagnostic> all = new ArrayList<>(ofStore);
            all.addAll(ofDocuments.get());
            diagnostics = List.copyOf(all);
            ofDocuments = null;
        }
        return diagnostics;
    }

    /** The text that a diagnostic's span counts in; empty when there is none. */
    public Optional<String> source(Diagnostic diagnostic) {
        return diagnostic.policyName().equals(file) ? source : Optional.ofNullable(texts.get(diagnostic.policyName()));
    }

    /** The texts that the diagnostics' spans count in, by {@link Diagnostic#policyName}; not all have one. */
    public Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        for (Diagnostic diagnostic : diagnostics()) {
            source(diagnostic).ifPresent(text -> sources.put(diagnostic.policyName(), text));
        }
        return Map.copyOf(sources);
    }
}
