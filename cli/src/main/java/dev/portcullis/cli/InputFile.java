package dev.portcullis.cli;

import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reading files that the user named. */
final class InputFile {

    private InputFile() {}

    /** Standard input, in place of a file. */
    static final Path STANDARD_INPUT = Path.of("-");

    /**
     * The file, or standard input, as a stream.
     *
     * @throws CommandFailure if the file can't be opened; the message names it
     */
    static InputStream open(Path file, Terminal terminal) {
        if (file.equals(STANDARD_INPUT)) {
            return terminal.in();
        }
        try {
            // A directory opens on some systems and fails at the first read only.
            if (Files.isDirectory(file)) {
                throw new IOException("it is a directory");
            }
            return Files.newInputStream(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /**
     * A document's bytes; of one that is too long only so many that this shows.
     *
     * @throws CommandFailure if the file can't be read; the message names it
     */
    static byte[] document(Path file, Terminal terminal) {
        try (InputStream in = open(file, terminal)) {
            return in.readNBytes(Limits.DOCUMENT_BYTES + 1);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** The failure that tells the user why a file can't be read. */
    static CommandFailure failure(Path file, IOException cause) {
        return new CommandFailure(Printable.line("can't read `" + file + "`: " + reason(cause)), cause);
    }

    /** The failure that tells the user what the exception is about. */
    static CommandFailure failure(UncheckedIOException exception) {
        IOException cause = exception.getCause();
        if (cause instanceof FileSystemException ofFile && ofFile.getFile() != null) {
            return failure(Path.of(ofFile.getFile()), cause);
        }
        return new CommandFailure(Printable.line("can't read or write: " + reason(cause)), cause);
    }

    /** The failure that tells the user why a file can't be written. */
    static CommandFailure unwritable(Path file, IOException cause) {
        return new CommandFailure(Printable.line("can't write `" + file + "`: " + reason(cause)), cause);
    }

    private static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof CharacterCodingException) {
            return "not UTF-8";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
