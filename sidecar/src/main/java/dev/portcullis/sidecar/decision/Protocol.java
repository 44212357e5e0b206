package dev.portcullis.sidecar.decision;

/** How a question came. */
public enum Protocol {
    /** {@code POST /v1/decide}. */
    DECIDE("decide"),
    /** {@code /authz}, for gateways that ask over HTTP. */
    AUTHZ("authz"),
    /** Envoy's external authorization over gRPC. */
    EXT_AUTHZ("ext_authz"),
    /** OpenID AuthZEN. */
    AUTHZEN("authzen");

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    /** Its name in metrics and logs. */
    public String label() {
        return label;
    }
}
