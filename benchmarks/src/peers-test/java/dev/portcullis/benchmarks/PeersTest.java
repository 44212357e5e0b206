package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.annotations.Param;

/** Every peer decides every request that it can express as we do. */
class PeersTest {

    @BeforeAll
    static void writeResultsElsewhere(@TempDir Path folder) {
        System.setProperty("portcullis.peers", folder.toString());
    }

    static Stream<Arguments> peersAndViews() {
        List<PeerView> views =
                List.of(PeerView.eachAlone(10), PeerView.of("b:10"), PeerView.of("b:100"), PeerView.of("c:200"));
        return Peers.all().keySet().stream()
                .flatMap(peer -> views.stream().map(view -> Arguments.of(peer, view.name(), view)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("peersAndViews")
    void decide_everyRequestItCanExpress_asPortcullis(String peer, String name, PeerView view) throws Exception {
        PeerRun<?> run = PeerRun.of(peer, Peers.of(peer), view);
        assertThat(run.result().view()).isEqualTo(name);
        assertThat(run.result().mismatches()).as("%s", run.result()).isZero();
        assertThat(run.result().requests()).as("%s", run.result()).isGreaterThan(100);
        assertThat(run.expressible()).as("%s", run.result()).isGreaterThan(PeerView.ASKS * 8 / 10);
        assertThat(run.next()).isNotNull();
    }

    @Test
    void benchmark_namesEveryPeer() throws Exception {
        Param param = PeerBenchmark.class.getField("peer").getAnnotation(Param.class);
        assertThat(Arrays.asList(param.value()))
                .containsExactlyElementsOf(Peers.all().keySet());
    }
}
