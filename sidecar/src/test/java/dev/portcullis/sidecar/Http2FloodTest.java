package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 clients that send frames without end, or never take an answer: they lose their connection, the others notice nothing. */
class Http2FloodTest {

    private static final int FRAMES = 100_000;
    private static final int AT_ONCE = 100;

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    @TempDir
    private Path folder;

    private Sidecar sidecar;

    @BeforeEach
    void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "q:SendMessage"));
        sidecar = Sidecar.start(
                store.options().limits(TestStore.LIMITS.withTimes(Duration.ofSeconds(3), Duration.ofSeconds(6))));
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    /** Frames of one turn of a flood. */
    private interface Turn {
        void write(ByteArrayOutputStream out, int number) throws IOException;
    }

    private static void frame(ByteArrayOutputStream out, int type, int flags, int stream, byte... payload)
            throws IOException {
        out.write(payload.length >> 16);
        out.write(payload.length >> 8);
        out.write(payload.length);
        out.write(type);
        out.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(stream >> shift);
        }
        out.write(payload);
    }

    /** GET of a path. */
    private static byte[] headers(String path) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.write(0x82);
        block.write(0x86);
        block.write(0x04);
        block.write(path.length());
        block.writeBytes(path.getBytes(StandardCharsets.US_ASCII));
        block.write(0x01);
        block.write(1);
        block.write('a');
        return block.toByteArray();
    }

    private Socket connect(byte... settings) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.httpPort());
        socket.setSoTimeout(60_000);
        ByteArrayOutputStream preface = new ByteArrayOutputStream();
        preface.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        frame(preface, SETTINGS, 0, 0, settings);
        socket.getOutputStream().write(preface.toByteArray());
        return socket;
    }

    /** Sends turns; the server must end the connection. Answers are read and thrown away. */
    private void flood(Socket socket, Turn turn) throws Exception {
        Thread reader = new Thread(() -> {
            try {
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[1 << 16];
                while (in.read(buffer) >= 0) {
                    assertThat(socket.isClosed()).isFalse();
                }
                socket.close();
            } catch (IOException e) {
                closeQuietly(socket);
            }
        });
        reader.start();
        boolean open = true;
        for (int sent = 0; open && sent < FRAMES; sent += AT_ONCE) {
            ByteArrayOutputStream some = new ByteArrayOutputStream();
            for (int i = sent; i < sent + AT_ONCE; i++) {
                turn.write(some, i);
            }
            open = write(socket, some.toByteArray());
        }
        reader.join(60_000);
        assertThat(reader.isAlive()).as("the connection has ended").isFalse();
    }

    /** False when the server has ended the connection. */
    private static boolean write(Socket socket, byte... bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void assertOthersAreServed() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sidecar.httpPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void continuation_withoutEnd_connectionEnds() throws Exception {
        try (Socket socket = connect()) {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            frame(first, HEADERS, END_STREAM, 1, headers("/healthz"));
            socket.getOutputStream().write(first.toByteArray());
            byte[] header = {0x00, 1, 'x', 1, 'y'};
            flood(socket, (out, number) -> frame(out, CONTINUATION, 0, 1, header));
        }
        assertOthersAreServed();
    }

    @Test
    void continuation_empty_connectionEnds() throws Exception {
        try (Socket socket = connect()) {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            frame(first, HEADERS, END_STREAM, 1, headers("/healthz"));
            socket.getOutputStream().write(first.toByteArray());
            flood(socket, (out, number) -> frame(out, CONTINUATION, 0, 1));
        }
        assertOthersAreServed();
    }

    @Test
    void streams_resetAtOnce_connectionEnds() throws Exception {
        try (Socket socket = connect()) {
            flood(socket, (out, number) -> {
                int stream = 2 * number + 1;
                frame(out, HEADERS, END_STREAM | END_HEADERS, stream, headers("/healthz"));
                frame(out, RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            });
        }
        assertOthersAreServed();
    }

    @Test
    void data_empty_connectionEnds() throws Exception {
        try (Socket socket = connect()) {
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            frame(first, HEADERS, END_HEADERS, 1, headers("/v1/decide"));
            socket.getOutputStream().write(first.toByteArray());
            flood(socket, (out, number) -> frame(out, DATA, 0, 1));
        }
        assertOthersAreServed();
    }

    /** Pings are answered, one for one, while somebody reads the answers; others are served meanwhile. */
    @Test
    void pings_withoutEnd_othersAreServed() throws Exception {
        try (Socket socket = connect()) {
            ByteArrayOutputStream some = new ByteArrayOutputStream();
            for (int i = 0; i < FRAMES; i++) {
                frame(some, PING, 0, 0, new byte[8]);
            }
            Thread writer = new Thread(() -> {
                try {
                    socket.getOutputStream().write(some.toByteArray());
                } catch (IOException e) {
                    closeQuietly(socket);
                }
            });
            writer.start();
            for (int i = 0; i < 10; i++) {
                assertOthersAreServed();
            }
            closeQuietly(socket);
            writer.join(60_000);
            assertThat(writer.isAlive()).isFalse();
        }
        assertOthersAreServed();
    }

    /** The client asks and never lets the answer come: its connection ends like an idle one. */
    @Test
    void window_neverOpened_connectionEnds() throws Exception {
        // SETTINGS_INITIAL_WINDOW_SIZE = 0
        try (Socket socket = connect((byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0)) {
            ByteArrayOutputStream asks = new ByteArrayOutputStream();
            for (int stream = 1; stream < 100; stream += 2) {
                frame(asks, HEADERS, END_STREAM | END_HEADERS, stream, headers("/metrics"));
            }
            socket.getOutputStream().write(asks.toByteArray());
            assertOthersAreServed();
            socket.setSoTimeout(30_000);
            boolean ended = false;
            try {
                InputStream in = socket.getInputStream();
                byte[] buffer = new byte[1 << 16];
                while (in.read(buffer) >= 0) {
                    assertThat(sidecar.httpPort()).isPositive();
                }
                ended = true;
            } catch (SocketTimeoutException e) {
                assertThat(e.bytesTransferred).isZero();
            } catch (IOException e) {
                ended = true;
            }
            assertThat(ended).as("the connection has ended").isTrue();
        }
        assertOthersAreServed();
    }

    /** Windows opened a byte at a time: each costs a frame, and the answer comes. */
    @Test
    void window_openedByteByByte_answered() throws Exception {
        try (Socket socket = connect((byte) 0, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0)) {
            ByteArrayOutputStream asks = new ByteArrayOutputStream();
            frame(asks, HEADERS, END_STREAM | END_HEADERS, 1, headers("/healthz"));
            for (int i = 0; i < 200; i++) {
                frame(asks, WINDOW_UPDATE, 0, 1, (byte) 0, (byte) 0, (byte) 0, (byte) 1);
            }
            socket.getOutputStream().write(asks.toByteArray());
            StringBuilder body = new StringBuilder();
            InputStream in = socket.getInputStream();
            while (!body.toString().contains("alive")) {
                byte[] head = in.readNBytes(9);
                assertThat(head).hasSize(9);
                byte[] payload = in.readNBytes((head[0] & 255) << 16 | (head[1] & 255) << 8 | (head[2] & 255));
                if (head[3] == DATA) {
                    body.append(new String(payload, StandardCharsets.US_ASCII));
                }
            }
        }
        assertOthersAreServed();
    }
}
