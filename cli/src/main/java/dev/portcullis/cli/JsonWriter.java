package dev.portcullis.cli;

import dev.portcullis.corpus.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes JSON text: on one line, or indented by two blanks. The caller sees to it that names and values alternate.
 * Everything a terminal could take for a command is escaped.
 */
final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private final boolean indented;
    private int depth;
    private boolean empty = true;
    private boolean named;

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** Everything on one line. */
    static JsonWriter compact() {
        return new JsonWriter(false);
    }

    /** One member or element a line. */
    static JsonWriter indented() {
        return new JsonWriter(true);
    }

    JsonWriter beginObject() {
        return open('{');
    }

    JsonWriter endObject() {
        return close('}');
    }

    JsonWriter beginArray() {
        return open('[');
    }

    JsonWriter endArray() {
        return close(']');
    }

    JsonWriter name(String name) {
        next();
        quote(name);
        text.append(indented ? ": " : ":");
        named = true;
        return this;
    }

    JsonWriter value(String value) {
        next();
        quote(value);
        return this;
    }

    JsonWriter value(long value) {
        next();
        text.append(value);
        return this;
    }

    JsonWriter value(boolean value) {
        next();
        text.append(value);
        return this;
    }

    JsonWriter nullValue() {
        next();
        text.append("null");
        return this;
    }

    JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    JsonWriter member(String name, long value) {
        return name(name).value(value);
    }

    JsonWriter member(String name, boolean value) {
        return name(name).value(value);
    }

    JsonWriter member(String name, List<String> values) {
        name(name).beginArray();
        values.forEach(this::value);
        return endArray();
    }

    /** What has been written since the last call. */
    String take() {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    private JsonWriter open(char bracket) {
        next();
        text.append(bracket);
        depth++;
        empty = true;
        return this;
    }

    private JsonWriter close(char bracket) {
        depth--;
        if (!empty) {
            newLine();
        }
        text.append(bracket);
        empty = false;
        return this;
    }

    private void next() {
        if (named) {
            named = false;
            return;
        }
        if (!empty) {
            text.append(',');
        }
        if (depth > 0) {
            newLine();
        }
        empty = false;
    }

    private void newLine() {
        if (indented) {
            text.append('\n').append("  ".repeat(depth));
        }
    }

    private void quote(String value) {
        try {
            JsonText.write(text, value);
        } catch (IOException e) {
            throw new UncheckedIOException("appending to a StringBuilder doesn't fail", e);
        }
    }
}
