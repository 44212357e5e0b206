package dev.portcullis.sidecar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text that is read a little at a time: a member of the outermost object, or an element of such a member. What isn't an
 * object is read in one go. For one thread.
 */
public final class JsonReading {

    private static final int BYTES_PER_BYTE = 8;

    private final byte[] utf8;
    private final JsonFactory factory;
    private JsonParser parser;
    private Place outermost;
    private Map<String, JsonNode> members;
    private String name;
    private Place array;
    private List<JsonNode> elements;
    private JsonNode value;

    /** Where a value stands. */
    private record Place(int line, int column) {

        private static Place of(JsonParser parser) {
            JsonLocation location = parser.currentTokenLocation();
            return new Place(location.getLineNr(), location.getColumnNr());
        }
    }

    JsonReading(byte[] utf8, JsonFactory factory) {
        this.utf8 = utf8;
        this.factory = factory;
    }

    /**
     * Reads a little more.
     *
     * @return whether that was all
     */
    public boolean step() throws JsonException {
        try {
            if (value == null) {
                advance();
            }
            return value != null;
        } catch (JsonProcessingException e) {
            JsonLocation place = e.getLocation();
            throw new JsonException(
                    "not JSON: " + e.getOriginalMessage(),
                    place == null ? 0 : place.getLineNr(),
                    place == null ? 0 : place.getColumnNr());
        } catch (IOException e) {
            throw new JsonException("not JSON: " + e.getMessage(), 0, 0);
        }
    }

    /** What has been read; null before the end. */
    public JsonNode value() {
        return value;
    }

    /** Roughly what the values that have been read take in memory: many times their text. */
    public long bytes() {
        return (long) BYTES_PER_BYTE * utf8.length;
    }

    /** Reads what is left. */
    public JsonNode finish() throws JsonException {
        while (!step()) {
            // Step by step.
        }
        return value;
    }

    private void advance() throws IOException, JsonException {
        if (parser == null) {
            begin();
        } else if (elements != null) {
            addElement();
        } else if (parser.nextToken() == JsonToken.END_OBJECT) {
            end(new JsonNode(Kind.OBJECT, "", false, members, List.of(), outermost.line, outermost.column));
        } else {
            name = JsonReader.whole(parser, parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                array = Place.of(parser);
                elements = new ArrayList<>();
            } else {
                members.put(name, JsonReader.value(parser));
            }
        }
    }

    private void begin() throws IOException, JsonException {
        parser = factory.createParser(JsonReader.decode(utf8));
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new JsonException("there is no JSON", 1, 1);
        }
        if (first == JsonToken.START_OBJECT) {
            outermost = Place.of(parser);
            members = new LinkedHashMap<>();
        } else {
            end(JsonReader.value(parser));
        }
    }

    private void addElement() throws IOException, JsonException {
        if (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(JsonReader.value(parser));
            return;
        }
        members.put(name, new JsonNode(Kind.ARRAY, "", false, Map.of(), elements, array.line, array.column));
        elements = null;
    }

    private void end(JsonNode whole) throws IOException, JsonException {
        if (parser.nextToken() != null) {
            throw JsonReader.at(parser, "there is something after the JSON value");
        }
        parser.close();
        value = whole;
    }
}
