package dev.portcullis.sidecar.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value and where it stood. Immutable.
 *
 * @param kind what it is
 * @param text of a string its value, of a number its text; else empty
 * @param truth of a Boolean its value
 * @param members of an object, in order
 * @param elements of an array
 * @param line from 1
 * @param column from 1
 */
public record JsonNode(
        Kind kind,
        String text,
        boolean truth,
        Map<String, JsonNode> members,
        List<JsonNode> elements,
        int line,
        int column) {

    /** The kinds of values. */
    public enum Kind {
        OBJECT("an object"),
        ARRAY("an array"),
        STRING("a string"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        NULL("null");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    /** Whether it is of that kind. */
    public boolean is(Kind wanted) {
        return kind == wanted;
    }

    /** This, if it is of that kind. */
    public JsonNode expect(Kind wanted, String name) throws JsonException {
        if (kind != wanted) {
            throw wrong(name + " must be " + wanted.label + ", not " + kind.label);
        }
        return this;
    }

    /** A problem of this value. */
    public JsonException wrong(String message) {
        return new JsonException(message, line, column);
    }

    /** A member that is neither absent nor null. */
    public Optional<JsonNode> member(String name) {
        JsonNode value = members.get(name);
        return value == null || value.kind == Kind.NULL ? Optional.empty() : Optional.of(value);
    }

    /** A member of that kind, if there is one. */
    public Optional<JsonNode> member(String name, Kind wanted) throws JsonException {
        Optional<JsonNode> value = member(name);
        return value.isPresent() ? Optional.of(value.get().expect(wanted, name)) : value;
    }

    /** A member that must be there, of that kind. */
    public JsonNode required(String name, Kind wanted) throws JsonException {
        Optional<JsonNode> value = member(name, wanted);
        if (value.isEmpty()) {
            throw wrong(name + " is missing");
        }
        return value.get();
    }

    /** A string member that must be there. */
    public String string(String name) throws JsonException {
        return required(name, Kind.STRING).text;
    }

    /** A string member, if there is one. */
    public Optional<String> optionalString(String name) throws JsonException {
        return member(name, Kind.STRING).map(JsonNode::text);
    }

    /** A Boolean member; false when absent. */
    public boolean flag(String name) throws JsonException {
        return member(name, Kind.BOOLEAN).map(JsonNode::truth).orElse(false);
    }

    /** A member that is a list of strings, or one string; empty when absent. */
    public List<String> strings(String name) throws JsonException {
        Optional<JsonNode> value = member(name);
        return value.isPresent() ? value.get().strings(name, true) : List.of();
    }

    /** This as a list of strings. */
    public List<String> strings(String name, boolean oneAlone) throws JsonException {
        if (oneAlone && kind == Kind.STRING) {
            return List.of(text);
        }
        expect(Kind.ARRAY, name);
        List<String> strings = new ArrayList<>(elements.size());
        for (JsonNode element : elements) {
            strings.add(element.expect(Kind.STRING, "an entry of " + name).text);
        }
        return strings;
    }
}
