package dev.portcullis.syntax;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Short ways to check documents; in their texts ' stands for ". */
final class Checked {

    private Checked() {}

    /** The type with that short name. */
    static PolicyType type(String shortName) {
        return Arrays.stream(PolicyType.values())
                .filter(type -> type.shortName().equals(shortName))
                .findFirst()
                .orElseThrow();
    }

    static Policies.Reading read(PolicyType type, Checks checks, String text) {
        return Policies.read("test", type, text.replace('\'', '"'), checks, Map.of());
    }

    /** What is found in a document: {@code E} for an error, {@code S W I} for the others, colon and code, in order. */
    static String findings(PolicyType type, Checks checks, String text) {
        Policies.Reading reading = read(type, checks, text);
        boolean errors = reading.diagnostics().stream().anyMatch(Diagnostic::isError);
        if (errors == reading.document().isPresent()) {
            throw new AssertionError("a document is there although it has errors, or not there without");
        }
        return shown(reading.diagnostics());
    }

    /** The same for a document of version 2012-10-17 with one statement. */
    static String ofStatement(PolicyType type, Checks checks, String statement) {
        return findings(type, checks, document(statement));
    }

    /** A new identity-based policy with that Condition. */
    static String ofCondition(String condition) {
        return ofStatement(PolicyType.IDENTITY, Checks.NEW, statement(condition));
    }

    static String document(String... statements) {
        return "{'Version':'2012-10-17','Statement':[" + String.join(",", statements) + "]}";
    }

    static String statement(String condition) {
        return "{'Effect':'Allow','Action':'s3:GetObject','Resource':'*','Condition':" + condition + "}";
    }

    /** The checked document, which must have no error. */
    static PolicyDocument sound(PolicyType type, Checks checks, String text) {
        Policies.Reading reading = read(type, checks, text);
        return reading.document().orElseThrow(() -> new AssertionError(reading.diagnostics()));
    }

    /** The only statement of a sound document of version 2012-10-17. */
    static Statement soundStatement(PolicyType type, Checks checks, String statement) {
        List<Statement> statements = sound(type, checks, document(statement)).statements();
        if (statements.size() != 1) {
            throw new AssertionError(statements);
        }
        return statements.get(0);
    }

    /** The only condition of a new, sound identity-based policy. */
    static Condition soundCondition(String condition) {
        List<Condition> conditions = soundStatement(PolicyType.IDENTITY, Checks.NEW, statement(condition))
                .conditions();
        if (conditions.size() != 1) {
            throw new AssertionError(conditions);
        }
        return conditions.get(0);
    }

    static String shown(List<Diagnostic> diagnostics) {
        return diagnostics.stream()
                .map(diagnostic -> letter(diagnostic.severity()) + ":" + diagnostic.code())
                .collect(Collectors.joining(" "));
    }

    private static String letter(Severity severity) {
        return switch (severity) {
            case ERROR -> "E";
            case SECURITY_WARNING -> "S";
            case WARNING -> "W";
            case SUGGESTION -> "I";
        };
    }
}
