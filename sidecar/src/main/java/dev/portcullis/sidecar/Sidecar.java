package dev.portcullis.sidecar;

import dev.portcullis.sidecar.authzen.AuthzenEndpoints;
import dev.portcullis.sidecar.aws.AwsEndpoint;
import dev.portcullis.sidecar.decide.DecideEndpoint;
import dev.portcullis.sidecar.decision.DecisionLog;
import dev.portcullis.sidecar.decision.DecisionPoint;
import dev.portcullis.sidecar.decision.Policies;
import dev.portcullis.sidecar.decision.PolicySource;
import dev.portcullis.sidecar.envoy.AuthorizationService;
import dev.portcullis.sidecar.gateway.AuthzEndpoint;
import dev.portcullis.sidecar.gateway.GatewayDecision;
import dev.portcullis.sidecar.grpc.GrpcServer;
import dev.portcullis.sidecar.grpc.HealthService;
import dev.portcullis.sidecar.http.Batches;
import dev.portcullis.sidecar.http.ConnectionLimit;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.HttpServer;
import dev.portcullis.sidecar.http.Routes;
import dev.portcullis.sidecar.live.Live;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.live.Reloader;
import dev.portcullis.sidecar.log.EventLog;
import dev.portcullis.sidecar.mapping.AuthzenNames;
import dev.portcullis.sidecar.mapping.MappingSource;
import dev.portcullis.sidecar.mapping.Mappings;
import dev.portcullis.sidecar.metrics.Metrics;
import dev.portcullis.sidecar.operations.OperationsEndpoints;
import dev.portcullis.sidecar.options.AwsApiOptions;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.SidecarOptions;
import dev.portcullis.sidecar.page.PageEndpoints;
import dev.portcullis.sidecar.tls.Tls;
import dev.portcullis.sidecar.tracing.SpanExporter;
import io.grpc.ServerServiceDefinition;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The running sidecar. Thread-safe. */
public final class Sidecar implements AutoCloseable {

    private static final long TICK_MILLIS = 10;
    private static final int WAITING_SEARCHES = 64;
    private static final int REHEARSAL_SECONDS = 30;

