package dev.portcullis.corpus.reference;

import dev.portcullis.corpus.reference.Operator.Comparison;
import dev.portcullis.corpus.reference.Operator.Quantifier;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.corpus.reference.StatementText.Value;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.Optional;

/** Evaluates one operator and key of a condition block: the table of section 0.1, row by row. */
final class Conditions {

    private final Context context;
    private final Semantics semantics;

    Conditions(Context context, Semantics semantics) {
        this.context = context;
        this.semantics = semantics;
    }

    /** What came of it. */
    enum Truth {
        HOLDS,
        FAILS,
        /** Rules E7, L120. */
        CANNOT_BE_EVALUATED;

        static Truth of(boolean holds) {
            return holds ? HOLDS : FAILS;
        }
    }

    Truth evaluate(Clause clause) {
        Operator operator = clause.operator();
        Optional<ContextValue> found = context.get(clause.key());
        if (operator.comparison() == Comparison.NULL) {
            return Truth.of(nullTest(clause, found.isPresent()));
        }
        if (clause.values().isEmpty()) {
            return Truth.of(withoutValues(operator, found));
        }
        if (found.isEmpty()) {
            return Truth.of(keyAbsent(operator));
        }
        return switch (operator.quantifier()) {
            case NONE -> plain(clause, found.get());
            case FOR_ALL_VALUES -> forAllValues(clause, found.get());
            case FOR_ANY_VALUE -> forAnyValue(clause, found.get());
        };
    }

    /** L124 to L126. */
    private boolean nullTest(Clause clause, boolean present) {
        // L126: whatever the request and the values are.
        if (clause.operator().quantifier() != Quantifier.NONE) {
            return clause.operator().quantifier() == Quantifier.FOR_ALL_VALUES;
        }
        if (clause.values().isEmpty()) {
            return semantics.is(Point.EMPTY_VALUE_LIST_HOLDS);
        }
        for (Value value : clause.values()) {
            // The value is read as Bool reads it (live note after L125).
            if (Comparisons.isTrue(value.text()) != present) {
                return true;
            }
        }
        return false;
    }

    /** L22, U5: a key with {@code []}. */
    private boolean withoutValues(Operator operator, Optional<ContextValue> found) {
        if (operator.quantifier() == Quantifier.FOR_ANY_VALUE) {
            return false;
        }
        if (operator.quantifier() == Quantifier.FOR_ALL_VALUES) {
            // L132: an empty set is like an absent key.
            return found.isEmpty() || found.get().values().isEmpty();
        }
        if (operator.ifExists()) {
            return found.isEmpty();
        }
        if (operator.comparison().negated()) {
            // L79: NOR over nothing. L86, L88: but not for a multivalued key or an unreadable value.
            return found.isEmpty()
                    || (found.get() instanceof ContextValue.Single single
                            && Comparisons.isReadable(operator.comparison(), single.value()));
        }
        return semantics.is(Point.EMPTY_VALUE_LIST_HOLDS);
    }

    private boolean keyAbsent(Operator operator) {
        return switch (operator.quantifier()) {
            // L83, L84, L121, L122
            case NONE -> operator.ifExists() || operator.comparison().negated();
            // L132
            case FOR_ALL_VALUES -> true;
            // L132; L123 for IfExists
            case FOR_ANY_VALUE -> operator.ifExists() && !semantics.is(Point.FOR_ANY_VALUE_IGNORES_IF_EXISTS);
        };
    }

    /** L86: of a multivalued key that is present nothing holds without a set operator. */
    private Truth plain(Clause clause, ContextValue found) {
        return found instanceof ContextValue.Single single ? one(clause, single.value()) : Truth.FAILS;
    }

    /** L128, L130: every request value. L133: a single-valued key is a set of one. */
    private Truth forAllValues(Clause clause, ContextValue found) {
        for (String requested : found.values()) {
            Truth truth = one(clause, requested);
            if (truth != Truth.HOLDS) {
                return truth;
            }
        }
        return Truth.HOLDS;
    }

    /** L129, L131: at least one request value. */
    private Truth forAnyValue(Clause clause, ContextValue found) {
        for (String requested : found.values()) {
            Truth truth = one(clause, requested);
            if (truth != Truth.FAILS) {
                return truth;
            }
        }
        return Truth.FAILS;
    }

    /** One request value against all policy values: OR for a positive operator (L78), NOR for a negated one (L79). */
    private Truth one(Clause clause, String requested) {
        Comparison comparison = clause.operator().comparison();
        // L88, L120: such a request value makes IP and ARN operators false, the negated ones too.
        if (!Comparisons.isReadable(comparison, requested)) {
            return Truth.FAILS;
        }
        Truth matched = Truth.of(!comparison.negated());
        Truth unmatched = Truth.of(comparison.negated());
        if (semantics.is(Point.UNRESOLVED_VALUE_SPOILS_CONDITION) && hasUnresolved(clause)) {
            return unmatched;
        }
        for (Value value : clause.values()) {
            Optional<Glob> glob = value.pattern().resolve(context, semantics);
            // L142, L143, U24: a value that can't be resolved equals nothing.
            if (glob.isEmpty()) {
                continue;
            }
            Comparisons.Result result = Comparisons.compare(comparison, requested, glob.get(), semantics);
            if (result == Comparisons.Result.MATCH) {
                return matched;
            }
            if (result == Comparisons.Result.BAD_POLICY_VALUE) {
                return Truth.CANNOT_BE_EVALUATED;
            }
        }
        return unmatched;
    }

    private boolean hasUnresolved(Clause clause) {
        return clause.values().stream()
                .anyMatch(value -> value.pattern().resolve(context, semantics).isEmpty());
    }
}
