package dev.portcullis.corpus.reference;

import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.Conditions.Truth;
import dev.portcullis.corpus.reference.Principals.Coverage;
import dev.portcullis.corpus.reference.StatementText.Clause;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Semantics.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tests whole statements: principal, action, resource and conditions, in this order (section 0.1). */
final class Statements {

    private final Principals principals;
    private final String action;
    private final Resources resources;
    private final Conditions conditions;
    private final Situation situation;

    Statements(Situation situation, Caller caller, Context context) {
        this.principals = new Principals(caller, situation);
        this.action = situation.action();
        this.resources = new Resources(situation.resource(), context, situation.semantics());
        this.conditions = new Conditions(context, situation.semantics());
        this.situation = situation;
    }

    /** One condition and what came of it. */
    record Tested(Clause clause, Truth truth) {}

    /**
     * What came of a statement.
     *
     * @param coverage how its principal element covers the caller
     * @param failed the first part that doesn't match; empty when all match
     * @param conditions all conditions, when everything before them matches; else none
     * @param truth what came of the condition block
     */
    record Result(
            ReferencePolicy policy,
            StatementText statement,
            Coverage coverage,
            Optional<Part> failed,
            List<Tested> conditions,
            Truth truth) {

        /** E7: an Allow whose condition can't be evaluated doesn't apply, a Deny does. */
        boolean applies() {
            if (failed.isEmpty()) {
                return true;
            }
            return statement.effect() == Effect.DENY && isUnevaluable();
        }

        boolean isUnevaluable() {
            return failed.isPresent() && failed.get() == Part.CONDITION && truth == Truth.CANNOT_BE_EVALUATED;
        }

        boolean allows() {
            return statement.effect() == Effect.ALLOW && applies();
        }

        boolean denies() {
            return statement.effect() == Effect.DENY && applies();
        }

        StatementRef ref() {
            return new StatementRef(
                    policy.type(),
                    policy.name(),
                    statement.index(),
                    statement.sid(),
                    statement.effect(),
                    statement.span());
        }
    }

    /** Tests every statement of these policies. */
    List<Result> test(List<ReferencePolicy> policies) {
        List<Result> results = new ArrayList<>();
        for (ReferencePolicy policy : policies) {
            for (StatementText statement : policy.statements()) {
                results.add(test(policy, statement));
            }
        }
        return results;
    }

    private Result test(ReferencePolicy policy, StatementText statement) {
        Coverage coverage = principals.of(statement, policy.type());
        if (coverage == Coverage.NONE) {
            return failed(policy, statement, coverage, Part.PRINCIPAL);
        }
        if (!Actions.match(statement.action(), action, situation.semantics())) {
            return failed(policy, statement, coverage, Part.ACTION);
        }
        if (!resources.match(statement, policy.type())) {
            return failed(policy, statement, coverage, Part.RESOURCE);
        }
        List<Tested> tested = new ArrayList<>();
        for (Clause clause : statement.clauses()) {
            tested.add(new Tested(clause, conditions.evaluate(clause)));
        }
        Truth truth = block(statement, tested);
        Optional<Part> failed = truth == Truth.HOLDS ? Optional.empty() : Optional.of(Part.CONDITION);
        return new Result(policy, statement, coverage, failed, tested, truth);
    }

    private static Result failed(ReferencePolicy policy, StatementText statement, Coverage coverage, Part part) {
        return new Result(policy, statement, coverage, Optional.of(part), List.of(), Truth.FAILS);
    }

    /** L77: all must hold. One that fails settles it; else one that can't be evaluated spoils it (rule E7). */
    private Truth block(StatementText statement, List<Tested> tested) {
        // L21, U4
        if (statement.emptyCondition()) {
            return Truth.of(situation.semantics().is(Point.EMPTY_CONDITION_HOLDS));
        }
        Truth truth = Truth.HOLDS;
        for (Tested one : tested) {
            if (one.truth() == Truth.FAILS) {
                return Truth.FAILS;
            }
            if (one.truth() == Truth.CANNOT_BE_EVALUATED) {
                truth = Truth.CANNOT_BE_EVALUATED;
            }
        }
        return truth;
    }
}
