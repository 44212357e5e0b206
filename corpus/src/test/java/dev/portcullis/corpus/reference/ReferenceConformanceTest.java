package dev.portcullis.corpus.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.corpus.BundledCases;
import dev.portcullis.corpus.Case;
import dev.portcullis.corpus.CaseReader;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.Line;
import dev.portcullis.corpus.ReferenceImplementation;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference against every bundled case. */
class ReferenceConformanceTest {

    private static final CaseRunner RUNNER = new CaseRunner(new ReferenceImplementation());

    private static List<Case> cases(String file) throws IOException {
        List<Case> cases = new ArrayList<>();
        CaseReader reader = new CaseReader(BundledCases.open(file));
        Optional<Line<Case>> line = reader.next();
        while (line.isPresent()) {
            cases.add(((Line.Read<Case>) line.get()).value());
            line = reader.next();
        }
        return cases;
    }

    @ParameterizedTest
    @CsvSource({"language.jsonl,338", "evaluation.jsonl,208", "live-aws.jsonl,710"})
    void decide_bundledCases_agree(String file, int count) throws IOException {
        List<String> differing = new ArrayList<>();
        List<Case> cases = cases(file);
        for (Case theCase : cases) {
            Decision expected = theCase.expectation().decision().orElseThrow();
            Situation situation = RUNNER.situation(theCase);
            Decision decision = ReferenceEvaluator.decide(situation);
            if (decision != expected || ReferenceEvaluator.explain(situation).decision() != expected) {
                differing.add(theCase.id() + ": " + decision + " instead of " + expected);
            }
        }
        assertThat(differing).isEmpty();
        assertThat(cases).hasSizeGreaterThanOrEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"live-aws.jsonl,141", "simulator-quirks.jsonl,28"})
    void missingContextKeys_simulatorCases_areThoseOfTheSimulator(String file, int count) throws IOException {
        // S5: reported with an implicit deny only; section 4.1 for the two keys that the simulator puts in.
        Set<String> putIn = Set.of("aws:userid", "aws:PrincipalAccount");
        int compared = 0;
        for (Case theCase : cases(file)) {
            Optional<List<String>> reported = theCase.reported().missingContext();
            if (reported.isEmpty()) {
                continue;
            }
            Set<String> missing = theCase.expectation().decision().orElseThrow() == Decision.IMPLICIT_DENY
                    ? ReferenceEvaluator.missingContextKeys(RUNNER.situation(theCase), putIn)
                    : Set.of();
            assertThat(new TreeSet<>(missing)).as(theCase.id()).isEqualTo(new TreeSet<>(reported.get()));
            compared++;
        }
        assertThat(compared).isEqualTo(count);
    }

    @Test
    void read_acceptedDocuments_areTaken() throws IOException {
        // Documents that live AWS holds must have a meaning here.
        String lines =
                new String(BundledCases.open("live-accepted-documents.jsonl").readAllBytes(), StandardCharsets.UTF_8);
        int read = 0;
        for (String line : lines.lines().toList()) {
            ReferenceJson.Obj entry = (ReferenceJson.Obj) ReferenceJson.read(line);
            String type = ((ReferenceJson.Str) entry.get("policyType").orElseThrow()).value();
            ReferencePolicy policy = ReferencePolicy.of(
                    "accepted",
                    type.startsWith("resource control") ? PolicyType.RESOURCE_CONTROL : PolicyType.IDENTITY,
                    entry.get("policy").orElseThrow(),
                    line,
                    1,
                    Map.of());
            assertThat(policy.size()).isEqualTo(1);
            read++;
        }
        assertThat(read).isEqualTo(14);
    }

    @Test
    void read_seedPolicies_areTaken() {
        Map<String, String> parameters = Map.of(
                "region", "us-east-1",
                "account_id", "111122223333",
                "source_account", "111122223333",
                "application_id", "a1",
                "subscription_id", "s1");
        Map<String, String> seeds = BundledCases.seedPolicies();
        seeds.forEach((name, text) -> {
            PolicyType type = name.endsWith("-trust") ? PolicyType.TRUST : PolicyType.IDENTITY;
            assertThat(ReferencePolicy.read(name, type, text, parameters).size())
                    .as(name)
                    .isPositive();
        });
        assertThat(seeds).hasSize(12);
    }
}
