package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the live simulator reported beside its decisions follows from the reference's explanations. */
class SimulatorReportTest {

    private static final CaseRunner RUNNER = new CaseRunner(new ReferenceImplementation());

    /** Keys that the simulator puts in for the caller (section 4.1). */
    private static final Set<String> PUT_IN = Set.of("aws:userid", "aws:PrincipalAccount");

    /** Those whose capture has what the simulator reported. */
    private static List<Case> simulatorCases() throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = BundledCases.open("live-aws.jsonl")) {
            for (Line<Case> line : CaseReaderTest.lines(in)) {
                Case theCase = ((Line.Read<Case>) line).value();
                if (theCase.reported().matchedStatements().isPresent()) {
                    assertThat(theCase.kind()).isEqualTo("simulator");
                    cases.add(theCase);
                }
            }
        }
        return cases;
    }

    /** Rule S5: only for implicit denies. */
    @Test
    void missingContextKeys_simulatorCases_equalTheReportedOnes() throws IOException {
        List<Case> cases = simulatorCases();
        assertThat(cases.size()).isEqualTo(141);
        int withKeys = 0;
        for (Case theCase : cases) {
            Situation situation = RUNNER.situation(theCase);
            Set<String> missing = ReferenceEvaluator.decide(situation) == Decision.IMPLICIT_DENY
                    ? ReferenceEvaluator.missingContextKeys(situation, PUT_IN)
                    : Set.of();
            List<String> reported = theCase.reported().missingContext().orElseThrow();
            withKeys += reported.isEmpty() ? 0 : 1;
            assertThat(missing).as(theCase.id()).containsExactlyInAnyOrderElementsOf(reported);
        }
        assertThat(withKeys).isPositive();
    }

    /** Rules S2 to S4: the Allows of an ALLOW, the Denies of an explicit deny, never those of SCPs or for an implicit deny. */
    @Test
    void explain_simulatorCases_matchedStatementsStandWhereReported() throws IOException {
        int statements = 0;
        for (Case theCase : simulatorCases()) {
            Map<String, String> texts = texts(theCase);
            Set<Case.MatchedStatement> matched = sorted();
            for (StatementRef statement : matched(ReferenceEvaluator.explain(RUNNER.situation(theCase)))) {
                matched.add(reported(statement, texts));
            }
            Set<Case.MatchedStatement> reported = sorted();
            for (Case.MatchedStatement statement :
                    theCase.reported().matchedStatements().orElseThrow()) {
                reported.add(texts.containsKey(statement.policy()) ? statement : withoutPlace(statement));
            }
            statements += reported.size();
            assertThat(matched).as(theCase.id()).isEqualTo(reported);
        }
        assertThat(statements).isGreaterThan(80);
    }

    private static Set<Case.MatchedStatement> sorted() {
        return new TreeSet<>(Comparator.comparing(Case.MatchedStatement::toString));
    }

    private static List<StatementRef> matched(Explanation explanation) {
        List<StatementRef> matched = new ArrayList<>();
        if (explanation.decision() == Decision.IMPLICIT_DENY) {
            return matched;
        }
        Effect effect = explanation.decision() == Decision.ALLOW ? Effect.ALLOW : Effect.DENY;
        for (Explanation.Layer layer : explanation.layers()) {
            boolean reported = layer.type() == PolicyType.IDENTITY
                    || layer.type() == PolicyType.RESOURCE
                    || (layer.type() == PolicyType.BOUNDARY && effect == Effect.DENY);
            if (reported) {
                layer.matched().stream().filter(s -> s.effect() == effect).forEach(matched::add);
            }
        }
        return matched;
    }

    /** The texts as they were sent; of other documents only the name is compared, since their text is not captured. */
    private static Map<String, String> texts(Case theCase) {
        List<PolicySource> sources = new ArrayList<>(theCase.layers().identityPolicies());
        theCase.request().resourcePolicy().ifPresent(sources::add);
        theCase.layers().boundaries().ifPresent(sources::addAll);
        Map<String, String> texts = new HashMap<>();
        for (PolicySource source : sources) {
            if (source.node().isEmpty()) {
                texts.put(source.name(), source.text());
            }
        }
        return texts;
    }

    private static Case.MatchedStatement reported(StatementRef statement, Map<String, String> texts) {
        String type = switch (statement.type()) {
            case RESOURCE -> "Resource Policy";
            case BOUNDARY -> "Permissions Boundary Policy";
            default -> "IAM Policy";
        };
        String text = texts.get(statement.policy());
        if (text == null) {
            return new Case.MatchedStatement(statement.policy(), type, 0, 0, 0, 0);
        }
        int[] start = place(text, afterPreviousToken(text, statement.span().start()));
        int[] end = place(text, statement.span().end());
        return new Case.MatchedStatement(statement.policy(), type, start[0], start[1], end[0], end[1]);
    }

    private static Case.MatchedStatement withoutPlace(Case.MatchedStatement statement) {
        return new Case.MatchedStatement(statement.policy(), statement.type(), 0, 0, 0, 0);
    }

    /** Comma and white space belong to the later statement; a lone statement starts after its own brace. */
    private static int afterPreviousToken(String text, int start) {
        int at = start;
        while (Character.isWhitespace(text.charAt(at - 1)) || text.charAt(at - 1) == ',') {
            at--;
        }
        return text.charAt(at - 1) == ':' ? start + 1 : at;
    }

    private static int[] place(String text, int offset) {
        String before = text.substring(0, offset);
        String[] lines = before.split("\r\n|\r|\n", -1);
        return new int[] {lines.length, lines[lines.length - 1].length() + 1};
    }
}
