package dev.portcullis.sidecar.aws;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which resources actions take, by service: the simulator answers implicitDeny for any other (section 4.1). */
final class ResourceServices {

    private static final Map<String, Set<String>> SERVICES = read();

    /** As captured (section 4.1); those of further services aren't known. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "s3", "arn:aws:s3:::${BucketName}/${KeyName}",
            "iam", "arn:aws:iam::${Account}:${ResourceType}/${ResourceName}",
            "ec2", "arn:aws:ec2:${Region}:${Account}:${ResourceType}/${ResourcePath}");

    private ResourceServices() {}

    private static Map<String, Set<String>> read() {
        Map<String, Set<String>> services = new HashMap<>();
        try (InputStream in = ResourceServices.class.getResourceAsStream("resource-services.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.startsWith("#")) {
                    List<String> words = List.of(line.split(" "));
                    services.put(words.get(0), Set.copyOf(words));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(services);
    }

    /** Whether an action takes a resource; true for {@code *} and wherever nothing is known of the service. */
    static boolean takes(String action, String resource) {
        Set<String> taken = SERVICES.get(prefix(action));
        if (taken == null || !resource.startsWith("arn:")) {
            return true;
        }
        String service = resource.split(":", 4)[2];
        return service.equals("*") || taken.contains(service);
    }

    /** What an answer for several resources calls them; empty where it isn't known. */
    static Optional<String> template(String action) {
        return Optional.ofNullable(TEMPLATES.get(prefix(action)));
    }

    private static String prefix(String action) {
        return action.substring(0, action.indexOf(':')).toLowerCase(Locale.ROOT);
    }
}
