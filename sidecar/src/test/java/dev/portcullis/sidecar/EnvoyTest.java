package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Envoy's external authorization, asked with Envoy's published classes. */
class EnvoyTest {

    private static final MethodDescriptor.Marshaller<byte[]> BYTES = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> RAW_CHECK = MethodDescriptor.newBuilder(BYTES, BYTES)
            .setType(MethodType.UNARY)
            .setFullMethodName("envoy.service.auth.v3.Authorization/Check")
            .build();

    @TempDir
    private Path folder;

    private Sidecar sidecar;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws Exception {
        TestStore store = new TestStore(folder.resolve("store"), """
                {"Version": "2012-10-17", "Statement": [
                  {"Sid": "One", "Effect": "Allow", "Action": "q:SendMessage", "Resource": "*",
                   "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}},
                  {"Sid": "Two", "Effect": "Allow", "Action": "q:ListPlugins", "Resource": "*"}]}""");
        Path mapping = Files.writeString(folder.resolve("mapping.json"), """
                {"identity": [
                   {"header": "x-user", "principal": "arn:aws:iam::111122223333:user/{value}"},
                   {"certificate": true, "principal": "{value}"}],
                 "mappings": {
                   "default": {"routes": {"POST /chat": {"action": "q:SendMessage"}}},
                   "plugins": {"hosts": ["plugins"], "routes": {"GET /": {"action": "q:ListPlugins"}}}}}""");
        sidecar = Sidecar.start(
                store.options().mapping(mapping).explainToEnvoy(true).limits(TestStore.LIMITS.withBodyBytes(20_000)));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", sidecar.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        sidecar.close();
    }

