package dev.portcullis.sidecar.http;

/** Takes the answer to one request: once, from any thread. */
public interface Reply {

    /** Sends the answer. */
    void send(ServerResponse response);
}
