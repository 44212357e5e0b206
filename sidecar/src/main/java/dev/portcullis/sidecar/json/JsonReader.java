package dev.portcullis.sidecar.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON that strangers send: well-formed UTF-8 only, no member twice, no lone surrogate, nothing after the value,
 * bounded nesting. Thread-safe.
 */
public final class JsonReader {

    /** Arrays and objects inside each other. */
    public static final int NESTING = 32;

    private static final int NUMBER_UNITS = 100;

    private static final JsonFactory STRICT = factory(false);
    private static final JsonFactory WITH_COMMENTS = factory(true);

    private JsonReader() {}

    private static JsonFactory factory(boolean comments) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(NESTING)
                        .maxNumberLength(NUMBER_UNITS)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, comments)
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
                .build();
    }

    /** Reads a request. */
    public static JsonNode read(byte[] utf8) throws JsonException {
        return begin(utf8).finish();
    }

    /** Reads a request a little at a time; nothing has been read yet. */
    public static JsonReading begin(byte[] utf8) {
        return new JsonReading(utf8, STRICT);
    }

    /** Reads a file written by people: {@code //} and {@code /*} comments are allowed. */
    public static JsonNode readFile(byte[] utf8) throws JsonException {
        return new JsonReading(utf8, WITH_COMMENTS).finish();
    }

    static String decode(byte[] utf8) throws JsonException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-8", 0, 0);
        }
    }

    static JsonNode value(JsonParser parser) throws IOException, JsonException {
        JsonLocation place = parser.currentTokenLocation();
        int line = place.getLineNr();
        int column = place.getColumnNr();
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> new JsonNode(Kind.OBJECT, "", false, members(parser), List.of(), line, column);
            case START_ARRAY -> new JsonNode(Kind.ARRAY, "", false, Map.of(), elements(parser), line, column);
            case VALUE_STRING ->
                new JsonNode(Kind.STRING, whole(parser, parser.getText()), false, Map.of(), List.of(), line, column);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                new JsonNode(Kind.NUMBER, parser.getText(), false, Map.of(), List.of(), line, column);
            case VALUE_TRUE -> new JsonNode(Kind.BOOLEAN, "", true, Map.of(), List.of(), line, column);
            case VALUE_FALSE -> new JsonNode(Kind.BOOLEAN, "", false, Map.of(), List.of(), line, column);
            case VALUE_NULL -> new JsonNode(Kind.NULL, "", false, Map.of(), List.of(), line, column);
            default -> throw at(parser, "not JSON");
        };
    }

    private static Map<String, JsonNode> members(JsonParser parser) throws IOException, JsonException {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = whole(parser, parser.currentName());
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<JsonNode> elements(JsonParser parser) throws IOException, JsonException {
        List<JsonNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser));
        }
        return elements;
    }

    /** The text, unless half of a surrogate pair stands alone in it (I-JSON forbids that). */
    static String whole(JsonParser parser, String text) throws JsonException {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw at(parser, "half of a surrogate pair stands alone");
                }
                i++;
            }
        }
        return text;
    }

    static JsonException at(JsonParser parser, String message) {
        JsonLocation place = parser.currentTokenLocation();
        return new JsonException(message, place.getLineNr(), place.getColumnNr());
    }
}
