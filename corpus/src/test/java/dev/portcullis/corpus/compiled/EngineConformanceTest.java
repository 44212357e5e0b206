package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.CaseReader;
import dev.portcullis.corpus.Compiled;
import dev.portcullis.corpus.Line;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every case, decided by the compiled engine. */
class EngineConformanceTest {

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void decide_everyCase_asExpected(String file, int count) throws IOException {
        List<String> differences = new ArrayList<>();
        int decided = 0;
        try (InputStream in = BundledCases.open(file)) {
            CaseReader reader = new CaseReader(in);
            for (Optional<Line<Case>> line = reader.next(); line.isPresent(); line = reader.next()) {
                Case theCase = ((Line.Read<Case>) line.get()).value();
                Decision expected = theCase.expectation().decision().orElseThrow();
                try {
                    Decision got = Compiled.question(theCase).decide();
                    if (got != expected) {
                        differences.add(theCase.id() + ": expected " + expected + ", got " + got);
                    }
                } catch (RuntimeException e) {
                    differences.add(theCase.id() + ": " + e);
                }
                decided++;
            }
        }
        assertThat(differences).isEmpty();
        assertThat(decided).isEqualTo(count);
    }
}
