package dev.portcullis.sidecar.http;

import dev.portcullis.sidecar.options.SidecarLimits;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Listens for HTTP/1.1 and HTTP/2, with or without TLS, on any number of addresses. Thread-safe. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails closes its channel, which is all there is to do
public final class HttpServer {

    private static final int CHUNK_BYTES = 8 << 10;

    private final Routes routes;
    private final SidecarLimits limits;
    private final ConnectionLimit connections;
    private final EventLoopGroup loops;
    private final Optional<SslContext> tls;
    private final BiConsumer<String, Throwable> failures;
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final List<Channel> listening = new ArrayList<>();
    private volatile boolean draining;

    /**
     * @param loops on which endpoints run
     * @param tls with ALPN for h2 and http/1.1; empty for plain text
     * @param failures is told what went wrong and why
     */
    public HttpServer(
            Routes routes,
            SidecarLimits limits,
            ConnectionLimit connections,
            EventLoopGroup loops,
            Optional<SslContext> tls,
            BiConsumer<String, Throwable> failures) {
        this.routes = routes;
        this.limits = limits;
        this.connections = connections;
        this.loops = loops;
        this.tls = tls;
        this.failures = failures;
    }

    /** Listens; the address says on which port when it was left open. */
    public SocketAddress listen(SocketAddress address, EventLoopGroup acceptor) throws IOException {
        ServerBootstrap bootstrap = new ServerBootstrap().group(acceptor, loops);
        if (address instanceof InetSocketAddress) {
            bootstrap
                    .channelFactory(() -> new BoundedServerSocketChannel(connections))
                    .option(ChannelOption.SO_BACKLOG, 1024)
                    .option(ChannelOption.SO_REUSEADDR, true)
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new Connection(false));
        } else {
            bootstrap.channel(NioServerDomainSocketChannel.class).childHandler(new Connection(true));
        }
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "can't listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
        }
        synchronized (listening) {
            listening.add(bound.channel());
        }
        return bound.channel().localAddress();
    }

    /**
     * Answers a request that nobody sent, so that what answering takes is loaded before the first client waits for it.
     *
     * @return whether it was answered with status 200
     */
    public boolean rehearse(String path) {
        EmbeddedChannel channel = new EmbeddedChannel();
        try {
            ConnectionGuard guard = new ConnectionGuard(limits);
            channel.pipeline().addLast(guard, new PrefaceDetector(this, guard));
            channel.writeInbound(Unpooled.copiedBuffer(
                    "GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n", StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            for (ByteBuf out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
                answer.append(out.toString(StandardCharsets.US_ASCII));
                out.release();
            }
            return answer.indexOf("HTTP/1.1 200 ") == 0;
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /** Takes no further connections; those that are open end with the answer they wait for. Doesn't wait. */
    public void drain() {
        draining = true;
        synchronized (listening) {
            listening.forEach(channel -> channel.close().awaitUninterruptibly());
        }
        for (Channel channel : open) {
            channel.eventLoop().execute(() -> {
                EndpointHandler handler = channel.pipeline().get(EndpointHandler.class);
                // HTTP/2 says goodbye and lets its streams end; HTTP/1.1 between two requests just ends.
                if (handler == null || handler.isIdle()) {
                    channel.close();
                }
            });
        }
    }

    /** Waits until every connection has ended; those that haven't by then are closed. */
    public void close(long patienceNanos) throws InterruptedException {
        long end = System.nanoTime() + patienceNanos;
        while (!open.isEmpty() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        open.close().await(1, TimeUnit.SECONDS);
    }

    Routes routes() {
        return routes;
    }

    long requestNanos() {
        return limits.requestTime().toNanos();
    }

    boolean isDraining() {
        return draining;
    }

    void failed(ClientRequest request, Throwable failure) {
        failures.accept("answering " + request.method() + " " + request.path(), failure);
    }

    void broken(Throwable cause) {
        failures.accept("on a connection", cause);
    }

    void speakHttp1(ChannelPipeline pipeline, ConnectionGuard guard) {
        pipeline.addLast(new HttpServerCodec(limits.requestLineBytes(), limits.headerBytes(), CHUNK_BYTES));
        pipeline.addLast(new EndpointHandler(this, guard));
    }

    void speakHttp2(ChannelPipeline pipeline, ConnectionGuard guard) {
        guard.leaveRequests();
        Http2FrameCodec frames = Http2FrameCodecBuilder.forServer()
                .initialSettings(Http2Settings.defaultSettings()
                        .maxConcurrentStreams(limits.streams())
                        .maxHeaderListSize(limits.headerBytes()))
                .gracefulShutdownTimeoutMillis(limits.requestTime().toMillis())
                .build();
        pipeline.addLast(frames);
        pipeline.addLast(new Http2MultiplexHandler(new Stream()));
        pipeline.addLast(new BrokenConnection());
    }

    /** Sets up a connection. */
    private final class Connection extends ChannelInitializer<Channel> {

        private final boolean counted;

        private Connection(boolean counted) {
            this.counted = counted;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (counted && !connections.admit(channel)) {
                return;
            }
            open.add(channel);
            ChannelPipeline pipeline = channel.pipeline();
            ConnectionGuard guard = new ConnectionGuard(limits);
            if (tls.isPresent()) {
                pipeline.addLast(tls.get().newHandler(channel.alloc()));
                pipeline.addLast(guard);
                pipeline.addLast(new Negotiated(guard));
            } else {
                pipeline.addLast(guard);
                pipeline.addLast(new PrefaceDetector(HttpServer.this, guard));
            }
        }
    }

    /** Sets up what TLS agreed on. */
    private final class Negotiated extends ApplicationProtocolNegotiationHandler {

        private final ConnectionGuard guard;

        private Negotiated(ConnectionGuard guard) {
            super(ApplicationProtocolNames.HTTP_1_1);
            this.guard = guard;
        }

        @Override
        protected void configurePipeline(ChannelHandlerContext context, String protocol) {
            if (protocol.equals(ApplicationProtocolNames.HTTP_2)) {
                speakHttp2(context.pipeline(), guard);
            } else {
                speakHttp1(context.pipeline(), guard);
            }
        }

        @Override
        protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /** The end of what nobody else handles: clients that speak no HTTP/2, connections that break. */
    private static final class BrokenConnection extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The frame codec has told the client why and ends the connection; if it didn't, this does.
            context.close();
        }
    }

    /** Sets up a stream of HTTP/2: one request. */
    private final class Stream extends ChannelInitializer<Channel> {

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                    .addLast(new EndpointHandler(HttpServer.this, null));
        }
    }
}
