package dev.portcullis.corpus.reference;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.corpus.reference.Conditions.Truth;
import dev.portcullis.corpus.reference.Evaluation.Lack;
import dev.portcullis.corpus.reference.Principals.Coverage;
import dev.portcullis.corpus.reference.Statements.Result;
import dev.portcullis.corpus.reference.Statements.Tested;
import dev.portcullis.policy.PolicyType;
import java.util.ArrayList;
import java.util.List;

/** Says why a request was decided as it was (rules E3, E5, E7). */
final class Reasons {

    private Reasons() {}

    static Explanation of(Evaluation evaluation) {
        NearMisses nearMisses = new NearMisses(evaluation);
        return new Explanation(
                evaluation.decision(),
                reason(evaluation),
                deciding(evaluation),
                layers(evaluation),
                nearMisses.closest(),
                nearMisses.missingKeys(),
                problems(evaluation));
    }

    /** E5: one policy type only is named, the first in AWS's order. */
    private static String reason(Evaluation evaluation) {
        String action = evaluation.situation().action();
        return switch (evaluation.decision()) {
            case ALLOW -> allowed(evaluation);
            case EXPLICIT_DENY -> {
                for (PolicyLayer layer : evaluation.layers().all()) {
                    if (layer.denies()) {
                        yield "explicit deny in " + withArticle(layer.type());
                    }
                }
                throw new IllegalStateException("an explicit deny without a Deny");
            }
            case IMPLICIT_DENY -> {
                Lack first = evaluation.lacks().get(0);
                yield first.why().orElse("no " + first.type().label() + " allows the " + action + " action");
            }
        };
    }

    private static String allowed(Evaluation evaluation) {
        String action = "the " + evaluation.situation().action() + " action";
        if (evaluation.needsNoPermission()) {
            return action + " needs no permission";
        }
        PolicyLayer identity = evaluation.layers().identity();
        if (identity.allows()) {
            return withArticle(identity.type()) + " allows " + action;
        }
        PolicyLayer resource = evaluation.layers().resource();
        if (resource.allows()) {
            return withArticle(resource.type()) + " allows " + action;
        }
        return evaluation.grant() == Coverage.NONE
                ? "the root user is allowed by default"
                : "an access control list allows " + action;
    }

    private static String withArticle(PolicyType type) {
        return (type == PolicyType.IDENTITY ? "an " : "a ") + type.label();
    }

    /** All Denies that apply; or the Allows of the two layers that grant (rules E12, S4). */
    private static List<StatementRef> deciding(Evaluation evaluation) {
        List<StatementRef> deciding = new ArrayList<>();
        if (evaluation.needsNoPermission()) {
            return deciding;
        }
        if (evaluation.decision() == Decision.EXPLICIT_DENY) {
            for (PolicyLayer layer : evaluation.layers().all()) {
                layer.results().stream().filter(Result::denies).map(Result::ref).forEach(deciding::add);
            }
        } else if (evaluation.decision() == Decision.ALLOW) {
            for (PolicyLayer layer :
                    List.of(evaluation.layers().resource(), evaluation.layers().identity())) {
                layer.results().stream().filter(Result::allows).map(Result::ref).forEach(deciding::add);
            }
        }
        return deciding;
    }

    private static List<Layer> layers(Evaluation evaluation) {
        List<Layer> layers = new ArrayList<>();
        for (PolicyLayer layer : evaluation.layers().all()) {
            String note = isResourceBased(layer) ? grantNote(evaluation, layer.note()) : layer.note();
            List<StatementRef> matched = layer.results().stream()
                    .filter(Result::applies)
                    .map(Result::ref)
                    .toList();
            layers.add(new Layer(layer.type(), layer.place(), verdict(layer), note, matched));
        }
        return layers;
    }

    private static boolean isResourceBased(PolicyLayer layer) {
        return layer.type() == PolicyType.RESOURCE || layer.type() == PolicyType.TRUST;
    }

    private static Verdict verdict(PolicyLayer layer) {
        if (!layer.consulted()) {
            return Verdict.NOT_APPLICABLE;
        }
        if (layer.denies()) {
            return Verdict.DENIES;
        }
        // E54: RCPFullAWSAccess is attached everywhere.
        boolean allows = layer.allows() || layer.type() == PolicyType.RESOURCE_CONTROL;
        return allows ? Verdict.ALLOWS : Verdict.SILENT;
    }

    private static String grantNote(Evaluation evaluation, String otherwise) {
        String how = switch (evaluation.grant()) {
            case NONE -> otherwise;
            case ACCOUNT -> "names the caller's account";
            case ROLE -> "names the caller's role or user";
            case DIRECT -> "names the caller itself or everyone";
        };
        boolean byList = evaluation.grant() != Coverage.NONE
                && !evaluation.layers().resource().allows();
        return byList ? "access control list: " + how : how;
    }

    /** E7: visible beside the decision. */
    private static List<Problem> problems(Evaluation evaluation) {
        List<Problem> problems = new ArrayList<>();
        for (PolicyLayer layer : evaluation.layers().all()) {
            for (Result result : layer.results()) {
                if (result.isUnevaluable()) {
                    for (Tested tested : result.conditions()) {
                        if (tested.truth() == Truth.CANNOT_BE_EVALUATED) {
                            problems.add(new Problem(
                                    result.ref(),
                                    tested.clause().operatorText() + " on "
                                            + tested.clause().key()
                                            + " has a value that is not an ARN"));
                        }
                    }
                }
            }
        }
        return problems;
    }
}
