package dev.portcullis.sidecar.mapping;

import dev.portcullis.sidecar.json.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Everything that is wrong with a file, each with its place. */
final class Problems {

    private final List<String> found = new ArrayList<>();

    void add(JsonNode where, String message) {
        found.add(where.line() + ":" + where.column() + ": " + message);
    }

    void addAll(JsonNode where, List<String> messages) {
        messages.forEach(message -> add(where, message));
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<String> found() {
        return found;
    }

    /** The node, if it is of that kind; else that is a problem. */
    Optional<JsonNode> of(JsonNode node, JsonNode.Kind kind, String what) {
        if (node.is(kind)) {
            return Optional.of(node);
        }
        add(node, what + " must be " + label(kind));
        return Optional.empty();
    }

    /** A member, if it is there; of another kind it is a problem. */
    Optional<JsonNode> member(JsonNode parent, String name, JsonNode.Kind kind) {
        return parent.member(name).flatMap(node -> of(node, kind, "`" + name + "`"));
    }

    /** A string member; where it is missing, that is a problem if it is needed. */
    Optional<String> string(JsonNode parent, String name, boolean needed) {
        if (parent.member(name).isEmpty() && needed) {
            add(parent, "`" + name + "` is missing");
        }
        return member(parent, name, JsonNode.Kind.STRING).map(JsonNode::text);
    }

    /** A list of strings; empty when absent. */
    List<String> strings(JsonNode parent, String name) {
        List<String> strings = new ArrayList<>();
        member(parent, name, JsonNode.Kind.ARRAY)
                .ifPresent(list -> list.elements()
                        .forEach(element -> of(element, JsonNode.Kind.STRING, "an entry of `" + name + "`")
                                .ifPresent(text -> strings.add(text.text()))));
        return strings;
    }

    /** Members other than these are problems. */
    void onlyMembers(JsonNode node, String what, Set<String> known) {
        node.members().forEach((name, value) -> {
            if (!known.contains(name)) {
                add(
                        value,
                        what + " has no member `" + name + "`; there are " + String.join(", ", new TreeSet<>(known)));
            }
        });
    }

    private static String label(JsonNode.Kind kind) {
        return switch (kind) {
            case OBJECT -> "an object";
            case ARRAY -> "an array";
            case STRING -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
        };
    }
}
