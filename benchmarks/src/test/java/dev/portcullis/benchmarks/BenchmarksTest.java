package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is timed is right: every bar decides alike, and the mix is the one that is said. */
class BenchmarksTest {

    private final Workload workload = new Workload(42, 20);
    private final Ask[] asks = workload.asks(2_000);

    @Test
    void decide_everyBar_alike() {
        Engine engine = Engine.compile(workload.store());
        Request request = engine.newRequest();
        Map<Decision, Integer> decisions = new EnumMap<>(Decision.class);
        for (Ask ask : asks) {
            Rule[] rules = workload.rules(ask.number());
            Decision expected = Naive.decide(rules, ask);
            assertThat(new Indexed(rules).decide(ask)).as("index: %s", ask).isEqualTo(expected);
            assertThat(engine.decide(Workload.fill(request, ask)))
                    .as("engine: %s", ask)
                    .isEqualTo(expected);
            decisions.merge(expected, 1, Integer::sum);
        }
        assertThat(decisions.get(Decision.ALLOW)).isBetween(1_100, 1_300);
        assertThat(decisions.get(Decision.EXPLICIT_DENY)).isBetween(150, 250);
        assertThat(decisions.get(Decision.IMPLICIT_DENY)).isBetween(500, 700);
    }

    @Test
    void workload_isOfTheSizeThatIsSaid() {
        int statements = 0;
        int units = 0;
        for (int i = 0; i < workload.principals(); i++) {
            statements += workload.rules(i).length;
            units += workload.policies(i).stream()
                    .mapToInt(policy -> Rule.document(policy).length())
                    .sum();
        }
        assertThat(statements / workload.principals()).isBetween(43, 63);
        assertThat(units / workload.principals() / Workload.POLICIES_EACH).isBetween(900, 1_400);
        assertThat(asks[0].principal()).hasSizeBetween(50, 54);
    }

    @Test
    void principal_byNumber_isTheSameInStoresOfAnySize() {
        Workload larger = new Workload(42, 1_000);
        assertThat(Rule.document(larger.policies(7).get(3)))
                .isEqualTo(Rule.document(workload.policies(7).get(3)));
    }

    @ParameterizedTest
    @EnumSource
    void hostile_eachKind_isAllowedByItsLastStatement(HostileBenchmark.Kind kind) {
        HostileBenchmark benchmark = new HostileBenchmark();
        benchmark.kind = kind;
        benchmark.build();
        assertThat(benchmark.portcullis()).isEqualTo(Decision.ALLOW);
    }

    @Test
    void setups_checkWhatTheyTime() {
        DecideBenchmark decide = new DecideBenchmark();
        decide.principals = 5;
        decide.build();
        ScaleBenchmark scale = new ScaleBenchmark();
        scale.principals = 5;
        scale.build();
        assertThat(scale.batch()).doesNotContainNull();
        PublishBenchmark publish = new PublishBenchmark();
        publish.principals = 5;
        publish.build();
        assertThat(publish.putSharedPolicy().patches())
                .isEqualTo(publish.detach().patches() + 1)
                .isPositive();
        ManyStatementsBenchmark many = new ManyStatementsBenchmark();
        many.statements = 1_000;
        many.build();
        for (int i = 0; i < 100; i++) {
            Decision decision = many.portcullis();
            assertThat(decision).isNotNull();
        }
    }

    @Test
    void floor_readsWhatItSays() {
        Floor floor = new Floor(256);
        long first = floor.leastOf(asks[0]);
        assertThat(floor.leastOf(asks[0])).isEqualTo(first);
        assertThat(floor.leastOf(asks[1])).isNotEqualTo(first);
        assertThat(floor.allOf(asks[0])).isNotEqualTo(first);
        assertThat(new TableDfa().read(asks[0].resource())).isBetween(0, 127);
    }
}
