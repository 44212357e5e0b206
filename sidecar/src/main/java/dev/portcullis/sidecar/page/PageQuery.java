package dev.portcullis.sidecar.page;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters of the page's own questions. */
final class PageQuery {

    private final Map<String, String> parameters = new HashMap<>();

    /** @throws IllegalArgumentException if it can't be decoded, or has a parameter twice */
    PageQuery(String query) {
        for (String part : query.split("&", -1)) {
            if (part.isEmpty()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = decode(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : decode(part.substring(equals + 1));
            if (parameters.put(name, value) != null) {
                throw new IllegalArgumentException("a parameter is given twice");
            }
        }
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The value of a parameter; empty when absent. */
    String value(String name) {
        return parameters.getOrDefault(name, "");
    }
}
