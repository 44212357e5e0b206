package dev.portcullis.cli;

import dev.portcullis.Decision;
import dev.portcullis.Explanation;
import dev.portcullis.Explanation.Layer;
import dev.portcullis.Explanation.NearMiss;
import dev.portcullis.Explanation.Part;
import dev.portcullis.Explanation.Problem;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.Explanation.Verdict;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints explanations for people. */
final class ExplanationText {

    private static final int NEAR_MISSES = 5;
    private static final int VALUES = 6;

    private final Terminal terminal;
    private final PolicyTexts texts;

    ExplanationText(Terminal terminal, PolicyTexts texts) {
        this.terminal = terminal;
        this.texts = texts;
    }

    /** The decision in its colour. */
    static String decision(Terminal terminal, Decision decision) {
        return terminal.out(decision == Decision.ALLOW ? Style.GOOD : Style.BAD, decision.name());
    }

    /**
     * Everything below the line that names the decision.
     *
     * @param indentation what each line starts with
     */
    void printDetails(Explanation explanation, String indentation) {
        printDeciding(explanation.deciding(), indentation);
        printLayers(explanation.layers(), indentation);
        printNearMisses(explanation.nearMisses(), indentation);
        if (!explanation.missingKeys().isEmpty()) {
            heading(indentation, "Context keys that the request lacks");
            explanation.missingKeys().forEach(key -> print(indentation + "  " + Printable.line(key)));
        }
        printProblems(explanation.problems(), indentation);
    }

    private void printDeciding(List<StatementRef> deciding, String indentation) {
        if (deciding.isEmpty()) {
            return;
        }
        heading(indentation, deciding.size() == 1 ? "Deciding statement" : "Deciding statements");
        for (StatementRef statement : deciding) {
            print(indentation + "  " + name(statement) + ", "
                    + statement.effect().text() + ", " + statement.type().label());
            texts.of(statement)
                    .ifPresent(text -> Excerpt.of(text, statement.span())
                            .forEach(line -> print(indentation + "    " + terminal.out(Style.FAINT, line))));
        }
    }

    private void printLayers(List<Layer> layers, String indentation) {
        if (layers.isEmpty()) {
            return;
        }
        heading(indentation, "Layers");
        int width =
                layers.stream().mapToInt(layer -> title(layer).length()).max().orElse(0);
        for (Layer layer : layers) {
            String title = title(layer);
            StringBuilder line = new StringBuilder(indentation)
                    .append("  ")
                    .append(title)
                    .append(" ".repeat(width - title.length()))
                    .append("  ")
                    .append(verdict(layer.verdict()));
            if (!layer.note().isEmpty()) {
                line.append(": ").append(Printable.line(layer.note()));
            }
            if (!layer.matched().isEmpty()) {
                line.append(layer.note().isEmpty() ? ": " : "; ")
                        .append(layer.matched().stream()
                                .map(ExplanationText::name)
                                .collect(Collectors.joining(", ")));
            }
            print(line.toString());
        }
    }

    private void printNearMisses(List<NearMiss> nearMisses, String indentation) {
        if (nearMisses.isEmpty()) {
            return;
        }
        heading(indentation, "What came closest");
        for (NearMiss miss : closest(nearMisses)) {
            print(indentation + "  " + name(miss.statement()) + ", "
                    + miss.statement().type().label());
            print(indentation + "    " + failure(miss));
        }
    }

    /** The closest few; those that fail at the very start only where none got further. */
    private static List<NearMiss> closest(List<NearMiss> nearMisses) {
        List<NearMiss> further = nearMisses.stream()
                .filter(miss -> miss.failed().compareTo(Part.ACTION) > 0)
                .toList();
        return (further.isEmpty() ? nearMisses : further)
                .stream().limit(NEAR_MISSES).toList();
    }

    private void printProblems(List<Problem> problems, String indentation) {
        if (problems.isEmpty()) {
            return;
        }
        heading(indentation, "Conditions that could not be evaluated");
        for (Problem problem : problems) {
            print(indentation + "  " + name(problem.statement()) + ": "
                    + terminal.out(Style.CAUTION, Printable.line(problem.message())));
        }
    }

    /** {@code policy[Sid] line:column}. */
    static String name(StatementRef statement) {
        return Printable.line(statement.toString());
    }

    /** What a near miss failed at: what was wanted, what was seen. */
    static String failure(NearMiss miss) {
        String subject = miss.failed() == Part.CONDITION
                ? "condition " + miss.operator() + " on " + miss.key()
                : miss.failed().name().toLowerCase(Locale.ROOT);
        String seen = miss.seen()
                .map(values -> values.isEmpty() ? "the request has no value" : "the request has " + list(values))
                .orElse("the request has no such key");
        return Printable.line(subject + ": wanted " + list(miss.wanted()) + "; " + seen);
    }

    private static String list(List<String> values) {
        if (values.isEmpty()) {
            return "nothing";
        }
        String shown =
                values.stream().limit(VALUES).map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        return values.size() <= VALUES ? shown : shown + " and " + (values.size() - VALUES) + " more";
    }

    private static String title(Layer layer) {
        String label = layer.type().label();
        return layer.place().isEmpty() ? label : label + " (" + Printable.line(layer.place()) + ")";
    }

    private String verdict(Verdict verdict) {
        return switch (verdict) {
            case DENIES -> terminal.out(Style.BAD, "denies");
            case ALLOWS -> terminal.out(Style.GOOD, "allows");
            case SILENT -> "silent";
            case NOT_APPLICABLE -> terminal.out(Style.FAINT, "not consulted");
        };
    }

    private void heading(String indentation, String text) {
        print("");
        print(indentation + terminal.out(Style.STRONG, text));
    }

    private void print(String line) {
        PrintWriter out = terminal.out();
        out.print(line);
        out.print('\n');
    }
}
