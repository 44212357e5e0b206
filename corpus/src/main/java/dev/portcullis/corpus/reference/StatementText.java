package dev.portcullis.corpus.reference;

import dev.portcullis.policy.Effect;
import dev.portcullis.policy.Span;
import java.util.List;
import java.util.Optional;

/**
 * One statement as it was read.
 *
 * @param index position in the document, from 0
 * @param principal {@code Principal} or {@code NotPrincipal}
 * @param resource {@code Resource} or {@code NotResource}; empty in a trust policy (rule E33)
 * @param clauses the condition block, one entry for each operator and key; all must hold (rule L77)
 * @param emptyCondition whether there is a {@code "Condition": {}} (rule L21, U4)
 */
record StatementText(
        int index,
        Optional<String> sid,
        Effect effect,
        Optional<PrincipalList> principal,
        ActionList action,
        Optional<ResourceList> resource,
        List<Clause> clauses,
        boolean emptyCondition,
        Span span) {

    StatementText {
        clauses = List.copyOf(clauses);
    }

    /** {@code Principal}, or {@code NotPrincipal} when {@code not}. */
    record PrincipalList(boolean not, List<PrincipalEntry> entries) {
        PrincipalList {
            entries = List.copyOf(entries);
        }
    }

    /** The four keys of a Principal (rule L58); the string {@code "*"} is the AWS entry {@code *} (rule L69). */
    enum PrincipalKind {
        AWS("AWS"),
        SERVICE("Service"),
        FEDERATED("Federated"),
        CANONICAL_USER("CanonicalUser");

        private final String text;

        PrincipalKind(String text) {
            this.text = text;
        }

        static Optional<PrincipalKind> of(String text) {
            for (PrincipalKind kind : values()) {
                if (kind.text.equals(text)) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }

    /** One entry of a Principal. */
    record PrincipalEntry(PrincipalKind kind, String value) {
        boolean isStar() {
            return kind == PrincipalKind.AWS && value.equals("*");
        }
    }

    /** {@code Action}, or {@code NotAction} when {@code not}. */
    record ActionList(boolean not, List<String> entries) {
        ActionList {
            entries = List.copyOf(entries);
        }
    }

    /** {@code Resource}, or {@code NotResource} when {@code not}. */
    record ResourceList(boolean not, List<ResourceEntry> entries) {
        ResourceList {
            entries = List.copyOf(entries);
        }
    }

    /** One entry of a Resource. */
    record ResourceEntry(String text, Pattern pattern) {}

    /** One key under one operator. */
    record Clause(String operatorText, Operator operator, String key, List<Value> values) {
        Clause {
            values = List.copyOf(values);
        }
    }

    /** One value of a condition; numbers and Booleans as they were written (rule L17). */
    record Value(String text, Pattern pattern) {}
}
