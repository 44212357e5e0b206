package dev.portcullis.sidecar.mapping;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A signed token (JWT): signature, issuer, audience and times are checked. Thread-safe. */
final class JwtIdentity implements IdentitySource {

    /** Public-key algorithms only: with a shared secret, who can check a token can make one. */
    static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final int REMEMBERED = 4096;
    private static final int TOKEN_UNITS = 16 << 10;
    private static final int SKEW_SECONDS = 60;

    private record Verified(Identified identity, Instant until) {}

    private final String header;
    private final boolean bearer;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final Map<String, Verified> remembered = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Verified> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * @param header in lower case; in {@code authorization} the token stands after {@code Bearer}
     * @param issuer exact value of {@code iss}
     * @param audience has to be among {@code aud}
     */
    JwtIdentity(String header, JWKSet keys, Set<String> algorithms, String issuer, String audience) {
        this.header = header;
        this.bearer = header.equals("authorization");
        Set<JWSAlgorithm> accepted = new java.util.HashSet<>();
        algorithms.forEach(name -> accepted.add(JWSAlgorithm.parse(name)));
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(accepted, new ImmutableJWKSet<>(keys)));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp", "iss", "aud"));
        claims.setMaxClockSkew(SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    @Override
    public Optional<Identified> identify(GatewayRequest request) throws MappingRefusal {
        List<String> values = request.headers(header);
        if (values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw MappingRefusal.unidentified("there are two tokens");
        }
        String token = values.get(0);
        if (bearer) {
            if (!token.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
                return Optional.empty();
            }
            token = token.substring("bearer ".length()).strip();
        }
        if (token.length() > TOKEN_UNITS) {
            throw MappingRefusal.unidentified("the token is too long");
        }
        return Optional.of(verify(token));
    }

    private Identified verify(String token) throws MappingRefusal {
        Instant now = Instant.now();
        synchronized (remembered) {
            Verified known = remembered.get(token);
            if (known != null && now.isBefore(known.until)) {
                return known.identity;
            }
        }
        try {
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            Identified identity = new Identified(claims.getSubject(), read(claims));
            Date end = claims.getExpirationTime();
            synchronized (remembered) {
                remembered.put(token, new Verified(identity, end.toInstant()));
            }
            return identity;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw MappingRefusal.unidentified("the token isn't good: " + e.getMessage());
        }
    }

    private static Map<String, List<String>> read(JWTClaimsSet claims) {
        Map<String, List<String>> read = new LinkedHashMap<>();
        claims.getClaims().forEach((name, value) -> {
            if (value instanceof List<?> several) {
                List<String> texts = new ArrayList<>();
                several.stream().filter(JwtIdentity::isScalar).forEach(one -> texts.add(text(one)));
                // One that isn't a scalar spoils the list: a part of it would be a lie.
                if (texts.size() == several.size()) {
                    read.put(name, List.copyOf(texts));
                }
            } else if (isScalar(value)) {
                read.put(name, List.of(text(value)));
            }
        });
        return Map.copyOf(read);
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean || value instanceof Date;
    }

    private static String text(Object value) {
        return value instanceof Date date ? Long.toString(date.toInstant().getEpochSecond()) : String.valueOf(value);
    }
}
