package dev.portcullis.sidecar.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes JSON, on one line or indented by two blanks. The caller sees to it that names and values alternate. Control characters, and what HTML and
 * terminals could take for their own, are escaped.
 */
public class JsonWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(256);
    private final boolean indented;
    private int depth;
    private boolean empty = true;
    private boolean named;

    /** Everything on one line. */
    public JsonWriter() {
        this(false);
    }

    /** @param indented one member or element a line */
    protected JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** Opens an object. */
    public JsonWriter beginObject() {
        return open('{');
    }

    /** Closes an object. */
    public JsonWriter endObject() {
        return close('}');
    }

    /** Opens an array. */
    public JsonWriter beginArray() {
        return open('[');
    }

    /** Closes an array. */
    public JsonWriter endArray() {
        return close(']');
    }

    /** The name of the member that comes next. */
    public JsonWriter name(String name) {
        next();
        quote(name, text);
        text.append(indented ? ": " : ":");
        named = true;
        return this;
    }

    /** A string. */
    public JsonWriter value(String value) {
        next();
        quote(value, text);
        return this;
    }

    /** A number. */
    public JsonWriter value(long value) {
        next();
        text.append(value);
        return this;
    }

    /** A Boolean. */
    public JsonWriter value(boolean value) {
        next();
        text.append(value);
        return this;
    }

    /** The null value. */
    public JsonWriter nullValue() {
        next();
        text.append("null");
        return this;
    }

    /** A member that is a string. */
    public JsonWriter member(String name, String value) {
        return name(name).value(value);
    }

    /** A member that is a number. */
    public JsonWriter member(String name, long value) {
        return name(name).value(value);
    }

    /** A member that is a Boolean. */
    public JsonWriter member(String name, boolean value) {
        return name(name).value(value);
    }

    /** A member that is an array of strings. */
    public JsonWriter member(String name, List<String> values) {
        name(name).beginArray();
        values.forEach(this::value);
        return endArray();
    }

    /** What has been written, as UTF-8. */
    public byte[] toUtf8() {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** What has been written. */
    @Override
    public String toString() {
        return text.toString();
    }

    /** What has been written since the last call. */
    public String take() {
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

    /** Appends a string, quoted and escaped. */
    protected void quote(String value, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == '"' || unit == '\\') {
                text.append('\\').append(unit);
            } else if (isPlain(unit) || isPair(value, i)) {
                text.append(unit);
            } else {
                text.append("\\u")
                        .append(HEX[unit >> 12])
                        .append(HEX[unit >> 8 & 15])
                        .append(HEX[unit >> 4 & 15])
                        .append(HEX[unit & 15]);
            }
        }
        text.append('"');
    }

    private static boolean isPlain(char unit) {
        return switch (unit) {
            case '<', '>', '&', '\u2028', '\u2029' -> false;
            default -> unit >= ' ' && !(unit >= 0x7f && unit < 0xa0) && !Character.isSurrogate(unit);
        };
    }

    private static boolean isPair(String value, int i) {
        char unit = value.charAt(i);
        return Character.isHighSurrogate(unit)
                ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
                : Character.isLowSurrogate(unit) && i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
    }
}
