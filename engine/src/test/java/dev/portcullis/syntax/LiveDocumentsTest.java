package dev.portcullis.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.PolicyVersion;
import dev.portcullis.policy.Span;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import dev.portcullis.syntax.SyntaxTree.StringNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that live AWS refused or took (resources/live/README.md). */
class LiveDocumentsTest {

    record Capture(String id, PolicyType type, String text, Optional<String> storedVersion) {
        @Override
        public String toString() {
            return id;
        }
    }

    static List<Capture> refused() {
        return captures("/live/live-refused-documents.jsonl");
    }

    static List<Capture> accepted() {
        return captures("/live/live-accepted-documents.jsonl");
    }

    private static List<Capture> captures(String resource) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(LiveDocumentsTest.class.getResourceAsStream(resource), StandardCharsets.UTF_8))) {
            return lines.lines().map(LiveDocumentsTest::capture).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Capture capture(String line) {
        ObjectNode root = (ObjectNode) JsonReader.read("capture", line, JsonReader.Bounds.DOCUMENT)
                .tree()
                .orElseThrow();
        String text = string(root, "policyText").orElseGet(() -> {
            Span span = member(root, "policy").orElseThrow().span();
            return line.substring(span.start(), span.end());
        });
        PolicyType type = switch (string(root, "policyType").orElseThrow()) {
            case "identity policy (iam)", "PolicyInputList of SimulateCustomPolicy" -> PolicyType.IDENTITY;
            case "session policy (sts:AssumeRole)" -> PolicyType.SESSION;
            case "resource control policy (organizations)" -> PolicyType.RESOURCE_CONTROL;
            default -> throw new AssertionError(line);
        };
        return new Capture(string(root, "id").orElseThrow(), type, text, string(root, "storedVersion"));
    }

    private static Optional<SyntaxTree> member(ObjectNode object, String name) {
        return object.members().stream()
                .filter(member -> member.name().value().equals(name))
                .map(Member::value)
                .findFirst();
    }

    private static Optional<String> string(ObjectNode object, String name) {
        return member(object, name).map(value -> ((StringNode) value).value());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void read_documentRefusedByAws_isAnError(Capture capture) {
        Policies.Reading reading = Policies.read("live", capture.type(), capture.text(), Checks.NEW, Map.of());
        assertThat(reading.document()).isEmpty();
        assertThat(reading.diagnostics()).anyMatch(diagnostic -> diagnostic.isError());
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void read_documentTakenByAws_hasNoError(Capture capture) {
        Policies.Reading reading = Policies.read("live", capture.type(), capture.text(), Checks.NEW, Map.of());
        assertThat(reading.diagnostics()).noneMatch(diagnostic -> diagnostic.isError());
        PolicyVersion version = reading.document().orElseThrow().version();
        capture.storedVersion().ifPresent(stored -> assertThat(version.text()).isEqualTo(stored));
    }

    @Test
    void captures_all_areThere() {
        assertThat(refused()).hasSize(17);
        assertThat(accepted()).hasSize(14);
    }
}
