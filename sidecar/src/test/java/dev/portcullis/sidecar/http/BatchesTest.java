package dev.portcullis.sidecar.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.portcullis.sidecar.options.SidecarLimits;
import dev.portcullis.sidecar.options.SidecarOptions;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches on a server with one event loop: whatever else is asked shares it with them. */
class BatchesTest {

    private static final int BODIES = 10;
    private static final long MEMORY = 1000;
    private static final SidecarLimits LIMITS = SidecarLimits.DEFAULTS.withBatchesInProgress(BODIES, MEMORY);

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Batches batches = new Batches(loop, LIMITS);
    private final Map<String, Function<Reply, Batch>> kinds = new ConcurrentHashMap<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Routes routes = Routes.builder()
                .onAnyBelow("/batch", new Batching())
                .on("GET", "/one", new Fixed())
                .build();
        server = new HttpServer(
                routes,
                LIMITS,
                new ConnectionLimit(100),
                loop,
                Optional.empty(),
                (what, failure) -> failures.add(what + ": " + failure));
        port = ((InetSocketAddress) server.listen(SidecarOptions.loopback(0), loop)).getPort();
    }

    @AfterEach
    void end() throws Exception {
        server.drain();
        server.close(0);
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    /** Ends when a condition holds. */
    private record Until(Reply reply, BooleanSupplier over, AtomicLong steps, long bytes) implements Batch {

        private Until(Reply reply, BooleanSupplier over) {
            this(reply, over, new AtomicLong(), 1);
        }

        @Override
        public boolean step() {
            steps.incrementAndGet();
            if (!over.getAsBoolean()) {
                return false;
            }
            reply.send(ServerResponse.text(200, "done"));
            return true;
        }

        @Override
        public void shed() {
            reply.send(ServerResponse.text(503, "too much"));
        }
    }

    /** Begins a batch of the kind that its path names. */
    private final class Batching implements HttpEndpoint {

        @Override
        public int bodyLimit() {
            return 100;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            Batch batch =
                    kinds.get(request.path().substring("/batch/".length())).apply(reply);
            batches.begin(batch, request.body().length, reply);
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }

    /** Answers at once. */
    private static final class Fixed implements HttpEndpoint {

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            reply.send(ServerResponse.text(200, "one"));
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }

    private Socket send(String... requests) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(90_000);
        socket.getOutputStream().write(String.join("", requests).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String batch(String kind) {
        return batch(kind, "x");
    }

    private static String batch(String kind, String body) {
        return "POST /batch/" + kind + " HTTP/1.1\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String one() {
        return "GET /one HTTP/1.1\r\n\r\n";
    }

    /** Reads until a text has come. */
    private static String read(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            int next = in.read();
            assertThat(next).as("after " + seen).isNotNegative();
            seen.append((char) next);
        }
        return seen.toString();
    }

    private static void await(String what, BooleanSupplier holds) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!holds.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as(what).isNegative();
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** A kind of batch that goes on until the returned number is above zero. */
    private AtomicInteger untilTold(String kind) {
        AtomicInteger told = new AtomicInteger();
        kinds.put(kind, reply -> new Until(reply, () -> told.get() > 0));
        return told;
    }

    @Test
    void begin_batchThatGoesOn_othersOnTheLoopAreAnswered() throws Exception {
        AtomicInteger told = untilTold("long");
        try (Socket batch = send(batch("long"))) {
            await("the batch", () -> batches.inProgress() == 1);
            for (int i = 0; i < 20; i++) {
                try (Socket one = send(one())) {
                    assertThat(read(one, "one\n")).startsWith("HTTP/1.1 200");
                }
            }
            assertThat(batches.inProgress()).isEqualTo(1);
            told.set(1);
            assertThat(read(batch, "done\n")).startsWith("HTTP/1.1 200");
            await("the end", () -> batches.inProgress() == 0);
        }
    }

    @Test
    void begin_severalBatches_eachGetsItsTurn() throws Exception {
        AtomicInteger met = new AtomicInteger();
        for (String kind : List.of("a", "b", "c")) {
            AtomicInteger own = new AtomicInteger();
            kinds.put(
                    kind,
                    reply -> new Until(reply, () -> {
                        if (own.getAndIncrement() == 0) {
                            met.incrementAndGet();
                        }
                        return met.get() == 3;
                    }));
        }
        try (Socket a = send(batch("a"));
                Socket b = send(batch("b"));
                Socket c = send(batch("c"))) {
            for (Socket socket : List.of(a, b, c)) {
                assertThat(read(socket, "done\n")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void begin_pipeline_answeredInOrder() throws Exception {
        AtomicInteger told = untilTold("long");
        try (Socket socket = send(one(), batch("long"), one(), batch("long"))) {
            await("the batch", () -> batches.inProgress() == 1);
            assertThat(read(socket, "one\n")).doesNotContain("done");
            told.set(1);
            assertThat(read(socket, "one\n")).contains("done\n").endsWith("one\n");
            assertThat(read(socket, "done\n")).startsWith("HTTP/1.1 200");
        }
    }

    /** What a client sends while it waits may take longer than a request may. */
    @Test
    void begin_halfARequestMeanwhile_batchIsAnsweredAndTheRestToo() throws Exception {
        AtomicInteger told = untilTold("long");
        try (Socket socket = send(batch("long"))) {
            await("the batch", () -> batches.inProgress() == 1);
            socket.getOutputStream().write("GET /o".getBytes(StandardCharsets.US_ASCII));
            told.set(1);
            read(socket, "done\n");
            socket.getOutputStream().write("ne HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(socket, "one\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void begin_clientLeaves_batchEnds() throws Exception {
        AtomicLong steps = new AtomicLong();
        kinds.put("endless", reply -> new Until(reply, () -> false, steps, 1));
        try (Socket socket = send(batch("endless"))) {
            await("the batch", () -> steps.get() > 0);
            assertThat(socket.isConnected()).isTrue();
        }
        await("the end", () -> batches.inProgress() == 0);
        long last = steps.get();
        try (Socket one = send(one())) {
            read(one, "one\n");
        }
        assertThat(steps.get()).isEqualTo(last);
    }

    @Test
    void begin_http2StreamIsReset_batchEnds() throws Exception {
        untilTold("endless");
        byte[] path = "/batch/endless".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0")) {
            // HEADERS that end stream 1: :method POST, :scheme http, :path
            socket.getOutputStream().write(new byte[] {
                0, 0, (byte) (path.length + 4), 1, 5, 0, 0, 0, 1, (byte) 0x83, (byte) 0x86, 4, (byte) path.length
            });
            socket.getOutputStream().write(path);
            await("the batch", () -> batches.inProgress() == 1);
            // RST_STREAM: CANCEL
            socket.getOutputStream().write(new byte[] {0, 0, 4, 3, 0, 0, 0, 0, 1, 0, 0, 0, 8});
            await("the end", () -> batches.inProgress() == 0);
        }
    }

    @Test
    void begin_moreBodiesThanALoopMayHave_shedAtOnce() throws Exception {
        AtomicInteger told = untilTold("long");
        try (Socket longest = send(batch("long", "x".repeat(BODIES + 5)))) {
            await("one alone, however long", () -> batches.inProgress() == 1);
            try (Socket second = send(batch("long"))) {
                assertThat(read(second, "too much\n")).startsWith("HTTP/1.1 503");
            }
            assertThat(batches.refused()).isEqualTo(1);
            told.set(1);
            read(longest, "done\n");
        }
        try (Socket next = send(batch("long"))) {
            assertThat(read(next, "done\n")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void begin_memoryOfOthersIsFull_shed() throws Exception {
        AtomicInteger told = untilTold("long");
        kinds.put("large", reply -> new Until(reply, () -> told.get() > 0, new AtomicLong(), 2 * MEMORY));
        try (Socket large = send(batch("large"))) {
            await("one alone, however large", () -> batches.inProgress() == 1);
            try (Socket second = send(batch("long"))) {
                assertThat(read(second, "too much\n")).startsWith("HTTP/1.1 503");
            }
            told.set(1);
            read(large, "done\n");
        }
    }

    @Test
    void step_growsBesideOthers_shedOthersGoOn() throws Exception {
        AtomicInteger told = untilTold("long");
        AtomicLong memory = new AtomicLong(1);
        kinds.put("growing", reply -> new Batch() {
            @Override
            public boolean step() {
                return false;
            }

            @Override
            public long bytes() {
                return memory.get();
            }

            @Override
            public void shed() {
                reply.send(ServerResponse.text(503, "too much"));
            }
        });
        try (Socket growing = send(batch("growing"));
                Socket other = send(batch("long"))) {
            await("both", () -> batches.inProgress() == 2);
            memory.set(MEMORY + 1);
            assertThat(read(growing, "too much\n")).startsWith("HTTP/1.1 503");
            await("the other alone", () -> batches.inProgress() == 1);
            told.set(1);
            read(other, "done\n");
        }
    }

    @Test
    void step_fails_internalErrorAndNextIsAnswered() throws Exception {
        for (Throwable failure :
                List.of(new IllegalStateException("x"), new StackOverflowError(), new OutOfMemoryError())) {
            kinds.put(
                    "failing",
                    reply -> new Until(reply, () -> {
                        BatchesTest.<RuntimeException>sneak(failure);
                        return false;
                    }));
            try (Socket socket = send(batch("failing"), one())) {
                assertThat(read(socket, "one\n")).startsWith("HTTP/1.1 500").contains("internal error");
            }
            assertThat(failures).last().asString().contains("/batch/failing", failure.toString());
            await("the end", () -> batches.inProgress() == 0);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what isn't declared, as bugs do
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void drain_batchInProgress_answeredThenClosed() throws Exception {
        AtomicInteger told = untilTold("long");
        try (Socket socket = send(batch("long"))) {
            await("the batch", () -> batches.inProgress() == 1);
            server.drain();
            told.set(1);
            assertThat(read(socket, "done\n")).startsWith("HTTP/1.1 200").contains("connection: close");
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void close_batchThatDoesNotEnd_cutOffInTime() throws Exception {
        untilTold("endless");
        try (Socket socket = send(batch("endless"))) {
            await("the batch", () -> batches.inProgress() == 1);
            server.drain();
            server.close(TimeUnit.MILLISECONDS.toNanos(50));
            assertThat(socket.getInputStream().read()).isNegative();
            await("the end", () -> batches.inProgress() == 0);
        }
    }
}
