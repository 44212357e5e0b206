package dev.portcullis.cli;

import java.io.IOException;
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

    /** @throws CommandFailure if the file can't be read; the message names it */
    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** The failure that tells the user why a file can't be read. */
    static CommandFailure failure(Path file, IOException cause) {
        return new CommandFailure(
                Printable.line("can't read `" + file + "`: " + reason(cause, Files.isDirectory(file))), cause);
    }

    /** The failure that tells the user what the exception is about. */
    static CommandFailure failure(UncheckedIOException exception) {
        IOException cause = exception.getCause();
        if (cause instanceof FileSystemException ofFile && ofFile.getFile() != null) {
            return failure(Path.of(ofFile.getFile()), cause);
        }
        return new CommandFailure(Printable.line("can't read or write: " + reason(cause, false)), cause);
    }

    private static String reason(IOException cause, boolean directory) {
        if (directory) {
            return "it is a directory";
        }
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