    private static CheckRequest request(Consumer<HttpRequest.Builder> http, Consumer<AttributeContext.Builder> more) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder().setMethod("POST").setPath("/chat").setHost("api");
        http.accept(request);
        AttributeContext.Builder attributes = AttributeContext.newBuilder()
                .setSource(AttributeContext.Peer.newBuilder()
                        .setAddress(Address.newBuilder()
                                .setSocketAddress(SocketAddress.newBuilder()
                                        .setAddress("203.0.113.7")
                                        .setPortValue(4711))))
                .setRequest(AttributeContext.Request.newBuilder().setHttp(request));
        more.accept(attributes);
        return CheckRequest.newBuilder().setAttributes(attributes).build();
    }

    private CheckResponse check(CheckRequest request) {
        return AuthorizationGrpc.newBlockingStub(channel)
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .check(request);
    }

    private CheckResponse checkBytes(byte[] request) throws IOException {
        return CheckResponse.parseFrom(ClientCalls.blockingUnaryCall(
                channel, RAW_CHECK, CallOptions.DEFAULT.withDeadlineAfter(60, TimeUnit.SECONDS), request));
    }

    private static void assertDenied(CheckResponse response, int code, int http) {
        assertThat(response.getStatus().getCode()).isEqualTo(code);
        assertThat(response.hasDeniedResponse()).isTrue();
        assertThat(response.getDeniedResponse().getStatus().getCodeValue()).isEqualTo(http);
    }

    @Test
    void headers_allowed_okWithId() {
        CheckResponse response = check(request(http -> http.putHeaders("x-user", "alice"), more -> {}));
        assertThat(response.getStatus().getCode()).isZero();
        assertThat(response.hasOkResponse()).isTrue();
        assertThat(response.getOkResponse().getHeaders(0).getHeader().getKey()).isEqualTo("x-decision-id");
        assertThat(response.getOkResponse().getHeaders(0).getHeader().getValue())
                .isNotEmpty();
        assertThat(response.getDynamicMetadata().getFieldsOrThrow("decision").getStringValue())
                .isEqualTo("allow");
        assertThat(response.getDynamicMetadata()
                        .getFieldsOrThrow("deciding")
                        .getListValue()
                        .getValues(0)
                        .getStringValue())
                .startsWith("own[One]");
    }

    @Test
    void headerMap_rawValue_read() {
        HeaderMap map = HeaderMap.newBuilder()
                .addHeaders(HeaderValue.newBuilder()
                        .setKey("X-User")
                        .setValue("bob")
                        .setRawValue(ByteString.copyFromUtf8("alice")))
                .build();
        assertThat(check(request(http -> http.setHeaderMap(map), more -> {})).hasOkResponse())
                .isTrue();
    }

    @Test
    void headerMap_identityTwice_denied() {
        HeaderValue.Builder user = HeaderValue.newBuilder().setKey("x-user").setValue("alice");
        HeaderMap map = HeaderMap.newBuilder().addHeaders(user).addHeaders(user).build();
        assertDenied(check(request(http -> http.setHeaderMap(map), more -> {})), 16, 401);
    }

    @Test
    void deniedByPolicy_403_nothingLeaksInBody() {
        CheckResponse response = check(request(http -> http.putHeaders("x-user", "bob"), more -> {}));
        assertDenied(response, 7, 403);
        assertThat(response.getDeniedResponse().getBody()).matches("denied \\([0-9a-z-]+\\)\n");
    }

    @Test
    void nobody_401() {
        assertDenied(check(request(http -> {}, more -> {})), 16, 401);
    }

    @Test
    void principalOfTls_isIdentity() {
        assertThat(check(request(http -> {}, more -> more.getSourceBuilder().setPrincipal(TestStore.ALICE)))
                        .hasOkResponse())
                .isTrue();
    }

    @Test
    void sourceAddress_isContext() {
        assertDenied(
                check(request(
                        http -> http.putHeaders("x-user", "alice"),
                        more -> more.getSourceBuilder()
                                .getAddressBuilder()
                                .getSocketAddressBuilder()
                                .setAddress("198.51.100.1"))),
                7,
                403);
    }

    @Test
    void contextExtensions_chooseMapping() {
        assertThat(check(request(
                                http -> http.setMethod("GET").setPath("/").putHeaders("x-user", "alice"),
                                more -> more.putAllContextExtensions(Map.of("mapping", "plugins"))))
                        .hasOkResponse())
                .isTrue();
        assertDenied(
                check(request(
                        http -> http.putHeaders("x-user", "alice"),
                        more -> more.putAllContextExtensions(Map.of("mapping", "none")))),
                7,
                403);
    }

    @Test
    void path_asSent_neverAnotherRoute() {
        for (String path : new String[] {"//chat", "/chat/", "/x/../chat", "/%63hat", "/chat%2f", "chat", ""}) {
            assertDenied(check(request(http -> http.setPath(path).putHeaders("x-user", "alice"), more -> {})), 7, 403);
        }
    }

    @Test
    void message_cutAnywhere_deniedOrSameQuestion() throws IOException {
        byte[] whole =
                request(http -> http.putHeaders("x-user", "alice"), more -> {}).toByteArray();
        assertThat(checkBytes(whole).hasOkResponse()).isTrue();
        for (int length = 0; length < whole.length; length++) {
            CheckResponse response = checkBytes(Arrays.copyOf(whole, length));
            assertThat(response.hasDeniedResponse())
                    .as("cut after %s bytes", length)
                    .isTrue();
        }
    }

    @Test
    void message_everyByteChanged_answeredInForm() throws IOException {
        byte[] whole =
                request(http -> http.putHeaders("x-user", "alice"), more -> {}).toByteArray();
        for (int i = 0; i < whole.length; i++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) bit;
                CheckResponse response = checkBytes(changed);
                assertThat(response.hasDeniedResponse() || response.hasOkResponse())
                        .isTrue();
            }
        }
    }

    @Test
    void message_oddForms_denied() throws IOException {
        byte[] invalidUtf8 = {0x0a, 0x0a, 0x22, 0x08, 0x12, 0x06, 0x12, 0x04, (byte) 0xff, (byte) 0xfe, 0x41, 0x42};
        assertDenied(checkBytes(invalidUtf8), 7, 403);
        byte[] endOfGroup = {0x0c};
        assertDenied(checkBytes(endOfGroup), 7, 403);
        assertDenied(checkBytes(new byte[0]), 7, 403);
        byte[] deep = new byte[200];
        Arrays.fill(deep, (byte) 0x0b);
        assertDenied(checkBytes(deep), 7, 403);
    }

    @Test
    void message_tooLong_denied() {
        assertDenied(
                check(request(http -> http.putHeaders("x-user", "alice").setBody("x".repeat(30_000)), more -> {})),
                7,
                403);
    }

    @Test
    void health_servingUntilClosed() {
        HealthGrpc.HealthBlockingStub health =
                HealthGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
        for (String service : new String[] {"", "envoy.service.auth.v3.Authorization"}) {
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(service)
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        }
        assertThatThrownBy(() -> health.check(
                        HealthCheckRequest.newBuilder().setService("none").build()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("NOT_FOUND");
        var watch = health.watch(HealthCheckRequest.getDefaultInstance());
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.SERVING);
        Thread end = new Thread(sidecar::close);
        end.start();
        assertThat(watch.next().getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
    }
}
