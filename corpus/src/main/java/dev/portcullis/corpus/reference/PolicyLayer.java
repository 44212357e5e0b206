package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Statements.Result;
import dev.portcullis.policy.PolicyType;
import java.util.List;

/**
 * The policies of one kind, or of one level of an organization, and what came of them. Its statements and documents are
 * joined by OR (rule E4).
 *
 * @param type what kind
 * @param place the level of an organization; else empty
 * @param consulted whether it has a say
 * @param note why it has none, or what else is worth knowing
 * @param results what came of every statement; none when it has no say
 */
record PolicyLayer(PolicyType type, String place, boolean consulted, String note, List<Result> results) {

    PolicyLayer {
        results = List.copyOf(results);
    }

    static PolicyLayer consulted(PolicyType type, String place, List<Result> results) {
        return new PolicyLayer(type, place, true, "", results);
    }

    static PolicyLayer notConsulted(PolicyType type, String note) {
        return new PolicyLayer(type, "", false, note, List.of());
    }

    boolean denies() {
        return results.stream().anyMatch(Result::denies);
    }

    boolean allows() {
        return results.stream().anyMatch(Result::allows);
    }

    PolicyLayer withNote(String text) {
        return new PolicyLayer(type, place, consulted, text, results);
    }
}