    private final SidecarOptions options;
    private final EventLog events;
    private final Metrics metrics = new Metrics();
    private final List<Live<?>> everything = new ArrayList<>();
    private final List<SocketAddress> http = new ArrayList<>();
    private final List<SocketAddress> grpc = new ArrayList<>();
    private final HealthService health = new HealthService(Set.of(AuthorizationService.NAME));
    private final List<Future<?>> ticks = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final EventLoopGroup acceptor = loops(1, "portcullis-accept");
    private final EventLoopGroup loops = loops(Runtime.getRuntime().availableProcessors(), "portcullis-io");
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            Runtime.getRuntime().availableProcessors(),
            Runtime.getRuntime().availableProcessors(),
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_SEARCHES),
            new DefaultThreadFactory("portcullis-search", true));
    private Reloader reloader;
    private DecisionLog log;
    private Optional<SpanExporter> traces = Optional.empty();
    private HttpServer server;
    private GrpcServer grpcServer;
    private volatile boolean ready;

    private Sidecar(SidecarOptions options) {
        this.options = options;
        this.events = new EventLog(options.events());
    }

    private static EventLoopGroup loops(int count, String name) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name), NioIoHandler.newFactory());
    }

    /**
     * Loads everything, listens, and is ready.
     *
     * @throws SidecarException if something can't be loaded or listened on; says what and why
     */
    public static Sidecar start(SidecarOptions options) throws SidecarException {
        Sidecar sidecar = new Sidecar(options);
        try {
            sidecar.begin();
            return sidecar;
        } catch (LoadException | IOException | IllegalArgumentException e) {
            sidecar.close();
            throw new SidecarException(e.getMessage(), e);
        } catch (RuntimeException | Error e) {
            sidecar.close();
            throw e;
        }
    }

    private void begin() throws LoadException, IOException {
        Live<Policies> policies = policies("policies", options.policies());
        Optional<Live<Policies>> shadow = options.shadow().isPresent()
                ? Optional.of(policies("shadow", options.shadow().get()))
                : Optional.empty();
        Optional<Tls> tls =
                options.tls().isPresent() ? Optional.of(new Tls(options.tls().get(), events)) : Optional.empty();
        tls.ifPresent(t -> everything.add(t.live()));
        Optional<Live<Mappings>> mappings = options.mapping().isPresent()
                ? Optional.of(mappings(options.mapping().get()))
                : Optional.empty();
        log = new DecisionLog(options.decisionLog(), events);
        traces = options.traces().map(endpoint -> new SpanExporter(endpoint, events));
        DecisionPoint point = new DecisionPoint(
                policies, shadow, log, traces, metrics, events, options.limits().shedAfter());

        Batches batches = new Batches(loops, options.limits());
        metrics.gauge("batches", "Batches in progress.", "", batches::inProgress);
        metrics.counter("batches_refused", "Batches that were denied as too much.", batches::refused);

        Routes.Builder routes = Routes.builder();
        routes.on("POST", "/v1/decide", new DecideEndpoint(point, options.limits(), batches));
        GatewayDecision gateways = new GatewayDecision(point, mappings);
        HttpEndpoint authz = new AuthzEndpoint(gateways);
        routes.onAny(AuthzEndpoint.PATH, authz).onAnyBelow(AuthzEndpoint.PATH, authz);
        Supplier<AuthzenNames> names =
                () -> mappings.map(live -> live.current().value().authzen()).orElse(AuthzenNames.DEFAULT);
        new AuthzenEndpoints(point, names, options.limits(), workers, batches, options.publicUrl()).addTo(routes);
        new OperationsEndpoints(metrics, everything, () -> ready).addTo(routes);
        if (options.awsApi().reach() != AwsApiOptions.Reach.OFF) {
            routes.on("POST", AwsEndpoint.PATH, aws(policies));
        }
        if (options.page()) {
            new PageEndpoints(policies, options.publicUrl(), workers).addTo(routes);
        }
        AuthorizationService envoy = new AuthorizationService(
                gateways,
                options.limits().bodyBytes(),
                options.explainToEnvoy(),
                failure -> events.internal("answering Envoy", failure));

        listenHttp(routes.build(), tls);
        listenGrpc(List.of(envoy.definition(), health.definition()), tls);
        for (EventExecutor loop : loops) {
            ticks.add(loop.scheduleAtFixedRate(() -> point.desk().tick(), 0, TICK_MILLIS, TimeUnit.MILLISECONDS));
        }
        addMetrics();
        rehearse(gateways);
        reloader = new Reloader(everything, options.reloadInterval(), events);
        ready = true;
        health.serving(true);
        events.info("ready", "http", http.toString(), "grpc", grpc.toString());
    }

    private AwsEndpoint aws(Live<Policies> policies) {
        return new AwsEndpoint(
                () -> policies.current().value().store(),
                options.awsApi(),
                options.semantics(),
                workers,
                options.limits().bodyBytes(),
                failure -> events.internal("answering AWS's APIs", failure));
    }

    private Live<Policies> policies(String name, PolicyLocation location) throws LoadException {
        PolicySource source =
                new PolicySource(location, options.semantics(), options.knownPrincipals(), options.clock());
        Live<Policies> live = new Live<>(name, source, events, options.clock());
        live.start();
        everything.add(live);
        return live;
    }

    private Live<Mappings> mappings(Path file) throws LoadException {
        Live<Mappings> live = new Live<>("mapping", new MappingSource(file), events, options.clock());
        live.start();
        everything.add(live);
        return live;
    }

    private void listenHttp(Routes routes, Optional<Tls> tls) throws IOException {
        Optional<SslContext> context = tls.isPresent() ? Optional.of(tls.get().http()) : Optional.empty();
        ConnectionLimit connections = new ConnectionLimit(options.limits().connections());
        server = new HttpServer(routes, options.limits(), connections, loops, context, events::internal);
        metrics.gauge("connections", "Open connections.", "protocol=\"http\"", connections::open);
        metrics.counter(
                "connections_refused", "Connections above the limit.", "protocol=\"http\"", connections::refused);
        for (SocketAddress address : options.http()) {
            http.add(server.listen(address, acceptor));
        }
    }

    private void listenGrpc(List<ServerServiceDefinition> services, Optional<Tls> tls) throws IOException {
        Optional<SslContext> context = tls.isPresent() ? Optional.of(tls.get().grpc()) : Optional.empty();
        ConnectionLimit connections = new ConnectionLimit(options.limits().connections());
        grpcServer = new GrpcServer(services, options.limits(), connections, acceptor, loops, context);
        metrics.gauge("connections", "Open connections.", "protocol=\"grpc\"", connections::open);
        metrics.counter(
                "connections_refused", "Connections above the limit.", "protocol=\"grpc\"", connections::refused);
        for (SocketAddress address : options.grpc()) {
            grpc.add(grpcServer.listen(address));
        }
    }

    /** Answers once before anybody asks: the first client shouldn't wait for classes to be loaded. */
    private void rehearse(GatewayDecision gateways) {
        for (EventExecutor loop : loops) {
            if (!loop.submit(gateways::rehearse).awaitUninterruptibly(REHEARSAL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a thread that answers doesn't come round");
            }
        }
        if (!server.rehearse("/healthz")) {
            throw new IllegalStateException("the server doesn't answer itself");
        }
    }

    private void addMetrics() {
        for (Live<?> live : everything) {
            String label = "what=\"" + live.name() + "\"";
            metrics.gauge(
                    "version",
                    "Number of the version in force.",
                    label,
                    () -> live.current() == null ? 0 : live.current().number());
            metrics.gauge(
                    "age_seconds",
                    "Age of the version in force.",
                    label,
                    () -> live.age().toSeconds());
            metrics.gauge(
                    "last_load_failed",
                    "1 if the last attempt to load failed.",
                    label,
                    () -> live.failure().isPresent() ? 1 : 0);
            metrics.counter("load_failures", "Attempts to load that failed.", label, live::failures);
        }
        metrics.gauge("ready", "1 if questions are answered.", "", () -> ready ? 1 : 0);
        metrics.counter("events_dropped", "Events that were lost.", events::dropped);
    }

    /** Where HTTP listens. */
    public List<SocketAddress> http() {
        return List.copyOf(http);
    }

    /** The port of the first TCP address where HTTP listens. */
    public int httpPort() {
        return port(http);
    }

    /** Where gRPC listens. */
    public List<SocketAddress> grpc() {
        return List.copyOf(grpc);
    }

    /** The port of the first TCP address where gRPC listens. */
    public int grpcPort() {
        return port(grpc);
    }

    private static int port(List<SocketAddress> addresses) {
        for (SocketAddress address : addresses) {
            if (address instanceof InetSocketAddress inet) {
                return inet.getPort();
            }
        }
        throw new IllegalStateException("there is no TCP address");
    }

    /** Has every file read again, soon, and the decision log opened anew. */
    public void reload() {
        log.reopen();
        reloader.reloadNow();
    }

    /** Ends: not ready any more, no new connections, open ones end with their answers or when the time for it is over. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        ready = false;
        events.info("draining");
        long patience = options.drainTime().toNanos();
        try {
            health.serving(false);
            if (server != null) {
                server.drain();
            }
            if (grpcServer != null) {
                grpcServer.drain();
                grpcServer.close(patience);
            }
            if (server != null) {
                server.close(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (reloader != null) {
            reloader.close();
        }
        workers.shutdownNow();
        ticks.forEach(tick -> tick.cancel(false));
        for (EventLoopGroup group : List.of(acceptor, loops)) {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
        }
        if (log != null) {
            log.close();
        }
        traces.ifPresent(SpanExporter::close);
        events.info("ended");
        events.close();
    }
}
