package dev.portcullis.corpus;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.InvalidPolicyException;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an engine says of documents that it was given under other names, told with their own names and places: a document
 * inside a case or a request stands in the line of that.
 */
final class SourceNames {

    private final Map<String, PolicySource> sources;

    /** @param sources the documents, by the names that the engine knows them by */
    SourceNames(Map<String, PolicySource> sources) {
        this.sources = sources;
    }

    Explanation of(Explanation explanation, List<Layer> layers) {
        return new Explanation(
                explanation.decision(),
                explanation.reason(),
                all(explanation.deciding()),
                layers.stream()
                        .map(layer -> new Layer(
                                layer.type(), layer.place(), layer.verdict(), layer.note(), all(layer.matched())))
                        .toList(),
                explanation.nearMisses().stream()
                        .map(miss -> new NearMiss(
                                of(miss.statement()),
                                miss.failed(),
                                miss.key(),
                                miss.operator(),
                                miss.wanted(),
                                miss.seen()))
                        .toList(),
                explanation.missingKeys(),
                explanation.problems().stream()
                        .map(problem -> new Problem(of(problem.statement()), problem.message()))
                        .toList());
    }

    /** Why documents are refused; the first problem, as the reference tells it: name, line, column, message. */
    IllegalArgumentException of(InvalidPolicyException refused) {
        List<String> messages = new ArrayList<>();
        for (Diagnostic diagnostic : refused.diagnostics()) {
            if (diagnostic.isError()) {
                PolicySource source = sources.get(diagnostic.policyName());
                String name = source == null ? diagnostic.policyName() : source.name();
                Span span = source == null ? diagnostic.span() : span(source, diagnostic.span());
                messages.add((span.line() == 0 ? name : name + ":" + span) + ": " + diagnostic.message());
            }
        }
        return new IllegalArgumentException(String.join("; ", messages), refused);
    }

    /** Whether a document is what is refused, and not how documents are put together. */
    boolean isAboutDocuments(InvalidPolicyException refused) {
        return refused.diagnostics().stream()
                .filter(Diagnostic::isError)
                .anyMatch(diagnostic -> sources.containsKey(diagnostic.policyName()));
    }

    private List<StatementRef> all(List<StatementRef> statements) {
        return statements.stream().map(this::of).toList();
    }

    private StatementRef of(StatementRef statement) {
        PolicySource source = sources.get(statement.policy());
        return source == null
                ? statement
                : new StatementRef(
                        statement.type(),
                        source.name(),
                        statement.index(),
                        statement.sid(),
                        statement.effect(),
                        span(source, statement.span()));
    }

    /** A document inside a line keeps to that line. */
    private static Span span(PolicySource source, Span span) {
        if (source.node().isEmpty() || span.line() == 0) {
            return span;
        }
        int start = source.node().get().start();
        boolean first = span.line() == 1;
        return new Span(
                span.start() + start,
                span.end() + start,
                span.line() + source.firstLine() - 1,
                first ? span.column() + start : span.column());
    }
}
