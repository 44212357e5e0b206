package dev.portcullis.syntax;

import java.util.List;

/** Writes JSON text, indented by two blanks a level. */
final class JsonWriter {

    private final StringBuilder text = new StringBuilder();
    private int level;
    private boolean first = true;

    void beginObject() {
        begin('{');
    }

    void endObject() {
        end('}');
    }

    void beginArray() {
        begin('[');
    }

    void endArray() {
        end(']');
    }

    /** A member's name; its value comes next. */
    void name(String name) {
        element();
        quoted(name);
        text.append(": ");
    }

    /** A list as a policy writes it: one entry without brackets (rule L16), several one a line. */
    void strings(List<String> entries) {
        if (entries.size() == 1) {
            quoted(entries.get(0));
            return;
        }
        beginArray();
        for (String entry : entries) {
            element();
            quoted(entry);
        }
        endArray();
    }

    void string(String value) {
        quoted(value);
    }

    /** The next element of an array comes. */
    void element() {
        if (!first) {
            text.append(',');
        }
        newLine();
        first = false;
    }

    /** All that was written, with a line end. */
    String finish() {
        return text.append('\n').toString();
    }

    private void begin(char bracket) {
        text.append(bracket);
        level++;
        first = true;
    }

    private void end(char bracket) {
        level--;
        if (!first) {
            newLine();
        }
        text.append(bracket);
        first = false;
    }

    private void newLine() {
        text.append('\n').append("  ".repeat(level));
    }

    /**
     * Escapes what JSON must and what a terminal might obey, and everything above U+00FF: what IAM takes (rule L24) is
     * written in characters that it takes.
     */
    private void quoted(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            switch (unit) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (unit <= 0xFF && Shown.isPlain(unit)) {
                        text.append(unit);
                    } else {
                        text.append(Shown.escape(unit));
                    }
                }
            }
        }
        text.append('"');
    }
}
