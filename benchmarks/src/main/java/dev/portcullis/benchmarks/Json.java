package dev.portcullis.benchmarks;

import dev.portcullis.corpus.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the little JSON that is exchanged with other programs. */
final class Json {

    private Json() {}

    /** A string, quoted. */
    static String text(String text) {
        try {
            StringBuilder written = new StringBuilder();
            JsonText.write(written, text);
            return written.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An array of strings. */
    static String list(List<String> texts) {
        return "[" + String.join(",", texts.stream().map(Json::text).toList()) + "]";
    }

    /** Names and values, the names as they are given. */
    static String object(String... namesAndValues) {
        StringBuilder written = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            written.append(i == 0 ? "" : ",").append(text(namesAndValues[i]));
            written.append(':').append(namesAndValues[i + 1]);
        }
        return written.append('}').toString();
    }
}
