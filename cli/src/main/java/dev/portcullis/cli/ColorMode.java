package dev.portcullis.cli;

/** When output is coloured. */
enum ColorMode {
    /** On a terminal, unless the environment says otherwise ({@code NO_COLOR}, {@code TERM=dumb}). */
    AUTO,
    ALWAYS,
    NEVER
}
