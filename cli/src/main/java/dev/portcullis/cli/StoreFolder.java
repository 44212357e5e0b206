package dev.portcullis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of a store on disk, by the names that findings use. */
record StoreFolder(Path folder) {

    /** Whether a folder is a store. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("store.json"));
    }

    /** The file that findings under that name are about: a policy's document, or the store's own file. */
    Path file(String name) {
        try {
            Path document = folder.resolve("policies").resolve(name + ".json");
            return Files.isRegularFile(document) ? document : folder.resolve("store.json");
        } catch (InvalidPathException e) {
            return folder.resolve("store.json");
        }
    }

    /** Its text; empty when it can't be read now. */
    Optional<String> text(String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(file(name)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
