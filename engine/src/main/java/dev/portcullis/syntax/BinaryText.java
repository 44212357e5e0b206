package dev.portcullis.syntax;

import java.util.Base64;
import java.util.Optional;

/** Reads the base64 of a BinaryEquals value (rule L107). */
public final class BinaryText {

    private BinaryText() {}

    /**
     * The canonical base64 text of what the text encodes: padded, spare bits zero. It is what a request's text must
     * equal. Empty if the text isn't base64.
     */
    public static Optional<String> canonical(String text) {
        try {
            return Optional.of(
                    Base64.getEncoder().encodeToString(Base64.getDecoder().decode(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
