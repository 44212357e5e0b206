package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.PolicyDocument;
import dev.portcullis.policy.PolicyType;
import dev.portcullis.syntax.JsonReader;
import dev.portcullis.syntax.PolicyValidator;
import dev.portcullis.syntax.SyntaxTree;
import dev.portcullis.syntax.SyntaxTree.ArrayNode;
import dev.portcullis.syntax.SyntaxTree.Member;
import dev.portcullis.syntax.SyntaxTree.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one policy and checks it as each of the types it is attached as. */
final class DocumentCheck {

    /**
     * What became of it.
     *
     * @param text as loaded; empty when the file could not be read
     * @param documents those without errors
     * @param diagnostics by place, each once
     */
    record Outcome(Optional<String> text, Map<PolicyType, PolicyDocument> documents, List<Diagnostic> diagnostics) {}

    private final Checks checks;
    private final Map<String, String> parameters;

    DocumentCheck(Checks checks, Map<String, String> parameters) {
        this.checks = checks;
        this.parameters = parameters;
    }

    /** {@code types} is empty for a policy that nothing names; it is then checked as what it looks like. */
    Outcome check(String name, Content content, Set<PolicyType> types) {
        if (content instanceof Content.Written written) {
            return check(name, JsonReader.read(name, written.text(), JsonReader.Bounds.DOCUMENT), types);
        }
        if (!(content instanceof Content.InFile file)) {
            return new Outcome(Optional.empty(), Map.of(), List.of());
        }
        Findings unreadable = new Findings(name);
        return BoundedFile.read(file.path(), Limits.DOCUMENT_BYTES, unreadable)
                .map(bytes -> check(name, JsonReader.read(name, bytes, JsonReader.Bounds.DOCUMENT), types))
                .orElseGet(() -> new Outcome(Optional.empty(), Map.of(), unreadable.sorted()));
    }

    private Outcome check(String name, JsonReader.Reading reading, Set<PolicyType> types) {
        if (reading.tree().isEmpty()) {
            return new Outcome(Optional.of(reading.text()), Map.of(), reading.diagnostics());
        }
        SyntaxTree tree = reading.tree().get();
        Map<PolicyType, PolicyDocument> documents = new EnumMap<>(PolicyType.class);
        Set<Diagnostic> found = new LinkedHashSet<>();
        for (PolicyType type : types.isEmpty() ? Set.of(look(tree)) : types) {
            PolicyValidator.Result result =
                    PolicyValidator.validate(name, type, tree, reading.text(), checks, parameters);
            result.document().ifPresent(document -> documents.put(type, document));
            found.addAll(result.diagnostics());
        }
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
        return new Outcome(Optional.of(reading.text()), documents, sorted);
    }

    /** What a document is by its looks: only trust policies have a principal and no resource (rule L8). */
    private static PolicyType look(SyntaxTree tree) {
        boolean principal = false;
        boolean resource = false;
        for (ObjectNode statement : statements(tree)) {
            for (Member member : statement.members()) {
                String element = member.name().value();
                principal |= element.equals("Principal") || element.equals("NotPrincipal");
                resource |= element.equals("Resource") || element.equals("NotResource");
            }
        }
        if (!principal) {
            return PolicyType.IDENTITY;
        }
        return resource ? PolicyType.RESOURCE : PolicyType.TRUST;
    }

    private static List<ObjectNode> statements(SyntaxTree tree) {
        List<ObjectNode> statements = new ArrayList<>();
        if (tree instanceof ObjectNode document) {
            for (Member member : document.members()) {
                if (member.name().value().equals("Statement")) {
                    collect(member.value(), statements);
                }
            }
        }
        return statements;
    }

    private static void collect(SyntaxTree value, List<ObjectNode> statements) {
        if (value instanceof ObjectNode statement) {
            statements.add(statement);
        } else if (value instanceof ArrayNode list) {
            for (SyntaxTree element : list.elements()) {
                if (element instanceof ObjectNode statement) {
                    statements.add(statement);
                }
            }
        }
    }
}
