package dev.portcullis.sidecar.http;

import java.util.function.UnaryOperator;

/** Takes the answer to one request: once, from any thread. */
public interface Reply {

    /** Sends the answer. */
    void send(ServerResponse response);

    /** Tells of a failure, and sends the endpoint's refusal. */
    void fail(Throwable failure);

    /** Whether somebody waits for the answer still. */
    boolean isWanted();

    /** The same, but changes what is sent; refusals of failures stay as they are. */
    default Reply changing(UnaryOperator<ServerResponse> change) {
        Reply inner = this;
        return new Reply() {
            @Override
            public void send(ServerResponse response) {
                inner.send(change.apply(response));
            }

            @Override
            public void fail(Throwable failure) {
                inner.fail(failure);
            }

            @Override
            public boolean isWanted() {
                return inner.isWanted();
            }
        };
    }
}
