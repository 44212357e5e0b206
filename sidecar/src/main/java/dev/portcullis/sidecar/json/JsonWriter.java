package dev.portcullis.sidecar.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes JSON on one line. The caller sees to it that names and values alternate. Control characters, and what HTML and
 * terminals could take for their own, are escaped.
 */
public final class JsonWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder text = new StringBuilder(256);
    private boolean comma;

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
        quote(name);
        text.append(':');
        comma = false;
        return this;
    }

    /** A string. */
    public JsonWriter value(String value) {
        next();
        quote(value);
        comma = true;
        return this;
    }

    /** A number. */
    public JsonWriter value(long value) {
        next();
        text.append(value);
        comma = true;
        return this;
    }

    /** A Boolean. */
    public JsonWriter value(boolean value) {
        next();
        text.append(value);
        comma = true;
        return this;
    }

    /** The null value. */
    public JsonWriter nullValue() {
        next();
        text.append("null");
        comma = true;
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

    private JsonWriter open(char bracket) {
        next();
        text.append(bracket);
        comma = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        text.append(bracket);
        comma = true;
        return this;
    }

    private void next() {
        if (comma) {
            text.append(',');
        }
    }

    private void quote(String value) {
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
