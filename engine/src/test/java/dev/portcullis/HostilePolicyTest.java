package dev.portcullis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.Policies.Reading;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.syntax.HostileDocuments;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostilePolicyTest {

    /** What one document may take, once the code is warm. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    @ParameterizedTest
    @EnumSource(Checks.class)
    void read_hostileDocument_isRefusedInItsPlace(Checks checks) {
        documents().forEach((name, document) -> {
            Reading reading = read(document, checks);

            assertThat(reading.document()).as(name).isEmpty();
            assertThat(reading.diagnostics()).as(name).anyMatch(Diagnostic::isError);
            Diagnostic first = reading.diagnostics().get(0);
            boolean placed = first.span().line() > 0 || first.code().equals("DOCUMENT_TOO_LARGE");
            assertThat(placed).as(name).isTrue();
        });
    }

    @Test
    void read_hostileDocument_isAnsweredInTime() {
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            documents().values().forEach(document -> read(document, Checks.NEW));
        }
        documents()
                .forEach((name, document) ->
                        assertThat(shortestTime(document)).as(name).isLessThan(PATIENCE));
    }

    /** The best of some attempts, up to the first that is good enough: a busy machine must not fail it. */
    private static Duration shortestTime(byte[] document) {
        Duration best = Duration.ofDays(1);
        for (int i = 0; i < 60 && best.compareTo(PATIENCE) >= 0; i++) {
            Duration time = Duration.ofNanos(CpuTime.once(
                    () -> assertThat(read(document, Checks.NEW).document()).isEmpty()));
            best = time.compareTo(best) < 0 ? time : best;
        }
        return best;
    }

    @Test
    void read_onASmallStack_neverOverflows() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> documents().values().forEach(document -> read(document, Checks.STORED)),
                "small stack",
                160 << 10);
        thread.setUncaughtExceptionHandler((where, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();

        assertThat(failure.get()).isNull();
    }

    @Test
    void read_everyPrefixOfAPolicy_isRefused() {
        byte[] document = HostileDocuments.POLICY.strip().getBytes(UTF_8);
        for (int length = 0; length < document.length; length++) {
            Reading reading = read(Arrays.copyOf(document, length), Checks.STORED);

            assertThat(reading.document()).as("%d bytes", length).isEmpty();
        }
        assertThat(read(document, Checks.NEW).document()).isPresent();
    }

    /** Whatever a changed byte makes of the policy, it is an error or a document that can be printed and read again. */
    @Test
    void read_everyOtherCharacterInEveryPlace_isRefusedOrMeansSomething() {
        byte[] document = HostileDocuments.POLICY.getBytes(UTF_8);
        int taken = 0;
        for (int at = 0; at < document.length; at++) {
            byte[] mutant = document.clone();
            for (int octet = 0; octet < 0x80; octet++) {
                mutant[at] = (byte) octet;
                Reading reading = read(mutant, Checks.NEW);
                boolean hasError = reading.diagnostics().stream().anyMatch(Diagnostic::isError);
                assertThat(reading.document().isEmpty()).isEqualTo(hasError);
                if (reading.document().isPresent()) {
                    taken++;
                    String printed = Policies.print(reading.document().get());
                    Reading again = read(printed.getBytes(UTF_8), Checks.NEW);
                    assertThat(again.document().map(Spanless::of))
                            .as(printed)
                            .contains(Spanless.of(reading.document().get()));
                }
            }
        }
        assertThat(taken).isGreaterThan(document.length);
    }

    private static Map<String, byte[]> documents() {
        Map<String, byte[]> documents = new HashMap<>(HostileDocuments.encodings());
        documents.putAll(HostileDocuments.texts());
        documents.putAll(HostileDocuments.foreign());
        return documents;
    }

    private static Reading read(byte[] document, Checks checks) {
        return Policies.read("p", PolicyType.IDENTITY, document, checks, Map.of());
    }
}
