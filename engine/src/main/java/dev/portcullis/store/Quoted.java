package dev.portcullis.store;

import dev.portcullis.syntax.Shown;

/** Names and ARNs inside a message. */
final class Quoted {

    private static final int UNITS = 160;

    private Quoted() {}

    /** In backticks, control characters made visible, long text cut. */
    static String of(String text) {
        return Shown.quoted(text, UNITS);
    }
}
