package dev.portcullis.cli;

import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.Sidecar;
import dev.portcullis.sidecar.SidecarException;
import dev.portcullis.sidecar.options.DecisionLogOptions;
import dev.portcullis.sidecar.options.PolicyLocation;
import dev.portcullis.sidecar.options.PolicyLocation.Kind;
import dev.portcullis.sidecar.options.SidecarLimits;
import dev.portcullis.sidecar.options.SidecarOptions;
import dev.portcullis.sidecar.options.TlsOptions;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Answers gateways and other programs until it is told to end. */
@Command(
        name = "serve",
        description = "Answers over HTTP and gRPC: decisions, gateways (Envoy, nginx, Caddy, HAProxy), AuthZEN,"
                + " AWS's policy simulator.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis serve --store examples/amazon-q",
            "  portcullis serve --store store --mapping mapping.json --decision-log decisions.jsonl",
            "  portcullis serve --image store.image --shadow-store candidate",
            "",
            "SIGHUP loads everything again, SIGTERM ends it after the answers under way. Events go to standard",
            "error, a line of JSON each. Exit codes: 0 ended as told, 2 error."
        })
final class ServeCommand implements Callable<Integer> {

    @ParentCommand
    private Portcullis portcullis;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LocationOptions location;

    @Option(
            names = "--shadow-store",
            paramLabel = "DIR",
            description = "A candidate that decides beside the store in force; differences are counted and told.")
    private Optional<Path> shadowStore = Optional.empty();

    @Option(names = "--shadow-image", paramLabel = "FILE", description = "The same, compiled.")
    private Optional<Path> shadowImage = Optional.empty();

    @Option(
            names = "--mapping",
            paramLabel = "FILE",
            description = "How gateways' and AuthZEN's questions become principal, action, resource and context.")
    private Optional<Path> mapping = Optional.empty();

    @Option(
            names = "--http",
            paramLabel = "ADDRESS",
            description = "HOST:PORT, or unix:PATH; repeatable. Default: 127.0.0.1:8181.")
    private List<String> http = new ArrayList<>();

    @Option(
            names = "--grpc",
            paramLabel = "ADDRESS",
            description = "HOST:PORT, or unix:PATH; repeatable. Default: 127.0.0.1:8182.")
    private List<String> grpc = new ArrayList<>();

    @Option(
            names = "--tls-certificates",
            paramLabel = "FILE",
            description = "PEM, the sidecar's own certificate first.")
    private Optional<Path> certificates = Optional.empty();

