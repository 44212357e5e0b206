package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRequestsTest {

    private static final int REQUESTS = 500;
    private static final int SAMPLE = 300;

    private final SyntheticStore synthetic = SyntheticStore.of(Profile.AMAZON_Q, 2, 400);
    private final SyntheticRequests requests = synthetic.requests(RequestMix.standard());
    private final Store store = synthetic.build();

    private byte[] packed() throws IOException {
        StoreSituations situations = new StoreSituations(store);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PackedRequestWriter writer = new PackedRequestWriter(out)) {
            for (int i = 0; i < REQUESTS; i++) {
                SyntheticRequest made = requests.request(i);
                Optional<Decision> decision = i < SAMPLE
                        ? Optional.of(
                                ReferenceEvaluator.decide(situations.situation(made.request(), Semantics.defaults())))
                        : Optional.empty();
                writer.add(made, decision);
            }
        }
        return out.toByteArray();
    }

    @Test
    void fill_everyRequest_isDecidedAsTheReferenceDid(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("requests.bin"), packed());
        PackedRequests read = PackedRequests.read(file);
        Engine engine = Engine.compile(store);
        Request request = engine.newRequest();

        assertThat(read.size()).isEqualTo(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            Decision decision = engine.decide(read.fill(i, request));
            if (i < SAMPLE) {
                assertThat(read.decision(i)).contains(decision);
            } else {
                assertThat(read.decision(i)).isEmpty();
            }
            assertThat(read.kind(i)).isEqualTo(requests.request(i).kind());
            assertThat(read.request(i)).isEqualTo(requests.request(i).request());
        }
    }

    @Test
    void write_aRequest_isAsDrawn() throws IOException {
        byte[] bytes = packed();
        String principal = requests.request(0).request().principal();

        assertThat(Arrays.copyOf(bytes, 8)).containsExactly('P', 'C', 'R', 'Q', 0, 0, 1, 0);
        assertThat(bytes[12] & 0xff).isEqualTo(principal.length());
        assertThat(new String(bytes, 18, principal.length(), StandardCharsets.UTF_8))
                .isEqualTo(principal);
    }

    @Test
    void of_damaged_isRefused() throws IOException {
        byte[] bytes = packed();

        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(new byte[16])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are no packed requests of version 1");
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(Arrays.copyOf(bytes, bytes.length - 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are cut short");
        byte[] changed = bytes.clone();
        changed[bytes.length - 12] = -1;
        changed[bytes.length - 11] = -1;
        changed[bytes.length - 10] = 127;
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(changed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are damaged at request 498");
    }
}
