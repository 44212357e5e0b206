package dev.portcullis.corpus.generate;

import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy that is made up: easy to change, and written as JSON at the end. Immutable.
 *
 * @param version {@code Version}; empty to leave it out (rule L4)
 * @param statements in document order
 */
public record PolicyDraft(Optional<String> version, List<Statement> statements) {

    /** The version with variables. */
    public static final Optional<String> CURRENT = Optional.of("2012-10-17");

    public PolicyDraft {
        statements = List.copyOf(statements);
    }

    /** A policy of the current version. */
    public static PolicyDraft of(Statement... statements) {
        return new PolicyDraft(CURRENT, List.of(statements));
    }

    /** The same with other statements. */
    public PolicyDraft with(List<Statement> others) {
        return new PolicyDraft(version, others);
    }

    /**
     * A statement.
     *
     * @param sid empty to leave it out
     * @param principal empty to leave it out
     * @param resource empty to leave it out
     * @param conditions no two of them with the same operator and key
     * @param emptyCondition whether {@code "Condition": {}} is written if there are none (rule L21)
     */
    public record Statement(
            Optional<String> sid,
            Effect effect,
            Optional<Principals> principal,
            Entries action,
            Optional<Entries> resource,
            List<Condition> conditions,
            boolean emptyCondition) {

        public Statement {
            conditions = List.copyOf(conditions);
        }

        /** A statement without Sid, principal and conditions. */
        public static Statement of(Effect effect, Entries action, Entries resource) {
            return new Statement(
                    Optional.empty(), effect, Optional.empty(), action, Optional.of(resource), List.of(), false);
        }

        public Statement withSid(Optional<String> value) {
            return new Statement(value, effect, principal, action, resource, conditions, emptyCondition);
        }

        public Statement withEffect(Effect value) {
            return new Statement(sid, value, principal, action, resource, conditions, emptyCondition);
        }

        public Statement withPrincipal(Optional<Principals> value) {
            return new Statement(sid, effect, value, action, resource, conditions, emptyCondition);
        }

        public Statement withAction(Entries value) {
            return new Statement(sid, effect, principal, value, resource, conditions, emptyCondition);
        }

        public Statement withResource(Entries value) {
            return new Statement(sid, effect, principal, action, Optional.of(value), conditions, emptyCondition);
        }

        public Statement withConditions(List<Condition> value) {
            return new Statement(sid, effect, principal, action, resource, value, false);
        }
    }

    /** {@code Action} or {@code Resource}, or their negation. */
    public record Entries(boolean negated, List<String> texts) {

        public Entries {
            texts = List.copyOf(texts);
        }

        public static Entries of(String... texts) {
            return new Entries(false, List.of(texts));
        }

        public static Entries not(String... texts) {
            return new Entries(true, List.of(texts));
        }

        public Entries with(List<String> others) {
            return new Entries(negated, others);
        }
    }

    /** {@code Principal}, or {@code NotPrincipal}. */
    public record Principals(boolean negated, List<PrincipalName> names) {

        public Principals {
            names = List.copyOf(names);
        }

        /** Everyone (rule L69). */
        public static Principals everyone() {
            return new Principals(false, List.of(new PrincipalName("AWS", "*")));
        }
    }

    /**
     * One principal.
     *
     * @param key {@code AWS}, {@code Service}, {@code Federated} or {@code CanonicalUser}
     */
    public record PrincipalName(String key, String text) {}

    /** One operator and key. */
    public record Condition(ConditionOperator operator, String key, List<String> values) {

        public Condition {
            values = List.copyOf(values);
        }
    }

    /** The JSON document. */
    public String text() {
        StringBuilder out = new StringBuilder("{");
        version.ifPresent(
                value -> out.append("\"Version\":").append(quoted(value)).append(','));
        out.append("\"Statement\":[");
        for (int i = 0; i < statements.size(); i++) {
            out.append(i == 0 ? "" : ",\n");
            write(statements.get(i), out);
        }
        return out.append("]}").toString();
    }

    private static void write(Statement statement, StringBuilder out) {
        out.append('{');
        statement
                .sid()
                .ifPresent(sid -> out.append("\"Sid\":").append(quoted(sid)).append(','));
        out.append("\"Effect\":").append(quoted(statement.effect().text()));
        statement.principal().ifPresent(principals -> write(principals, out));
        write("Action", statement.action(), out);
        statement.resource().ifPresent(resource -> write("Resource", resource, out));
        if (!statement.conditions().isEmpty() || statement.emptyCondition()) {
            writeConditions(statement.conditions(), out);
        }
        out.append('}');
    }

    private static void write(Principals principals, StringBuilder out) {
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (PrincipalName name : principals.names()) {
            byKey.computeIfAbsent(name.key(), key -> new ArrayList<>()).add(name.text());
        }
        out.append(principals.negated() ? ",\"NotPrincipal\":" : ",\"Principal\":");
        out.append('{');
        String comma = "";
        for (Map.Entry<String, List<String>> entry : byKey.entrySet()) {
            out.append(comma).append(quoted(entry.getKey())).append(':');
            write(entry.getValue(), out);
            comma = ",";
        }
        out.append('}');
    }

    private static void write(String element, Entries entries, StringBuilder out) {
        out.append(",\"").append(entries.negated() ? "Not" : "").append(element).append("\":");
        write(entries.texts(), out);
    }

    private static void writeConditions(List<Condition> conditions, StringBuilder out) {
        Map<String, List<Condition>> byOperator = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            byOperator
                    .computeIfAbsent(condition.operator().text(), name -> new ArrayList<>())
                    .add(condition);
        }
        out.append(",\"Condition\":{");
        String comma = "";
        for (Map.Entry<String, List<Condition>> entry : byOperator.entrySet()) {
            out.append(comma).append(quoted(entry.getKey())).append(":{");
            String inner = "";
            for (Condition condition : entry.getValue()) {
                out.append(inner).append(quoted(condition.key())).append(':');
                write(condition.values(), out);
                inner = ",";
            }
            out.append('}');
            comma = ",";
        }
        out.append('}');
    }

    /** L16: a single value stands without brackets. */
    private static void write(List<String> texts, StringBuilder out) {
        if (texts.size() == 1) {
            out.append(quoted(texts.get(0)));
            return;
        }
        out.append('[');
        for (int i = 0; i < texts.size(); i++) {
            out.append(i == 0 ? "" : ",").append(quoted(texts.get(i)));
        }
        out.append(']');
    }

    /** A JSON string; what isn't ASCII is escaped, so that lone surrogates survive too. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xf, 16));
                }
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
