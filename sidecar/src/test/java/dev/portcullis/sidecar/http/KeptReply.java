package dev.portcullis.sidecar.http;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is sent. */
public final class KeptReply implements Reply {

    private final List<ServerResponse> responses = new ArrayList<>();
    private boolean wanted = true;

    @Override
    public void send(ServerResponse response) {
        responses.add(response);
    }

    @Override
    public void fail(Throwable failure) {
        throw new AssertionError("the endpoint failed", failure);
    }

    @Override
    public boolean isWanted() {
        return wanted;
    }

    /** Nobody waits any more. */
    public void leave() {
        wanted = false;
    }

    /** What has been sent. */
    public List<ServerResponse> responses() {
        return responses;
    }
}
