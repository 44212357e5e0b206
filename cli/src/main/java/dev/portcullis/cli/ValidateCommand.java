package dev.portcullis.cli;

import dev.portcullis.policy.PolicyType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Checks policy documents. */
@Command(
        name = "validate",
        description = "Checks policy documents: refuses what AWS refuses, warns of what probably isn't meant.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis validate policy.json",
            "  portcullis validate --type scp --fail-on warning guardrails/",
            "  portcullis validate --format sarif policies/ > findings.sarif",
            "  portcullis validate examples/amazon-q",
            "",
            "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 error."
        })
final class ValidateCommand implements Callable<Integer> {

    @ParentCommand
    private Portcullis portcullis;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Documents; folders, whose *.json files are meant; stores; - is standard input.")
    private List<Path> paths;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = PolicyTypeConverter.class,
            completionCandidates = PolicyTypeConverter.Names.class,
            description = "What the documents are attached to: ${COMPLETION-CANDIDATES}. Default: identity;"
                    + " where statements name a Principal, trust if they name no Resource, else resource.")
    private Optional<PolicyType> type = Optional.empty();

    @Option(
            names = "--stored",
            description = "Check as documents that AWS holds already: old forms that AWS still evaluates are warnings.")
    private boolean stored;

    @Mixin
    private ParameterOptions parameters;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "error",
            description = "Exit with 1 from this severity on: error (default), warning or suggestion.")
    private FailOn failOn;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text (default), json or sarif (SARIF 2.1.0).")
    private Format format;

    private enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Override
    public Integer call() {
        Terminal terminal = portcullis.terminal();
        Map<String, String> values = parameters.values();
        List<CheckedDocument> documents = new DocumentChecks(terminal, type, stored, values).check(paths);
        switch (format) {
            case TEXT -> new TextFindings(terminal).print(documents);
            case JSON -> terminal.out().println(JsonFindings.of(documents));
            case SARIF -> terminal.out().println(SarifLog.of(documents));
        }
        boolean fails = documents.stream()
                .flatMap(document -> document.findings().stream())
                .anyMatch(failOn::fails);
        return fails ? ExitCode.NEGATIVE : ExitCode.OK;
    }
}
