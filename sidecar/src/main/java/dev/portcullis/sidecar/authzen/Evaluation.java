package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.decision.Question;
import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * May this subject do this action on this resource, in this context?
 *
 * @param context empty when there is none
 */
record Evaluation(Entity subject, Entity action, Entity resource, Map<String, JsonNode> context) {

    /** Reads one, all of whose entities must be there. */
    static Evaluation read(JsonNode node) throws JsonException {
        return new Evaluation(
                Entity.whole(node, "subject"), Entity.action(node), Entity.whole(node, "resource"), contextOf(node));
    }

    /** The context, if there is one. */
    static Map<String, JsonNode> contextOf(JsonNode node) throws JsonException {
        Optional<JsonNode> context = node.member("context", Kind.OBJECT);
        return context.map(JsonNode::members).orElse(Map.of());
    }

    /**
     * Puts it in the policies' words.
     *
     * @return why that can't be done; empty when it is
     */
    Optional<String> fill(Question question, Vocabulary vocabulary) {
        Optional<String> principal = vocabulary.principal(subject);
        Optional<String> name = vocabulary.action(action.id(), resource.type());
        Optional<String> arn = vocabulary.resource(resource);
        if (principal.isEmpty() || name.isEmpty() || arn.isEmpty()) {
            return Optional.of(
                    principal.isEmpty()
                            ? "the subject can't ask"
                            : name.isEmpty() ? "there can't be such an action" : "there can't be such a resource");
        }
        question.principal(principal.get()).action(name.get()).resource(arn.get());
        try {
            add(question, subject.properties(), "aws:PrincipalTag/", vocabulary, "subject");
            add(question, action.properties(), vocabulary.key("action", ""), vocabulary, "action");
            add(question, resource.properties(), "aws:ResourceTag/", vocabulary, "resource");
            add(question, context, vocabulary.key("context", ""), vocabulary, "context");
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    /** Scalars become single values, arrays of scalars lists under a key of AuthZEN's own, objects are left out. */
    private static void add(
            Question question, Map<String, JsonNode> properties, String prefix, Vocabulary vocabulary, String entity) {
        properties.forEach((name, value) -> {
            Optional<String> scalar = scalar(value);
            String key = scalar.isPresent() ? prefix + name : vocabulary.key(entity, name);
            if (scalar.isPresent()) {
                refuseSecond(question, key);
                question.context(key, scalar.get());
            } else if (value.is(Kind.ARRAY)) {
                scalars(value).ifPresent(several -> {
                    refuseSecond(question, key);
                    question.contextValues(key, several);
                });
            }
        });
    }

    private static void refuseSecond(Question question, String key) {
        if (question.hasContext(key)) {
            throw new IllegalArgumentException("`" + key + "` is given twice, letter case aside");
        }
    }

    private static Optional<List<String>> scalars(JsonNode array) {
        List<String> several = new ArrayList<>();
        for (JsonNode element : array.elements()) {
            Optional<String> one = scalar(element);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            several.add(one.get());
        }
        return Optional.of(several);
    }

    private static Optional<String> scalar(JsonNode value) {
        return switch (value.kind()) {
            case STRING, NUMBER -> Optional.of(value.text());
            case BOOLEAN -> Optional.of(Boolean.toString(value.truth()));
            case OBJECT, ARRAY, NULL -> Optional.empty();
        };
    }
}
