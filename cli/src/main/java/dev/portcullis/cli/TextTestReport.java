package dev.portcullis.cli;

import dev.portcullis.corpus.CaseResult;
import dev.portcullis.corpus.CaseResult.Status;
import dev.portcullis.corpus.CaseRunner.Tally;
import dev.portcullis.corpus.Coverage;
import dev.portcullis.corpus.Coverage.Untouched;
import java.nio.file.Path;
import java.util.List;

/** For people. */
final class TextTestReport implements TestReport {

    private static final int UNTOUCHED = 200;

    private final Terminal terminal;

    TextTestReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void add(Path file, CaseResult result) {
        String status = result.status() == Status.ERROR ? "ERROR" : "FAIL";
        print(terminal.out(Style.BAD, status) + " " + Printable.line(result.id() + " (" + file + ":" + result.line())
                + ")");
        result.messages().forEach(message -> print("  " + Printable.line(message)));
        result.explanation()
                .ifPresent(explanation -> new ExplanationText(terminal, result::text).printDetails(explanation, "  "));
        print("");
    }

    @Override
    public void end(Tally tally, Coverage coverage) {
        List<Untouched> untouched = coverage.untouched();
        if (!untouched.isEmpty()) {
            print(terminal.out(Style.STRONG, "Statements that no case touched") + " (" + untouched.size() + " of "
                    + coverage.statements() + ")");
            untouched.stream()
                    .limit(UNTOUCHED)
                    .forEach(statement -> print("  " + Printable.line(statement.toString())));
            if (untouched.size() > UNTOUCHED) {
                print("  … " + (untouched.size() - UNTOUCHED) + " more; --format json lists all");
            }
            print("");
        }
        String errors = tally.errors() == 0 ? "" : ", " + tally.errors() + (tally.errors() == 1 ? " error" : " errors");
        String summary = tally.passed() + " passed, " + tally.failed() + " failed" + errors;
        print(terminal.out(tally.passed() == tally.total() ? Style.GOOD : Style.BAD, summary));
    }

    private void print(String line) {
        terminal.out().print(line);
        terminal.out().print('\n');
    }
}
