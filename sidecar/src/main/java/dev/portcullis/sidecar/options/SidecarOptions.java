package dev.portcullis.sidecar.options;

import dev.portcullis.policy.Semantics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything the sidecar is told. Mutable, for one thread, and copied when the sidecar starts. */
public final class SidecarOptions {

    /** Where HTTP listens unless told otherwise. */
    public static final int HTTP_PORT = 8181;

    /** Where gRPC listens unless told otherwise. */
    public static final int GRPC_PORT = 8182;

    private final PolicyLocation policies;
    private Optional<PolicyLocation> shadow = Optional.empty();
    private Semantics semantics = Semantics.defaults();
    private boolean knownPrincipals;
    private List<SocketAddress> http = List.of(loopback(HTTP_PORT));
    private List<SocketAddress> grpc = List.of(loopback(GRPC_PORT));
    private Optional<Path> mapping = Optional.empty();
    private Optional<TlsOptions> tls = Optional.empty();
    private AwsApiOptions awsApi = AwsApiOptions.DEFAULTS;
    private Optional<String> publicUrl = Optional.empty();
    private DecisionLogOptions decisionLog = DecisionLogOptions.NONE;
    private Optional<URI> traces = Optional.empty();
    private SidecarLimits limits = SidecarLimits.DEFAULTS;
    private Duration reloadInterval = Duration.ofSeconds(1);
    private Duration drainTime = Duration.ofSeconds(10);
    private boolean explainToEnvoy;
    private boolean page = true;
    private InstantSource clock = InstantSource.system();
    private Consumer<String> events = line -> {};

    private SidecarOptions(PolicyLocation policies) {
        this.policies = policies;
    }

    /** Everything else at its default. */
    public static SidecarOptions of(PolicyLocation policies) {
        return new SidecarOptions(Objects.requireNonNull(policies));
    }

    /** A port of this machine that no other machine reaches; 0: any free one. */
    public static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** Policies that decide beside those in force, without effect; differences are counted and told. */
    public SidecarOptions shadow(PolicyLocation value) {
        shadow = Optional.of(value);
        return this;
    }

    /** How contested points are read. */
    public SidecarOptions semantics(Semantics value) {
        semantics = Objects.requireNonNull(value);
        return this;
    }

    /** A user or role that the store doesn't know is refused. */
    public SidecarOptions knownPrincipals(boolean value) {
        knownPrincipals = value;
        return this;
    }

    /** Where HTTP listens: TCP or Unix domain sockets. */
    public SidecarOptions http(List<SocketAddress> value) {
        http = new ArrayList<>(value);
        return this;
    }

    /** Where gRPC listens: TCP or Unix domain sockets. */
    public SidecarOptions grpc(List<SocketAddress> value) {
        grpc = new ArrayList<>(value);
        return this;
    }

    /** What turns gateways' and AuthZEN's questions into principal, action, resource and context. */
    public SidecarOptions mapping(Path value) {
        mapping = Optional.of(value);
        return this;
    }

    /** Protects every TCP connection; Unix domain sockets are protected by the file system. */
    public SidecarOptions tls(TlsOptions value) {
        tls = Optional.of(value);
        return this;
    }

    /** Who gets answers from AWS's own APIs, and who clients are there. */
    public SidecarOptions awsApi(AwsApiOptions value) {
        awsApi = Objects.requireNonNull(value);
        return this;
    }

    /** The base URL that AuthZEN's clients know the sidecar by: https, no query, no fragment. */
    public SidecarOptions publicUrl(String value) {
        publicUrl = Optional.of(value);
        return this;
    }

    /** What of the decisions is written down. */
    public SidecarOptions decisionLog(DecisionLogOptions value) {
        decisionLog = Objects.requireNonNull(value);
        return this;
    }

    /** The base URL of an OpenTelemetry collector (OTLP over HTTP), which gets a span of every decision. */
    public SidecarOptions traces(URI value) {
        traces = Optional.of(value);
        return this;
    }

    /** What clients can make the sidecar hold or do. */
    public SidecarOptions limits(SidecarLimits value) {
        limits = Objects.requireNonNull(value);
        return this;
    }

    /** How often files are looked at; zero: only when asked. */
    public SidecarOptions reloadInterval(Duration value) {
        reloadInterval = Objects.requireNonNull(value);
        return this;
    }

    /** How long open connections may take to end when the sidecar does. */
    public SidecarOptions drainTime(Duration value) {
        drainTime = Objects.requireNonNull(value);
        return this;
    }

    /** Envoy gets the explanation as dynamic metadata. */
    public SidecarOptions explainToEnvoy(boolean value) {
        explainToEnvoy = value;
        return this;
    }

    /** Whether a page at {@code /} asks questions and shows policies. */
    public SidecarOptions page(boolean value) {
        page = value;
        return this;
    }

    /** What conditions on dates go by, and the times of versions; the machine's clock unless told otherwise. */
    public SidecarOptions clock(InstantSource value) {
        clock = Objects.requireNonNull(value);
        return this;
    }

    /** Takes events, a line of JSON each; called by one thread. */
    public SidecarOptions events(Consumer<String> value) {
        events = Objects.requireNonNull(value);
        return this;
    }

    /** Where the policies in force are. */
    public PolicyLocation policies() {
        return policies;
    }

    /** Where the candidate's are. */
    public Optional<PolicyLocation> shadow() {
        return shadow;
    }

    /** How contested points are read. */
    public Semantics semantics() {
        return semantics;
    }

    /** Whether unknown users and roles are refused. */
    public boolean knownPrincipals() {
        return knownPrincipals;
    }

    /** Where HTTP listens. */
    public List<SocketAddress> http() {
        return List.copyOf(http);
    }

    /** Where gRPC listens. */
    public List<SocketAddress> grpc() {
        return List.copyOf(grpc);
    }

    /** The mapping's file. */
    public Optional<Path> mapping() {
        return mapping;
    }

    /** How connections are protected. */
    public Optional<TlsOptions> tls() {
        return tls;
    }

    /** Who gets answers from AWS's own APIs. */
    public AwsApiOptions awsApi() {
        return awsApi;
    }

    /** The base URL for AuthZEN. */
    public Optional<String> publicUrl() {
        return publicUrl;
    }

    /** What of the decisions is written down. */
    public DecisionLogOptions decisionLog() {
        return decisionLog;
    }

    /** The collector of traces. */
    public Optional<URI> traces() {
        return traces;
    }

    /** What clients can make the sidecar hold or do. */
    public SidecarLimits limits() {
        return limits;
    }

    /** How often files are looked at. */
    public Duration reloadInterval() {
        return reloadInterval;
    }

    /** How long open connections may take to end. */
    public Duration drainTime() {
        return drainTime;
    }

    /** Whether Envoy gets explanations. */
    public boolean explainToEnvoy() {
        return explainToEnvoy;
    }

    /** Whether there is a page. */
    public boolean page() {
        return page;
    }

    /** What conditions on dates go by. */
    public InstantSource clock() {
        return clock;
    }

    /** What takes events. */
    public Consumer<String> events() {
        return events;
    }
}
