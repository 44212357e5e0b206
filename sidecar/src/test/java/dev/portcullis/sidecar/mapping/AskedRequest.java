package dev.portcullis.sidecar.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A gateway's request for one test. */
final class AskedRequest implements GatewayRequest {

    private final String method;
    private final String target;
    private final Map<String, List<String>> headers = new HashMap<>();
    private String host = "api.example.com";
    private Optional<byte[]> body = Optional.empty();
    private Optional<String> certificate = Optional.empty();

    private AskedRequest(String method, String target) {
        this.method = method;
        this.target = target;
    }

    static AskedRequest of(String method, String target) {
        return new AskedRequest(method, target).header("x-user", "alice");
    }

    static AskedRequest withoutIdentity(String method, String target) {
        return new AskedRequest(method, target);
    }

    AskedRequest header(String name, String value) {
        headers.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        return this;
    }

    AskedRequest host(String value) {
        host = value;
        return this;
    }

    AskedRequest body(String value) {
        body = Optional.of(value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return this;
    }

    AskedRequest certificate(String value) {
        certificate = Optional.of(value);
        return this;
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
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String clientAddress() {
        return "203.0.113.7";
    }

    @Override
    public Optional<String> certificateName() {
        return certificate;
    }

    @Override
    public Optional<byte[]> body() {
        return body;
    }

    @Override
    public String scheme() {
        return "https";
    }
}
