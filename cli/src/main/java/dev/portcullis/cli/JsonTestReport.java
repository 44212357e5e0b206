package dev.portcullis.cli;

import dev.portcullis.corpus.CaseResult;
import dev.portcullis.corpus.CaseRunner.Tally;
import dev.portcullis.corpus.Coverage;
import dev.portcullis.corpus.Coverage.Untouched;
import dev.portcullis.sidecar.json.ExplanationJson;
import dev.portcullis.sidecar.json.JsonWriter;
import java.nio.file.Path;

/** For programs: one object; {@code results} holds the cases that didn't pass. */
final class JsonTestReport implements TestReport {

    private final Terminal terminal;
    private final JsonWriter json =
            PrintedJson.indented().beginObject().name("results").beginArray();

    JsonTestReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void add(Path file, CaseResult result) {
        json.beginObject()
                .member("id", result.id())
                .member("file", file.toString())
                .member("line", result.line())
                .member("status", result.status().name())
                .member("messages", result.messages());
        result.explanation().ifPresent(explanation -> {
            ExplanationJson.addDecision(json, explanation);
            ExplanationJson.addDetails(json, explanation);
        });
        json.endObject();
        terminal.out().print(json.take());
    }

    @Override
    public void end(Tally tally, Coverage coverage) {
        json.endArray()
                .member("passed", tally.passed())
                .member("failed", tally.failed())
                .member("errors", tally.errors())
                .name("coverage")
                .beginObject()
                .member("statements", coverage.statements())
                .name("untouched")
                .beginArray();
        for (Untouched statement : coverage.untouched()) {
            json.beginObject()
                    .member("policy", statement.policy())
                    .member("sid", statement.sid())
                    .member("line", statement.line())
                    .member("column", statement.column())
                    .endObject();
        }
        terminal.out().print(json.endArray().endObject().endObject().take() + "\n");
    }
}
