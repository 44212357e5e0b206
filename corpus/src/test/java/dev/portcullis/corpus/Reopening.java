package dev.portcullis.corpus;

import dev.portcullis.Engine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Engines through a file. */
public final class Reopening {

    private Reopening() {}

    /** The engine, saved and opened again. */
    public static Engine reopened(Engine engine) {
        try {
            Path image = Files.createTempFile("portcullis", ".image");
            try {
                engine.save(image);
                return Engine.open(image);
            } finally {
                Files.delete(image);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
