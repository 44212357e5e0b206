package dev.portcullis.sidecar.http;

/**
 * What answers the requests of one path: protocols hang on it. Shared by all threads; called on an event loop, so it must
 * not block: what takes long is done elsewhere and replied to later.
 */
public interface HttpEndpoint {

    /** Longest body in bytes; 0 when bodies aren't looked at, and then one of any length is taken and dropped. */
    int bodyLimit();

    /** Answers, now or later. What it throws is answered with {@link #refuse}. */
    void answer(ClientRequest request, Reply reply);

    /** Says no in the protocol's own form. Never allows anything. */
    ServerResponse refuse(Refusal reason);
}
