package dev.portcullis.explain;

import dev.portcullis.automaton.Predicates;
import dev.portcullis.automaton.SourceMap;
import dev.portcullis.automaton.StatementProbe;
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
 * @param matched how many parts match before the first that doesn't: principal, action, resource, conditions
 * @param outcomes what came of each condition, when everything before them matches; else of none
 */
public record TestedStatement(
        StatementProbe probe,
        Place place,
        int record,
        int offset,
        boolean deny,
        int coverage,
        int matched,
        Outcomes outcomes) {

    /** Its principal element doesn't match. */
    public static final int NO_PART = 0;
    /** Its action doesn't match. */
    public static final int PRINCIPAL = 1;
    /** Its resource doesn't match. */
    public static final int ACTION = 2;
    /** A condition doesn't hold. */
    public static final int RESOURCE = 3;
    /** All of it matches. */
    public static final int CONDITIONS = 4;

    private static final PolicyType[] TYPES = PolicyType.values();

    /**
     * Where a statement stands.
     *
     * @param document its document
     * @param index its place in it, from 0
     * @param span its text
     */
    public record Place(int document, int index, Span span) {}

    /** What came of the conditions, in their order. */
    public static final class Outcomes {

        static final Outcomes NONE = new Outcomes(new byte[0]);

        private final byte[] values;

        Outcomes(byte[] values) {
            this.values = values;
        }

        /** How many conditions. */
        public int count() {
            return values.length;
        }

        /** One of {@link Predicates#TRUE}, {@link Predicates#FALSE}, {@link Predicates#ERROR}. */
        public int of(int condition) {
            return values[condition];
        }

        int count(int outcome) {
            int count = 0;
            for (byte value : values) {
                count += value == outcome ? 1 : 0;
            }
            return count;
        }

        /** The first condition that doesn't hold. */
        public int firstUnmet() {
            int first = 0;
            while (values[first] == Predicates.TRUE) {
                first++;
            }
            return first;
        }
    }

    /** E7: its conditions don't fail, but one can't be evaluated. */
    public boolean isUnevaluable() {
        return outcomes.count(Predicates.ERROR) > 0 && outcomes.count(Predicates.FALSE) == 0;
    }

    /** E7: an Allow that can't be evaluated doesn't apply, a Deny does. */
    public boolean applies() {
        return matched == CONDITIONS || (deny && isUnevaluable());
    }

    /** Whether it is an Allow that applies. */
    public boolean allows() {
        return !deny && applies();
    }

    /** Whether it is a Deny that applies. */
    public boolean denies() {
        return deny && applies();
    }

    /** What it says. */
    public StatementSource source() {
        return new StatementSource(probe, record);
    }

    /** What its document is attached as. */
    public PolicyType type() {
        return TYPES[probe.sources().type(place.document())];
    }

    /** Name of its document. */
    public String policy() {
        SourceMap sources = probe.sources();
        return sources.text(sources.name(place.document()));
    }

    /** The values of the key that one of its conditions tests; empty if the request doesn't have it. */
    public Optional<List<String>> seen(int condition) {
        String[] values = probe.values(probe.slot(offset, condition));
        return values == null ? Optional.empty() : Optional.of(List.of(values));
    }
}
