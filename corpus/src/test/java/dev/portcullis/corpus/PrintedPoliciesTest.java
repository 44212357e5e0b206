package dev.portcullis.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Span;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real policies: read, printed, read again, and cut short. */
class PrintedPoliciesTest {

    private static final Map<String, String> PARAMETERS = Map.of(
            "region", "us-east-1",
            "account_id", "111122223333",
            "source_account", "111122223333",
            "application_id", "a1b2",
            "subscription_id", "s1");

    @Test
    void print_seedPolicies_readBackEqual() {
        BundledCases.seedPolicies()
                .forEach((name, text) -> assertRoundTrip(name, type(name), text, Checks.NEW, PARAMETERS));
    }

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 400", "live-aws.jsonl, 710"})
    void print_policiesOfCases_readBackEqual(String file, int atLeast) throws IOException {
        int documents = 0;
        try (InputStream in = BundledCases.open(file)) {
            for (Line<Case> line : CaseReaderTest.lines(in)) {
                Case aCase = ((Line.Read<Case>) line).value();
                for (Attached attached : documents(aCase)) {
                    String text = attached.source().documentText();
                    assertRoundTrip(line.id(), attached.type(), text, Checks.STORED, aCase.parameters());
                    documents++;
                }
            }
        }
        assertThat(documents).isGreaterThanOrEqualTo(atLeast);
    }

    @Test
    void read_everyPrefixOfASeedPolicy_isRefused() {
        BundledCases.seedPolicies().forEach((name, text) -> {
            byte[] document = text.strip().getBytes(UTF_8);
            for (int length = 0; length < document.length; length++) {
                byte[] prefix = Arrays.copyOf(document, length);
                boolean taken = Policies.read(name, type(name), prefix, Checks.STORED, PARAMETERS)
                        .document()
                        .isPresent();
                assertThat(taken).as("%s, %d bytes", name, length).isFalse();
            }
        });
    }

    @Test
    void read_seedPolicyWithoutParameters_namesEveryPlaceholder() {
        String text = BundledCases.seedPolicies().get("qbusiness-application-role");
        List<Diagnostic> unbound =
                Policies.read("p", PolicyType.IDENTITY, text, Checks.NEW, Map.of()).diagnostics().stream()
                        .filter(diagnostic -> diagnostic.code().equals("UNBOUND_PLACEHOLDER"))
                        .toList();

        assertThat(unbound)
                .extracting(diagnostic -> text.substring(
                        diagnostic.span().start(), diagnostic.span().end()))
                .containsExactlyElementsOf(List.of(
                        "{{region}}",
                        "{{account_id}}",
                        "{{region}}",
                        "{{account_id}}",
                        "{{region}}",
                        "{{source_account}}",
                        "{{application_id}}",
                        "{{region}}",
                        "{{source_account}}",
                        "{{application_id}}",
                        "{{subscription_id}}"));
    }

    private record Attached(PolicyType type, PolicySource source) {}

    private static List<Attached> documents(Case aCase) {
        Case.Layers layers = aCase.layers();
        List<Attached> documents = new ArrayList<>();
        add(documents, PolicyType.IDENTITY, layers.identityPolicies().stream());
        add(documents, PolicyType.BOUNDARY, layers.boundaries().stream().flatMap(List::stream));
        add(documents, PolicyType.SERVICE_CONTROL, ofLevels(layers.serviceControlPolicies()));
        add(documents, PolicyType.RESOURCE_CONTROL, ofLevels(layers.resourceControlPolicies()));
        add(
                documents,
                PolicyType.VPC_ENDPOINT,
                layers.endpointPolicies().stream().flatMap(List::stream));
        add(documents, PolicyType.RESOURCE, aCase.request().resourcePolicy().stream());
        add(
                documents,
                PolicyType.SESSION,
                aCase.request().sessionPolicies().stream().flatMap(List::stream));
        return documents;
    }

    private static void add(List<Attached> documents, PolicyType type, Stream<PolicySource> sources) {
        sources.forEach(source -> documents.add(new Attached(type, source)));
    }

    private static Stream<PolicySource> ofLevels(Optional<List<Case.Level>> levels) {
        return levels.stream().flatMap(List::stream).flatMap(level -> level.policies().stream());
    }

    private static PolicyType type(String seedPolicy) {
        return seedPolicy.endsWith("-trust") ? PolicyType.TRUST : PolicyType.IDENTITY;
    }

    private static void assertRoundTrip(
            String name, PolicyType type, String text, Checks checks, Map<String, String> parameters) {
        PolicyDocument document = read(name, type, text, checks, parameters);
        String printed = Policies.print(document);
        PolicyDocument again = read(name, type, printed, checks, Map.of());

        assertThat(spanless(again.statements())).as(name).isEqualTo(spanless(document.statements()));
        assertThat(again.declaredVersion()).as(name).isEqualTo(document.declaredVersion());
        assertThat(again.id()).as(name).isEqualTo(document.id());
        assertThat(Policies.print(again)).as(name).isEqualTo(printed);
    }

    private static PolicyDocument read(
            String name, PolicyType type, String text, Checks checks, Map<String, String> parameters) {
        Policies.Reading reading = Policies.read(name, type, text, checks, parameters);
        assertThat(reading.diagnostics().stream().filter(Diagnostic::isError)).isEmpty();
        return reading.document().orElseThrow();
    }

    /** Records as lists of their components, without the spans. */
    private static Object spanless(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(PrintedPoliciesTest::spanless).toList();
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(PrintedPoliciesTest::spanless);
        }
        if (!(value instanceof Record)) {
            return value;
        }
        List<Object> components = new ArrayList<>(List.of(value.getClass().getSimpleName()));
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            if (component.getType() != Span.class) {
                try {
                    components.add(spanless(component.getAccessor().invoke(value)));
                } catch (ReflectiveOperationException e) {
                    throw new LinkageError(e.getMessage(), e);
                }
            }
        }
        return components;
    }
}
