package dev.portcullis.sidecar.http;

/** Why a request doesn't reach its endpoint's own code. */
public enum Refusal {
    /** The body is longer than the endpoint's limit. */
    BODY_TOO_LARGE(413, "the body is too large"),
    /** The server has more to do than it can. */
    OVERLOADED(503, "overloaded"),
    /** The endpoint's own code failed. */
    INTERNAL_ERROR(500, "internal error");

    private final int status;
    private final String message;

    Refusal(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The HTTP status, where a protocol has no form of its own. */
    public int status() {
        return status;
    }

    /** What happened, in few words. */
    public String message() {
        return message;
    }
}
