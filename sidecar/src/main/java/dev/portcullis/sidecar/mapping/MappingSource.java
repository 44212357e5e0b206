package dev.portcullis.sidecar.mapping;

import dev.portcullis.sidecar.json.JsonException;
import dev.portcullis.sidecar.json.JsonNode;
import dev.portcullis.sidecar.json.JsonReader;
import dev.portcullis.sidecar.live.Fingerprint;
import dev.portcullis.sidecar.live.LoadException;
import dev.portcullis.sidecar.live.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A mapping file, and the key sets that it names. Keys from URLs are fetched anew every few minutes. */
public final class MappingSource implements Source<Mappings> {

    private static final int MOST_BYTES = 4 << 20;
    private static final long REFRESH_NANOS = Duration.ofMinutes(5).toNanos();

    private final Path file;
    private final Set<String> keySets = new TreeSet<>();

    /** @param file the mapping's */
    public MappingSource(Path file) {
        this.file = file.toAbsolutePath();
    }

    @Override
    public String fingerprint() throws IOException {
        if (keySets.isEmpty()) {
            try {
                remember(JsonReader.readFile(bytes()));
            } catch (JsonException e) {
                // Loading says what is wrong.
            }
        }
        List<Path> files = new ArrayList<>(List.of(file));
        boolean urls = false;
        for (String place : keySets) {
            if (KeySets.isUrl(place)) {
                urls = true;
            } else {
                files.add(folder().resolve(place));
            }
        }
        return Fingerprint.of(files) + (urls ? System.nanoTime() / REFRESH_NANOS : "");
    }

    private Path folder() {
        return file.getParent();
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("it is longer than " + MOST_BYTES + " bytes");
            }
            return bytes;
        }
    }

    private void remember(JsonNode node) {
        node.member("jwt")
                .flatMap(jwt -> jwt.member("keys"))
                .filter(keys -> keys.is(JsonNode.Kind.STRING))
                .ifPresent(keys -> keySets.add(keys.text()));
        node.members().values().forEach(this::remember);
        node.elements().forEach(this::remember);
    }

    @Override
    public Mappings load() throws LoadException {
        JsonNode root;
        try {
            root = JsonReader.readFile(bytes());
        } catch (IOException e) {
            throw new LoadException(file + " can't be read: " + e.getMessage(), e);
        } catch (JsonException e) {
            throw new LoadException(file + ":" + e.line() + ":" + e.column() + ": " + e.getMessage(), e);
        }
        keySets.clear();
        remember(root);
        Problems problems = new Problems();
        Mappings mappings = new MappingReader(problems, folder()).read(root);
        if (!problems.isEmpty()) {
            throw new LoadException(
                    file + " is refused:\n" + file + ":" + String.join("\n" + file + ":", problems.found()));
        }
        return mappings;
    }
}
