package dev.portcullis.sidecar.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which endpoint answers which path. Paths are compared as sent. Immutable. */
public final class Routes {

    private static final String ANY = "*";

    private final Map<String, Map<String, HttpEndpoint>> byPath;
    private final Map<String, HttpEndpoint> below;

    private Routes(Map<String, Map<String, HttpEndpoint>> byPath, Map<String, HttpEndpoint> below) {
        this.byPath = byPath;
        this.below = below;
    }

    /** No routes yet. */
    public static Builder builder() {
        return new Builder();
    }

    /** The endpoint of a request; where there is none, one that says so. */
    HttpEndpoint find(String method, String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        Map<String, HttpEndpoint> methods = byPath.get(path);
        if (methods == null) {
            int slash = path.indexOf('/', 1);
            HttpEndpoint endpoint = slash < 0 ? null : below.get(path.substring(0, slash));
            return endpoint == null ? NoSuchEndpoint.PATH : endpoint;
        }
        HttpEndpoint endpoint = methods.get(method);
        if (endpoint == null) {
            endpoint = methods.get(ANY);
        }
        return endpoint == null ? NoSuchEndpoint.method(methods.keySet()) : endpoint;
    }

    /** Collects routes. */
    public static final class Builder {

        private final Map<String, Map<String, HttpEndpoint>> byPath = new HashMap<>();
        private final Map<String, HttpEndpoint> below = new HashMap<>();

        private Builder() {}

        /** An endpoint for one method of a path; GET also stands for HEAD. */
        public Builder on(String method, String path, HttpEndpoint endpoint) {
            put(method, path, endpoint);
            if (method.equals("GET")) {
                put("HEAD", path, endpoint);
            }
            return this;
        }

        /** An endpoint for every method of a path that has none of its own. */
        public Builder onAny(String path, HttpEndpoint endpoint) {
            put(ANY, path, endpoint);
            return this;
        }

        /** An endpoint for every method of everything below a path of one segment that has no endpoint of its own. */
        public Builder onAnyBelow(String path, HttpEndpoint endpoint) {
            below.put(path, endpoint);
            return this;
        }

        private void put(String method, String path, HttpEndpoint endpoint) {
            if (byPath.computeIfAbsent(path, p -> new HashMap<>()).put(method, endpoint) != null) {
                throw new IllegalArgumentException(method + " " + path + " has an endpoint already");
            }
        }

        /** The routes. */
        public Routes build() {
            Map<String, Map<String, HttpEndpoint>> copy = new HashMap<>();
            byPath.forEach((path, methods) -> copy.put(path, Map.copyOf(methods)));
            return new Routes(Map.copyOf(copy), Map.copyOf(below));
        }
    }

    /** Answers what nothing else does. */
    private record NoSuchEndpoint(int status, String message, String allowed) implements HttpEndpoint {

        private static final NoSuchEndpoint PATH = new NoSuchEndpoint(404, "no such path", "");

        private static NoSuchEndpoint method(Set<String> methods) {
            return new NoSuchEndpoint(405, "no such method here", String.join(", ", new TreeSet<>(methods)));
        }

        @Override
        public int bodyLimit() {
            return 0;
        }

        @Override
        public void answer(ClientRequest request, Reply reply) {
            ServerResponse response = ServerResponse.text(status, message);
            reply.send(allowed.isEmpty() ? response : response.with("allow", allowed));
        }

        @Override
        public ServerResponse refuse(Refusal reason) {
            return ServerResponse.text(reason.status(), reason.message());
        }
    }
}
