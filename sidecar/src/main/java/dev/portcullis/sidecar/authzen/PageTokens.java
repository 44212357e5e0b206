package dev.portcullis.sidecar.authzen;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Page tokens: where a search goes on, bound to the search and to the version of the data. Thread-safe. */
final class PageTokens {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE = 16;

    private final byte[] secret = new byte[32];

    PageTokens() {
        new SecureRandom().nextBytes(secret);
    }

    /**
     * Where to go on.
     *
     * @param candidate the next one to look at
     * @param limit results a page; negative: as many as there are
     */
    record Place(int candidate, int limit) {}

    /** @param search what is asked, and of which version */
    String write(Place place, String search) {
        byte[] body = ByteBuffer.allocate(8)
                .putInt(place.candidate)
                .putInt(place.limit)
                .array();
        byte[] token = Arrays.copyOf(body, body.length + SIGNATURE);
        System.arraycopy(sign(body, search), 0, token, body.length, SIGNATURE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** Empty when the token isn't ours, or is of another search or version. */
    Optional<Place> read(String token, String search) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(token);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        if (bytes.length != 8 + SIGNATURE) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(bytes, 8);
        byte[] signature = Arrays.copyOfRange(bytes, 8, bytes.length);
        if (!MessageDigest.isEqual(signature, Arrays.copyOf(sign(body, search), SIGNATURE))) {
            return Optional.empty();
        }
        ByteBuffer place = ByteBuffer.wrap(body);
        return Optional.of(new Place(place.getInt(), place.getInt()));
    }

    private byte[] sign(byte[] body, String search) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            mac.update(body);
            return mac.doFinal(search.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java machine has " + ALGORITHM, e);
        }
    }
}
