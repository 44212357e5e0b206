package dev.portcullis.sidecar.mapping;

import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;

/** Reads sets of public keys (JWKS) from files and URLs. */
final class KeySets {

    private static final int MOST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private KeySets() {}

    static boolean isUrl(String place) {
        return place.startsWith("https://") || place.startsWith("http://");
    }

    /** @throws IOException when there are none, with the reason */
    static JWKSet read(String place, Path folder) throws IOException {
        byte[] bytes = isUrl(place) ? fetch(URI.create(place)) : file(folder.resolve(place));
        try {
            JWKSet keys =
                    JWKSet.parse(new String(bytes, StandardCharsets.UTF_8)).toPublicJWKSet();
            if (keys.isEmpty()) {
                throw new IOException("there is no public key in `" + place + "`");
            }
            return keys;
        } catch (ParseException e) {
            throw new IOException("`" + place + "` is no JWKS: " + e.getMessage(), e);
        }
    }

    private static byte[] file(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return bounded(in);
        }
    }

    private static byte[] fetch(URI url) throws IOException {
        if (url.getScheme().equals("http")
                && !InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
            throw new IOException("`" + url + "`: keys are fetched by https, or by http from this machine");
        }
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(url).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("`" + url + "` answers " + response.statusCode());
                }
                return bounded(in);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while fetching `" + url + "`", e);
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes of keys");
        }
        return bytes;
    }
}
