package dev.portcullis.cli;

/** What output looks like. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** For programs. */
    JSON
}
