package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.portcullis.Policies;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Num;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptionTest {

    /** Every figure that is known of real policies. */
    @ParameterizedTest
    @CsvSource({"MANAGED, 15940, 70", "CUSTOMER, 20000, 13", "GUARDRAIL, 20000, 22"})
    void rows_ofRealKinds_areWithinTenPercentOfReality(Profile profile, int policies, int known) {
        Description description = Description.of(SyntheticStore.of(profile, 20_261_122, policies), done -> {});

        List<Description.Row> rows = description.rows().stream()
                .filter(row -> row.real().isPresent())
                .toList();
        assertThat(rows).hasSize(known);
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.difference().orElseThrow())
                        .as(row.toString())
                        .isLessThanOrEqualTo(0.10));
    }

    @Test
    void figures_ofReadDocuments_areThoseOfTheDocumentsWritten() {
        SyntheticStore store = SyntheticStore.of(Profile.AMAZON_Q, 4, 400);
        Histogram written = new Histogram();
        Histogram read = new Histogram();
        for (int i = 0; i < store.policies(); i++) {
            written.add(store.draft(i));
            read.add(Policies.read(store.name(i), store.type(i), store.text(i), Checks.NEW, Map.of())
                    .document()
                    .orElseThrow());
        }

        assertThat(read.figures()).isEqualTo(written.figures());
    }

    /** The figures that the generated ones are compared with, counted again. */
    @Tag("managed-policies")
    @Test
    void figures_ofTheManagedPolicies_areAsWrittenDown() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        Map<String, Integer> versions = new TreeMap<>();
        try (Stream<String> lines = Files.lines(Path.of("managed-policies", "managed-policies.jsonl"))) {
            lines.forEach(line -> {
                Obj root = (Obj) ReferenceJson.read(line);
                String name = ((Str) root.get("name").orElseThrow()).value();
                int version = Integer.parseInt(
                        ((Str) root.get("version").orElseThrow()).value().substring(1));
                if (version > versions.getOrDefault(name, 0)) {
                    versions.put(name, version);
                    texts.put(
                            name,
                            line.substring(
                                    root.get("document").orElseThrow().start(),
                                    root.get("document").orElseThrow().end()));
                }
            });
        }
        Histogram real = new Histogram();
        texts.forEach((name, text) -> real.add(Policies.read(name, PolicyType.IDENTITY, text, Checks.STORED, Map.of())
                .document()
                .orElseThrow()));

        Description.of(SyntheticStore.of(Profile.MANAGED, 1, 1), done -> {}).rows().stream()
                .filter(row -> row.real().isPresent())
                .forEach(row -> assertThat(real.figure(row.figure()))
                        .as(row.figure())
                        .isCloseTo(
                                row.real().getAsDouble(),
                                within(0.02 * row.real().getAsDouble() + 0.0006)));
    }

    @Test
    void text_ofAStore_hasBothColumns() {
        String text = Description.of(SyntheticStore.of(Profile.MANAGED, 1, 1_594), done -> {})
                .text();

        assertThat(text.lines().limit(2))
                .containsExactly(
                        "managed, seed 1: 1,594 policies, 8,853 statements, 480 principals, 40 accounts",
                        "real: the policies that AWS manages, latest versions");
        assertThat(text.lines()).anyMatch(line -> line.matches("statements a policy, p90 +12 +12"));
        assertThat(text.lines()).anyMatch(line -> line.matches("Condition +43\\.9 % +43\\.9 %"));
    }

    @Test
    void text_ofAStore_namesEachKindOfCallerAndItsShare() {
        List<String> lines = Description.of(SyntheticStore.of(Profile.AMAZON_Q, 1, 40), done -> {})
                .text()
                .lines()
                .toList();

        assertThat(lines.subList(lines.indexOf("callers") + 1, lines.size()))
                .extracting(line -> line.replaceAll(" +", " "))
                .containsExactly(
                        "principal 80.0 %",
                        "narrowed-session 7.0 %",
                        "federated-session 5.0 %",
                        "federated-user 3.0 %",
                        "service 4.0 %",
                        "identity-provider 1.0 %");
    }

    @Test
    void json_ofAStore_isJson() {
        Obj root = (Obj) ReferenceJson.read(Description.of(SyntheticStore.of(Profile.AMAZON_Q, 1, 100), done -> {})
                .json());

        assertThat(((Str) root.get("profile").orElseThrow()).value()).isEqualTo("amazon-q");
        assertThat(((Arr) root.get("figures").orElseThrow()).elements()).hasSizeGreaterThan(80);
        assertThat(((Num) ((Obj) root.get("callers").orElseThrow())
                                .get("service")
                                .orElseThrow())
                        .text())
                .isEqualTo("0.040000");
        assertThat(((Num) ((Obj) root.get("requests").orElseThrow()).get("hit").orElseThrow()).text())
                .isEqualTo("0.600000");
    }
}
