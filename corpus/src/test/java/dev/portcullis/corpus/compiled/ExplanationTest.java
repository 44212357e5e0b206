package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.Verdict;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.CaseReader;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every case, explained by the compiled engine as by the reference, field by field. */
class ExplanationTest {

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void explain_everyCase_asTheReference(String file, int count) throws IOException {
        List<String> differences = new ArrayList<>();
        int explained = 0;
        CaseRunner reference = new CaseRunner(new ReferenceImplementation());
        try (InputStream in = BundledCases.open(file)) {
            CaseReader reader = new CaseReader(in);
            for (Optional<Line<Case>> line = reader.next(); line.isPresent(); line = reader.next()) {
                Case theCase = CaseDocuments.separate(((Line.Read<Case>) line.get()).value());
                try {
                    Explanation expected = inCase(ReferenceEvaluator.explain(reference.situation(theCase)), theCase);
                    Explanation got = inCase(CompiledCase.explain(theCase), theCase);
                    if (!got.equals(expected)) {
                        differences.add(theCase.id() + ":\n expected " + expected + "\n      got " + got);
                    }
                } catch (RuntimeException e) {
                    differences.add(theCase.id() + ": " + e);
                }
                explained++;
            }
        }
        assertThat(differences).isEmpty();
        assertThat(explained).isEqualTo(count);
    }

    /**
     * Without the levels that only the store of a case has: where it is an organization of a root and accounts with full
     * access above and below the case's levels, and where the case has levels of one kind only.
     */
    private static Explanation inCase(Explanation explanation, Case theCase) {
        List<Layer> layers = new ArrayList<>();
        for (Layer layer : explanation.layers()) {
            Optional<List<Case.Level>> levels = switch (layer.type()) {
                case SERVICE_CONTROL -> theCase.layers().serviceControlPolicies();
                case RESOURCE_CONTROL -> theCase.layers().resourceControlPolicies();
                default -> Optional.empty();
            };
            boolean chain = layer.type() == PolicyType.SERVICE_CONTROL || layer.type() == PolicyType.RESOURCE_CONTROL;
            boolean ofCase = levels.isPresent()
                    && (layer.verdict() == Verdict.NOT_APPLICABLE
                            || levels.get().stream()
                                    .anyMatch(level -> level.place().equals(layer.place())));
            if (!chain || ofCase) {
                layers.add(layer);
            }
        }
        return new Explanation(
                explanation.decision(),
                explanation.reason(),
                explanation.deciding(),
                layers,
                explanation.nearMisses(),
                explanation.missingKeys(),
                explanation.problems());
    }
}
