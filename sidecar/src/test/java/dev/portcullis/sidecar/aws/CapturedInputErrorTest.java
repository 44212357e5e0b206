package dev.portcullis.sidecar.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.aws.Api.Answer;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonNode.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input that the live simulator was seen to refuse, with its code and words. */
class CapturedInputErrorTest {

    private static final Api API = new Api();

    static Stream<Captured> cases() throws Exception {
        return Captured.of("simulator-input-errors.jsonl").stream();
    }

    @Test
    void captures_all_areHere() throws Exception {
        assertThat(cases().count()).isEqualTo(28);
    }

    /** What AWS's command line refuses by itself, before it asks, the endpoint refuses by the same rule of the model. */
    @ParameterizedTest
    @MethodSource("cases")
    void simulateCustomPolicy_refusedLive_refusedAlike(Captured one) {
        Map<String, String> form = Api.iam("SimulateCustomPolicy");
        one.at("input").orElseThrow().members().forEach((name, value) -> add(form, name, value));
        Answer answer = API.ask(form);
        assertThat(answer.status()).as(answer.root().getTextContent()).isEqualTo(400);
        String code = one.text("expectError", "code");
        if (code.equals("CLIValidationError")) {
            boolean ofItems = one.text("expectError", "message").contains("MaxItems");
            assertThat(answer.error())
                    .isEqualTo("ValidationError: 1 validation error detected: Value at '"
                            + (ofItems
                                    ? "maxItems' failed to satisfy constraint: Member must have value greater than or"
                                            + " equal to 1"
                                    : "contextEntries.1.member.contextKeyName' failed to satisfy constraint: Member must"
                                            + " have length greater than or equal to 5"));
        } else if (one.at("expectError", "message").isEmpty()) {
            assertThat(answer.text("Error/Code")).isEqualTo(code);
        } else {
            assertThat(answer.error()).isEqualTo(code + ": " + one.text("expectError", "message"));
        }
    }

    /** As clients write a structure in the query protocol. */
    private static void add(Map<String, String> form, String name, JsonNode value) {
        if (value.is(Kind.ARRAY)) {
            List<JsonNode> elements = value.elements();
            if (elements.isEmpty()) {
                form.put(name, "");
            }
            for (int i = 0; i < elements.size(); i++) {
                add(form, name + ".member." + (i + 1), elements.get(i));
            }
        } else if (value.is(Kind.OBJECT)) {
            value.members().forEach((member, inner) -> add(form, name + "." + member, inner));
        } else {
            form.put(name, value.text());
        }
    }
}
