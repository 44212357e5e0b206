package dev.portcullis.sidecar.authzen;

import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonWriter;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A subject, resource or action. Members that the specification doesn't know are passed over.
 *
 * @param type empty for an action
 * @param id of an action its name; empty where only the type is wanted
 */
record Entity(String type, String id, Map<String, JsonNode> properties) {

    /** A member that must be there, with type and id. */
    static Entity whole(JsonNode parent, String name) throws JsonException {
        JsonNode node = parent.required(name, Kind.OBJECT);
        return new Entity(node.string("type"), node.string("id"), propertiesOf(node));
    }

    /** A member that must be there, of which the type counts. */
    static Entity ofType(JsonNode parent, String name) throws JsonException {
        JsonNode node = parent.required(name, Kind.OBJECT);
        node.optionalString("id");
        propertiesOf(node);
        return new Entity(node.string("type"), "", Map.of());
    }

    /** The action, which must be there. */
    static Entity action(JsonNode parent) throws JsonException {
        JsonNode node = parent.required("action", Kind.OBJECT);
        return new Entity("", node.string("name"), propertiesOf(node));
    }

    /** Adds what is asked to a text that two entities share only if they are the same. */
    void addTo(JsonWriter text) {
        text.beginObject().member("type", type).member("id", id).name("properties");
        add(properties, text);
        text.endObject();
    }

    /** Adds values without regard to where they stood. */
    static void add(Map<String, JsonNode> members, JsonWriter text) {
        text.beginObject();
        new TreeMap<>(members).forEach((name, value) -> {
            text.name(name);
            add(value, text);
        });
        text.endObject();
    }

    private static void add(JsonNode value, JsonWriter text) {
        switch (value.kind()) {
            case OBJECT -> add(value.members(), text);
            case ARRAY -> {
                text.beginArray();
                value.elements().forEach(element -> add(element, text));
                text.endArray();
            }
            case STRING -> text.value(value.text());
            // A number is no string of the same text.
            case NUMBER -> text.beginArray().value("number").value(value.text()).endArray();
            case BOOLEAN -> text.value(value.truth());
            case NULL -> text.nullValue();
        }
    }

    private static Map<String, JsonNode> propertiesOf(JsonNode node) throws JsonException {
        Optional<JsonNode> properties = node.member("properties", Kind.OBJECT);
        return properties.map(JsonNode::members).orElse(Map.of());
    }
}
