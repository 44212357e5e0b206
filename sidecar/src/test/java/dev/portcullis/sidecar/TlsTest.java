package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.portcullis.sidecar.options.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, clients' certificates, and certificates that change. */
class TlsTest {

    @TempDir
    private Path folder;

    private TestStore store;
    private Certificates first;
    private Certificates second;
    private Path certificate;
    private Path key;

    @BeforeEach
    void make() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        first = Certificates.make(folder, "first", 30);
        second = Certificates.make(folder, "second", 30);
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        first.writeCertificate(certificate);
        first.writeKey(key);
    }

    private static HttpResponse<String> get(SSLContext tls, Sidecar sidecar, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + sidecar.httpPort() + path))
                .timeout(Duration.ofSeconds(60));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newBuilder().sslContext(tls).build().send(request.build(), BodyHandlers.ofString());
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds.call()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void https_alpn_http2() throws Exception {
        try (Sidecar sidecar =
                Sidecar.start(store.options().tls(new TlsOptions(certificate, key, Optional.empty(), false)))) {
            HttpResponse<String> response = get(first.client(false, first), sidecar, "/healthz");
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void certificates_replaced_newConnectionsSeeThem() throws Exception {
        try (Sidecar sidecar =
                Sidecar.start(store.options().tls(new TlsOptions(certificate, key, Optional.empty(), false)))) {
            SSLContext onlySecond = second.client(false, second);
            assertThatThrownBy(() -> get(onlySecond, sidecar, "/healthz")).isInstanceOf(IOException.class);
            second.writeKey(key);
            second.writeCertificate(certificate);
            await("the second certificate", () -> {
                try {
                    return get(second.client(false, second), sidecar, "/healthz")
                                    .statusCode()
                            == 200;
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    @Test
    void certificates_badOrExpiredOrOfOtherKey_oldStay() throws Exception {
        Certificates expired = Certificates.make(folder, "expired", -5);
        try (Sidecar sidecar =
                Sidecar.start(store.options().tls(new TlsOptions(certificate, key, Optional.empty(), false)))) {
            SSLContext client = first.client(false, first);
            for (String what : new String[] {"is not the key of", "NotAfter", "no private key"}) {
                switch (what) {
                    case "is not the key of" -> second.writeKey(key);
                    case "NotAfter" -> {
                        expired.writeKey(key);
                        expired.writeCertificate(certificate);
                    }
                    default -> {
                        first.writeCertificate(certificate);
                        Certificates.replace(key, "-----BEGIN PRIVATE KEY-----\nMIGH");
                    }
                }
                await(what, () -> get(client, sidecar, "/v1/status").body().contains(what));
            }
            assertThat(get(client, sidecar, "/v1/status").body()).contains("\"certificates\":{\"version\":1");
        }
    }

    @Test
    void clientCertificates_required_othersTurnedAway() throws Exception {
        Path authorities = folder.resolve("clients.crt");
        second.writeCertificate(authorities);
        Path mapping = Files.writeString(folder.resolve("mapping.json"), """
                {"parameters": {"account": "111122223333"},
                 "identity": [{"certificate": true, "principal": "{user}"}],
                 "routes": {"POST /chat": {"action": "q:SendMessage"}}}""".replace("{user}", TestStore.ALICE));
        try (Sidecar sidecar = Sidecar.start(store.options()
                .mapping(mapping)
                .tls(new TlsOptions(certificate, key, Optional.of(authorities), true)))) {
            assertThatThrownBy(() -> get(first.client(false, first), sidecar, "/healthz"))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(first.client(true, first), sidecar, "/healthz"))
                    .isInstanceOf(IOException.class);
            assertThat(get(
                                    second.client(true, first),
                                    sidecar,
                                    "/authz",
                                    "X-Original-Method",
                                    "POST",
                                    "X-Original-URI",
                                    "/chat")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void metadata_publicUrl_described() throws Exception {
        int port = freePort();
        String base = "https://localhost:" + port + "/tenant";
        try (Sidecar sidecar = Sidecar.start(store.options()
                .http(java.util.List.of(dev.portcullis.sidecar.options.SidecarOptions.loopback(port)))
                .publicUrl(base)
                .tls(new TlsOptions(certificate, key, Optional.empty(), false)))) {
            HttpResponse<String> response =
                    get(first.client(false, first), sidecar, "/.well-known/authzen-configuration/tenant");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
            assertThat(response.body())
                    .contains("\"policy_decision_point\":\"" + base + "\"")
                    .contains("\"access_evaluation_endpoint\":\"" + base + "/access/v1/evaluation\"")
                    .contains("\"search_action_endpoint\":\"" + base + "/access/v1/search/action\"");
        }
        assertThatThrownBy(() -> Sidecar.start(store.options().publicUrl("http://localhost/")))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("https");
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket =
                new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void start_missingKey_saysWhich() {
        assertThatThrownBy(() -> Sidecar.start(store.options()
                        .tls(new TlsOptions(certificate, folder.resolve("none.key"), Optional.empty(), false))))
                .isInstanceOf(SidecarException.class)
                .hasMessageContaining("none.key");
    }

    /** Key and certificate are two files: in between they don't fit together, and the old pair stays. */
    @Test
    void certificates_rotatedHundredTimesUnderLoad_noConnectionFails() throws Exception {
        try (Sidecar sidecar =
                Sidecar.start(store.options().tls(new TlsOptions(certificate, key, Optional.empty(), false)))) {
            SSLContext both = first.client(false, first, second);
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger served = new AtomicInteger();
            List<String> failed = new CopyOnWriteArrayList<>();
            Thread client = new Thread(() -> {
                while (!stop.get()) {
                    try (Socket socket = both.getSocketFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), sidecar.httpPort())) {
                        socket.setSoTimeout(60_000);
                        socket.getOutputStream()
                                .write("GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                        if (answer.startsWith("HTTP/1.1 200")) {
                            served.incrementAndGet();
                        } else {
                            failed.add(answer);
                        }
                    } catch (IOException e) {
                        failed.add(e.toString());
                    }
                }
            });
            client.start();
            for (int i = 1; i <= 100; i++) {
                Certificates next = i % 2 == 0 ? first : second;
                int before = served.get();
                next.writeKey(key);
                next.writeCertificate(certificate);
                sidecar.reload();
                java.security.cert.Certificate expected = next.certificate();
                await(
                        "rotation " + i,
                        () -> presented(both, sidecar).equals(expected)
                                && (served.get() > before || !failed.isEmpty()));
            }
            stop.set(true);
            client.join();
            assertThat(failed).isEmpty();
            assertThat(served.get()).isGreaterThanOrEqualTo(100);
        }
    }

    private static java.security.cert.Certificate presented(SSLContext context, Sidecar sidecar) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), sidecar.httpPort())) {
            socket.startHandshake();
            return socket.getSession().getPeerCertificates()[0];
        }
    }
}
