package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Map;

/**
 * Who asks, as far as the credential says.
 *
 * @param value the header's value, the certificate's name or the token's subject
 * @param claims of the token; each a list, of one value where it is a single one
 */
record Identified(String value, Map<String, List<String>> claims) {

    static final Identified NOBODY = new Identified("", Map.of());
}
