package dev.portcullis.store;

import dev.portcullis.policy.Span;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a file of strangers: a regular file, not larger than a bound. */
final class BoundedFile {

    private BoundedFile() {}

    /** The file's bytes, or an error in {@code findings} that does not name the machine's paths. */
    static Optional<byte[]> read(Path path, int bound, Findings findings) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                findings.error("UNREADABLE_FILE", Span.NONE, "this is not a regular file");
                return Optional.empty();
            }
            try (InputStream stream = Files.newInputStream(path)) {
                // The size is asked for first, so that a huge file takes no memory; a growing one is caught by reading.
                byte[] bytes = Files.size(path) > bound ? new byte[0] : stream.readNBytes(bound);
                if (stream.read() >= 0) {
                    findings.error("DOCUMENT_TOO_LARGE", Span.NONE, "the file has more than " + bound + " bytes");
                    return Optional.empty();
                }
                return Optional.of(bytes);
            }
        } catch (IOException e) {
            findings.error("UNREADABLE_FILE", Span.NONE, "the file can't be read: " + reason(e));
            return Optional.empty();
        }
    }

    /** In words, without the path that the exception's own message begins with. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access is denied";
        }
        return "input or output failed";
    }
}
