package dev.portcullis.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Bytes to text. Whatever is not shortest-form UTF-8 without byte order mark is refused, never repaired. */
final class Utf8 {

    /**
     * A text, or the first place where it stops being one.
     *
     * @param text the text; with a problem, for display only: malformed bytes shown as U+FFFD
     * @param problem what is wrong, empty when nothing is
     * @param offset where in {@code text}
     */
    record Decoded(String text, Optional<String> problem, int offset) {}

    private Utf8() {}

    static Decoded decode(byte[] bytes) {
        Optional<String> foreign = otherEncoding(bytes);
        if (foreign.isPresent()) {
            return new Decoded(new String(bytes, StandardCharsets.UTF_8), foreign, 0);
        }
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CharBuffer output = CharBuffer.allocate(bytes.length); // UTF-8 never has fewer bytes than UTF-16 has units
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(input, output, true);
        if (result.isError()) {
            String problem = malformed(bytes, input.position());
            return new Decoded(new String(bytes, StandardCharsets.UTF_8), Optional.of(problem), output.position());
        }
        return new Decoded(output.flip().toString(), Optional.empty(), 0);
    }

    /** The bytes that {@code text} takes in UTF-8. */
    static long length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit > 0x7F) {
                length += unit > 0x7FF && !Character.isSurrogate(unit) ? 2 : 1;
            }
        }
        return length;
    }

    private static Optional<String> otherEncoding(byte[] bytes) {
        int first = at(bytes, 0);
        int second = at(bytes, 1);
        if (first == 0xEF && second == 0xBB && at(bytes, 2) == 0xBF) {
            return Optional.of("the text begins with a byte order mark");
        }
        if (first == 0 && second == 0 && (at(bytes, 2) == 0xFE || at(bytes, 3) > 0)) {
            return Optional.of("the text is UTF-32, not UTF-8");
        }
        if (first > 0 && second == 0 && at(bytes, 2) == 0 && at(bytes, 3) == 0) {
            return Optional.of("the text is UTF-32, not UTF-8");
        }
        boolean mark = (first == 0xFE && second == 0xFF) || (first == 0xFF && second == 0xFE);
        if (mark || (first == 0 && second > 0) || (first > 0 && second == 0)) {
            return Optional.of("the text is UTF-16, not UTF-8");
        }
        return Optional.empty();
    }

    private static String malformed(byte[] bytes, int offset) {
        int first = at(bytes, offset);
        int second = at(bytes, offset + 1);
        String what;
        if (first < 0xC0) {
            what = "a continuation byte without a first byte";
        } else if (first < 0xC2
                || (first == 0xE0 && isBetween(second, 0x80, 0x9F))
                || (first == 0xF0 && isBetween(second, 0x80, 0x8F))) {
            what = "an overlong form";
        } else if (first == 0xED && isBetween(second, 0xA0, 0xBF)) {
            what = "a surrogate";
        } else if (first > 0xF4 || (first == 0xF4 && isBetween(second, 0x90, 0xBF))) {
            what = "above U+10FFFF";
        } else {
            what = "a truncated character";
        }
        return String.format(Locale.ROOT, "byte %d (0x%02X) is not UTF-8: %s", offset, first, what);
    }

    private static boolean isBetween(int octet, int low, int high) {
        return octet >= low && octet <= high;
    }

    /** The byte at an offset, 0 to 255; -1 after the end. */
    private static int at(byte[] bytes, int offset) {
        return offset < bytes.length ? bytes[offset] & 0xFF : -1;
    }
}
