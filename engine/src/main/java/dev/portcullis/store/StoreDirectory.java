package dev.portcullis.store;

import dev.portcullis.policy.Checks;
import dev.portcullis.policy.Diagnostic;
import dev.portcullis.policy.Limits;
import dev.portcullis.policy.Severity;
import dev.portcullis.policy.Span;
import dev.portcullis.store.Draft.Word;
import dev.portcullis.syntax.JsonReader;
import dev.portcullis.syntax.Shown;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A store on disk: {@code store.json} and {@code policies/*.json}. Names in {@code store.json} are looked up among the
 * files found, never turned into paths. Symbolic links are followed as long as they stay inside the directory, which is
 * how Kubernetes mounts a config map.
 */
public final class StoreDirectory {

    private static final String STORE_FILE = "store.json";
    private static final String POLICIES = "policies";
    private static final String EXTENSION = ".json";

    private final Path directory;
    private final Draft draft = new Draft();
    private final Findings findings = new Findings(STORE_FILE);

    private StoreDirectory(Path directory) {
        this.directory = directory;
    }

    /**
     * Reads and checks the whole.
     *
     * @throws UncheckedIOException when the directory itself can't be read
     */
    public static Outcome read(Path directory) {
        try {
            return new StoreDirectory(directory.toRealPath()).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Outcome read() throws IOException {
        Optional<String> source = readStoreFile();
        boolean complete = !findings.hasErrors();
        readPolicies();
        return new StoreCheck(findings).check(draft, Checks.NEW, source, complete);
    }

    private Optional<String> readStoreFile() throws IOException {
        Path file = directory.resolve(STORE_FILE);
        Optional<byte[]> bytes =
                staysInside(file, STORE_FILE) ? BoundedFile.read(file, Limits.STORE_BYTES, findings) : Optional.empty();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        JsonReader.Reading reading = JsonReader.read(STORE_FILE, bytes.get(), JsonReader.Bounds.STORE);
        findings.addAll(reading.diagnostics());
        reading.tree().ifPresent(tree -> new StoreFile(draft, findings).read(tree));
        return Optional.of(reading.text());
    }

    private void readPolicies() throws IOException {
        Path policies = directory.resolve(POLICIES);
        if (!Files.exists(policies, LinkOption.NOFOLLOW_LINKS) || !staysInside(policies, POLICIES)) {
            return;
        }
        if (!Files.isDirectory(policies)) {
            report("UNREADABLE_FILE", Severity.ERROR, POLICIES, "this is not a directory");
            return;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(policies)) {
            stream.forEach(files::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(files);
        Map<String, String> spellings = new HashMap<>();
        for (Path file : files) {
            addPolicy(file, spellings);
        }
    }

    private void addPolicy(Path file, Map<String, String> spellings) throws IOException {
        String name = file.getFileName().toString();
        String shown = POLICIES + "/" + Shown.escaped(name);
        if (name.startsWith(".")) {
            return;
        }
        if (!name.endsWith(EXTENSION)) {
            report("IGNORED_FILE", Severity.WARNING, shown, "its name does not end with `.json`: it is ignored");
            return;
        }
        String other = spellings.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
        if (other != null) {
            String message = "its name differs from that of " + Quoted.of(other)
                    + " only in case: a file system that ignores case would keep one of them";
            report("AMBIGUOUS_FILE_NAME", Severity.ERROR, shown, message);
        }
        Content content = staysInside(file, shown) ? new Content.InFile(file) : new Content.Missing();
        String policy = name.substring(0, name.length() - EXTENSION.length());
        draft.add(new Draft.Text(Word.of(policy), content));
    }

    /** Whether a symbolic link, if it is one, leads to something in the store's directory. */
    private boolean staysInside(Path file, String shown) throws IOException {
        if (!Files.isSymbolicLink(file)) {
            return true;
        }
        try {
            if (file.toRealPath().startsWith(directory)) {
                return true;
            }
            report("SYMBOLIC_LINK", Severity.ERROR, shown, "it is a symbolic link out of the store's directory");
        } catch (FileSystemException e) {
            report("SYMBOLIC_LINK", Severity.ERROR, shown, "it is a symbolic link that leads nowhere");
        }
        return false;
    }

    private void report(String code, Severity severity, String shown, String message) {
        findings.add(new Diagnostic(code, severity, shown, Span.NONE, message));
    }
}
