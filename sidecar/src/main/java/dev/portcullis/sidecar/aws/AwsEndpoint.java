package dev.portcullis.sidecar.aws;

import dev.portcullis.Store;
import dev.portcullis.policy.Semantics;
import dev.portcullis.sidecar.aws.CallerIdentities.Identity;
import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.http.ContentTypes;
import dev.portcullis.sidecar.http.HttpEndpoint;
import dev.portcullis.sidecar.http.Peer;
import dev.portcullis.sidecar.http.Refusal;
import dev.portcullis.sidecar.http.Reply;
import dev.portcullis.sidecar.http.ServerResponse;
import dev.portcullis.sidecar.options.AwsApiOptions;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * {@code POST /} in AWS's query protocol: IAM's four simulator operations and STS's {@code GetCallerIdentity}. Nothing here
 * decides about access to anything: it only says what policies would decide.
 */
public final class AwsEndpoint implements HttpEndpoint {

    /** Where clients post. */
    public static final String PATH = "/";

    private static final String IAM_VERSION = "2010-05-08";
    private static final String STS_VERSION = "2011-06-15";
    private static final String IAM = "https://iam.amazonaws.com/doc/" + IAM_VERSION + "/";
    private static final String STS = "https://sts.amazonaws.com/doc/" + STS_VERSION + "/";

    private final Supplier<Optional<Store>> store;
    private final CallerIdentities identities;
    private final boolean anywhere;
    private final Simulator simulator;
    private final Executor workers;
    private final int bodyBytes;
    private final Consumer<Throwable> failed;

    /**
     * @param store the policies in force; empty when they come from an image
     * @param workers run simulations; refuse what is too much
     * @param failed is told of errors of this program's own
     */
    public AwsEndpoint(
            Supplier<Optional<Store>> store,
            AwsApiOptions options,
            Semantics semantics,
            Executor workers,
            int bodyBytes,
            Consumer<Throwable> failed) {
        this.store = store;
        this.identities = new CallerIdentities(options.accessKeys(), options.principal());
        this.anywhere = options.reach() == AwsApiOptions.Reach.ANYWHERE;
        this.simulator = new Simulator(semantics);
        this.workers = workers;
        this.bodyBytes = bodyBytes;
        this.failed = failed;
    }

    @Override
    public int bodyLimit() {
        return bodyBytes;
    }

    @Override
    public void answer(ClientRequest request, Reply reply) {
        try {
            workers.execute(() -> {
                ServerResponse response;
                try {
                    response = answer(request);
                } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                    failed.accept(e);
                    response = refuse(Refusal.INTERNAL_ERROR);
                }
                reply.send(response);
            });
        } catch (RejectedExecutionException e) {
            reply.send(refuse(Refusal.OVERLOADED));
        }
    }

    private ServerResponse answer(ClientRequest request) {
        String id = UUID.randomUUID().toString();
        String namespace = IAM;
        try {
            checkPeer(request.peer());
            if (!ContentTypes.is(request.header("content-type"), "application/x-www-form-urlencoded")) {
                throw new AwsError(
                        415, "UnsupportedMediaType", "The content type must be application/x-www-form-urlencoded.");
            }
            QueryForm form = QueryForm.read(request.body());
            namespace = form.value("Version").filter(STS_VERSION::equals).isPresent() ? STS : IAM;
            return new ServerResponse(200, "text/xml", result(form, request, id), List.of("x-amzn-requestid", id));
        } catch (AwsError e) {
            return error(e.status(), e.code(), e.getMessage(), namespace, id);
        }
    }

    private void checkPeer(Peer peer) throws AwsError {
        if (!anywhere && !peer.address().isEmpty() && !isLoopback(peer.address())) {
            throw new AwsError(403, "AccessDenied", "AWS's APIs are answered to this machine only.");
        }
    }

    private static boolean isLoopback(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        try {
            return bytes != null && InetAddress.getByAddress(bytes).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private byte[] result(QueryForm form, ClientRequest request, String id) throws AwsError {
        String action = form.value("Action")
                .orElseThrow(() -> new AwsError(400, "MissingAction", "The request has no Action."));
        String version = form.value("Version").orElse("");
        Optional<Store> current = store.get();
        Identity identity = identities.of(request.header("authorization"), current);
        SimulationReader reader = new SimulationReader(form, identity, current);
        boolean sts = version.equals(STS_VERSION);
        XmlWriter xml =
                new XmlWriter().begin(action + "Response", sts ? STS : IAM).begin(action + "Result");
        switch (version + " " + action) {
            case IAM_VERSION + " SimulateCustomPolicy" -> simulate(reader.custom(), xml);
            case IAM_VERSION + " SimulatePrincipalPolicy" -> simulate(reader.principal(), xml);
            case IAM_VERSION + " GetContextKeysForCustomPolicy" -> contextKeys(reader.customPolicies(), xml);
            case IAM_VERSION + " GetContextKeysForPrincipalPolicy" -> contextKeys(reader.principalPolicies(), xml);
            case STS_VERSION + " GetCallerIdentity" -> {
                form.allowOnly(Set.of("Action", "Version"));
                xml.element("Arn", identity.arn())
                        .element("UserId", CallerIdentities.uniqueId(identity, current))
                        .element("Account", identity.account());
            }
            default ->
                throw new AwsError(
                        400, "InvalidAction", "Could not find operation " + action + " for version " + version);
        }
        return xml.end()
                .begin("ResponseMetadata")
                .element("RequestId", id)
                .end()
                .end()
                .toUtf8();
    }

    private void simulate(Simulation simulation, XmlWriter xml) throws AwsError {
        SimulationXml.write(xml, simulator.simulate(simulation), simulation.nextMarker());
    }

    private static void contextKeys(List<SimulatedPolicy> policies, XmlWriter xml) {
        SimulationXml.writeList(xml, "ContextKeyNames", NamedKeys.of(policies));
    }

    @Override
    public ServerResponse refuse(Refusal reason) {
        String code = switch (reason) {
            case BODY_TOO_LARGE -> "RequestEntityTooLarge";
            case OVERLOADED -> "Throttling";
            case INTERNAL_ERROR -> "ServiceFailure";
        };
        return error(
                reason.status(), code, reason.message(), IAM, UUID.randomUUID().toString());
    }

    private static ServerResponse error(int status, String code, String message, String namespace, String id) {
        byte[] body = new XmlWriter()
                .begin("ErrorResponse", namespace)
                .begin("Error")
                .element("Type", status < 500 ? "Sender" : "Receiver")
                .element("Code", code)
                .element("Message", message)
                .end()
                .element("RequestId", id)
                .end()
                .toUtf8();
        return new ServerResponse(status, "text/xml", body, List.of("x-amzn-requestid", id));
    }
}
