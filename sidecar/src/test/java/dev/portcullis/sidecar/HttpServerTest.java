package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP on the wire: pipelines, odd requests, limits, ends. */
class HttpServerTest {

    private static final String BODY = "{\"principal\": \"" + TestStore.ALICE + "\", \"action\": \"q:SendMessage\"}";

    @TempDir
    private Path folder;

    private TestStore store;
    private Sidecar sidecar;

    @BeforeEach
    void start() throws Exception {
        store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        sidecar = Sidecar.start(store.options()
                .limits(TestStore.LIMITS
                        .withConnections(20)
                        .withHeaderBytes(4096)
                        .withTimes(Duration.ofSeconds(3), Duration.ofSeconds(8)))
                .http(List.of(
                        dev.portcullis.sidecar.options.SidecarOptions.loopback(0),
                        UnixDomainSocketAddress.of(folder.resolve("http.sock")))));
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.httpPort());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static String decide() {
        return "POST /v1/decide HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: "
                + BODY.length() + "\r\n\r\n" + BODY;
    }

    /** Sends a text and reads until the server closes. */
    private String talk(String text) throws IOException {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (SocketException e) {
            return "reset";
        }
    }

    @Test
    void pipeline_severalKinds_answeredInOrder() throws Exception {
        String search = "{\"subject\":{\"type\":\"user\"},\"action\":{\"name\":\"x\"},"
                + "\"resource\":{\"type\":\"t\",\"id\":\"i\"}}";
        String answers = talk(decide()
                + "POST /access/v1/search/subject HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n"
                + "content-length: " + search.length() + "\r\n\r\n" + search
                + "GET /healthz HTTP/1.1\r\nhost: a\r\n\r\n" + decide()
                + "GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(6);
        assertThat(answers).containsSubsequence("\"ALLOW\"", "{\"results\":[]}", "alive", "\"ALLOW\"", "ready");
    }

    @Test
    void bytes_oneByOne_answered() throws Exception {
        try (Socket socket = connect()) {
            for (byte one : decide().replace("\r\nhost", "\r\nconnection: close\r\nhost")
                    .getBytes(StandardCharsets.UTF_8)) {
                socket.getOutputStream().write(one);
                socket.getOutputStream().flush();
            }
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("\"ALLOW\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "POST /v1/decide HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
                "POST /v1/decide HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
                "POST /v1/decide HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
                "GET /authz HTTP/1.1\r\nbad header: x\r\n\r\n",
                "GET /authz HTTP/1.1\r\nx: a\u0000b\r\n\r\n"
            })
    void request_malformed_400AndClosed(String text) throws Exception {
        assertThat(talk(text)).startsWith("HTTP/1.1 400").contains("connection: close");
    }

    @Test
    void request_otherVersion_refused() throws Exception {
        assertThat(talk("GET /healthz HTTP/9.9\r\n\r\n")).startsWith("HTTP/1.1 505");
    }

    @Test
    void request_lineOrHeadersTooLong_refused() throws Exception {
        assertThat(talk("GET /" + "a".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 414");
        assertThat(talk("GET / HTTP/1.1\r\nx: " + "a".repeat(5000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
    }

    @Test
    void request_slow_connectionEnds() throws Exception {
        long begin = System.nanoTime();
        assertThat(talk("POST /v1/decide HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nabc"))
                .isEmpty();
        assertThat(talk("GET /heal")).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(50));
        assertThat(talk("")).as("idle").isEmpty();
    }

    @Test
    void expectContinue_tooLarge_refusedBeforeTheBody() throws Exception {
        String head = "POST /v1/decide HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\n";
        assertThat(talk(head + "content-length: 99999999\r\n\r\n"))
                .startsWith("HTTP/1.1 413")
                .contains("IMPLICIT_DENY");
    }

    @Test
    void connections_aboveLimit_closedAtOnceOthersServed() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                sockets.add(connect());
                sockets.get(i)
                        .getOutputStream()
                        .write("GET /healthz HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertThat(sockets.get(i).getInputStream().read()).isEqualTo('H');
            }
            assertThat(talk("GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n"))
                    .isIn("", "reset");
            sockets.get(0)
                    .getOutputStream()
                    .write("GET /metrics HTTP/1.1\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(sockets.get(0).getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("portcullis_connections{protocol=\"http\"} 20")
                    .contains("portcullis_connections_refused_total{protocol=\"http\"} 1");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        ReloadTest.await(
                "room",
                () -> talk("GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n").contains("alive"));
    }

    @Test
    void http2_priorKnowledge_answered() throws Exception {
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
            // HEADERS: :method GET, :scheme http, :path /healthz, :authority a
            byte[] path = "/healthz".getBytes(StandardCharsets.US_ASCII);
            byte[] block = new byte[2 + 2 + path.length + 3];
            block[0] = (byte) 0x82;
            block[1] = (byte) 0x86;
            block[2] = 0x04;
            block[3] = (byte) path.length;
            System.arraycopy(path, 0, block, 4, path.length);
            block[4 + path.length] = 0x01;
            block[5 + path.length] = 1;
            block[6 + path.length] = 'a';
            out.write(new byte[] {0, 0, (byte) block.length, 1, 5, 0, 0, 0, 1});
            out.write(block);
            out.flush();
            InputStream in = socket.getInputStream();
            StringBuilder seen = new StringBuilder();
            while (seen.indexOf("alive") < 0) {
                int one = in.read();
                assertThat(one).isNotNegative();
                seen.append((char) one);
            }
        }
    }

    @Test
    void http1_upgradeToH2c_staysHttp1() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + sidecar.httpPort() + "/healthz"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(response.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A frame longer than allowed; CONTINUATION without HEADERS; DATA on stream 0; broken HPACK.
                "00ffffff0000000001",
                "000004090400000001aaaaaaaa",
                "000001000000000000aa",
                "00000501050000000180ffffffff"
            })
    void http2_malformed_connectionEndsServerLives(String hex) throws Exception {
        StringBuilder text = new StringBuilder("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");
        for (int i = 0; i < hex.length(); i += 2) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        assertThat(talk(text.toString())).doesNotContain("alive");
        assertThat(talk("GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n")).contains("alive");
    }

    @Test
    void unixSocket_asked_answers() throws Exception {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("http.sock")));
            channel.write(ByteBuffer.wrap(
                    "GET /healthz HTTP/1.1\r\nconnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer in = ByteBuffer.allocate(4096);
            while (channel.read(in) >= 0) {
                assertThat(in.hasRemaining()).isTrue();
            }
            assertThat(new String(in.array(), 0, in.position(), StandardCharsets.UTF_8))
                    .contains("alive");
        }
    }

    @Test
    void close_underLoad_everyRequestThatWasTakenIsAnswered() throws Exception {
        List<String> wrong = new java.util.concurrent.CopyOnWriteArrayList<>();
        java.util.concurrent.atomic.AtomicInteger answered = new java.util.concurrent.atomic.AtomicInteger();
        Thread[] clients = new Thread[4];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = new Thread(() -> ask(answered, wrong));
            clients[i].start();
        }
        ReloadTest.await("load", () -> answered.get() > 200);
        sidecar.close();
        for (Thread client : clients) {
            client.join();
        }
        assertThat(wrong).isEmpty();
    }

    /** Asks on one connection until it ends; an answer that has begun has to be whole. */
    private void ask(java.util.concurrent.atomic.AtomicInteger answered, List<String> wrong) {
        byte[] question = decide().getBytes(StandardCharsets.UTF_8);
        try (Socket socket = connect()) {
            InputStream in = socket.getInputStream();
            while (true) {
                socket.getOutputStream().write(question);
                byte[] head = in.readNBytes(17);
                if (head.length == 0) {
                    return;
                }
                String text = new String(head, StandardCharsets.US_ASCII);
                StringBuilder rest = new StringBuilder();
                while (rest.indexOf("\"}") < 0) {
                    int one = in.read();
                    if (one < 0) {
                        wrong.add("cut: " + text + rest);
                        return;
                    }
                    rest.append((char) one);
                }
                if (!text.startsWith("HTTP/1.1 200 OK") || rest.indexOf("\"ALLOW\"") < 0) {
                    wrong.add(text + rest);
                    return;
                }
                answered.incrementAndGet();
            }
        } catch (IOException e) {
            // The connection ended between two requests.
        }
    }
}