    @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key: PEM, PKCS #8.")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--tls-clients",
            paramLabel = "FILE",
            description = "PEM: the authorities that sign clients' certificates. Clients must have one then.")
    private Optional<Path> clientAuthorities = Optional.empty();

    @Option(names = "--tls-clients-optional", description = "A client may also have no certificate.")
    private boolean clientsOptional;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "The https base URL that AuthZEN's clients know this server by.")
    private Optional<String> publicUrl = Optional.empty();

    @Option(
            names = "--decision-log",
            paramLabel = "FILE",
            description = "Append every decision to a file, a line of JSON each; - is standard output.")
    private Optional<Path> decisionLog = Optional.empty();

    @Option(
            names = "--decision-log-sample",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "The share of decisions that is logged, 0 to 1; default 1.")
    private double sample;

    @Option(
            names = "--decision-log-only",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "all (default), allowed or denied.")
    private DecisionLogOptions.Which which;

    @Option(
            names = "--decision-log-mask",
            paramLabel = "KEY",
            description = "A context key whose values aren't logged; a * at its end stands for any rest; repeatable.")
    private List<String> masked = new ArrayList<>();

    @Option(
            names = "--traces",
            paramLabel = "URL",
            description =
                    "An OpenTelemetry collector (OTLP over HTTP), such as http://127.0.0.1:4318; it gets a span of"
                            + " every decision.")
    private Optional<URI> traces = Optional.empty();

    @Option(names = "--explain-to-envoy", description = "Give Envoy the explanation as dynamic metadata.")
    private boolean explainToEnvoy;

    @Option(
            names = "--no-page",
            description = "No page at /, which lets people ask, and shows them why and the policies' texts.")
    private boolean noPage;

    @Option(
            names = "--known-principals",
            description = "A user or role that the store doesn't know is refused; by default it just has no"
                    + " identity-based policies.")
    private boolean knownPrincipals;

    @Option(
            names = "--watch-seconds",
            paramLabel = "SECONDS",
            defaultValue = "1",
            description = "How often files are looked at; 0: only at SIGHUP; default 1.")
    private double watchSeconds;

    @Option(
            names = "--drain-seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long open connections may take to end; default 10.")
    private double drainSeconds;

    @Option(names = "--max-body", paramLabel = "BYTES", description = "Longest body read; default 1048576.")
    private Optional<Integer> maxBody = Optional.empty();

    @Option(names = "--max-headers", paramLabel = "BYTES", description = "All headers together; default 65536.")
    private Optional<Integer> maxHeaders = Optional.empty();

    @Option(names = "--max-batch", paramLabel = "COUNT", description = "Questions of one request; default 1000.")
    private Optional<Integer> maxBatch = Optional.empty();

    @Option(
            names = "--max-connections",
            paramLabel = "COUNT",
            description = "Open connections, of HTTP and of gRPC; default 10000.")
    private Optional<Integer> maxConnections = Optional.empty();

    @Option(names = "--check", description = "Load everything, listen, and end at once: is it all right?")
    private boolean check;

    @Option(
            names = "--shed-millis",
            paramLabel = "MILLISECONDS",
            defaultValue = "150",
            description = "An event loop that is late by so much, twice in a row, denies instead of deciding;"
                    + " default 150.")
    private int shedMillis;

    @Mixin
    private AwsApisOptions awsApis;

    @Mixin
    private ReadingOptions readings;

    @Override
    public Integer call() throws InterruptedException {
        LibraryLog.redirect(this::tell);
        SidecarOptions options = options();
        try {
            Sidecar sidecar = Sidecar.start(options);
            if (check) {
                sidecar.close();
                return ExitCode.OK;
            }
            CountDownLatch ended = new CountDownLatch(1);
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                sidecar.close();
                                ended.countDown();
                            },
                            "portcullis-end"));
            Hangup.handle(sidecar::reload);
            ended.await();
            return ExitCode.OK;
        } catch (SidecarException e) {
            throw new CommandFailure(Printable.lines(e.getMessage()), e);
        }
    }

    private SidecarOptions options() {
        List<PolicyLocation> given = new ArrayList<>();
        location.store.ifPresent(path -> given.add(new PolicyLocation(path, Kind.STORE)));
        location.authorizationDetails.ifPresent(
                path -> given.add(new PolicyLocation(path, Kind.AUTHORIZATION_DETAILS)));
        location.image.ifPresent(path -> given.add(new PolicyLocation(path, Kind.IMAGE)));
        if (given.size() != 1) {
            throw wrong("give one of --store, --authorization-details and --image");
        }
        if (shadowStore.isPresent() && shadowImage.isPresent()) {
            throw wrong("--shadow-store and --shadow-image exclude each other");
        }
        Semantics semantics = readings.semantics();
        if ((location.image.isPresent() || shadowImage.isPresent()) && !semantics.equals(Semantics.defaults())) {
            throw wrong("an image has its own semantics: --semantics doesn't go with it");
        }
        SidecarOptions options = SidecarOptions.of(given.get(0));
        shadowStore.ifPresent(path -> options.shadow(new PolicyLocation(path, Kind.STORE)));
        shadowImage.ifPresent(path -> options.shadow(new PolicyLocation(path, Kind.IMAGE)));
        mapping.ifPresent(options::mapping);
        if (!http.isEmpty()) {
            options.http(addresses(http));
        }
        if (!grpc.isEmpty()) {
            options.grpc(addresses(grpc));
        }
        if (certificates.isPresent() != key.isPresent()) {
            throw wrong("--tls-certificates and --tls-key go together");
        }
        if (clientAuthorities.isPresent() && certificates.isEmpty()) {
            throw wrong("--tls-clients goes with --tls-certificates");
        }
        if (certificates.isPresent()) {
            options.tls(new TlsOptions(certificates.get(), key.orElseThrow(), clientAuthorities, !clientsOptional));
        }
        publicUrl.ifPresent(options::publicUrl);
        traces.ifPresent(options::traces);
        if (!(sample >= 0 && sample <= 1)) {
            throw wrong("--decision-log-sample is between 0 and 1");
        }
        return options.decisionLog(new DecisionLogOptions(decisionLog, sample, which, masked))
                .semantics(semantics)
                .awsApi(awsApis.read())
                .knownPrincipals(knownPrincipals)
                .explainToEnvoy(explainToEnvoy)
                .page(!noPage)
                .reloadInterval(seconds("--watch-seconds", watchSeconds))
                .drainTime(seconds("--drain-seconds", drainSeconds))
                .limits(limits())
                .events(this::tell);
    }

    /** Called by several threads. */
    private void tell(String line) {
        PrintWriter err = portcullis.terminal().err();
        synchronized (err) {
            err.print(line + "\n");
            err.flush();
        }
    }

    private SidecarLimits limits() {
        SidecarLimits limits = SidecarLimits.DEFAULTS;
        limits = limits.withBodyBytes(positive("--max-body", maxBody, limits.bodyBytes(), 64 << 20));
        limits = limits.withHeaderBytes(positive("--max-headers", maxHeaders, limits.headerBytes(), 1 << 20));
        limits = limits.withBatch(positive("--max-batch", maxBatch, limits.batch(), 1_000_000));
        if (shedMillis < 1 || shedMillis > 3_600_000) {
            throw wrong("--shed-millis is between 1 and 3600000");
        }
        limits = limits.withShedAfter(Duration.ofMillis(shedMillis));
        return limits.withConnections(positive("--max-connections", maxConnections, limits.connections(), 1_000_000));
    }

    private int positive(String name, Optional<Integer> given, int otherwise, int most) {
        int value = given.orElse(otherwise);
        if (value < 1 || value > most) {
            throw wrong(name + " is between 1 and " + most);
        }
        return value;
    }

    private Duration seconds(String name, double value) {
        if (!(value >= 0 && value <= 86_400)) {
            throw wrong(name + " is between 0 and 86400");
        }
        return Duration.ofMillis(Math.round(value * 1000));
    }

    private List<SocketAddress> addresses(List<String> texts) {
        List<SocketAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(address(text));
        }
        return addresses;
    }

    private SocketAddress address(String text) {
        if (text.startsWith("unix:")) {
            return UnixDomainSocketAddress.of(text.substring("unix:".length()));
        }
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port >= 0 && port <= 65_535) {
                String host = text.substring(0, colon);
                boolean bracketed = host.startsWith("[") && host.endsWith("]");
                return new InetSocketAddress(
                        InetAddress.getByName(bracketed ? host.substring(1, host.length() - 1) : host), port);
            }
        } catch (NumberFormatException e) {
            // Said below.
        } catch (UnknownHostException e) {
            throw wrong("`" + text + "`: there is no such host");
        }
        throw wrong("`" + text + "` is no address; write HOST:PORT or unix:PATH");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
