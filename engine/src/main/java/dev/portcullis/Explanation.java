package dev.portcullis;

import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;

/**
 * Why a request was decided as it was.
 *
 * @param decision the answer
 * @param reason one sentence in AWS's wording, e.g. {@code no identity-based policy allows the q:SendMessage action}
 *     (rule E5)
 * @param deciding the statements that decided: all matching Denies for an explicit deny, the Allows that carried an
 *     ALLOW; empty for an implicit deny
 * @param layers what each layer said, in AWS's order: RCPs, SCPs, resource-based, identity-based, boundary, session,
 *     endpoint (rule E5)
 * @param nearMisses for an implicit deny: the statements that came closest, closest first
 * @param missingKeys context keys that statements needed and the request does not have, as spelled in the policies
 * @param problems conditions that could not be evaluated (rule E7), beside the decision
 */
public record Explanation(
        Decision decision,
        String reason,
        List<StatementRef> deciding,
        List<Layer> layers,
        List<NearMiss> nearMisses,
        List<String> missingKeys,
        List<Problem> problems) {

    public Explanation {
        deciding = List.copyOf(deciding);
        layers = List.copyOf(layers);
        nearMisses = List.copyOf(nearMisses);
        missingKeys = List.copyOf(missingKeys);
        problems = List.copyOf(problems);
    }

    /**
     * A statement of a policy.
     *
     * @param type the layer it belongs to
     * @param policy name of its document
     * @param index position in the document, from 0
     * @param sid its Sid
     * @param effect Allow or Deny
     * @param span where it stands in the document
     */
    public record StatementRef(
            PolicyType type, String policy, int index, Optional<String> sid, Effect effect, Span span) {

        /** {@code policy[Sid] 3:5}, or {@code policy[#2] 3:5} for a statement without Sid (numbered from 1). */
        @Override
        public String toString() {
            return policy + "[" + sid.orElse("#" + (index + 1)) + "] " + span;
        }
    }

    /**
     * One layer's say.
     *
     * @param type which kind of policy
     * @param place which one of several: the unit or account of an SCP or RCP level, the endpoint; else empty
     * @param verdict what it said
     * @param note why it doesn't apply, or how a resource-based grant reached the principal; else empty
     * @param matched the statements that applied
     */
    public record Layer(PolicyType type, String place, Verdict verdict, String note, List<StatementRef> matched) {

        public Layer {
            matched = List.copyOf(matched);
        }
    }

    /** What a layer says of a request. */
    public enum Verdict {
        /** A Deny statement applies. */
        DENIES,
        /** An Allow statement applies and no Deny. */
        ALLOWS,
        /** No statement applies. */
        SILENT,
        /** The layer is not consulted: absent, or the principal or resource is exempt. */
        NOT_APPLICABLE
    }

    /**
     * An Allow statement that nearly applied.
     *
     * @param statement which
     * @param failed the first thing that failed
     * @param key the condition key, when a condition failed; else empty
     * @param operator the condition operator as written, when a condition failed; else empty
     * @param wanted the values the statement wants
     * @param seen the request's value or values; empty when the key is absent
     */
    public record NearMiss(
            StatementRef statement,
            Part failed,
            String key,
            String operator,
            List<String> wanted,
            Optional<List<String>> seen) {

        public NearMiss {
            wanted = List.copyOf(wanted);
        }
    }

    /** The parts of a statement, in the order they are tested. */
    public enum Part {
        PRINCIPAL,
        ACTION,
        RESOURCE,
        CONDITION
    }

    /**
     * A condition that could not be evaluated: its Allow statement did not apply, its Deny statement did (rule E7).
     *
     * @param statement which
     * @param message what went wrong
     */
    public record Problem(StatementRef statement, String message) {}
}
