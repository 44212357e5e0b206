package dev.portcullis.corpus.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.Decision;
import dev.portcullis.Engine;
import dev.portcullis.Request;
import dev.portcullis.Store;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.StoreSituations;
import dev.portcullis.corpus.reference.ReferenceEvaluator;
import dev.portcullis.policy.Semantics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

        Set<CallerKind> callers = EnumSet.noneOf(CallerKind.class);

        assertThat(read.size()).isEqualTo(REQUESTS);
        for (int i = 0; i < REQUESTS; i++) {
            Decision decision = engine.decide(read.fill(i, request));
            if (i < SAMPLE) {
                assertThat(read.decision(i)).contains(decision);
            } else {
                assertThat(read.decision(i)).isEmpty();
            }
            assertThat(read.kind(i)).isEqualTo(requests.request(i).kind());
            assertThat(read.caller(i)).isEqualTo(requests.request(i).caller());
            assertThat(read.request(i)).isEqualTo(requests.request(i).request());
            callers.add(read.caller(i));
        }
        assertThat(callers).containsExactlyInAnyOrder(CallerKind.values());
    }

    @Test
    void write_aRequest_isAsDrawn() throws IOException {
        byte[] bytes = packed();
        String principal = requests.request(0).request().principal();

        assertThat(Arrays.copyOf(bytes, 8)).containsExactly('P', 'C', 'R', 'Q', 0, 0, 2, 0);
        assertThat(requests.request(0).caller()).isEqualTo(CallerKind.PRINCIPAL);
        assertThat(bytes[14] & 0xff).isEqualTo(principal.length());
        assertThat(new String(bytes, 22, principal.length(), StandardCharsets.UTF_8))
                .isEqualTo(principal);
    }

    @Test
    void of_damaged_isRefused() throws IOException {
        byte[] bytes = packed();

        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(new byte[16])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("these are no packed requests");
        byte[] old = bytes.clone();
        old[6] = 1;
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(old)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are of version 1, and version 2 is read");
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(Arrays.copyOf(bytes, bytes.length - 4))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are cut short");
        byte[] changed = bytes.clone();
        changed[bytes.length - 12] = -1;
        changed[bytes.length - 11] = -1;
        changed[bytes.length - 10] = 127;
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(changed)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are damaged at request 499");
    }

    /** Bytes before the index: where the records and the policies stand. */
    private static int records(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
    }

    private static int start(byte[] bytes, int record) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(records(bytes) + 4 * record);
    }

    /** Whatever byte is changed: the requests are refused, or can all be read. */
    @Test
    void of_anyByteChanged_isRefusedOrReadable() throws IOException {
        byte[] bytes = packed();
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = bytes.clone();
            int at = (int) ((i * 2_654_435_761L & 0x7fffffff) % bytes.length);
            changed[at] ^= (byte) (1 << i % 8);
            try {
                PackedRequests read = PackedRequests.of(new UnsafeBuffer(changed));
                for (int number = 0; number < read.size(); number += 50) {
                    assertThat(read.request(number).principal()).isNotNull();
                    assertThat(read.kind(number)).isNotNull();
                    assertThat(read.caller(number)).isNotNull();
                    assertThat(read.decision(number)).isNotNull();
                }
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageMatching("(the|these are no) packed requests.*");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(100);
    }

    /** Counts, codes, references and lengths that can't be. */
    @Test
    void of_impossibleRecord_isRefused() throws IOException {
        byte[] bytes = packed();
        int narrowed = 0;
        while (requests.request(narrowed).request().sessionPolicies().isEmpty()) {
            narrowed++;
        }
        int start = start(bytes, narrowed);
        int names = 0;
        for (int field = 6; field <= 12; field += 2) {
            names += (bytes[start + field] & 0xff) | ((bytes[start + field + 1] & 0xff) << 8);
        }
        int reference = start + 14 + names;
        int[][] changes = {
            {start, 0},
            {start, 7},
            {start + 1, 4},
            {start + 2, 0},
            {start + 2, 7},
            {start + 3, 12},
            {start + 11, 255},
            {reference, 5},
            {reference + 3, 255},
            {reference + 3, 127}
        };
        for (int[] change : changes) {
            byte[] changed = bytes.clone();
            changed[change[0]] = (byte) change[1];
            assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(changed)))
                    .as("byte %d of the record is %d", change[0] - start, change[1])
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the packed requests are damaged at request " + narrowed);
        }
        byte[] noText = bytes.clone();
        noText[start - 1] = (byte) 0xff;
        int number = narrowed;
        assertThatThrownBy(() -> PackedRequests.of(new UnsafeBuffer(noText)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the packed requests are damaged at request " + number);
    }

    /** Policies that many requests have stand once. */
    @Test
    void write_policiesOfManyRequests_standOnce() throws IOException {
        Map<String, Integer> uses = new HashMap<>();
        for (SyntheticRequest made : requests.first(REQUESTS).toList()) {
            made.request()
                    .sessionPolicies()
                    .ifPresent(policies -> policies.forEach(policy -> uses.merge(policy.text(), 1, Integer::sum)));
        }
        String text = new String(packed(), StandardCharsets.UTF_8);

        assertThat(uses.values()).anyMatch(count -> count > 2);
        uses.keySet().forEach(policy -> {
            int first = text.indexOf(policy);
            assertThat(first).isPositive();
            assertThat(text.indexOf(policy, first + 1)).isEqualTo(-1);
        });
    }

    @Test
    void add_whatTheFormHasNoRoomFor_isRefused() throws IOException {
        SyntheticRequest made = requests.request(0);
        AccessRequest request = made.request();
        try (PackedRequestWriter writer = new PackedRequestWriter(OutputStream.nullOutputStream())) {
            for (AccessRequest other : List.of(
                    new AccessRequest(
                            request.principal(),
                            request.action(),
                            request.resource(),
                            Optional.of("111122223333"),
                            request.context(),
                            Optional.empty(),
                            Optional.empty(),
                            request.facts()),
                    new AccessRequest(
                            request.principal(),
                            request.action(),
                            request.resource(),
                            Optional.empty(),
                            request.context(),
                            Optional.empty(),
                            Optional.of(List.of()),
                            request.facts()))) {
                assertThatThrownBy(() -> writer.add(
                                new SyntheticRequest(0, made.kind(), made.caller(), other), Optional.empty()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("a packed request has ");
            }
        }
    }
}
