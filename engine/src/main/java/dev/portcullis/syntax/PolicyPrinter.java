package dev.portcullis.syntax;

import dev.portcullis.policy.ActionElement;
import dev.portcullis.policy.ActionPattern;
import dev.portcullis.policy.Condition;
import dev.portcullis.policy.ConditionOperator;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.Principal;
import dev.portcullis.policy.PrincipalElement;
import dev.portcullis.policy.ResourceElement;
import dev.portcullis.policy.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A policy document as JSON text: elements in the order of AWS's pages, statements always as list, other lists of one
 * without brackets (rule L16), the conditions of one operator together. Reading the text gives an equal document, but
 * for name, source and spans.
 */
public final class PolicyPrinter {

    private final JsonWriter json = new JsonWriter();

    private PolicyPrinter() {}

    /** The document as text, with a line end. */
    public static String print(PolicyDocument document) {
        PolicyPrinter printer = new PolicyPrinter();
        printer.document(document);
        return printer.json.finish();
    }

    private void document(PolicyDocument document) {
        json.beginObject();
        document.declaredVersion().ifPresent(version -> member("Version", version.text()));
        document.id().ifPresent(id -> member("Id", id));
        json.name("Statement");
        json.beginArray();
        for (Statement statement : document.statements()) {
            json.element();
            statement(statement);
        }
        json.endArray();
        json.endObject();
    }

    private void statement(Statement statement) {
        json.beginObject();
        statement.sid().ifPresent(sid -> member("Sid", sid));
        member("Effect", statement.effect().text());
        statement.principal().ifPresent(this::principal);
        action(statement.action());
        statement.resource().ifPresent(this::resource);
        if (!statement.conditions().isEmpty() || statement.emptyCondition()) {
            json.name("Condition");
            conditions(statement.conditions());
        }
        json.endObject();
    }

    private void principal(PrincipalElement element) {
        json.name(element.negated() ? "NotPrincipal" : "Principal");
        List<Principal> principals = element.principals();
        if (principals.size() == 1 && principals.get(0) instanceof Principal.Everyone) {
            json.string("*");
            return;
        }
        Map<String, List<String>> byKey = new LinkedHashMap<>();
        for (Principal principal : principals) {
            byKey.computeIfAbsent(key(principal), key -> new ArrayList<>()).add(principal.text());
        }
        json.beginObject();
        byKey.forEach((key, entries) -> {
            json.name(key);
            json.strings(entries);
        });
        json.endObject();
    }

    private static String key(Principal principal) {
        if (principal instanceof Principal.Service) {
            return "Service";
        }
        if (principal instanceof Principal.Federated) {
            return "Federated";
        }
        return principal instanceof Principal.CanonicalUser ? "CanonicalUser" : "AWS";
    }

    private void action(ActionElement element) {
        json.name(element.negated() ? "NotAction" : "Action");
        json.strings(element.patterns().stream().map(ActionPattern::text).toList());
    }

    private void resource(ResourceElement element) {
        json.name(element.negated() ? "NotResource" : "Resource");
        json.strings(element.patterns().stream()
                .map(pattern -> pattern.text().source())
                .toList());
    }

    private void conditions(List<Condition> conditions) {
        Map<ConditionOperator, List<Condition>> byOperator = new LinkedHashMap<>();
        for (Condition condition : conditions) {
            byOperator
                    .computeIfAbsent(condition.operator(), operator -> new ArrayList<>())
                    .add(condition);
        }
        json.beginObject();
        byOperator.forEach((operator, ofOperator) -> {
            json.name(operator.text());
            json.beginObject();
            for (Condition condition : ofOperator) {
                json.name(condition.key());
                json.strings(condition.values().stream()
                        .map(value -> value.text().source())
                        .toList());
            }
            json.endObject();
        });
        json.endObject();
    }

    private void member(String name, String value) {
        json.name(name);
        json.string(value);
    }
}
