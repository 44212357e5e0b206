package dev.portcullis.sidecar.grpc;

import dev.portcullis.sidecar.http.BoundedServerSocketChannel;
import dev.portcullis.sidecar.http.ConnectionLimit;
import dev.portcullis.sidecar.options.SidecarLimits;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Listens for gRPC on any number of addresses; services run on the event loops. Thread-safe. */
public final class GrpcServer {

    /** Longer messages than are read are taken this far, so that they can be refused in the protocol's own form. */
    private static final int GRACE = 4;

    private final List<ServerServiceDefinition> services;
    private final SidecarLimits limits;
    private final ConnectionLimit connections;
    private final EventLoopGroup acceptor;
    private final EventLoopGroup loops;
    private final Optional<SslContext> tls;
    private final List<Server> servers = new ArrayList<>();

    /** @param tls with ALPN for h2; empty for plain text */
    public GrpcServer(
            List<ServerServiceDefinition> services,
            SidecarLimits limits,
            ConnectionLimit connections,
            EventLoopGroup acceptor,
            EventLoopGroup loops,
            Optional<SslContext> tls) {
        this.services = List.copyOf(services);
        this.limits = limits;
        this.connections = connections;
        this.acceptor = acceptor;
        this.loops = loops;
        this.tls = tls;
    }

    /** Listens; the address says on which port when it was left open. */
    public synchronized SocketAddress listen(SocketAddress address) throws IOException {
        NettyServerBuilder builder = NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(acceptor)
                .workerEventLoopGroup(loops)
                .directExecutor()
                .maxConcurrentCallsPerConnection(limits.streams())
                .maxInboundMessageSize(GRACE * limits.bodyBytes())
                .maxInboundMetadataSize(limits.headerBytes())
                .maxConnectionIdle(limits.idleTime().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(10, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true);
        if (address instanceof InetSocketAddress) {
            builder.channelFactory(() -> new BoundedServerSocketChannel(connections));
            tls.ifPresent(builder::sslContext);
        } else {
            builder.channelType(NioServerDomainSocketChannel.class);
        }
        services.forEach(builder::addService);
        Server server = builder.build();
        try {
            server.start();
        } catch (IOException e) {
            throw new IOException("can't listen on " + address + ": " + e.getMessage(), e);
        }
        servers.add(server);
        return server.getListenSockets().get(0);
    }

    /** Takes no further connections and calls; those under way end. Doesn't wait. */
    public synchronized void drain() {
        servers.forEach(Server::shutdown);
    }

    /** Waits until every call has ended; those that haven't by then are cut off. */
    public void close(long patienceNanos) throws InterruptedException {
        long end = System.nanoTime() + patienceNanos;
        List<Server> all;
        synchronized (this) {
            all = List.copyOf(servers);
        }
        for (Server server : all) {
            if (!server.awaitTermination(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
            }
        }
    }
}
