package dev.portcullis.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.Effect;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Span;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CaseRunnerTest {

    private static final String POLICY =
            "{\"Version\":\"2012-10-17\",\"Statement\":{\"Sid\":\"One\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}";

    /** Answers as it is told. */
    private record Scripted(Function<Situation, Explanation> answers) implements Implementation {

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Decision decide(Situation situation) {
            return explain(situation).decision();
        }

        @Override
        public Explanation explain(Situation situation) {
            return answers.apply(situation);
        }
    }

    private static final StatementRef ONE =
            new StatementRef(PolicyType.IDENTITY, "p", 0, Optional.of("One"), Effect.ALLOW, Span.NONE);

    private static Explanation explanation(Decision decision, List<StatementRef> deciding, String... missing) {
        return new Explanation(
                decision,
                "the reason",
                deciding,
                List.of(new Explanation.Layer(PolicyType.IDENTITY, "", Explanation.Verdict.ALLOWS, "", deciding)),
                List.of(),
                List.of(missing),
                List.of());
    }

    private static CaseRunner always(Explanation explanation) {
        return new CaseRunner(new Scripted(situation -> explanation));
    }

    private static final CaseRunner ALLOWING = always(explanation(Decision.ALLOW, List.of(ONE), "aws:SourceIp"));

    private static String text(String id, String rest) {
        return "{\"id\":\"" + id + "\",\"request\":{\"principal\":\"arn:aws:iam::111122223333:user/alice\","
                + "\"action\":\"s3:GetObject\",\"resource\":\"arn:aws:s3:::b/k\"},\"identityPolicies\":[{\"name\":\"p\",\"policy\":"
                + POLICY + "}]" + rest + "}";
    }

    private static CaseResult run(CaseRunner runner, String rest) {
        return runner.run(CaseReaderTest.line(text("c", rest)));
    }

    private static InputStream stream(String... lines) {
        return new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void run_asExpected_passes() {
        CaseResult result = run(
                ALLOWING,
                ",\"expect\":\"ALLOW\",\"expectStatement\":[{\"policy\":\"p\",\"sid\":\"One\"},{\"policy\":\"p\",\"sid\":\"#1\"}],"
                        + "\"expectMissing\":[\"AWS:sourceip\"]");
        assertThat(result.status()).isEqualTo(CaseResult.Status.PASSED);
        assertThat(result.decision()).contains(Decision.ALLOW);
        assertThat(result.messages()).isEmpty();
    }

    @Test
    void run_otherDecision_failsAndTellsWhy() {
        CaseResult result = run(ALLOWING, ",\"expect\":\"IMPLICIT_DENY\"");
        assertThat(result.status()).isEqualTo(CaseResult.Status.FAILED);
        assertThat(result.messages()).containsExactly("expected IMPLICIT_DENY, got ALLOW: the reason");
        assertThat(result.explanation()).isPresent();
    }

    @Test
    void run_explicitInsteadOfImplicitDeny_fails() {
        CaseRunner denying = always(explanation(Decision.EXPLICIT_DENY, List.of()));
        assertThat(run(denying, ",\"expect\":\"IMPLICIT_DENY\"").status()).isEqualTo(CaseResult.Status.FAILED);
        assertThat(run(denying, ",\"expect\":\"EXPLICIT_DENY\"").status()).isEqualTo(CaseResult.Status.PASSED);
    }

    @Test
    void run_otherStatement_fails() {
        assertThat(run(ALLOWING, ",\"expect\":\"ALLOW\",\"expectStatement\":{\"policy\":\"p\",\"sid\":\"Two\"}")
                        .messages())
                .containsExactly("expected p[Two] to decide, but [p[One] -] did");
        assertThat(run(ALLOWING, ",\"expectStatement\":{\"policy\":\"q\",\"sid\":\"One\"}")
                        .status())
                .isEqualTo(CaseResult.Status.FAILED);
        assertThat(run(
                                always(explanation(Decision.IMPLICIT_DENY, List.of())),
                                ",\"expectStatement\":{\"policy\":\"p\",\"sid\":\"One\"}")
                        .messages())
                .containsExactly("expected p[One] to decide, but no statement did");
    }

    @Test
    void run_otherMissingKey_fails() {
        assertThat(run(ALLOWING, ",\"expectMissing\":[\"aws:SourceIp\",\"aws:x\"]")
                        .messages())
                .containsExactly("expected the context key `aws:x` to be missed, but missed were [aws:SourceIp]");
    }

    @Test
    void run_nothingExpected_isAnError() {
        CaseResult result = run(ALLOWING, "");
        assertThat(result.status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(result.decision()).isEmpty();
    }

    @Test
    void run_faultyLine_isAnErrorWithItsPlace() {
        CaseResult result = run(ALLOWING, ",\"expect\":\"ALLOW\",\"wrong\":1");
        assertThat(result.status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(result.id()).isEqualTo("c");
        assertThat(result.messages()).singleElement().asString().matches("1:\\d+: unknown field `wrong`");
    }

    @Test
    void run_implementationBreaks_isAnErrorNotADecision() {
        CaseResult refused = run(
                new CaseRunner(new Scripted(situation -> {
                    throw new IllegalArgumentException("action: nonsense");
                })),
                ",\"expect\":\"IMPLICIT_DENY\"");
        assertThat(refused.status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(refused.messages()).containsExactly("action: nonsense");

        CaseResult broken = run(
                new CaseRunner(new Scripted(situation -> {
                    throw new IllegalStateException("oops");
                })),
                ",\"expect\":\"ALLOW\"");
        assertThat(broken.status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(broken.messages()).containsExactly("internal error: java.lang.IllegalStateException: oops");
    }

    @Test
    void run_caseWantsAStoreAndThereIsNone_isAnError() {
        CaseResult result = ALLOWING.run(CaseReaderTest.line(
                "{\"id\":\"c\",\"store\":true,\"request\":{\"principal\":\"anonymous\",\"action\":\"s3:GetObject\",\"resource\":\"*\"},"
                        + "\"expect\":\"ALLOW\"}"));
        assertThat(result.status()).isEqualTo(CaseResult.Status.ERROR);
        assertThat(result.messages()).containsExactly("the case wants to be decided against a store: none is given");
    }

    @Test
    void situation_inlineCase_hasEveryLayer() {
        String named = "[{\"name\":\"n\",\"policy\":" + POLICY + "}]";
        String resourcePolicy = POLICY.replace("\"Action\"", "\"Principal\":\"*\",\"Action\"");
        Situation situation = ALLOWING.situation(CaseReaderTest.read(text(
                "c",
                ",\"permissionBoundaries\":" + named + ",\"sessionPolicy\":" + POLICY + ",\"resourcePolicy\":"
                        + resourcePolicy + ",\"serviceControlPolicies\":[{\"orgIdentifier\":\"root\",\"policies\":"
                        + named
                        + "},{\"orgIdentifier\":\"acct\",\"policies\":[]}],"
                        + "\"resourceControlPolicies\":[{\"orgIdentifier\":\"root\",\"policies\":[]}],"
                        + "\"vpcEndpointPolicies\":[{\"name\":\"e\",\"policy\":" + resourcePolicy + "}],"
                        + "\"resourceAcl\":{\"grants\":[]},\"org\":{\"managementAccountId\":\"999999999999\"},"
                        + "\"semantics\":{\"VARIABLES_WITH_BOOL\":true}")));
        assertThat(situation.identityPolicies()).extracting(p -> p.name()).containsExactly("p");
        assertThat(situation.identityPolicies().get(0).type()).isEqualTo(PolicyType.IDENTITY);
        assertThat(situation.boundaries().orElseThrow().get(0).type()).isEqualTo(PolicyType.BOUNDARY);
        assertThat(situation.sessionPolicies().orElseThrow().get(0).type()).isEqualTo(PolicyType.SESSION);
        assertThat(situation.resourcePolicy().orElseThrow().type()).isEqualTo(PolicyType.RESOURCE);
        assertThat(situation.serviceControlPolicies().orElseThrow()).hasSize(2);
        assertThat(situation
                        .serviceControlPolicies()
                        .orElseThrow()
                        .get(0)
                        .policies()
                        .get(0)
                        .type())
                .isEqualTo(PolicyType.SERVICE_CONTROL);
        assertThat(situation.resourceControlPolicies().orElseThrow()).hasSize(1);
        assertThat(situation.endpointPolicies().orElseThrow().get(0).type()).isEqualTo(PolicyType.VPC_ENDPOINT);
        assertThat(situation.acl()).isPresent();
        assertThat(situation.facts().managementAccount()).contains("999999999999");
        assertThat(situation.semantics())
                .isEqualTo(Semantics.defaults().with(Semantics.Point.VARIABLES_WITH_BOOL, true));
        assertThat(situation.resourceAccount()).isEqualTo("111122223333");
        assertThat(situation.context()).isEmpty();
    }

    @Test
    void situation_roleAsResource_readsItsPolicyAsTrustPolicy() {
        String trust =
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"sts:AssumeRole\"}}";
        Situation situation = ALLOWING.situation(CaseReaderTest.read(
                "{\"id\":\"c\",\"request\":{\"principal\":\"anonymous\",\"action\":\"sts:AssumeRole\","
                        + "\"resource\":\"arn:aws:iam::111122223333:role/x\"},\"resourcePolicy\":" + trust + "}"));
        assertThat(situation.resourcePolicy().orElseThrow().type()).isEqualTo(PolicyType.TRUST);
    }

    @Test
    void situation_semanticsOfTheRunner_holdUnlessTheCaseSaysOtherwise() {
        Semantics base = Semantics.defaults()
                .with(Semantics.Point.VARIABLES_WITH_BOOL, true)
                .with(Semantics.Point.ACCOUNT_GRANT_SUFFICES, true);
        Situation situation = ALLOWING.withSemantics(base)
                .situation(CaseReaderTest.read(text("c", ",\"semantics\":{\"VARIABLES_WITH_BOOL\":false}")));
        assertThat(situation.semantics())
                .isEqualTo(Semantics.defaults().with(Semantics.Point.ACCOUNT_GRANT_SUFFICES, true));
    }

    @Test
    void test_severalCases_countsAndKeepsTheOrder() throws IOException {
        List<CaseResult> results = new ArrayList<>();
        CaseRunner.Tally tally = ALLOWING.test(
                stream(
                        text("a", ",\"expect\":\"ALLOW\""),
                        "nonsense",
                        text("b", ",\"expect\":\"IMPLICIT_DENY\""),
                        text("d", ",\"expect\":\"ALLOW\"")),
                new Coverage(),
                results::add);
        assertThat(tally).isEqualTo(new CaseRunner.Tally(2, 1, 1));
        assertThat(tally.total()).isEqualTo(4);
        assertThat(tally.plus(tally)).isEqualTo(new CaseRunner.Tally(4, 2, 2));
        assertThat(results).extracting(CaseResult::id).containsExactly("a", "line 2", "b", "d");
        assertThat(results).extracting(CaseResult::line).containsExactly(1, 2, 3, 4);
    }

    @Test
    void test_statementsNoCaseTouched_areInTheCoverage() throws IOException {
        String two =
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"One\",\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},"
                        + "{\"Effect\":\"Deny\",\"Action\":\"s3:*\",\"Resource\":\"*\"}]}";
        String line = text("a", ",\"expect\":\"ALLOW\"").replace(POLICY, two);
        Coverage coverage = new Coverage();
        ALLOWING.test(stream(line, line.replace("\"a\"", "\"b\"")), coverage, result -> {});
        assertThat(coverage.statements()).isEqualTo(2);
        assertThat(coverage.untouched())
                .containsExactly(new Coverage.Untouched("p", "#2", 1, line.indexOf("{\"Effect\":\"Deny\"") + 1));
        assertThat(coverage.untouched().get(0)).hasToString("p[#2] 1:" + (line.indexOf("{\"Effect\":\"Deny\"") + 1));
    }

    @Test
    void test_policyWithItsOwnText_isCoveredByLinesOfThatText() throws IOException {
        String line =
                "{\"id\":\"a\",\"request\":{\"principal\":\"arn:aws:iam::111122223333:user/alice\",\"action\":\"s3:GetObject\","
                        + "\"resource\":\"*\"},\"identityPolicies\":[{\"name\":\"q\"}],\"policyTexts\":{\"q\":\"{\\r\\n\\\"Version\\\":"
                        + "\\\"2012-10-17\\\",\\n\\\"Statement\\\": [\\r  {\\\"Sid\\\":\\\"S\\\",\\\"Effect\\\":\\\"Allow\\\",\\\"Action\\\":\\\"*\\\","
                        + "\\\"Resource\\\":\\\"*\\\"}]}\"},\"expect\":\"ALLOW\"}";
        Coverage coverage = new Coverage();
        ALLOWING.test(stream(line), coverage, result -> {});
        assertThat(coverage.untouched()).containsExactly(new Coverage.Untouched("q", "S", 4, 3));
    }

    @Test
    void decideAll_casesInOrder_writesALineEach() throws IOException {
        StringBuilder out = new StringBuilder();
        CaseRunner.Decided decided = ALLOWING.decideAll(
                stream(text("a", ""), text("q\\\"", ",\"expect\":\"IMPLICIT_DENY\""), "{}", text("z", ",\"x\":1")),
                out);
        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"id\":\"a\",\"decision\":\"ALLOW\"}",
                        "{\"id\":\"q\\\"\",\"decision\":\"ALLOW\"}",
                        "{\"id\":\"line 3\",\"error\":\"3:1: field `id` is missing; 3:1: field `request` is missing\"}",
                        "{\"id\":\"z\",\"error\":\"4:" + (text("z", ",\"x\":1").indexOf("\"x\"") + 1)
                                + ": unknown field `x`\"}");
        assertThat(decided).isEqualTo(new CaseRunner.Decided(2, 2));
    }

    @Test
    void decideAll_implementationBreaks_writesAnError() throws IOException {
        StringBuilder out = new StringBuilder();
        CaseRunner breaking = new CaseRunner(new Scripted(situation -> {
            throw new IllegalArgumentException("one\r\ntwo\nthree");
        }));
        assertThat(breaking.decideAll(stream(text("a", "")), out)).isEqualTo(new CaseRunner.Decided(0, 1));
        assertThat(out).hasToString("{\"id\":\"a\",\"error\":\"one; two; three\"}\n");
    }

    @Test
    void decideAll_manyMoreCasesThanABatch_keepsTheOrder() throws IOException {
        int count = 5_000;
        String[] lines = new String[count];
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean faulty = i % 7 == 3;
            lines[i] = faulty ? "{\"id\":\"c" + i + "\"}" : text("c" + i, "");
            expected.add(faulty ? "c" + i + " error" : "c" + i + " ALLOW");
        }
        StringBuilder out = new StringBuilder();
        ALLOWING.decideAll(stream(lines), out);
        assertThat(out.toString()
                        .lines()
                        .map(line -> line.replaceFirst(
                                "\\{\"id\":\"(c\\d+)\",(?:\"decision\":\"(ALLOW)\"|\"(error)\":.*)}", "$1 $2$3"))
                        .toList())
                .isEqualTo(expected);
    }

    /** Without this, a program that asks one question at a time would wait for ever. */
    @Test
    @Timeout(60)
    void decideAll_questionsComeOneByOne_answersEachBeforeAwaitingTheNext() throws Exception {
        try (PipedInputStream in = new PipedInputStream();
                PipedWriter out = new PipedWriter();
                BufferedReader answers = new BufferedReader(new PipedReader(out))) {
            Thread decider = new Thread(() -> {
                try (out) {
                    ALLOWING.decideAll(in, out);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            try (PipedOutputStream questions = new PipedOutputStream(in)) {
                decider.start();
                for (String id : List.of("a", "b", "c")) {
                    questions.write((text(id, "") + "\n").getBytes(StandardCharsets.UTF_8));
                    questions.flush();
                    assertThat(answers.readLine()).isEqualTo("{\"id\":\"" + id + "\",\"decision\":\"ALLOW\"}");
                }
            }
            assertThat(answers.readLine()).isNull();
            decider.join();
        }
    }

    @Test
    void decideAll_streamBreaks_throws() {
        InputStream breaking = new FilterInputStream(stream(text("a", ""), text("b", ""))) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                int count = super.read(buffer, from, length);
                if (count < 0) {
                    throw new IOException("broken");
                }
                return count;
            }
        };
        assertThatThrownBy(() -> ALLOWING.decideAll(breaking, new StringBuilder()))
                .isInstanceOf(IOException.class)
                .hasMessage("broken");
    }

    @Test
    void decideRequests_noStore_isRefused() {
        assertThatThrownBy(() -> ALLOWING.decideRequests(stream("{}"), new StringBuilder()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void withParameters_caseGivesItsOwn_theCasesCount() throws IOException {
        CaseRunner runner =
                new CaseRunner(new ReferenceImplementation()).withParameters(Map.of("bucket", "runners", "key", "k"));
        String line = text("c", "").replace("\"Resource\":\"*\"", "\"Resource\":\"arn:aws:s3:::{{bucket}}/{{key}}\"");
        StringBuilder out = new StringBuilder();
        runner.decideAll(
                stream(line, line.replace("\"id\":\"c\"", "\"id\":\"d\",\"parameters\":{\"bucket\":\"b\"}")), out);
        assertThat(out)
                .hasToString("{\"id\":\"c\",\"decision\":\"IMPLICIT_DENY\"}\n{\"id\":\"d\",\"decision\":\"ALLOW\"}\n");
    }
}
