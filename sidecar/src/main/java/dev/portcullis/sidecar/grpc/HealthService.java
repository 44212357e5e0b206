package dev.portcullis.sidecar.grpc;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code grpc.health.v1.Health}: whether questions are answered. Thread-safe. */
public final class HealthService {

    private static final String NAME = "grpc.health.v1.Health";

    private static final int SERVING = 1;
    private static final int NOT_SERVING = 2;
    private static final int SERVICE_UNKNOWN = 3;

    private final Set<String> services;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private volatile boolean serving;

    /** @param services names of the services that there are */
    public HealthService(Set<String> services) {
        this.services = Set.copyOf(services);
    }

    /** Says so from now on, also to those who watch. */
    public void serving(boolean value) {
        serving = value;
        watchers.forEach(Watcher::tell);
    }

    /** To be added to a server. */
    public ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(NAME)
                .addMethod(ByteMarshaller.method(MethodType.UNARY, NAME + "/Check"), check())
                .addMethod(ByteMarshaller.method(MethodType.SERVER_STREAMING, NAME + "/Watch"), watch())
                .build();
    }

    private int status(String service) {
        if (!service.isEmpty() && !services.contains(service)) {
            return SERVICE_UNKNOWN;
        }
        return serving ? SERVING : NOT_SERVING;
    }

    private ServerCallHandler<byte[], byte[]> check() {
        return (call, headers) -> {
            call.request(2);
            return new ServerCall.Listener<>() {

                private byte[] message = {};

                @Override
                public void onMessage(byte[] received) {
                    message = received;
                }

                @Override
                public void onHalfClose() {
                    String service = service(message);
                    int status = service == null ? SERVICE_UNKNOWN : status(service);
                    if (status == SERVICE_UNKNOWN) {
                        call.close(Status.NOT_FOUND.withDescription("no such service"), new Metadata());
                        return;
                    }
                    call.sendHeaders(new Metadata());
                    call.sendMessage(response(status));
                    call.close(Status.OK, new Metadata());
                }
            };
        };
    }

    private ServerCallHandler<byte[], byte[]> watch() {
        return (call, headers) -> {
            call.request(2);
            return new ServerCall.Listener<>() {

                private byte[] message = {};
                private Watcher watcher;

                @Override
                public void onMessage(byte[] received) {
                    message = received;
                }

                @Override
                public void onHalfClose() {
                    String service = service(message);
                    if (service == null) {
                        call.close(Status.INVALID_ARGUMENT.withDescription("no such message"), new Metadata());
                        return;
                    }
                    call.sendHeaders(new Metadata());
                    watcher = new Watcher(service, call);
                    watchers.add(watcher);
                    watcher.tell();
                }

                @Override
                public void onCancel() {
                    forget();
                }

                @Override
                public void onComplete() {
                    forget();
                }

                private void forget() {
                    if (watcher != null) {
                        watchers.remove(watcher);
                    }
                }
            };
        };
    }

    /** The service that a message names; null when the message can't be read. */
    private static String service(byte[] message) {
        String service = "";
        CodedInputStream in = CodedInputStream.newInstance(message);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                    service = in.readStringRequireUtf8();
                } else if (!in.skipField(tag)) {
                    return null;
                }
            }
            return service;
        } catch (IOException e) {
            return null;
        }
    }

    private static byte[] response(int status) {
        byte[] bytes = new byte[CodedOutputStream.computeEnumSize(1, status)];
        try {
            CodedOutputStream.newInstance(bytes).writeEnum(1, status);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory doesn't fail", e);
        }
        return bytes;
    }

    /** Somebody who wants to know of every change. */
    private final class Watcher {

        private final String service;
        private final ServerCall<byte[], byte[]> call;
        private int told = -1;

        private Watcher(String service, ServerCall<byte[], byte[]> call) {
            this.service = service;
            this.call = call;
        }

        private synchronized void tell() {
            int status = status(service);
            if (status != told && !call.isCancelled()) {
                told = status;
                call.sendMessage(response(status));
            }
        }
    }
}
