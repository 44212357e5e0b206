package dev.portcullis.sidecar.mapping;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads percent-encoded text, and refuses what two readers could read in two ways. */
final class PercentText {

    private PercentText() {}

    /** Decodes once. A {@code +} stays one. */
    static String decode(String text, String what) throws MappingRefusal {
        return decode(text, what, false);
    }

    /** Decodes a part of a query or form, where {@code +} is a blank. */
    static String decodeForm(String text, String what) throws MappingRefusal {
        return decode(text, what, true);
    }

    private static String decode(String text, String what, boolean form) throws MappingRefusal {
        if (text.indexOf('%') < 0 && !(form && text.indexOf('+') >= 0)) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '%') {
                if (i + 2 >= text.length()) {
                    throw MappingRefusal.invalid(what + " has a broken percent-encoding");
                }
                int value = digit(text.charAt(i + 1)) << 4 | digit(text.charAt(i + 2));
                if (value < ' ' || value == 0x7f) {
                    throw MappingRefusal.invalid(what + " has a broken percent-encoding or a control character");
                }
                bytes[length++] = (byte) value;
                i += 2;
            } else {
                bytes[length++] = (byte) (form && unit == '+' ? ' ' : unit);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw MappingRefusal.invalid(what + " is not UTF-8");
        }
    }

    private static int digit(char unit) {
        int value = unit < 128 ? Character.digit(unit, 16) : -1;
        // Any bit pattern with the sign bit makes the whole value negative, which is refused.
        return value < 0 ? Integer.MIN_VALUE >> 4 : value;
    }

    /** Refuses a target that holds what no URL does. */
    static void checkTarget(String target) throws MappingRefusal {
        if (target.isEmpty() || target.charAt(0) != '/') {
            throw MappingRefusal.invalid("the path doesn't begin with a slash");
        }
        for (int i = 0; i < target.length(); i++) {
            char unit = target.charAt(i);
            if (unit <= ' ' || unit >= 0x7f || unit == '\\' || unit == '#') {
                throw MappingRefusal.invalid("the path holds a character that URLs don't have");
            }
        }
    }

    /** The values of a parameter, decoded, in order. */
    static List<String> parameters(String query, String name) throws MappingRefusal {
        List<String> values = new ArrayList<>(1);
        int from = 0;
        while (from <= query.length() && !query.isEmpty()) {
            int end = query.indexOf('&', from);
            int stop = end < 0 ? query.length() : end;
            int equals = query.indexOf('=', from);
            int nameEnd = equals < 0 || equals > stop ? stop : equals;
            if (decodeForm(query.substring(from, nameEnd), "the query").equals(name)) {
                values.add(nameEnd == stop ? "" : decodeForm(query.substring(nameEnd + 1, stop), "the query"));
            }
            if (end < 0) {
                break;
            }
            from = end + 1;
        }
        return values;
    }

    /** The value of a parameter that may be there once; null when absent. */
    static String parameter(String query, String name) throws MappingRefusal {
        List<String> values = parameters(query, name);
        if (values.size() > 1) {
            throw MappingRefusal.invalid("query parameter `" + name + "` is given twice");
        }
        return values.isEmpty() ? null : values.get(0);
    }
}
