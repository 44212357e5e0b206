package dev.portcullis.sidecar.decide;

import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a question in Portcullis's own words. */
final class QuestionJson {

    private static final Set<String> MEMBERS = Set.of(
            "id",
            "principal",
            "action",
            "resource",
            "resourceAccount",
            "context",
            "roleArn",
            "federatingUser",
            "uniqueId",
            "canonicalId",
            "serviceLinkedRole",
            "sessionPolicies",
            "resourcePolicy",
            "trustPolicy",
            "explain");

    private QuestionJson() {}

    static void read(JsonNode node, Question question) throws JsonException {
        node.expect(Kind.OBJECT, "a request");
        for (Map.Entry<String, JsonNode> member : node.members().entrySet()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw member.getValue().wrong("a request has no member `" + member.getKey() + "`");
            }
        }
        question.principal(node.string("principal"))
                .action(node.string("action"))
                .resource(node.optionalString("resource").orElse("*"));
        node.optionalString("resourceAccount").ifPresent(question::resourceAccount);
        node.optionalString("roleArn").ifPresent(question::roleArn);
        node.optionalString("federatingUser").ifPresent(question::federatingUser);
        node.optionalString("uniqueId").ifPresent(question::uniqueId);
        node.optionalString("canonicalId").ifPresent(question::canonicalId);
        question.serviceLinkedRole(node.flag("serviceLinkedRole"));
        readContext(node, question);
        readPolicies(node, question);
    }

    private static void readContext(JsonNode node, Question question) throws JsonException {
        Optional<JsonNode> context = node.member("context", Kind.OBJECT);
        if (context.isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : context.get().members().entrySet()) {
            String key = entry.getKey();
            JsonNode value = entry.getValue();
            if (question.hasContext(key)) {
                throw value.wrong("context key `" + key + "` is given twice");
            }
            if (value.is(Kind.ARRAY)) {
                question.contextValues(key, value.strings("context key `" + key + "`", false));
            } else {
                question.context(
                        key,
                        value.expect(Kind.STRING, "context key `" + key + "`").text());
            }
        }
    }

    private static void readPolicies(JsonNode node, Question question) throws JsonException {
        Optional<JsonNode> sessions = node.member("sessionPolicies", Kind.ARRAY);
        if (sessions.isPresent()) {
            List<String> texts = new ArrayList<>();
            for (JsonNode text : sessions.get().elements()) {
                texts.add(text.expect(Kind.STRING, "a session policy, as text,").text());
            }
            question.sessionPolicies(texts);
        }
        Optional<String> resource = node.optionalString("resourcePolicy");
        Optional<String> trust = node.optionalString("trustPolicy");
        if (resource.isPresent() && trust.isPresent()) {
            throw node.wrong("resourcePolicy and trustPolicy exclude each other");
        }
        resource.ifPresent(question::resourcePolicy);
        trust.ifPresent(text -> question.resourcePolicy(text).trustPolicy(true));
    }
}
