package dev.portcullis.sidecar.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.Status;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Answers each call with one message, whatever happens: gRPC's own status is OK as long as the caller is there. */
public final class UnaryHandler implements ServerCallHandler<byte[], byte[]> {

    private final BiFunction<byte[], ServerCall<byte[], byte[]>, byte[]> service;
    private final byte[] onFailure;
    private final Consumer<Throwable> failures;

    /**
     * @param service takes the message, null if the caller sent none
     * @param onFailure the answer where the service fails
     * @param failures is told of that
     */
    public UnaryHandler(
            BiFunction<byte[], ServerCall<byte[], byte[]>, byte[]> service,
            byte[] onFailure,
            Consumer<Throwable> failures) {
        this.service = service;
        this.onFailure = onFailure.clone();
        this.failures = failures;
    }

    @Override
    public ServerCall.Listener<byte[]> startCall(ServerCall<byte[], byte[]> call, Metadata headers) {
        // One message is what a call has; a second one would be more than is asked for here.
        call.request(2);
        return new ServerCall.Listener<>() {

            private byte[] message;
            private boolean several;

            @Override
            public void onMessage(byte[] received) {
                several |= message != null;
                message = received;
            }

            @Override
            public void onHalfClose() {
                byte[] answer;
                try {
                    answer = several ? onFailure : service.apply(message, call);
                } catch (Throwable failure) {
                    failures.accept(failure);
                    answer = onFailure;
                }
                call.sendHeaders(new Metadata());
                call.sendMessage(answer);
                call.close(Status.OK, new Metadata());
            }
        };
    }
}
