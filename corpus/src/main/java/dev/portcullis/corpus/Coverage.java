package dev.portcullis.corpus;

import dev.portcullis.Explanation;
import dev.portcullis.Explanation.StatementRef;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.corpus.reference.ReferenceJson.Str;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which statements some case touched. A statement is touched when it is among the matched statements of any layer of a
 * case's explanation. Documents with the same name and text are one. For one thread.
 */
public final class Coverage {

    private final Map<Document, Statements> documents = new LinkedHashMap<>();

    /** No documents yet. */
    public Coverage() {}

    /**
     * A statement that no case touched.
     *
     * @param policy name of its policy
     * @param sid its Sid, or {@code #1}, {@code #2} … by its place in the document
     * @param line the line where it starts: in the policy's own text, or in the case file for a policy inside a case
     * @param column the column where it starts, in UTF-16 units from 1
     */
    public record Untouched(String policy, String sid, int line, int column) {

        /** {@code policy[Sid] line:column}. */
        @Override
        public String toString() {
            return policy + "[" + sid + "] " + line + ":" + column;
        }
    }

    private record Document(String name, String text) {}

    private record Statements(List<Untouched> list, BitSet touched) {}

    /** Counts a document's statements in; text that is no policy has none. */
    void include(PolicySource source) {
        documents.computeIfAbsent(
                new Document(source.name(), source.documentText()),
                document -> new Statements(statements(source), new BitSet()));
    }

    /** Marks what an explanation says has matched, among the documents that the case had. */
    void touch(List<PolicySource> sources, Explanation explanation) {
        for (Explanation.Layer layer : explanation.layers()) {
            for (StatementRef statement : layer.matched()) {
                for (PolicySource source : sources) {
                    if (source.holds(statement)) {
                        documents
                                .get(new Document(source.name(), source.documentText()))
                                .touched()
                                .set(statement.index());
                    }
                }
            }
        }
    }

    /** The number of statements of all documents. */
    public int statements() {
        return documents.values().stream().mapToInt(s -> s.list().size()).sum();
    }

    /** The statements that no case touched, by document. */
    public List<Untouched> untouched() {
        List<Untouched> untouched = new ArrayList<>();
        for (Statements statements : documents.values()) {
            for (int i = 0; i < statements.list().size(); i++) {
                if (!statements.touched().get(i)) {
                    untouched.add(statements.list().get(i));
                }
            }
        }
        return untouched;
    }

    private static List<Untouched> statements(PolicySource source) {
        List<Untouched> statements = new ArrayList<>();
        Optional<Node> document = source.node().or(() -> readable(source.text()));
        if (document.isPresent() && document.get() instanceof Obj object) {
            Optional<Node> element = object.get("Statement");
            if (element.isPresent()) {
                List<Node> nodes = element.get() instanceof Arr list ? list.elements() : List.of(element.get());
                for (int i = 0; i < nodes.size(); i++) {
                    statements.add(untouched(source, i, nodes.get(i)));
                }
            }
        }
        return statements;
    }

    private static Untouched untouched(PolicySource source, int index, Node node) {
        String sid = "#" + (index + 1);
        if (node instanceof Obj statement
                && statement.get("Sid").orElse(null) instanceof Str text
                && !text.value().isEmpty()) {
            sid = text.value();
        }
        int line = source.firstLine();
        int lineStart = 0;
        for (int i = 0; i < node.start(); i++) {
            char c = source.text().charAt(i);
            if (c == '\n' || (c == '\r' && source.text().charAt(i + 1) != '\n')) {
                line++;
                lineStart = i + 1;
            }
        }
        return new Untouched(source.name(), sid, line, node.start() - lineStart + 1);
    }

    private static Optional<Node> readable(String text) {
        try {
            return Optional.of(ReferenceJson.read(text));
        } catch (ReferenceJson.Malformed e) {
            return Optional.empty();
        }
    }
}
