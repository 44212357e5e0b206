package dev.portcullis.sidecar.mapping;

import java.util.List;
import java.util.Optional;

/** An HTTP request that a gateway asks about. Used by one thread. */
public interface GatewayRequest {

    /** As sent. */
    String method();

    /** Path and query as sent. */
    String target();

    /** Name and perhaps port; empty when unknown. */
    String host();

    /** All values of a header, whose name is in lower case; empty when absent. */
    List<String> headers(String name);

    /** The client's IP address where the gateway's protocol itself tells it; else empty. */
    String clientAddress();

    /** What the client's verified certificate calls it; empty without one. */
    Optional<String> certificateName();

    /** The whole body; empty when the gateway doesn't send it, or not all of it. */
    Optional<byte[]> body();

    /** {@code http} or {@code https} where the gateway's protocol itself tells it; else empty. */
    String scheme();
}
