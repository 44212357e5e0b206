package dev.portcullis.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Identity from signed tokens. */
@SuppressWarnings("JavaUtilDate") // the library's type for times
class JwtTest {

    @TempDir
    private Path folder;

    private ECKey key;
    private Sidecar sidecar;
    private Client client;
    private TestStore store;

    @BeforeEach
    void start() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
        store = new TestStore(folder.resolve("store"), """
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "q:SendMessage", "Resource": "*",
                   "Condition": {"StringEquals": {"aws:PrincipalTag/team": "q"},
                                 "ForAnyValue:StringEquals": {"app:groups": "writers"}}}]}""");
        sidecar = Sidecar.start(store.options().mapping(mapping("jwks.json")));
        client = new Client(sidecar);
    }

    private Path mapping(String keys) throws Exception {
        return Files.writeString(folder.resolve("mapping.json"), """
                {"identity": [{"jwt": {"keys": "%s", "issuer": "https://issuer.example",
                                       "audience": "api", "algorithms": ["ES256"]},
                               "principal": "arn:aws:iam::111122223333:user/{claim:sub}"}],
                 "context": {"aws:PrincipalTag/team": "{claim:team}", "app:groups": ["{claim:groups}"]},
                 "routes": {"POST /chat": {"action": "q:SendMessage"}}}""".formatted(keys));
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("https://issuer.example")
                .audience("api")
                .subject("alice")
                .claim("team", "q")
                .claim("groups", List.of("readers", "writers"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String sign(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .keyID("k1")
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        token.sign(signer);
        return token.serialize();
    }

    private int ask(String token) throws Exception {
        return client.get(
                        "/authz",
                        "X-Original-Method",
                        "POST",
                        "X-Original-URI",
                        "/chat",
                        "Authorization",
                        "Bearer " + token)
                .statusCode();
    }

    private int ask(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        return ask(sign(change.apply(claims()).build(), JWSAlgorithm.ES256, new ECDSASigner(key)));
    }

    @Test
    void token_good_claimsBecomePrincipalAndContext() throws Exception {
        assertThat(ask(claims -> claims)).isEqualTo(200);
        assertThat(ask(claims -> claims.claim("groups", "writers"))).isEqualTo(200);
        assertThat(ask(claims -> claims.claim("groups", List.of("readers")))).isEqualTo(403);
        assertThat(ask(claims -> claims.claim("team", "other"))).isEqualTo(403);
        assertThat(ask(claims -> claims.claim("team", List.of("q", "other")))).isEqualTo(403);
        assertThat(ask(claims -> claims.subject("bob"))).isEqualTo(403);
        assertThat(ask(claims -> claims.subject("alice/../root"))).isEqualTo(403);
    }

    @Test
    void token_sameAgain_sameAnswer() throws Exception {
        String token = sign(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(key));
        for (int i = 0; i < 3; i++) {
            assertThat(ask(token)).isEqualTo(200);
        }
    }

    @Test
    void token_wrong_401() throws Exception {
        assertThat(ask(claims -> claims.issuer("https://other.example"))).isEqualTo(401);
        assertThat(ask(claims -> claims.audience("other"))).isEqualTo(401);
        assertThat(ask(claims -> claims.audience((String) null))).isEqualTo(401);
        assertThat(ask(claims -> claims.expirationTime(null))).isEqualTo(401);
        assertThat(ask(claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))))
                .isEqualTo(401);
        assertThat(ask(claims -> claims.notBeforeTime(Date.from(Instant.now().plusSeconds(120)))))
                .isEqualTo(401);
        assertThat(ask(claims -> claims.subject(null))).isEqualTo(401);
        assertThat(ask("nonsense")).isEqualTo(401);
        assertThat(ask("")).isEqualTo(401);
    }

    @Test
    void signature_wrong_401() throws Exception {
        ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        assertThat(ask(sign(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(other))))
                .isEqualTo(401);
        assertThat(ask(new PlainJWT(claims().build()).serialize())).isEqualTo(401);
        byte[] publicKey = key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
        assertThat(ask(sign(claims().build(), JWSAlgorithm.HS256, new MACSigner(publicKey))))
                .isEqualTo(401);
        String good = sign(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(key));
        assertThat(ask(good.substring(0, good.length() - 4) + "AAAA")).isEqualTo(401);
    }

    @Test
    void token_absent_401() throws Exception {
        assertThat(client.get("/authz", "X-Original-Method", "POST", "X-Original-URI", "/chat")
                        .statusCode())
                .isEqualTo(401);
        assertThat(client.get(
                                "/authz",
                                "X-Original-Method",
                                "POST",
                                "X-Original-URI",
                                "/chat",
                                "Authorization",
                                "Basic YWxpY2U6")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void keys_replaced_oldTokensEnd() throws Exception {
        String old = sign(claims().build(), JWSAlgorithm.ES256, new ECDSASigner(key));
        assertThat(ask(old)).isEqualTo(200);
        ECKey fresh = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        Files.writeString(folder.resolve("jwks.json"), new JWKSet(fresh.toPublicJWK()).toString());
        ReloadTest.await("the new keys", () -> ask(old) == 401);
        key = fresh;
        assertThat(ask(claims -> claims)).isEqualTo(200);
    }

    @Test
    void keys_fromUrl_fetched() throws Exception {
        HttpServer issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
        issuer.createContext("/keys", exchange -> {
            exchange.sendResponseHeaders(200, keys.length);
            exchange.getResponseBody().write(keys);
            exchange.close();
        });
        issuer.start();
        try {
            sidecar.close();
            sidecar = Sidecar.start(store.options()
                    .mapping(mapping("http://127.0.0.1:" + issuer.getAddress().getPort() + "/keys")));
            client = new Client(sidecar);
            assertThat(ask(claims -> claims)).isEqualTo(200);
        } finally {
            issuer.stop(0);
        }
    }
}
