package dev.portcullis.cli;

import dev.portcullis.sidecar.options.AwsApiOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for AWS's own APIs: who may ask them, and who is who there. */
final class AwsApisOptions {

    @Option(
            names = "--aws-apis",
            paramLabel = "REACH",
            defaultValue = "loopback",
            description = "Who is answered by AWS's policy simulator and GetCallerIdentity (POST /): off is nobody,"
                    + " loopback (default) this machine, anywhere whoever reaches the port.")
    private AwsApiOptions.Reach reach;

    @Option(
            names = "--aws-principal",
            paramLabel = "ARN",
            description = "Who AWS's clients are there; default: the root user of an account of the store.")
    private Optional<String> principal = Optional.empty();

    @Option(
            names = "--aws-access-key",
            paramLabel = "ID=ARN",
            description = "Who the clients with that access key id are; no signature is verified; repeatable.")
    private Map<String, String> accessKeys = new HashMap<>();

    AwsApiOptions read() {
        return new AwsApiOptions(reach, principal, accessKeys);
    }
}
