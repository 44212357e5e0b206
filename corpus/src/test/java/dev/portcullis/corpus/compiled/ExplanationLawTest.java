package dev.portcullis.corpus.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.CaseReader;
import dev.portcullis.corpus.Compiled;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.policy.Effect;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The statements that an explanation names are those that decide: without the named Allows nothing allows, without the
 * named Denies nothing denies. In every case, each named statement gives way to one that never applies.
 */
class ExplanationLawTest {

    @ParameterizedTest
    @CsvSource({"language.jsonl, 338", "evaluation.jsonl, 208", "live-aws.jsonl, 710"})
    void explain_withoutTheNamedStatements_otherDecision(String file, int count) throws IOException {
        List<String> contradictions = new ArrayList<>();
        int decided = 0;
        int lawful = 0;
        try (InputStream in = BundledCases.open(file)) {
            CaseReader reader = new CaseReader(in);
            for (Optional<Line<Case>> line = reader.next(); line.isPresent(); line = reader.next()) {
                Case theCase = CaseDocuments.separate(((Line.Read<Case>) line.get()).value());
                Explanation with = Compiled.question(theCase).explain();
                decided++;
                if (with.deciding().isEmpty()) {
                    continue;
                }
                Explanation without =
                        Compiled.question(without(with.deciding(), theCase)).explain();
                if (isLawful(with, without)) {
                    lawful++;
                } else {
                    contradictions.add(theCase.id() + ": " + with + "\n without what decided: " + without);
                }
            }
        }
        assertThat(contradictions).isEmpty();
        assertThat(decided).isEqualTo(count);
        assertThat(lawful).isGreaterThan(count / 4);
    }

    private static boolean isLawful(Explanation with, Explanation without) {
        Effect named = with.decision() == Decision.EXPLICIT_DENY ? Effect.DENY : Effect.ALLOW;
        boolean oneEffect = with.deciding().stream().allMatch(statement -> statement.effect() == named);
        if (named == Effect.DENY) {
            return oneEffect && without.decision() != Decision.EXPLICIT_DENY;
        }
        // E6, E89: what allows without a statement.
        boolean otherwise = without.reason().equals("the root user is allowed by default")
                || without.reason().startsWith("an access control list allows");
        return oneEffect && without.deciding().isEmpty() && (without.decision() == Decision.IMPLICIT_DENY || otherwise);
    }

    private static Case without(List<StatementRef> statements, Case theCase) {
        List<StatementRef> lastFirst = new ArrayList<>(statements);
        lastFirst.sort(Comparator.comparingInt(
                        (StatementRef statement) -> statement.span().start())
                .reversed());
        return CaseDocuments.replace(theCase, source -> {
            String text = source.documentText();
            for (StatementRef statement : lastFirst) {
                if (statement.policy().equals(source.name())) {
                    text = text.substring(0, statement.span().start())
                            + neverApplies(statement)
                            + text.substring(statement.span().end());
                }
            }
            return PolicySource.of(source.name(), text);
        });
    }

    private static String neverApplies(StatementRef statement) {
        String rest = switch (statement.type()) {
            case IDENTITY, BOUNDARY, SESSION, SERVICE_CONTROL ->
                "\"Action\":\"portcullis:Nothing\",\"Resource\":\"*\"}";
            case RESOURCE, VPC_ENDPOINT -> "\"Principal\":\"*\",\"Action\":\"portcullis:Nothing\",\"Resource\":\"*\"}";
            case RESOURCE_CONTROL -> "\"Principal\":\"*\",\"Action\":\"s3:Nothing\",\"Resource\":\"*\"}";
            case TRUST -> "\"Principal\":\"*\",\"Action\":\"sts:Nothing\"}";
        };
        return "{\"Effect\":\"" + (statement.effect() == Effect.DENY ? "Deny" : "Allow") + "\"," + rest;
    }
}
