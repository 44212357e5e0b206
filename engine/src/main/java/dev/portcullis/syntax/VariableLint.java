package dev.portcullis.syntax;

import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionValue;
import dev.portcullis.policy.ResourcePattern;
import dev.portcullis.policy.Span;
import dev.portcullis.policy.Statement;
import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Segment;
import dev.portcullis.policy.TextPattern.Variable;

/** Policy variables that never have a value (rules L141, L142). */
final class VariableLint {

    private final Findings findings;

    VariableLint(Findings findings) {
        this.findings = findings;
    }

    void check(Statement statement) {
        statement.resource().ifPresent(resource -> {
            for (ResourcePattern pattern : resource.patterns()) {
                check(pattern.text(), pattern.span());
            }
        });
        for (Condition condition : statement.conditions()) {
            for (ConditionValue value : condition.values()) {
                check(value.text(), value.span());
            }
        }
    }

    private void check(TextPattern pattern, Span span) {
        for (Segment segment : pattern.segments()) {
            if (segment instanceof Variable variable) {
                check(variable.key(), span);
            }
        }
    }

    private void check(String key, Span span) {
        int colon = key.indexOf(':');
        String shown = Shown.quoted("${" + key + "}");
        if (colon <= 0 || colon == key.length() - 1) {
            findings.warning(
                    "INVALID_CONDITION_KEY_FORMAT",
                    span,
                    "the variable " + shown + " never has a value: its key has no service prefix",
                    GlobalConditionKeys.find("aws:" + key).map(known -> "did you mean `${" + known.name() + "}`?"));
        } else if (GlobalConditionKeys.lacksTagKey(key)) {
            findings.warning(
                    "MISSING_TAG_KEY_IN_VARIABLE",
                    span,
                    "the variable " + shown + " never has a value: it lacks the key of a tag");
        } else if (GlobalConditionKeys.find(key).isPresent()
                && GlobalConditionKeys.find(key).get().multivalued()) {
            findings.warning(
                    "MULTIVALUED_KEY_IN_VARIABLE",
                    span,
                    "the variable " + shown + " never has a value: its key is multivalued");
        } else if (GlobalConditionKeys.isGlobal(key)
                && GlobalConditionKeys.find(key).isEmpty()) {
            findings.warning(
                    "INVALID_GLOBAL_CONDITION_KEY",
                    span,
                    "the key of the variable " + shown + " is no known global condition key",
                    findings.didYouMean(key, GlobalConditionKeys.names()));
        }
    }
}
