package dev.portcullis.syntax;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The services that take part in resource control policies, by action prefix (rules L26, E59, E60). */
public final class ResourceControlServices {

    private static final String RESOURCE = "resource-control-services.txt";
    private static final Set<String> PREFIXES = load();

    private ResourceControlServices() {}

    /** Whether the service of that prefix takes part; letter case doesn't matter. */
    public static boolean contains(String prefix) {
        return PREFIXES.contains(prefix.toLowerCase(Locale.ROOT));
    }

    /** All prefixes, lower case. */
    public static Set<String> prefixes() {
        return PREFIXES;
    }

    private static Set<String> load() {
        try (InputStream stream = ResourceControlServices.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the program is incomplete: " + RESOURCE + " is missing");
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
