package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
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
        return Peers.all().keySet().stream()
                .flatMap(peer -> Stream.of("a:10", "b:10", "b:100", "c:200").map(view -> Arguments.of(peer, view)));
    }

    @ParameterizedTest
    @MethodSource("peersAndViews")
    void decide_everyRequestItCanExpress_asPortcullis(String peer, String view) throws Exception {
        PeerRun<?> run = PeerRun.of(peer, Peers.of(peer), PeerView.of(view));
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
