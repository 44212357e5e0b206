package dev.portcullis.cli;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.sidecar.json.ExplanationJson;
import dev.portcullis.sidecar.json.JsonWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Prints decisions: one alone, or one after the other. */
final class DecisionPrinter {

    private final Terminal terminal;
    private final PrintWriter out;
    private final PolicyTexts texts;
    private final boolean json;
    private final boolean explain;

    DecisionPrinter(Terminal terminal, PolicyTexts texts, boolean json, boolean explain) {
        this.terminal = terminal;
        this.out = terminal.out();
        this.texts = texts;
        this.json = json;
        this.explain = explain;
    }

    /** The answer to the only request. */
    void printOnly(AccessRequest request, Explanation explanation) {
        if (json) {
            print(json(PrintedJson.indented().beginObject(), explanation));
            return;
        }
        print(ExplanationText.decision(terminal, explanation.decision()) + ": " + Printable.line(explanation.reason()));
        if (explain) {
            details(request).printDetails(explanation, "");
        } else {
            warn(explanation.problems());
        }
    }

    /** The answer to one of several. */
    void print(String id, AccessRequest request, Explanation explanation) {
        if (json) {
            print(json(PrintedJson.compact().beginObject().member("id", id), explanation));
            return;
        }
        print(ExplanationText.decision(terminal, explanation.decision()) + " " + Printable.line(id) + ": "
                + Printable.line(explanation.reason()));
        if (explain) {
            details(request).printDetails(explanation, "  ");
            print("");
        } else {
            warn(explanation.problems());
        }
    }

    /** One of several that can't be answered. */
    void printError(String id, String message) {
        if (json) {
            print(PrintedJson.compact()
                    .beginObject()
                    .member("id", id)
                    .member("error", message)
                    .endObject()
                    .take());
        } else {
            print(terminal.out(Style.BAD, "ERROR") + " " + Printable.line(id) + ": " + Printable.line(message));
        }
    }

    private String json(JsonWriter writer, Explanation explanation) {
        ExplanationJson.addDecision(writer, explanation);
        if (explain) {
            ExplanationJson.addDetails(writer, explanation);
        }
        return writer.endObject().take();
    }

    private ExplanationText details(AccessRequest request) {
        return new ExplanationText(
                terminal, statement -> ofRequest(request, statement).or(() -> texts.of(statement)));
    }

    /** A condition that could not be evaluated shows even where nobody asked for an explanation (rule E7). */
    private void warn(List<Problem> problems) {
        for (Problem problem : problems) {
            terminal.warning(ExplanationText.name(problem.statement()) + ": " + Printable.line(problem.message()));
        }
    }

    private static Optional<String> ofRequest(AccessRequest request, StatementRef statement) {
        return Stream.concat(
                        request.resourcePolicy().stream(),
                        request.sessionPolicies().stream().flatMap(List::stream))
                .filter(source -> source.name().equals(statement.policy()))
                .map(PolicySource::text)
                .findFirst();
    }

    private void print(String line) {
        out.print(line);
        out.print('\n');
    }
}
