package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Decides one request, a file of requests, or the requests of a file of cases. */
@Command(
        name = "decide",
        description = "Decides a request and says why; or a file of requests or cases.",
        sortOptions = false,
        customSynopsis = {
            "portcullis decide (--store DIR | --authorization-details FILE | --image FILE |",
            "                  --policy FILE...)",
            "                  --principal WHO --action ACTION [--resource ARN] [--context KEY=VALUE]...",
            "                  [--explain] [--format FORMAT] [OPTION...]",
            "   or: portcullis decide (--store DIR | ...) --requests FILE [--explain] [OPTION...]",
            "   or: portcullis decide [--store DIR | ...] --cases FILE [OPTION...]%n"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis decide --store examples/amazon-q --explain \\",
            "      --principal arn:aws:iam::111122223333:user/alice \\",
            "      --action q:SendMessage --context aws:RequestedRegion=us-east-1",
            "  portcullis decide --policy policy.json --action s3:GetObject --resource arn:aws:s3:::b/k",
            "  portcullis decide --store examples/amazon-q --requests examples/amazon-q/requests.jsonl",
            "  portcullis decide --cases cases.jsonl > decisions.jsonl",
            "",
            "Exit codes: 0 ALLOW, 1 DENY; with a file 0 when every line was decided; 2 error."
        })
final class DecideCommand implements Callable<Integer> {

    @ParentCommand
    private Portcullis portcullis;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PolicyOptions policies;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            arity = "1..*",
            description = "Documents to decide against, without a store.")
    private List<Path> documents = new ArrayList<>();

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = PolicyTypeConverter.class,
            description = "What the documents of --policy are: identity (default; those of whoever asks),"
                    + " resource or trust (the one of the resource).")
    private Optional<PolicyType> type = Optional.empty();

    @Mixin
    private RequestOptions requestOptions;

    @Option(
            names = "--session-policy",
            paramLabel = "FILE",
            description = "A session policy that comes with the request; repeatable.")
    private List<Path> sessionPolicies = new ArrayList<>();

    @Option(
            names = "--resource-policy",
            paramLabel = "FILE",
            description = "The resource's policy, for a resource that the store doesn't know.")
    private Optional<Path> resourcePolicy = Optional.empty();

    @Option(
            names = "--requests",
            paramLabel = "FILE",
            description = "Decide every line of a file: {\"principal\", \"action\", \"resource\", \"context\"};"
                    + " - is standard input.")
    private Optional<Path> requests = Optional.empty();

    @Option(
            names = "--cases",
            paramLabel = "FILE",
            description = "Decide every case of a file without judging it; prints {\"id\", \"decision\"} a line;"
                    + " - is standard input.")
    private Optional<Path> cases = Optional.empty();

    @Option(names = "--explain", description = "Say which statements decided, and what each layer said.")
    private boolean explain;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private OutputFormat format;

    @Mixin
    private SemanticsOptions semanticsOptions;

    @Override
    public Integer call() {
        refuseCombinations();
        if (cases.isPresent()) {
            return decideCases();
        }
        Background background = background();
        DecisionPrinter printer =
                new DecisionPrinter(portcullis.terminal(), background.texts(), format == OutputFormat.JSON, explain);
        if (requests.isPresent()) {
            return new RequestDecisions(background, printer).decide(requests.get(), portcullis.terminal());
        }
        AccessRequest request = request(background.parameters());
        try {
            Explanation explanation = background.question(request).explain();
            printer.printOnly(request, explanation);
            if (background.lacks(request.principal())) {
                portcullis
                        .terminal()
                        .note(Printable.line("the store doesn't know `" + request.principal()
                                + "`, so it has no identity-based policies"));
            }
            return explanation.decision() == Decision.ALLOW ? ExitCode.OK : ExitCode.NEGATIVE;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(Printable.lines(e.getMessage()), e);
        }
    }

    private void refuseCombinations() {
        if (policies.namesStore() && !documents.isEmpty()) {
            throw wrong("a store and --policy exclude each other");
        }
        if (policies.namesStore() && cases.isEmpty() && policies.namesParameters()) {
            throw wrong("a store gives the values of placeholders itself: --parameter doesn't go with it");
        }
        if (type.isPresent() && documents.isEmpty()) {
            throw wrong("--type goes with --policy");
        }
        if (requests.isPresent() && cases.isPresent()) {
            throw wrong("--requests and --cases exclude each other");
        }
        boolean file = requests.isPresent() || cases.isPresent();
        if (file && (requestOptions.isGiven() || !sessionPolicies.isEmpty() || resourcePolicy.isPresent())) {
            throw wrong("options that state one request don't go with a file");
        }
        if (cases.isPresent() && (!documents.isEmpty() || explain)) {
            throw wrong("--policy and --explain don't go with --cases");
        }
        if (!file && !requestOptions.isGiven()) {
            throw wrong("nothing to decide: give --action, --requests or --cases");
        }
        if (cases.isEmpty() && !policies.namesStore() && documents.isEmpty()) {
            throw wrong("nothing to decide against: give --store, --authorization-details, --image or --policy");
        }
    }

    private Background background() {
        Optional<StoreBackground> store = policies.storeBackground(semanticsOptions);
        if (store.isPresent()) {
            return store.get();
        }
        PolicyType attached = type.orElse(PolicyType.IDENTITY);
        if (attached != PolicyType.IDENTITY) {
            if (attached != PolicyType.RESOURCE && attached != PolicyType.TRUST) {
                throw wrong("a " + attached.label() + " grants nothing alone: use a store or a case");
            }
            if (documents.size() > 1 || resourcePolicy.isPresent()) {
                throw wrong("a resource has one policy");
            }
        }
        return new DocumentBackground(
                attached,
                checked(documents, attached, policies.parameters()),
                policies.parameters(),
                policies.clock(),
                semanticsOptions);
    }

    private AccessRequest request(Map<String, String> parameters) {
        Optional<PolicySource> ofResource = resourcePolicy.map(
                file -> checked(List.of(file), PolicyType.RESOURCE, parameters).get(0));
        Optional<List<PolicySource>> ofSession = sessionPolicies.isEmpty()
                ? Optional.empty()
                : Optional.of(checked(sessionPolicies, PolicyType.SESSION, parameters));
        return requestOptions.request(!documents.isEmpty(), ofResource, ofSession);
    }

    private List<PolicySource> checked(List<Path> files, PolicyType as, Map<String, String> parameters) {
        return PolicyOptions.documents(files, as, parameters, portcullis.terminal());
    }

    private int decideCases() {
        CaseRunner runner = semanticsOptions.runner().withParameters(policies.parameters());
        Optional<StoreBackground> store = policies.storeBackground(semanticsOptions);
        if (store.isPresent()) {
            runner = store.get().with(runner);
        }
        Terminal terminal = portcullis.terminal();
        try (InputStream in = InputFile.open(cases.get(), terminal)) {
            CaseRunner.Decided decided = runner.decideAll(in, terminal.writer());
            if (decided.errors() > 0) {
                terminal.error(decided.errors() + " of " + (decided.decisions() + decided.errors())
                        + " cases could not be decided");
                return ExitCode.ERROR;
            }
            return ExitCode.OK;
        } catch (IOException e) {
            // If it was the output that failed, it fails here again.
            terminal.flush();
            throw InputFile.failure(cases.get(), e);
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
