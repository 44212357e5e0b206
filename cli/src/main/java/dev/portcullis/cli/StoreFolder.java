package dev.portcullis.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

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
}
