package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the further views time is right: their setups check every decision, and the decisions are a mix. */
class ViewsTest {

    private static final int ROUNDS = 1_000;

    @ParameterizedTest
    @EnumSource
    void layers_everyMix_decidesAsIdentityAlone(LayerBenchmark.Mix mix) {
        LayerBenchmark benchmark = new LayerBenchmark();
        benchmark.mix = mix;
        benchmark.build();
        Set<Decision> decisions = EnumSet.noneOf(Decision.class);
        for (int i = 0; i < ROUNDS; i++) {
            decisions.add(benchmark.portcullis());
        }
        assertThat(decisions).containsExactly(Decision.values());
    }

    @ParameterizedTest
    @EnumSource
    void conditions_everyKind_isFulfilledByHalf(ConditionBenchmark.Kind kind) {
        ConditionBenchmark benchmark = new ConditionBenchmark();
        benchmark.kind = kind;
        benchmark.build();
        int allowed = 0;
        for (int i = 0; i < 16; i++) {
            allowed += benchmark.portcullis() == Decision.ALLOW ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(kind == ConditionBenchmark.Kind.NONE ? 16 : 8);
    }

    @Test
    void forms_all_decideAlike() {
        FormBenchmark benchmark = new FormBenchmark();
        benchmark.build();
        FormBenchmark other = new FormBenchmark();
        other.build();
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(benchmark.bytesOfABuffer()).isEqualTo(other.strings());
        }
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(benchmark.handlesAndStrings()).isEqualTo(other.handlesOfAll());
        }
    }

    @Test
    void threads_twoThreads_decideAlike() {
        ThreadBenchmark benchmark = new ThreadBenchmark();
        benchmark.build();
        ThreadBenchmark.Own one = new ThreadBenchmark.Own();
        one.build(benchmark);
        ThreadBenchmark.Own other = new ThreadBenchmark.Own();
        other.build(benchmark);
        // Half a round apart.
        for (int i = 0; i < 512; i++) {
            benchmark.one(one);
        }
        for (int i = 0; i < ROUNDS; i++) {
            assertThat(benchmark.one(one)).isEqualTo(benchmark.two(other));
        }
    }

    @ParameterizedTest
    @EnumSource
    void explain_everyDecision_isExplained(Decision decision) {
        ExplainBenchmark benchmark = new ExplainBenchmark();
        benchmark.decision = decision;
        benchmark.build();
        Explanation explanation = benchmark.portcullis();
        assertThat(explanation.decision()).isEqualTo(decision);
        assertThat(explanation.layers()).isNotEmpty();
    }

    @Test
    void compile_whatItMakes_decides() {
        CompileBenchmark benchmark = new CompileBenchmark();
        benchmark.principals = 3;
        benchmark.warmUpPrincipals = 5;
        benchmark.build();
        assertThat(benchmark.read().texts()).hasSize(30);
        benchmark.compile();
        benchmark.check();
        benchmark.readAndCompile();
        benchmark.check();
    }

    @Test
    void image_whatItSaves_opensAndDecides() throws IOException {
        ImageBenchmark benchmark = new ImageBenchmark();
        benchmark.principals = 3;
        benchmark.build();
        assertThat(benchmark.save()).isNotEmptyFile();
        benchmark.collect();
        assertThat(benchmark.open()).isNotNull();
        benchmark.check();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 2_000})
    void synthetic_sample_isDecidedAsByTheReference(int policies) throws IOException {
        SyntheticBenchmark benchmark = new SyntheticBenchmark();
        benchmark.policies = policies;
        benchmark.build();
        Set<Decision> decisions = EnumSet.noneOf(Decision.class);
        for (int i = 0; i < ROUNDS; i++) {
            decisions.add(benchmark.portcullis());
        }
        assertThat(decisions).containsExactly(Decision.values());
    }

    @Test
    void tail_recorded_isOfAllDecisions() {
        Tail.Recorded recorded = Tail.record(20_000, 20);

        assertThat(recorded.times().getTotalCount()).isEqualTo(20_000);
        assertThat(recorded.allowed()).isBetween(10_000L, 14_000L);
        assertThat(recorded.json())
                .startsWith("{\"policies\": 200, \"decisions\": 20000, \"allowed\": " + recorded.allowed())
                .contains("\"times\": {\"50\": ", "\"99.99\": ");
    }

    @Test
    void footprint_ofAStore_isOfItsEngineAndImage() throws Exception {
        Matcher json = Pattern.compile("\"policies\": (\\d+), \"statements\": (\\d+), \"units\": (\\d+), "
                        + "\"engineBytes\": (-?\\d+), \"imageBytes\": (\\d+)")
                .matcher(Footprint.measure(50));

        assertThat(json.find()).isTrue();
        assertThat(json.group(1)).isEqualTo("500");
        long statements = Long.parseLong(json.group(2));
        assertThat(statements).isBetween(2_000L, 3_200L);
        assertThat(Long.parseLong(json.group(3))).isBetween(500 * 900L, 500 * 1_400L);
        assertThat(Long.parseLong(json.group(4))).isBetween(20 * statements, 400 * statements);
        assertThat(Long.parseLong(json.group(5))).isBetween(20 * statements, 400 * statements);
    }
}
