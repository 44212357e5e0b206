package dev.portcullis.corpus;

import java.io.IOException;

/** Writes strings as JSON that is safe to show. Stateless. */
public final class JsonText {

    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /**
     * Writes a string in quotes. What a terminal might obey is written as an escape, and so are lone surrogates: the
     * output is always UTF-8.
     *
     * @throws IOException if {@code out} can't be written
     */
    public static void write(Appendable out, String text) throws IOException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isUnprintable(text, i)) {
                        out.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            out.append(HEX.charAt(c >> shift & 0xf));
                        }
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /**
     * Whether the unit at {@code index} must not reach a terminal: a control character, a separator of lines or
     * paragraphs, one that turns the direction of writing around, or a surrogate without its partner.
     */
    public static boolean isUnprintable(String text, int index) {
        char c = text.charAt(index);
        return c < ' '
                || (c >= '\u007F' && c <= '\u009F')
                || c == '\u061C'
                || (c >= '\u200E' && c <= '\u200F')
                || (c >= '\u2028' && c <= '\u202E')
                || (c >= '\u2066' && c <= '\u2069')
                || c == '\uFEFF'
                || isLoneSurrogate(text, index);
    }

    private static boolean isLoneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
