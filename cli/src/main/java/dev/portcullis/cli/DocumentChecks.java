package dev.portcullis.cli;

import dev.portcullis.InvalidPolicyException;
import dev.portcullis.Policies;
import dev.portcullis.Store;
import dev.portcullis.corpus.reference.ReferenceJson;
import dev.portcullis.corpus.reference.ReferenceJson.Arr;
import dev.portcullis.corpus.reference.ReferenceJson.Node;
import dev.portcullis.corpus.reference.ReferenceJson.Obj;
import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.PolicyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks the documents that a user names: files, folders of them, whole stores. */
final class DocumentChecks {

    private final Terminal terminal;
    private final Optional<PolicyType> type;
    private final boolean stored;
    private final Map<String, String> parameters;

    /** @param type what the documents are attached to; empty: what their statements suggest */
    DocumentChecks(Terminal terminal, Optional<PolicyType> type, boolean stored, Map<String, String> parameters) {
        this.terminal = terminal;
        this.type = type;
        this.stored = stored;
        this.parameters = parameters;
    }

    /**
     * Checks everything, in the order named, the files of a folder in name order.
     *
     * @throws CommandFailure if something can't be read, or there is nothing to check
     */
    List<CheckedDocument> check(List<Path> paths) {
        List<CheckedDocument> documents = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                documents.add(document(path));
            } else if (StoreFolder.is(path)) {
                documents.addAll(store(path));
            } else {
                List<Path> files = files(path);
                if (files.isEmpty()) {
                    throw new CommandFailure(Printable.line("there are no *.json files in `" + path + "`"));
                }
                files.forEach(file -> documents.add(document(file)));
            }
        }
        return documents;
    }

    private CheckedDocument document(Path file) {
        byte[] bytes = InputFile.document(file, terminal);
        String text = new String(bytes, StandardCharsets.UTF_8);
        PolicyType as = type.orElseGet(() -> guess(file, text));
        List<Diagnostic> findings = Policies.read(
                        file.toString(), as, bytes, stored ? Checks.STORED : Checks.NEW, parameters)
                .diagnostics();
        return new CheckedDocument(file, text, findings);
    }

    private PolicyType guess(Path file, String text) {
        Optional<Node> document = json(text);
        if (document.isEmpty() || !anyStatement(document.get(), "Principal", "NotPrincipal")) {
            return PolicyType.IDENTITY;
        }
        PolicyType guessed =
                anyStatement(document.get(), "Resource", "NotResource") ? PolicyType.RESOURCE : PolicyType.TRUST;
        terminal.note(Printable.line(
                "`" + file + "` names a Principal: checked as a " + guessed.label() + "; --type says otherwise"));
        return guessed;
    }

    private static Optional<Node> json(String text) {
        try {
            return Optional.of(ReferenceJson.read(text));
        } catch (ReferenceJson.Malformed e) {
            // Reported by the check itself.
            return Optional.empty();
        }
    }

    private static boolean anyStatement(Node document, String element, String negated) {
        if (!(document instanceof Obj policy)) {
            return false;
        }
        List<Node> statements = policy.get("Statement")
                .map(node -> node instanceof Arr list ? list.elements() : List.of(node))
                .orElse(List.of());
        return statements.stream()
                .anyMatch(node -> node instanceof Obj statement
                        && (statement.get(element).isPresent()
                                || statement.get(negated).isPresent()));
    }

    private List<CheckedDocument> store(Path path) {
        if (type.isPresent() || stored || !parameters.isEmpty()) {
            throw new CommandFailure(Printable.line("`" + path + "` is a store, which says itself what its documents"
                    + " are: --type, --stored and --parameter don't go with it"));
        }
        List<Diagnostic> findings;
        try {
            findings = Store.load(path).findings();
        } catch (InvalidPolicyException e) {
            findings = e.diagnostics();
        }
        StoreFolder folder = new StoreFolder(path);
        Map<Path, List<Diagnostic>> byFile = new TreeMap<>();
        byFile.put(path.resolve("store.json"), new ArrayList<>());
        files(path.resolve("policies")).forEach(file -> byFile.put(file, new ArrayList<>()));
        for (Diagnostic finding : findings) {
            Path file = folder.file(finding.policyName());
            byFile.computeIfAbsent(file, any -> new ArrayList<>()).add(named(finding, file));
        }
        List<CheckedDocument> documents = new ArrayList<>();
        byFile.forEach((file, found) -> documents.add(new CheckedDocument(
                file, new String(InputFile.document(file, terminal), StandardCharsets.UTF_8), found)));
        return documents;
    }

    /** The finding under the name of its file, as in documents outside a store. */
    private static Diagnostic named(Diagnostic finding, Path file) {
        return new Diagnostic(
                finding.code(), finding.severity(), file.toString(), finding.span(), finding.message(), finding.help());
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw InputFile.failure(folder, e);
        } catch (UncheckedIOException e) {
            throw InputFile.failure(folder, e.getCause());
        }
    }
}
