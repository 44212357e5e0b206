package dev.portcullis.corpus.reference;

import java.util.Optional;

/** An ARN cut at its first five colons; the rest may hold more of them (rule L39). */
record ArnParts(String partition, String service, String region, String account, String resource) {

    /** Cuts a text that begins with {@code arn:} and has five colons at least; empty for any other. */
    static Optional<ArnParts> of(String text) {
        if (!text.startsWith("arn:")) {
            return Optional.empty();
        }
        String[] parts = text.split(":", 6);
        return parts.length < 6
                ? Optional.empty()
                : Optional.of(new ArnParts(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }
}
