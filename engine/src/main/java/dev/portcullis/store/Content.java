package dev.portcullis.store;

import java.nio.file.Path;

/** A policy's document, at hand, still in its file or lost. */
public sealed interface Content {

    /** At hand. */
    record Written(String text) implements Content {}

    /** In a file, read when its turn comes, so that a million documents are never in memory as bytes. */
    record InFile(Path path) implements Content {}

    /** Nowhere, as has been reported: known by name, so that what names it is not wrong as well. */
    record Missing() implements Content {}
}
