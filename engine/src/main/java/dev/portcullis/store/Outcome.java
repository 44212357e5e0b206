package dev.portcullis.store;

import dev.portcullis.policy.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a store.
 *
 * @param contents empty iff there is an error
 * @param diagnostics those of the store's own file by place, then those of the documents by name and place
 * @param sources the texts that the diagnostics' spans count in, by {@link Diagnostic#policyName}; not all have one
 */
public record Outcome(Optional<Contents> contents, List<Diagnostic> diagnostics, Map<String, String> sources) {}
