package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Explanation;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases that bring their own policies, compiled. */
class CompiledCaseTest {

    private static final CaseRunner REFERENCE = new CaseRunner(new ReferenceImplementation());

    /** Is asked where no store says what a case says. */
    private static final CaseRunner COMPILED = new CaseRunner(new ReferenceImplementation()).compiled();

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void question_everyCase_isAnsweredAsByTheReference(String file, int count) throws IOException {
        assertThat(differences(file, UnaryOperator.identity())).isEmpty();
        assertThat(cases(file)).hasSize(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"language.jsonl", "evaluation.jsonl", "live-aws.jsonl"})
    void question_everyCaseSavedAndReopened_isAnsweredAsByTheReference(String file) throws IOException {
        assertThat(differences(file, Reopening::reopened)).isEmpty();
    }

    private static List<String> differences(String file, UnaryOperator<Engine> last) throws IOException {
        List<String> differences = new ArrayList<>();
        for (Case theCase : cases(file)) {
            Explanation expected = REFERENCE.question(theCase).explain();
            Semantics read = Readings.with(Semantics.defaults(), theCase.semantics());
            Question question = CompiledCase.question(
                            theCase, new CompiledCase.Setting(read, theCase.parameters(), Optional.empty()), last)
                    .orElseThrow(() -> new AssertionError(theCase.id() + " isn't compiled"));
            Explanation got = question.explain();
            Decision decided = question.decide();
            if (!got.equals(expected) || decided != expected.decision()) {
                differences.add(theCase.id() + ": " + decided + "\n expected " + expected + "\n      got " + got);
            }
        }
        return differences;
    }

    private static List<Case> cases(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = BundledCases.open(file)) {
            CaseReader reader = new CaseReader(in);
            for (Optional<Line<Case>> line = reader.next(); line.isPresent(); line = reader.next()) {
                cases.add(((Line.Read<Case>) line.get()).value());
            }
        }
        return cases;
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulator-quirks.jsonl", "simulator-input-errors.jsonl"})
    void decideAll_otherFiles_printsTheSameLines(String file) throws IOException {
        assertThat(lines(COMPILED, file)).isEqualTo(lines(REFERENCE, file));
    }

    private static List<String> lines(CaseRunner runner, String file) throws IOException {
        StringBuilder out = new StringBuilder();
        try (InputStream in = BundledCases.open(file)) {
            runner.decideAll(in, out);
        }
        return out.toString().lines().toList();
    }

    /** A case with one thing that no store has. */
    private static Case read(String more) throws IOException {
        String text = "{\"id\":\"c\",\"request\":{\"principal\":\"arn:aws:iam::111122223333:user/alice\","
                + "\"action\":\"s3:GetObject\",\"resource\":\"*\"},\"identityPolicies\":[{\"name\":\"p\",\"policy\":"
                + policy("Allow") + "}]" + more + "}";
        CaseReader reader = new CaseReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return ((Line.Read<Case>) reader.next().orElseThrow()).value();
    }

    private static String policy(String effect) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"" + effect
                + "\",\"Action\":\"*\",\"Resource\":\"*\"}}";
    }

    @Test
    void question_twoBoundaries_isTheImplementationsToAnswer() throws IOException {
        Case theCase = read(",\"permissionBoundaries\":[{\"name\":\"one\",\"policy\":" + policy("Allow")
                + "},{\"name\":\"two\",\"policy\":" + policy("Deny") + "}]");

        assertThat(COMPILED.question(theCase).decide()).isEqualTo(Decision.EXPLICIT_DENY);
        assertThat(REFERENCE.question(theCase).decide()).isEqualTo(Decision.EXPLICIT_DENY);
    }

    @Test
    void question_compiled_neverAsksTheImplementation() throws IOException {
        assertThat(Compiled.question(read("")).decide()).isEqualTo(Decision.ALLOW);
        assertThat(Compiled.question(read("")).explain().deciding())
                .singleElement()
                .satisfies(statement -> assertThat(statement.policy()).isEqualTo("p"));
    }

    @Test
    void question_malformedDocument_saysWhatTheReferenceSays() throws IOException {
        Case theCase = read(",\"sessionPolicies\":[{\"name\":\"s\",\"policy\":{\"Version\":\"2012-10-17\"}}]");

        assertThatThrownBy(() -> COMPILED.question(theCase)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> REFERENCE.question(theCase)).isInstanceOf(IllegalArgumentException.class);
    }
}
