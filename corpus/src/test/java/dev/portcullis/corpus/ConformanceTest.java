package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference evaluator decides every case as the rules and live AWS do. */
class ConformanceTest {

    private static final CaseRunner RUNNER = new CaseRunner(new ReferenceImplementation());

    private static String text(String file) throws IOException {
        try (InputStream in = BundledCases.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<CaseResult> notPassed(String cases) throws IOException {
        List<CaseResult> notPassed = new ArrayList<>();
        RUNNER.test(stream(cases), new Coverage(), result -> {
            if (result.status() != CaseResult.Status.PASSED) {
                notPassed.add(result);
            }
        });
        return notPassed;
    }

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void test_bundledCases_allPass(String file, long count) throws IOException {
        List<String> differences = new ArrayList<>();
        CaseRunner.Tally tally = RUNNER.test(stream(text(file)), new Coverage(), result -> {
            if (result.status() != CaseResult.Status.PASSED) {
                differences.add(result.id() + ": " + result.messages());
            }
        });
        assertThat(differences).isEmpty();
        assertThat(tally).isEqualTo(new CaseRunner.Tally(count, 0, 0));
    }

    /** A check that can't fail proves nothing: every case must fail when it expects something else. */
    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void test_expectationsTamperedWith_allFail(String file, int count) throws IOException {
        String tampered = text(file)
                .replace("\"expect\": \"ALLOW\"", "\"expect\": \"was ALLOW\"")
                .replace("\"expect\": \"IMPLICIT_DENY\"", "\"expect\": \"EXPLICIT_DENY \"")
                .replace("\"expect\": \"EXPLICIT_DENY\"", "\"expect\": \"IMPLICIT_DENY\"")
                .replace("\"expect\": \"EXPLICIT_DENY \"", "\"expect\": \"ALLOW\"")
                .replace("\"expect\": \"was ALLOW\"", "\"expect\": \"EXPLICIT_DENY\"");
        assertThat(notPassed(tampered))
                .hasSize(count)
                .allSatisfy(result -> assertThat(result.status()).isEqualTo(CaseResult.Status.FAILED));
    }

    @ParameterizedTest
    @CsvSource({"language.jsonl", "evaluation.jsonl", "live-aws.jsonl"})
    void decideAll_bundledCases_equalsTheExpectations(String file) throws IOException {
        StringBuilder expected = new StringBuilder();
        for (Line<Case> line : CaseReaderTest.lines(stream(text(file)))) {
            Decision decision =
                    ((Line.Read<Case>) line).value().expectation().decision().orElseThrow();
            expected.append("{\"id\":\"")
                    .append(line.id())
                    .append("\",\"decision\":\"")
                    .append(decision)
                    .append("\"}\n");
        }
        StringBuilder out = new StringBuilder();
        CaseRunner.Decided decided = RUNNER.decideAll(stream(text(file)), out);
        assertThat(out).hasToString(expected.toString());
        assertThat(decided.errors()).isZero();
    }

    @Test
    void test_malformedDocumentInOneCase_isItsErrorAndTheOthersRun() throws IOException {
        String request =
                "\"request\":{\"principal\":\"arn:aws:iam::111122223333:user/alice\",\"action\":\"s3:GetObject\","
                        + "\"resource\":\"*\"}";
        String good =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";
        String bad = good.replace("\"Allow\"", "\"Alow\"");
        String file = "{\"id\":\"a\"," + request + ",\"identityPolicies\":[{\"name\":\"p\",\"policy\":" + good
                + "}],\"expect\":\"ALLOW\"}\n"
                + "{\"id\":\"b\"," + request + ",\"identityPolicies\":[{\"name\":\"fine\",\"policy\":" + good
                + "},{\"name\":\"p\",\"policy\":" + bad + "}],\"expect\":\"ALLOW\"}\n"
                + "{\"id\":\"c\"," + request + ",\"identityPolicies\":[],\"expect\":\"IMPLICIT_DENY\"}\n";
        List<CaseResult> results = new ArrayList<>();
        CaseRunner.Tally tally = RUNNER.test(stream(file), new Coverage(), results::add);
        assertThat(tally).isEqualTo(new CaseRunner.Tally(2, 0, 1));
        assertThat(results.get(1).status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(results.get(1).decision()).isEmpty();
        assertThat(results.get(1).messages()).singleElement().asString().startsWith("p:2:");
        StringBuilder out = new StringBuilder();
        RUNNER.decideAll(stream(file), out);
        assertThat(out.toString().lines().toList().get(1)).startsWith("{\"id\":\"b\",\"error\":\"p:2:");
    }
}
