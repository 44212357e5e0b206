package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.ApiListener;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.ClientInterceptor;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * External authorization asked by grpc-java's own client (gRFC A92), which gets its configuration from a control plane as
 * it would in a mesh.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class XdsClientTest {

    private static final String MAPPING = """
            {"identity": [{"header": "x-user", "principal": "arn:aws:iam::111122223333:user/{value}"}],
             "routes": {"POST /grpc.health.v1.Health/Check": {"action": "health:Check"}}}""";
    private static final Metadata.Key<String> USER = Metadata.Key.of("x-user", Metadata.ASCII_STRING_MARSHALLER);

    static {
        // The client is behind a flag until its API settles; read when its classes are loaded.
        System.setProperty("GRPC_EXPERIMENTAL_XDS_EXT_AUTHZ_ON_CLIENT", "true");
    }

    @TempDir
    private static Path folder;

    private static Sidecar sidecar;
    private static Server application;
    private static Server controlPlane;
    private static ManagedChannel channel;

    /** Once for all: the client reads where its control plane is once in a process. */
    @BeforeAll
    static void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), TestStore.statement("Allow", "health:Check"));
        Path mapping = folder.resolve("mapping.json");
        Files.writeString(mapping, MAPPING);
        sidecar = Sidecar.start(store.options().mapping(mapping));
        HealthStatusManager health = new HealthStatusManager();
        application = NettyServerBuilder.forAddress(loopback(), InsecureServerCredentials.create())
                .addService(health.getHealthService())
                .build()
                .start();
        controlPlane = NettyServerBuilder.forAddress(loopback(), InsecureServerCredentials.create())
                .addService(new ControlPlane(application.getPort(), sidecar.grpcPort()))
                .build()
                .start();
        String target = "dns:///127.0.0.1:" + sidecar.grpcPort();
        System.setProperty("io.grpc.xds.bootstrapConfig", """
                {"xds_servers": [{"server_uri": "127.0.0.1:%d", "channel_creds": [{"type": "insecure"}],
                                  "server_features": ["xds_v3"]}],
                 "node": {"id": "test"},
                 "allowed_grpc_services": {"%s": {"channel_creds": [{"type": "insecure"}]}}}""".formatted(controlPlane.getPort(), target));
        channel = Grpc.newChannelBuilder("xds:///application", InsecureChannelCredentials.create())
                .build();
    }

    private static InetSocketAddress loopback() {
        return dev.portcullis.sidecar.options.SidecarOptions.loopback(0);
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        controlPlane.shutdownNow();
        application.shutdownNow();
        sidecar.close();
    }

    private static Status check(Map<String, String> headers) {
        Metadata metadata = new Metadata();
        headers.forEach((name, value) -> metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
        ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(metadata);
        try {
            HealthGrpc.newBlockingStub(channel)
                    .withInterceptors(attach)
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .check(HealthCheckRequest.getDefaultInstance());
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    @Test
    void nobody_unauthenticated() throws Exception {
        Status status = check(Map.of());
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(new Client(sidecar).get("/metrics").body())
                .contains("protocol=\"ext_authz\",decision=\"unidentified\"} 1\n");
    }

    @Test
    void notAllowed_permissionDenied() throws Exception {
        Status status = check(Map.of(USER.name(), "bob"));
        assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(new Client(sidecar).get("/metrics").body())
                .contains("protocol=\"ext_authz\",decision=\"implicit_deny\"} 1\n");
    }

    /**
     * The sidecar says yes; grpc-java 1.85.1 then starts the call in the finished question's context, which it cancels
     * beforehand or afterwards, as it happens. So a call may be cancelled, but it is never denied.
     */
    @Test
    void allowed_sidecarSaysYes() throws Exception {
        Status status = check(Map.of(USER.name(), "alice"));
        assertThat(status.getCode()).as("%s", status).isIn(Status.Code.OK, Status.Code.CANCELLED);
        assertThat(new Client(sidecar).get("/metrics").body())
                .contains("protocol=\"ext_authz\",decision=\"allow\"} 1\n");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void sidecarGone_denied() {
        sidecar.close();
        Status status = check(Map.of(USER.name(), "alice"));
        assertThat(status.isOk()).as("%s", status).isFalse();
    }

    /** Tells clients of one listener, one cluster and one endpoint, with the sidecar asked before every call. */
    private static final class ControlPlane extends AggregatedDiscoveryServiceGrpc.AggregatedDiscoveryServiceImplBase {

        private final int application;
        private final int sidecar;

        private ControlPlane(int application, int sidecar) {
            this.application = application;
            this.sidecar = sidecar;
        }

        @Override
        public StreamObserver<DiscoveryRequest> streamAggregatedResources(StreamObserver<DiscoveryResponse> responses) {
            return new StreamObserver<>() {
                @Override
                public void onNext(DiscoveryRequest request) {
                    // Anything else than the first of a kind acknowledges.
                    if (request.getResponseNonce().isEmpty()) {
                        responses.onNext(DiscoveryResponse.newBuilder()
                                .setTypeUrl(request.getTypeUrl())
                                .setVersionInfo("1")
                                .setNonce("1")
                                .addResources(Any.pack(resource(request.getTypeUrl())))
                                .build());
                    }
                }

                @Override
                public void onError(Throwable failure) {
                    // The client is gone.
                }

                @Override
                public void onCompleted() {
                    responses.onCompleted();
                }
            };
        }

        private Message resource(String typeUrl) {
            return switch (typeUrl.substring(typeUrl.lastIndexOf('.') + 1)) {
                case "Listener" -> listener();
                case "Cluster" ->
                    Cluster.newBuilder()
                            .setName("application")
                            .setType(Cluster.DiscoveryType.EDS)
                            .setEdsClusterConfig(Cluster.EdsClusterConfig.newBuilder()
                                    .setEdsConfig(ConfigSource.newBuilder()
                                            .setAds(AggregatedConfigSource.getDefaultInstance())))
                            .build();
                case "ClusterLoadAssignment" -> endpoints();
                default ->
                    throw Status.INVALID_ARGUMENT.withDescription(typeUrl).asRuntimeException();
            };
        }

        private Listener listener() {
            GrpcService authorization = GrpcService.newBuilder()
                    .setGoogleGrpc(GrpcService.GoogleGrpc.newBuilder().setTargetUri("dns:///127.0.0.1:" + sidecar))
                    .setTimeout(com.google.protobuf.Duration.newBuilder()
                            .setSeconds(Duration.ofMinutes(1).toSeconds()))
                    .build();
            HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                    .setRouteConfig(RouteConfiguration.newBuilder()
                            .setName("routes")
                            .addVirtualHosts(VirtualHost.newBuilder()
                                    .setName("all")
                                    .addDomains("*")
                                    .addRoutes(Route.newBuilder()
                                            .setMatch(RouteMatch.newBuilder().setPrefix(""))
                                            .setRoute(RouteAction.newBuilder().setCluster("application")))))
                    .addHttpFilters(HttpFilter.newBuilder()
                            .setName("authorization")
                            .setTypedConfig(Any.pack(ExtAuthz.newBuilder()
                                    .setGrpcService(authorization)
                                    .setFailureModeAllow(false)
                                    .build())))
                    .addHttpFilters(HttpFilter.newBuilder()
                            .setName("router")
                            .setTypedConfig(Any.pack(Router.getDefaultInstance())))
                    .build();
            return Listener.newBuilder()
                    .setName("application")
                    .setApiListener(ApiListener.newBuilder().setApiListener(Any.pack(manager)))
                    .build();
        }

        private ClusterLoadAssignment endpoints() {
            Endpoint endpoint = Endpoint.newBuilder()
                    .setAddress(Address.newBuilder()
                            .setSocketAddress(SocketAddress.newBuilder()
                                    .setAddress("127.0.0.1")
                                    .setPortValue(application)))
                    .build();
            return ClusterLoadAssignment.newBuilder()
                    .setClusterName("application")
                    .addEndpoints(LocalityLbEndpoints.newBuilder()
                            .setLocality(io.envoyproxy.envoy.config.core.v3.Locality.newBuilder()
                                    .setRegion("here"))
                            .setLoadBalancingWeight(UInt32Value.of(1))
                            .addLbEndpoints(LbEndpoint.newBuilder().setEndpoint(endpoint)))
                    .build();
        }
    }
}
