package dev.portcullis.cli;

import dev.portcullis.corpus.JsonText;
import dev.portcullis.sidecar.json.JsonWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON for terminals and files: everything a terminal could take for a command is escaped, and what only HTML minds isn't. */
final class PrintedJson extends JsonWriter {

    private PrintedJson(boolean indented) {
        super(indented);
    }

    /** Everything on one line. */
    static JsonWriter compact() {
        return new PrintedJson(false);
    }

    /** One member or element a line. */
    static JsonWriter indented() {
        return new PrintedJson(true);
    }

    @Override
    protected void quote(String value, StringBuilder text) {
        try {
            JsonText.write(text, value);
        } catch (IOException e) {
            throw new UncheckedIOException("appending to a StringBuilder doesn't fail", e);
        }
    }
}
