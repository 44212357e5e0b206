package dev.portcullis.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** URL-encoded text (RFC 3986) to text: {@code %XX} are bytes of strict UTF-8, {@code +} is a plus sign. */
final class PercentDecoding {

    /**
     * A text, or the first place where it stops being one.
     *
     * @param text the text; empty with a problem
     * @param problem what is wrong, empty when nothing is
     * @param offset where in the encoded text
     */
    record Decoded(String text, Optional<String> problem, int offset) {}

    private PercentDecoding() {}

    static Decoded decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        int at = 0;
        while (at < encoded.length()) {
            int width = width(encoded, at);
            if (encoded.charAt(at) != '%') {
                bytes.writeBytes(encoded.substring(at, at + width).getBytes(StandardCharsets.UTF_8));
            } else {
                int octet = octet(encoded, at);
                if (octet < 0) {
                    return new Decoded("", Optional.of("`%` is not followed by two hexadecimal digits"), at);
                }
                bytes.write(octet);
            }
            at += width;
        }
        ByteBuffer input = ByteBuffer.wrap(bytes.toByteArray());
        CharBuffer output = CharBuffer.allocate(bytes.size());
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(input, output, true);
        if (result.isError()) {
            return new Decoded("", Optional.of("the bytes here are not UTF-8"), place(encoded, input.position()));
        }
        return new Decoded(output.flip().toString(), Optional.empty(), 0);
    }

    /** Where in the encoded text the byte {@code index} of the decoded text is written. */
    private static int place(String encoded, int index) {
        int at = 0;
        int octets = 0;
        while (octets < index) {
            int width = width(encoded, at);
            boolean escaped = encoded.charAt(at) == '%';
            octets += escaped ? 1 : encoded.substring(at, at + width).getBytes(StandardCharsets.UTF_8).length;
            at += width;
        }
        return at;
    }

    /** Units of the encoded text that the byte or character at {@code at} takes. */
    private static int width(String encoded, int at) {
        return encoded.charAt(at) == '%' ? 3 : Character.charCount(encoded.codePointAt(at));
    }

    /** The byte that {@code %XX} at {@code at} stands for; -1 when that isn't there. */
    private static int octet(String encoded, int at) {
        if (at + 2 >= encoded.length()) {
            return -1;
        }
        int high = hex(encoded.charAt(at + 1));
        int low = hex(encoded.charAt(at + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** ASCII only, unlike {@link Character#digit(char, int)}. */
    private static int hex(char digit) {
        return digit < 0x80 ? Character.digit(digit, 16) : -1;
    }
}
