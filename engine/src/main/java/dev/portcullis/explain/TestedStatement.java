package dev.portcullis.explain;

import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.automaton.Predicates;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;

/**
 * A statement and what came of its parts.
 *
 * @param probe what tested it
 * @param place where it stands
 * @param record STATEMENT of the source map
 * @param offset where it is in the code
 * @param deny whether it is a Deny
 * @param coverage how its principal element covers the caller
 * @param failed the first part that doesn't match; empty when all match
 * @param outcomes what came of each condition, when everything before them matches; else of none
 */
record TestedStatement(
        StatementProbe probe,
        Place place,
        int record,
        int offset,
        boolean deny,
        int coverage,
        Optional<Part> failed,
        Outcomes outcomes) {

    private static final PolicyType[] TYPES = PolicyType.values();

    /**
     * Where a statement stands.
     *
     * @param document its document
     * @param index its place in it, from 0
     * @param span its text
     */
    record Place(int document, int index, Span span) {}

    /** What came of the conditions, in their order. */
    static final class Outcomes {

        static final Outcomes NONE = new Outcomes(new byte[0]);

        private final byte[] values;

        Outcomes(byte[] values) {
            this.values = values;
        }

        int count() {
            return values.length;
        }

        /** One of {@link Predicates#TRUE}, {@link Predicates#FALSE}, {@link Predicates#ERROR}. */
        int of(int condition) {
            return values[condition];
        }

        int count(int outcome) {
            int count = 0;
            for (byte value : values) {
                count += value == outcome ? 1 : 0;
            }
            return count;
        }
    }

    /** E7: its conditions don't fail, but one can't be evaluated. */
    boolean isUnevaluable() {
        return outcomes.count(Predicates.ERROR) > 0 && outcomes.count(Predicates.FALSE) == 0;
    }

    /** E7: an Allow that can't be evaluated doesn't apply, a Deny does. */
    boolean applies() {
        return failed.isEmpty() || (deny && isUnevaluable());
    }

    boolean allows() {
        return !deny && applies();
    }

    boolean denies() {
        return deny && applies();
    }

    StatementSource source() {
        return new StatementSource(probe.sources(), record);
    }

    /** The values of the key that one of its conditions tests; empty if the request doesn't have it. */
    Optional<List<String>> seen(int condition) {
        String[] values = probe.values(probe.slot(offset, condition));
        return values == null ? Optional.empty() : Optional.of(List.of(values));
    }

    StatementRef ref() {
        SourceMap sources = probe.sources();
        SourceMap.Cursor cursor = sources.read(record);
        cursor.skip(1);
        int sid = cursor.next();
        return new StatementRef(
                TYPES[sources.type(place.document())],
                sources.text(sources.name(place.document())),
                place.index(),
                sid == 0 ? Optional.empty() : Optional.of(sources.text(sid - 1)),
                deny ? Effect.DENY : Effect.ALLOW,
                place.span());
    }
}
