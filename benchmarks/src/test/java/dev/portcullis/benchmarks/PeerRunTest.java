package dev.portcullis.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of a peer is what it does. */
class PeerRunTest {

    @TempDir
    private static Path folder;

    private final PeerView view = PeerView.of("b:10");

    @BeforeAll
    static void writeResultsElsewhere() {
        System.setProperty("portcullis.peers", folder.toString());
    }

    @AfterAll
    static void writeResultsAsBefore() {
        System.clearProperty("portcullis.peers");
    }

    static Stream<Peer<?>> own() {
        return Stream.of(
                new OwnPeers.Portcullis(), new OwnPeers.Index(), new OwnPeers.Walk(), new OwnPeers.Reference());
    }

    @ParameterizedTest
    @MethodSource("own")
    void of_own_decidesEveryRequestAlike(Peer<?> peer) throws Exception {
        for (PeerView each : List.of(PeerView.eachAlone(5), view, PeerView.of("c:200"))) {
            PeerRun<?> run = PeerRun.of("own", peer, each);
            assertThat(run.result().mismatches()).isZero();
            assertThat(run.expressible()).isEqualTo(PeerView.ASKS);
            assertThat(run.next()).isEqualTo(each.decisions()[0]);
            assertThat(run.next()).isEqualTo(each.decisions()[1]);
        }
    }

    /** Allows everything, if it can be loaded. */
    private record Wrong(Runnable loading) implements Peer<Ask>, Peer.Loaded<Ask> {

        @Override
        public String version() {
            return "1";
        }

        @Override
        public boolean findsPrincipal() {
            return true;
        }

        @Override
        public boolean twoValued() {
            return true;
        }

        @Override
        public boolean expresses(Rule rule) {
            return true;
        }

        @Override
        public Loaded<Ask> load(List<Owner> owners) {
            loading.run();
            return this;
        }

        @Override
        public Ask request(Ask ask) {
            return ask;
        }

        @Override
        public Decision decide(Ask ask) {
            return Decision.ALLOW;
        }
    }

    @Test
    void of_decidesDifferently_isCounted() throws Exception {
        PeerResult result = PeerRun.of("wrong", new Wrong(() -> {}), view).result();
        assertThat(result.requests()).isEqualTo(PeerView.ASKS);
        assertThat(result.mismatches()).isBetween(300, 500);
        assertThat(written("wrong")).contains("\"mismatches\":" + result.mismatches() + ",", "\"nsMedian\":null");
    }

    @Test
    void of_cannotBeLoaded_isWrittenWithItsReason() throws Exception {
        Wrong broken = new Wrong(() -> {
            throw new IllegalStateException("too many \"rules\"");
        });
        assertThatThrownBy(() -> PeerRun.of("broken", broken, view))
                .isInstanceOf(PeerRun.NotLoaded.class)
                .hasMessageContaining("too many");
        assertThat(written("broken"))
                .startsWith("[{\"peer\":\"broken\",\"version\":\"1\",\"view\":\"b\",\"policies\":10,\"nsMedian\":null,")
                .contains("\"note\":\"not loaded: ", "too many \\\"rules\\\"");
    }

    @Test
    void of_outOfMemory_saysHowMuchThereWas() {
        Wrong large = new Wrong(() -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThatThrownBy(() -> PeerRun.of("large", large, view)).isInstanceOf(PeerRun.NotLoaded.class);
        assertThat(written("large"))
                .containsPattern("\"note\":\"not loaded: java.lang.OutOfMemoryError: Java heap space of [0-9]+ GiB\"");
    }

    @Test
    void of_whileLoading_isWrittenAsNotLoaded() throws Exception {
        List<String> seen = new ArrayList<>();
        PeerResult result = PeerRun.of("slow", new Wrong(() -> seen.add(written("slow"))), view)
                .result();
        assertThat(seen).singleElement().asString().contains("\"note\":\"not loaded: its process ended\"");
        assertThat(written("slow")).contains(result.note());
    }

    @Test
    void view_principals_areThoseOfTheWorkload() {
        PeerView large = PeerView.of("b:1000");
        Workload workload = new Workload(42, 100);
        assertThat(large.owners())
                .hasSize(100)
                .allSatisfy(owner -> assertThat(owner.policies()).hasSize(Workload.POLICIES_EACH));
        Ask ask = large.asks()[0];
        Peer.Owner owner = large.owners().get(ask.number());
        assertThat(owner.principal()).isEqualTo(ask.principal());
        assertThat(owner.policies().stream().map(Rule::document))
                .containsExactlyElementsOf(workload.policies(ask.number()).stream()
                        .map(Rule::document)
                        .toList());
    }

    private static String written(String peer) {
        try {
            return Files.readString(folder.resolve(peer + "-b-10.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void export_eachView_hasItsRequestsAndPolicies() throws IOException {
        Path exported = folder.resolve("exported");
        PeerExport.main(new String[] {exported.toString(), "b:10", "c:200"});
        assertThat(Files.readAllLines(exported.resolve("cerbos-b-10.jsonl"))).hasSize(1 + PeerView.ASKS);
        assertThat(exported.resolve("cerbos-b-10")).isDirectoryContaining("glob:**/qdev-10000.json");
        assertThat(Files.readAllLines(exported.resolve("cedar-wasm-c-200.jsonl")))
                .hasSize(2 + PeerView.ASKS);
        assertThat(exported.resolve("iam-simulate-b-10.jsonl")).doesNotExist();
        List<String> lines = Files.readAllLines(exported.resolve("iam-simulate-c-200.jsonl"));
        assertThat(lines).hasSize(2 + PeerView.ASKS);
        assertThat(lines.get(0)).contains("\"peer\":\"iam-simulate\"", "\"of\":" + PeerView.ASKS);
        assertThat(lines.get(2)).startsWith("{\"expected\":\"");
    }
}
