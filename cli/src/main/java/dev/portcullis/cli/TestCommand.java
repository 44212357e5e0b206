package dev.portcullis.cli;

import dev.portcullis.corpus.CaseResult;
import dev.portcullis.corpus.CaseRunner;
import dev.portcullis.corpus.CaseRunner.Tally;
import dev.portcullis.corpus.Coverage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Runs cases: tests of policies. */
@Command(
        name = "test",
        description = "Runs cases, says which come out otherwise than expected and why, and which statements no case"
                + " touched.",
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  portcullis test --store examples/amazon-q examples/amazon-q/cases.jsonl",
            "  portcullis test my-cases.jsonl more-cases.jsonl --format json",
            "",
            "Exit codes: 0 all pass, 1 some differ, 2 error."
        })
final class TestCommand implements Callable<Integer> {

    @ParentCommand
    private Portcullis portcullis;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Files of cases, one JSON object a line; - is standard input.")
    private List<Path> files;

    @Mixin
    private PolicyOptions policies;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "text", description = "text (default) or json.")
    private OutputFormat format;

    @Mixin
    private SemanticsOptions semanticsOptions;

    @Override
    public Integer call() {
        Terminal terminal = portcullis.terminal();
        CaseRunner runner = semanticsOptions.runner().withParameters(policies.parameters());
        Optional<StoreBackground> store = policies.storeBackground(semanticsOptions);
        if (store.isPresent()) {
            runner = store.get().with(runner);
        }
        TestReport report = format == OutputFormat.JSON ? new JsonTestReport(terminal) : new TextTestReport(terminal);
        Coverage coverage = new Coverage();
        Tally tally = new Tally(0, 0, 0);
        for (Path file : files) {
            Tally ofFile = run(runner, file, coverage, result -> {
                if (result.status() != CaseResult.Status.PASSED) {
                    report.add(file, result);
                }
            });
            if (ofFile.total() == 0) {
                throw new CommandFailure(Printable.line("`" + file + "` holds no case"));
            }
            tally = tally.plus(ofFile);
        }
        report.end(tally, coverage);
        if (tally.errors() > 0) {
            return ExitCode.ERROR;
        }
        return tally.failed() > 0 ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private Tally run(CaseRunner runner, Path file, Coverage coverage, Consumer<CaseResult> results) {
        try (InputStream in = InputFile.open(file, portcullis.terminal())) {
            return runner.test(in, coverage, results);
        } catch (IOException e) {
            throw InputFile.failure(file, e);
        }
    }
}
