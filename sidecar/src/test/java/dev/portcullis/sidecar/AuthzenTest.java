package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.SidecarOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AuthZEN 1.0: the working group's vectors and its certification scenario, with the scenarios written as IAM policies. */
class AuthzenTest {

    private static Sidecar start(String scenario) throws SidecarException {
        try {
            Path store = Path.of(AuthzenTest.class
                    .getResource("authzen/" + scenario + "/store.json")
                    .toURI());
            return Sidecar.start(SidecarOptions.of(new PolicyLocation(store.getParent(), PolicyLocation.Kind.STORE))
                    .limits(TestStore.LIMITS)
                    .http(List.of(SidecarOptions.loopback(0)))
                    .grpc(List.of())
                    .drainTime(Duration.ofSeconds(2)));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String name) throws IOException, JsonException {
        try (InputStream in = AuthzenTest.class.getResourceAsStream("authzen/" + name)) {
            return JsonReader.read(in.readAllBytes());
        }
    }

    private static JsonNode json(HttpResponse<String> response) throws JsonException {
        return JsonReader.read(response.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JsonNode node) {
        JsonWriter out = new JsonWriter();
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, JsonWriter out) {
        switch (node.kind()) {
            case OBJECT -> {
                out.beginObject();
                node.members().forEach((name, value) -> {
                    out.name(name);
                    write(value, out);
                });
                out.endObject();
            }
            case ARRAY -> {
                out.beginArray();
                node.elements().forEach(element -> write(element, out));
                out.endArray();
            }
            case STRING -> out.value(node.text());
            case NUMBER -> out.value(Long.parseLong(node.text()));
            case BOOLEAN -> out.value(node.truth());
            case NULL -> out.nullValue();
        }
    }

    @ParameterizedTest
    @CsvSource({"todo, todo-decisions.json, 40", "todo, gateway-decisions.json, 25"})
    void evaluation_workingGroupsVectors_asExpected(String scenario, String file, int count) throws Exception {
        List<JsonNode> vectors = read(file).members().get("evaluation").elements();
        assertThat(vectors).hasSize(count);
        try (Sidecar sidecar = start(scenario)) {
            Client client = new Client(sidecar);
            for (JsonNode vector : vectors) {
                String request = text(vector.members().get("request"));
                HttpResponse<String> response = client.post("/access/v1/evaluation", request);
                assertThat(response.statusCode()).as(request).isEqualTo(200);
                assertThat(response.body())
                        .as(request)
                        .isEqualTo("{\"decision\":"
                                + vector.members().get("expected").truth() + "}");
            }
        }
    }

    @Test
    void evaluations_workingGroupsVectors_asExpected() throws Exception {
        List<JsonNode> vectors =
                read("todo-decisions.json").members().get("evaluations").elements();
        assertThat(vectors).hasSize(3);
        try (Sidecar sidecar = start("todo")) {
            Client client = new Client(sidecar);
            for (JsonNode vector : vectors) {
                assertThat(client.post(
                                        "/access/v1/evaluations",
                                        text(vector.members().get("request")))
                                .body())
                        .isEqualTo("{\"evaluations\":" + text(vector.members().get("expected")) + "}");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"subject, 60", "resource, 18", "action, 120"})
    void search_workingGroupsVectors_asExpected(String kind, int count) throws Exception {
        List<JsonNode> vectors =
                read("search-" + kind + ".json").members().get("evaluation").elements();
        assertThat(vectors).hasSize(count);
        try (Sidecar sidecar = start("search")) {
            Client client = new Client(sidecar);
            for (JsonNode vector : vectors) {
                String request = text(vector.members().get("request"));
                HttpResponse<String> response = client.post("/access/v1/search/" + kind, request);
                assertThat(response.statusCode()).as(request).isEqualTo(200);
                assertThat(texts(json(response).members().get("results")))
                        .as(request)
                        .containsExactlyInAnyOrderElementsOf(
                                texts(vector.members().get("expected").members().get("results")));
            }
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.elements().stream().map(AuthzenTest::text).toList();
    }

    @Test
    void certification_everyCase_asExpected() throws Exception {
        List<JsonNode> cases =
                read("certification-cases.json").members().get("cases").elements();
        assertThat(cases).hasSize(62);
        Map<String, HttpResponse<String>> answers = new HashMap<>();
        try (Sidecar sidecar = start("certification")) {
            Client client = new Client(sidecar);
            for (JsonNode one : cases) {
                certify(client, one, answers);
            }
        }
    }

    private static void certify(Client client, JsonNode one, Map<String, HttpResponse<String>> answers)
            throws Exception {
        String id = one.string("id");
        String body = one.member("request")
                .map(AuthzenTest::text)
                .orElseGet(() -> one.members().get("body").text());
        if (id.equals("c-4-5-2")) {
            String token = json(answers.get("c-4-5-1"))
                    .members()
                    .get("page")
                    .members()
                    .get("next_token")
                    .text();
            assertThat(token).isNotEmpty();
            body = body.replace("\\u003cnext_token of c-4-5-1\\u003e", token);
            assertThat(body).contains(token);
        }
        List<String> headers = new ArrayList<>(
                List.of("content-type", one.optionalString("contentType").orElse("application/json")));
        one.member("headers")
                .ifPresent(more -> more.members().forEach((name, value) -> {
                    headers.add(name);
                    headers.add(value.text());
                }));
        int times = one.member("repeat").map(n -> Integer.parseInt(n.text())).orElse(1);
        for (int i = 0; i < times; i++) {
            HttpResponse<String> response =
                    client.post("/access/v1/" + one.string("endpoint"), body, headers.toArray(new String[0]));
            answers.put(id, response);
            check(id, one.members().get("expect"), response, answers);
        }
    }

    private static void check(
            String id, JsonNode expect, HttpResponse<String> response, Map<String, HttpResponse<String>> answers)
            throws Exception {
        assertThat(response.statusCode())
                .as(id)
                .isEqualTo(Integer.parseInt(expect.members().get("status").text()));
        assertThat(response.headers().firstValue("content-type")).as(id).hasValue("application/json");
        JsonNode answer = json(response);
        if (expect.member("headersEcho").isPresent()) {
            for (Map.Entry<String, JsonNode> header :
                    expect.members().get("headersEcho").members().entrySet()) {
                assertThat(response.headers().firstValue(header.getKey()))
                        .as(id)
                        .hasValue(header.getValue().text());
            }
        }
        if (expect.member("decision").isPresent()) {
            assertThat(answer.flag("decision")).as(id).isEqualTo(expect.flag("decision"));
            assertThat(answer.members()).as(id).containsKey("decision");
        }
        if (expect.member("decisions").isPresent()) {
            List<JsonNode> wanted = expect.members().get("decisions").elements();
            List<JsonNode> given = answer.members().get("evaluations").elements();
            assertThat(given).as(id).hasSameSizeAs(wanted);
            for (int i = 0; i < wanted.size(); i++) {
                assertThat(given.get(i).members().get("decision").kind()).isEqualTo(JsonNode.Kind.BOOLEAN);
                if (wanted.get(i).is(JsonNode.Kind.BOOLEAN)) {
                    assertThat(given.get(i).flag("decision"))
                            .as(id + " " + i)
                            .isEqualTo(wanted.get(i).truth());
                }
            }
        }
        if (expect.member("results").isPresent()) {
            assertThat(texts(answer.members().get("results")))
                    .as(id)
                    .containsExactlyInAnyOrderElementsOf(texts(expect.members().get("results")));
        }
        for (String included : expect.strings("include")) {
            assertThat(names(answer)).as(id).contains(included);
        }
        if (expect.member("elementType").isPresent()) {
            assertThat(answer.members().get("results").elements())
                    .as(id)
                    .allSatisfy(entity -> assertThat(entity.string("type")).isEqualTo(expect.string("elementType")));
        }
        if (expect.member("sameAs").isPresent()) {
            assertThat(names(answer)).as(id).isEqualTo(names(json(answers.get(expect.string("sameAs")))));
        }
        if (expect.optionalString("page").filter("required"::equals).isPresent()) {
            assertThat(answer.members().get("page").string("next_token")).as(id).isNotNull();
        }
    }

    private static Set<String> names(JsonNode answer) {
        Set<String> names = new TreeSet<>();
        for (JsonNode entity : answer.members().get("results").elements()) {
            names.add(entity.members()
                    .getOrDefault("id", entity.members().get("name"))
                    .text());
        }
        return names;
    }

    @Test
    void search_pages_giveEverythingOnce() throws Exception {
        try (Sidecar sidecar = start("search")) {
            Client client = new Client(sidecar);
            String search = "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"view\"},"
                    + "\"resource\":{\"type\":\"record\"},\"page\":{%s}}";
            List<String> ids = new ArrayList<>();
            String token = "";
            int pages = 0;
            do {
                String page = "\"limit\":3" + (token.isEmpty() ? "" : ",\"token\":\"" + token + "\"");
                JsonNode answer = json(client.post("/access/v1/search/resource", search.formatted(page)));
                answer.members()
                        .get("results")
                        .elements()
                        .forEach(entity -> ids.add(entity.members().get("id").text()));
                token = answer.members().get("page").string("next_token");
                pages++;
            } while (!token.isEmpty());
            assertThat(ids).hasSize(20).doesNotHaveDuplicates();
            assertThat(pages).isBetween(7, 8);
        }
    }

    @Test
    void search_foreignTokenOrOtherLimit_400() throws Exception {
        try (Sidecar sidecar = start("search")) {
            Client client = new Client(sidecar);
            String search = "{\"subject\":{\"type\":\"user\",\"id\":\"%s\"},\"action\":{\"name\":\"view\"},"
                    + "\"resource\":{\"type\":\"record\"},\"page\":{%s}}";
            String token = json(client.post("/access/v1/search/resource", search.formatted("alice", "\"limit\":1")))
                    .members()
                    .get("page")
                    .string("next_token");
            String follow = "\"token\":\"" + token + "\"";
            assertThat(client.post("/access/v1/search/resource", search.formatted("alice", follow))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.post("/access/v1/search/resource", search.formatted("dan", follow))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(client.post("/access/v1/search/resource", search.formatted("alice", follow + ",\"limit\":2"))
                            .statusCode())
                    .isEqualTo(400);
            String forged = token.substring(0, 5) + (token.charAt(5) == 'A' ? 'B' : 'A') + token.substring(6);
            assertThat(client.post(
                                    "/access/v1/search/resource",
                                    search.formatted("alice", "\"token\":\"" + forged + "\""))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"subject\":{\"type\":\"spaceship\",\"id\":\"alice\"}%s",
                "{\"subject\":{\"type\":\"user\",\"id\":\"bob/alice\"}%s",
                "{\"subject\":{\"type\":\"user\",\"id\":\"alice\",\"properties\":{\"A\":\"1\",\"a\":\"2\"}}%s",
                "{\"subject\":{\"type\":\"user\",\"id\":\"\"}%s"
            })
    void evaluation_namesNobodyCanHave_deniedNotRefused(String start) throws Exception {
        try (Sidecar sidecar = start("certification")) {
            HttpResponse<String> response = new Client(sidecar)
                    .post(
                            "/access/v1/evaluation",
                            start.formatted(",\"action\":{\"name\":\"read\"},"
                                    + "\"resource\":{\"type\":\"record\",\"id\":\"record-1\"}}"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).startsWith("{\"decision\":false,\"context\":{\"error\":");
        }
    }

    @Test
    void evaluation_typeOrActionWithSeparators_isNotAnother() throws Exception {
        try (Sidecar sidecar = start("certification")) {
            Client client = new Client(sidecar);
            String question = "{\"subject\":{\"type\":\"user\",\"id\":\"alice\"},\"action\":{\"name\":\"%s\"},"
                    + "\"resource\":{\"type\":\"%s\",\"id\":\"%s\"}}";
            for (String[] asked : new String[][] {
                {"read", "record/record-1", ""},
                {"read", "", "record/record-1"},
                {"read", "x:record", "record-1"},
                {"authzen:read", "record", "record-1"},
                {"rea?", "record", "record-1"},
                {"*", "record", "record-1"},
                {"read", "record", "*"}
            }) {
                assertThat(client.post("/access/v1/evaluation", question.formatted((Object[]) asked))
                                .body())
                        .as(String.join(" ", asked))
                        .startsWith("{\"decision\":false");
            }
        }
    }
}
