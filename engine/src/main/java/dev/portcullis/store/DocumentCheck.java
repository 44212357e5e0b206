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
     * @param types what it was checked as
     * @param documents those without errors
     * @param diagnostics by place, each once
     * @param complete whether all diagnostics were looked for, not only errors
     */
    record Outcome(
            Optional<String> text,
            Set<PolicyType> types,
            Map<PolicyType, PolicyDocument> documents,
            List<Diagnostic> diagnostics,
            boolean complete) {

        boolean hasErrors() {
            return diagnostics.stream().anyMatch(Diagnostic::isError);
        }

        /** The same without the documents, which take seven times the room of their text. */
        Outcome withoutDocuments() {
            return new Outcome(text, types, Map.of(), diagnostics, complete);
        }
    }

    private static final Set<PolicyType> NO_TYPES = Set.of();

    private final Checks checks;
    private final Map<String, String> parameters;

    DocumentCheck(Checks checks, Map<String, String> parameters) {
        this.checks = checks;
        this.parameters = parameters;
    }

    /** {@code types} is empty for a policy that nothing names; it is then checked as what it looks like. */
    Outcome check(String name, Content content, Set<PolicyType> types) {
        return check(name, content, types, true);
    }

    /** The same, but incomplete unless there is an error: of a sound document nothing is said. */
    Outcome checkForErrors(String name, Content content, Set<PolicyType> types) {
        return check(name, content, types, false);
    }

    /** A document that was found sound, read anew. */
    PolicyDocument readAgain(String name, String text, PolicyType type) {
        SyntaxTree tree =
                JsonReader.read(name, text, JsonReader.Bounds.DOCUMENT).tree().orElseThrow();
        return PolicyValidator.validateOnly(name, type, tree, text, checks, parameters)
                .document()
                .orElseThrow();
    }

    private Outcome check(String name, Content content, Set<PolicyType> types, boolean advise) {
        if (content instanceof Content.Written written) {
            return check(name, JsonReader.read(name, written.text(), JsonReader.Bounds.DOCUMENT), types, advise);
        }
        if (!(content instanceof Content.InFile file)) {
            return new Outcome(Optional.empty(), NO_TYPES, Map.of(), List.of(), true);
        }
        Findings unreadable = new Findings(name);
        return BoundedFile.read(file.path(), Limits.DOCUMENT_BYTES, unreadable)
                .map(bytes -> check(name, JsonReader.read(name, bytes, JsonReader.Bounds.DOCUMENT), types, advise))
                .orElseGet(() -> new Outcome(Optional.empty(), NO_TYPES, Map.of(), unreadable.sorted(), true));
    }

    private Outcome check(String name, JsonReader.Reading reading, Set<PolicyType> named, boolean advise) {
        if (reading.tree().isEmpty()) {
            return new Outcome(Optional.of(reading.text()), NO_TYPES, Map.of(), reading.diagnostics(), true);
        }
        SyntaxTree tree = reading.tree().get();
        Set<PolicyType> types = named.isEmpty() ? Set.of(look(tree)) : named;
        if (!advise) {
            Map<PolicyType, PolicyDocument> documents = sound(name, tree, reading.text(), types);
            if (documents.size() == types.size()) {
                return new Outcome(Optional.of(reading.text()), types, documents, List.of(), false);
            }
        }
        Map<PolicyType, PolicyDocument> documents = new EnumMap<>(PolicyType.class);
        Set<Diagnostic> found = new LinkedHashSet<>();
        for (PolicyType type : types) {
            PolicyValidator.Result result =
                    PolicyValidator.validate(name, type, tree, reading.text(), checks, parameters);
            result.document().ifPresent(document -> documents.put(type, document));
            found.addAll(result.diagnostics());
        }
        List<Diagnostic> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
        return new Outcome(Optional.of(reading.text()), types, documents, sorted, true);
    }

    /** The document as each type, those without errors. */
    private Map<PolicyType, PolicyDocument> sound(String name, SyntaxTree tree, String text, Set<PolicyType> types) {
        Map<PolicyType, PolicyDocument> documents = new EnumMap<>(PolicyType.class);
        for (PolicyType type : types) {
            PolicyValidator.validateOnly(name, type, tree, text, checks, parameters)
                    .document()
                    .ifPresent(document -> documents.put(type, document));
        }
        return documents;
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
