package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import dev.portcullis.sidecar.json.JsonWriter;
import dev.portcullis.sidecar.options.SidecarOptions;
import io.envoyproxy.envoy.config.bootstrap.v3.Bootstrap;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The example for Envoy, read by Envoy's published schema: no member, value or type of it is made up. */
class GatewayExamplesTest {

    private static final Path ENVOY = Path.of("..", "examples", "gateways", "envoy.yaml");
    private static final List<Message> TYPES = List.of(
            HttpConnectionManager.getDefaultInstance(),
            ExtAuthz.getDefaultInstance(),
            ExtAuthzPerRoute.getDefaultInstance(),
            HeaderMutation.getDefaultInstance(),
            Router.getDefaultInstance(),
            HttpProtocolOptions.getDefaultInstance());

    private static Bootstrap bootstrap() throws IOException {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        Object tree = new Yaml(new SafeConstructor(strict)).load(Files.readString(ENVOY));
        JsonWriter json = new JsonWriter();
        write(tree, json);
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        TYPES.forEach(type -> types.add(type.getDescriptorForType()));
        Bootstrap.Builder bootstrap = Bootstrap.newBuilder();
        // Members that the schema doesn't have are errors.
        JsonFormat.parser().usingTypeRegistry(types.build()).merge(json.toString(), bootstrap);
        return bootstrap.build();
    }

    private static void write(Object node, JsonWriter json) {
        if (node instanceof Map<?, ?> map) {
            json.beginObject();
            map.forEach((name, value) -> write(value, json.name(name.toString())));
            json.endObject();
        } else if (node instanceof List<?> list) {
            json.beginArray();
            list.forEach(element -> write(element, json));
            json.endArray();
        } else if (node instanceof Boolean flag) {
            json.value(flag);
        } else if (node instanceof Integer number) {
            json.value(number.longValue());
        } else {
            json.value(node.toString());
        }
    }

    private static <T extends Message> T unpack(Any any, Class<T> type) throws InvalidProtocolBufferException {
        assertThat(any.is(type)).as(any.getTypeUrl()).isTrue();
        return any.unpack(type);
    }

    @Test
    void envoy_asksTheSidecar_andTakesSilenceForANo() throws Exception {
        Bootstrap bootstrap = bootstrap();
        HttpConnectionManager manager = unpack(
                bootstrap
                        .getStaticResources()
                        .getListeners(0)
                        .getFilterChains(0)
                        .getFilters(0)
                        .getTypedConfig(),
                HttpConnectionManager.class);
        List<HttpFilter> filters = manager.getHttpFiltersList();
        assertThat(filters)
                .extracting(HttpFilter::getName)
                .containsExactly(
                        "envoy.filters.http.header_mutation",
                        "envoy.filters.http.ext_authz",
                        "envoy.filters.http.router");
        assertThat(unpack(filters.get(0).getTypedConfig(), HeaderMutation.class)
                        .getMutations()
                        .getRequestMutations(0)
                        .getRemove())
                .isEqualTo("x-portcullis-user");
        ExtAuthz authorization = unpack(filters.get(1).getTypedConfig(), ExtAuthz.class);
        assertThat(authorization.getFailureModeAllow()).isFalse();
        assertThat(authorization.getStatusOnError().getCodeValue())
                .as("0 is Envoy's default, 403")
                .isZero();
        String cluster = authorization.getGrpcService().getEnvoyGrpc().getClusterName();
        Cluster portcullis = bootstrap.getStaticResources().getClustersList().stream()
                .filter(one -> one.getName().equals(cluster))
                .findAny()
                .orElseThrow();
        assertThat(portcullis
                        .getLoadAssignment()
                        .getEndpoints(0)
                        .getLbEndpoints(0)
                        .getEndpoint()
                        .getAddress()
                        .getSocketAddress()
                        .getPortValue())
                .isEqualTo(SidecarOptions.GRPC_PORT);
        assertThat(unpack(
                                portcullis.getTypedExtensionProtocolOptionsOrThrow(
                                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions"),
                                HttpProtocolOptions.class)
                        .getExplicitHttpConfig()
                        .hasHttp2ProtocolOptions())
                .isTrue();
        assertThat(portcullis.getHealthChecks(0).getGrpcHealthCheck().getServiceName())
                .isEqualTo("envoy.service.auth.v3.Authorization");
    }

    @Test
    void envoy_pathsStayAsTheyCame() throws Exception {
        HttpConnectionManager manager = unpack(
                bootstrap()
                        .getStaticResources()
                        .getListeners(0)
                        .getFilterChains(0)
                        .getFilters(0)
                        .getTypedConfig(),
                HttpConnectionManager.class);
        assertThat(manager.getNormalizePath().getValue()).isFalse();
        assertThat(manager.getMergeSlashes()).isFalse();
        assertThat(manager.getPathWithEscapedSlashesAction())
                .isEqualTo(HttpConnectionManager.PathWithEscapedSlashesAction.KEEP_UNCHANGED);
        ExtAuthzPerRoute route = unpack(
                manager.getRouteConfig()
                        .getVirtualHosts(0)
                        .getRoutes(0)
                        .getTypedPerFilterConfigOrThrow("envoy.filters.http.ext_authz"),
                ExtAuthzPerRoute.class);
        assertThat(route.getCheckSettings().getContextExtensionsOrThrow("mapping"))
                .isEqualTo("default");
    }
}
