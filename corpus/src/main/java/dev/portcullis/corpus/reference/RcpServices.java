package dev.portcullis.corpus.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The services that take part in resource control policies (rule E59): a list with a date, as data. */
final class RcpServices {

    private static final Set<String> PREFIXES = load();

    private RcpServices() {}

    /** Whether the action's service takes part; the prefix's letter case doesn't count (rule L26, live). */
    static boolean include(String action) {
        return PREFIXES.contains(Letters.lowerAscii(action.substring(0, action.indexOf(':'))));
    }

    private static Set<String> load() {
        try (InputStream stream = RcpServices.class.getResourceAsStream("rcp-services.txt")) {
            if (stream == null) {
                throw new IllegalStateException("rcp-services.txt is missing");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return reader.lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
