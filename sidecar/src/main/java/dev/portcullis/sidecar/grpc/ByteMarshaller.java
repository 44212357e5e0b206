package dev.portcullis.sidecar.grpc;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Messages as the bytes they are. What can't be read is then answered by the service, in the protocol's own form, and not
 * by gRPC with an error that a gateway may take for leave.
 */
public enum ByteMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    INSTANCE;

    /** A unary method that takes and gives bytes. */
    public static MethodDescriptor<byte[], byte[]> method(MethodDescriptor.MethodType type, String fullName) {
        return MethodDescriptor.newBuilder(INSTANCE, INSTANCE)
                .setType(type)
                .setFullMethodName(fullName)
                .build();
    }

    @Override
    public InputStream stream(byte[] value) {
        return new Known(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
        try {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Known extends ByteArrayInputStream implements KnownLength {

        private Known(byte[] bytes) {
            super(bytes);
        }
    }
}
