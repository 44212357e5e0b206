package dev.portcullis.sidecar.aws;

import dev.portcullis.corpus.BundledCases;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.json.JsonWriter;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One line of a file of captured cases. */
record Captured(JsonNode node) {

    /** The cases of a file that the simulator answered. */
    static List<Captured> of(String file) throws Exception {
        List<Captured> cases = new ArrayList<>();
        try (InputStream in = BundledCases.open(file)) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", 0)) {
                JsonNode node = JsonReader.read(line.getBytes(StandardCharsets.UTF_8));
                if (node.member("kind")
                        .map(kind -> kind.text().equals("simulator"))
                        .orElse(true)) {
                    cases.add(new Captured(node));
                }
            }
        }
        return cases;
    }

    String id() {
        return text("id");
    }

    /** What was captured, without the number of the single answer. */
    String capture() {
        return text("source");
    }

    boolean has(String name) {
        return node.member(name).isPresent();
    }

    String text(String... path) {
        return at(path).orElseThrow().text();
    }

    Optional<JsonNode> at(String... path) {
        Optional<JsonNode> found = Optional.of(node);
        for (String name : path) {
            found = found.flatMap(n -> n.member(name));
        }
        return found;
    }

    List<JsonNode> list(String... path) {
        return at(path).map(JsonNode::elements).orElse(List.of());
    }

    /** The text of a document as it was sent; one that wasn't captured as text is written anew. */
    String document(JsonNode named) {
        return at("policyTexts", named.members().get("name").text())
                .map(JsonNode::text)
                .orElseGet(() -> json(named.members().get("policy")));
    }

    @Override
    public String toString() {
        return id();
    }

    static String json(JsonNode value) {
        JsonWriter json = new JsonWriter();
        write(value, json);
        return json.toString();
    }

    private static void write(JsonNode value, JsonWriter json) {
        if (value.is(Kind.OBJECT)) {
            json.beginObject();
            value.members().forEach((name, member) -> write(member, json.name(name)));
            json.endObject();
        } else if (value.is(Kind.ARRAY)) {
            json.beginArray();
            value.elements().forEach(element -> write(element, json));
            json.endArray();
        } else if (value.is(Kind.STRING)) {
            json.value(value.text());
        } else {
            throw new AssertionError("policies of captured cases hold strings only");
        }
    }
}
