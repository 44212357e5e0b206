package dev.portcullis.syntax;

/** The escapes of a JSON string that the lexer has taken (RFC 8259, section 7). */
final class StringLiteral {

    private StringLiteral() {}

    /**
     * What the literal {@code text[start, end)}, quotes included, stands for. Lone surrogates and U+0000 come through;
     * {@link #refused} finds them.
     */
    static String value(String text, int start, int end) {
        int last = end - 1;
        int at = start + 1;
        while (at < last && text.charAt(at) != '\\') {
            at++;
        }
        if (at == last) {
            return text.substring(start + 1, last);
        }
        StringBuilder value = new StringBuilder(last - start).append(text, start + 1, at);
        while (at < last) {
            value.append(unit(text, at));
            at += width(text, at);
        }
        return value.toString();
    }

    /**
     * Offset in {@code value} of the first unit that no policy may hold, a lone surrogate or U+0000, from
     * {@code from}; -1 when there is none.
     */
    static int refused(String value, int from) {
        for (int i = from; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == 0) {
                return i;
            }
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!paired) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    /** The unit of the value that is written at {@code at}, escaped or not. */
    static char unit(String text, int at) {
        char c = text.charAt(at);
        if (c != '\\') {
            return c;
        }
        char escaped = text.charAt(at + 1);
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> (char) Integer.parseInt(text, at + 2, at + 6, 16);
            default -> escaped;
        };
    }

    /** How many units of the text the unit of the value at {@code at} takes. */
    static int width(String text, int at) {
        if (text.charAt(at) != '\\') {
            return 1;
        }
        return text.charAt(at + 1) == 'u' ? 6 : 2;
    }

    /** Where in the text the unit {@code offset} of the value of the literal at {@code start} is written. */
    static int place(String text, int start, int offset) {
        int at = start + 1;
        for (int i = 0; i < offset; i++) {
            at += width(text, at);
        }
        return at;
    }
}
