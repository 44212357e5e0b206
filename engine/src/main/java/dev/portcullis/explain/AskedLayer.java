package dev.portcullis.explain;

import dev.portcullis.policy.PolicyType;
import java.util.List;

/**
 * The policies of one kind, or of one level of an organization, and what came of their statements. All of them are joined
 * by OR (rule E4).
 *
 * @param type what kind
 * @param place the level; else empty
 * @param consulted whether it has a say
 * @param note why it has none; else empty
 * @param documents its documents, if it is a level
 * @param statements all of them; none when it has no say
 */
public record AskedLayer(
        PolicyType type,
        String place,
        boolean consulted,
        String note,
        List<Integer> documents,
        List<TestedStatement> statements) {

    static AskedLayer of(PolicyType type, List<TestedStatement> statements) {
        return new AskedLayer(type, "", true, "", List.of(), statements);
    }

    static AskedLayer level(PolicyType type, String place, List<Integer> documents, List<TestedStatement> statements) {
        return new AskedLayer(type, place, true, "", documents, statements);
    }

    static AskedLayer notConsulted(PolicyType type, String note) {
        return new AskedLayer(type, "", false, note, List.of(), List.of());
    }

    /** Whether a Deny applies. */
    public boolean denies() {
        for (TestedStatement statement : statements) {
            if (statement.denies()) {
                return true;
            }
        }
        return false;
    }

    /** Whether an Allow applies. */
    public boolean allows() {
        for (TestedStatement statement : statements) {
            if (statement.allows()) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says the same in the same place: a policy attached to two units of one name. */
    boolean repeats(AskedLayer other) {
        return type == other.type && place.equals(other.place) && documents.equals(other.documents);
    }
}
