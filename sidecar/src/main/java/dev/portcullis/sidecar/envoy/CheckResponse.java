package dev.portcullis.sidecar.envoy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Struct;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Envoy's {@code envoy.service.auth.v3.CheckResponse} in its wire form.
 *
 * <pre>
 * CheckResponse       1 status  2 denied_response  3 ok_response  4 dynamic_metadata
 * google.rpc.Status   1 code
 * DeniedHttpResponse  1 status  2 headers  3 body
 * HttpStatus          1 code
 * OkHttpResponse      2 headers  6 response_headers_to_add
 * HeaderValueOption   1 header  3 append_action
 * HeaderValue         1 key  2 value
 * </pre>
 */
final class CheckResponse {

    static final int PERMISSION_DENIED = 7;
    static final int UNAUTHENTICATED = 16;

    /** {@code OVERWRITE_IF_EXISTS_OR_ADD}: what a client sends under that name doesn't stay. */
    private static final int OVERWRITE = 2;

    private static final String ID = "x-decision-id";

    private CheckResponse() {}

    /** Yes; upstream and client get the decision's id. */
    static byte[] allowed(String id, Struct metadata) {
        return write(out -> {
            put(out, 1, status -> {});
            put(out, 3, ok -> {
                header(ok, 2, ID, id);
                header(ok, 6, ID, id);
            });
            metadata(out, metadata);
        });
    }

    /** No; the client gets the decision's id and nothing of the policies. */
    static byte[] denied(int code, int httpStatus, String id, Struct metadata) {
        return write(out -> {
            put(out, 1, status -> status.writeInt32(1, code));
            put(out, 2, denied -> {
                put(denied, 1, status -> status.writeEnum(1, httpStatus));
                if (!id.isEmpty()) {
                    header(denied, 2, ID, id);
                    denied.writeString(3, "denied (" + id + ")\n");
                }
                if (code == UNAUTHENTICATED) {
                    header(denied, 2, "www-authenticate", "Bearer");
                }
            });
            metadata(out, metadata);
        });
    }

    private interface Content {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);
        try {
            content.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory doesn't fail", e);
        }
        return bytes.toByteArray();
    }

    private static void put(CodedOutputStream out, int field, Content content) throws IOException {
        out.writeByteArray(field, write(content));
    }

    private static void header(CodedOutputStream out, int field, String name, String value) throws IOException {
        put(out, field, option -> {
            put(option, 1, header -> {
                header.writeBytes(1, ByteString.copyFrom(name, StandardCharsets.UTF_8));
                header.writeString(2, value);
            });
            option.writeEnum(3, OVERWRITE);
        });
    }

    private static void metadata(CodedOutputStream out, Struct metadata) throws IOException {
        if (metadata != null) {
            out.writeMessage(4, metadata);
        }
    }
}
