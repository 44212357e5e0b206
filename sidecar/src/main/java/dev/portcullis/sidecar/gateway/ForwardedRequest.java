package dev.portcullis.sidecar.gateway;

import dev.portcullis.sidecar.http.ClientRequest;
import dev.portcullis.sidecar.mapping.GatewayRequest;
import java.util.List;
import java.util.Optional;

/**
 * The request that a gateway describes in headers: {@code X-Original-Method} and {@code X-Original-URI}, or
 * {@code X-Forwarded-Method} and {@code X-Forwarded-Uri}. One family comes from the gateway, and a client may add the
 * other: they are never mixed, and where both are there they have to agree.
 */
final class ForwardedRequest implements GatewayRequest {

    private static final String[] ORIGINAL = {"x-original-method", "x-original-uri", "x-original-host"};
    private static final String[] FORWARDED = {"x-forwarded-method", "x-forwarded-uri", "x-forwarded-host"};

    private final ClientRequest carrier;
    private final String method;
    private final String target;
    private final String host;

    ForwardedRequest(ClientRequest carrier) {
        this.carrier = carrier;
        boolean original = isThere(ORIGINAL);
        boolean forwarded = isThere(FORWARDED);
        String[] family = original ? ORIGINAL : FORWARDED;
        boolean clash = original && forwarded && !(same(0) && same(1) && same(2));
        // An empty target is refused by every mapping.
        this.method = clash ? "" : one(family[0]);
        this.target = clash ? "" : one(family[1]);
        String named = one(family[2]);
        this.host = named.isEmpty() ? one("host") : named;
    }

    private boolean isThere(String[] family) {
        return carrier.header(family[0]) != null || carrier.header(family[1]) != null;
    }

    private boolean same(int index) {
        return one(ORIGINAL[index]).equals(one(FORWARDED[index]));
    }

    /** The value of a header that is there once; else empty. */
    private String one(String name) {
        List<String> values = carrier.headers(name);
        return values.size() == 1 ? values.get(0) : "";
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public List<String> headers(String name) {
        return carrier.headers(name);
    }

    @Override
    public String clientAddress() {
        return "";
    }

    @Override
    public Optional<String> certificateName() {
        return carrier.peer().certificateName();
    }

    @Override
    public Optional<byte[]> body() {
        return Optional.empty();
    }

    @Override
    public String scheme() {
        return "";
    }
}
