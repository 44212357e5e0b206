package dev.portcullis.sidecar.envoy;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.portcullis.sidecar.mapping.GatewayRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Envoy's {@code envoy.service.auth.v3.CheckRequest}, read from its wire form: the fields that decisions need, all others
 * passed over. Numbers are those of {@code attribute_context.proto}, {@code external_auth.proto} and {@code base.proto}.
 *
 * <pre>
 * CheckRequest      1 attributes
 * AttributeContext  1 source  4 request  10 context_extensions
 * Peer              1 address  4 principal
 * Address           1 socket_address
 * SocketAddress     2 address
 * Request           2 http
 * HttpRequest       2 method  3 headers  4 path  5 host  6 scheme  9 size  11 body  12 raw_body  13 header_map
 * HeaderMap         1 headers
 * HeaderValue       1 key  2 value  3 raw_value
 * </pre>
 */
final class CheckRequest implements GatewayRequest {

    /** Which mapping a route's {@code context_extensions} choose. */
    private static final String MAPPING = "mapping";

    private final Map<String, List<String>> headers = new HashMap<>();
    private final Map<String, String> extensions = new HashMap<>();
    private boolean fromMap;
    private String method = "";
    private String path = "";
    private String host = "";
    private String scheme = "";
    private String sourceAddress = "";
    private String principal = "";
    private long size = -1;
    private byte[] body;

    private CheckRequest() {}

    /** @throws IOException when it is no such message */
    static CheckRequest read(byte[] message) throws IOException {
        CheckRequest request = new CheckRequest();
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == nested(1)) {
                request.attributes(in);
            } else {
                skip(in, tag);
            }
        }
        return request;
    }

    private static int nested(int field) {
        return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    private static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new IOException("a group ends that never began");
        }
    }

    /** Reads the fields of a message inside. */
    private interface Field {
        boolean read(int tag) throws IOException;
    }

    private static void message(CodedInputStream in, Field field) throws IOException {
        int limit = in.pushLimit(in.readRawVarint32());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!field.read(tag)) {
                skip(in, tag);
            }
        }
        in.checkLastTagWas(0);
        in.popLimit(limit);
    }

    private void attributes(CodedInputStream in) throws IOException {
        message(in, tag -> {
            if (tag == nested(1)) {
                source(in);
            } else if (tag == nested(4)) {
                message(in, inner -> {
                    if (inner != nested(2)) {
                        return false;
                    }
                    http(in);
                    return true;
                });
            } else if (tag == nested(10)) {
                entry(in, extensions);
            } else {
                return false;
            }
            return true;
        });
    }

    private void source(CodedInputStream in) throws IOException {
        message(in, tag -> {
            if (tag == nested(1)) {
                message(in, inner -> {
                    if (inner != nested(1)) {
                        return false;
                    }
                    message(in, field -> {
                        if (field != nested(2)) {
                            return false;
                        }
                        sourceAddress = in.readStringRequireUtf8();
                        return true;
                    });
                    return true;
                });
            } else if (tag == nested(4)) {
                principal = in.readStringRequireUtf8();
            } else {
                return false;
            }
            return true;
        });
    }

    private void http(CodedInputStream in) throws IOException {
        Map<String, String> plain = new HashMap<>();
        message(in, tag -> {
            if (tag == nested(2)) {
                method = in.readStringRequireUtf8();
            } else if (tag == nested(3)) {
                entry(in, plain);
            } else if (tag == nested(4)) {
                path = in.readStringRequireUtf8();
            } else if (tag == nested(5)) {
                host = in.readStringRequireUtf8();
            } else if (tag == nested(6)) {
                scheme = in.readStringRequireUtf8();
            } else if (tag == (9 << 3 | WireFormat.WIRETYPE_VARINT)) {
                size = in.readInt64();
            } else if (tag == nested(11)) {
                body = in.readStringRequireUtf8().getBytes(StandardCharsets.UTF_8);
            } else if (tag == nested(12)) {
                body = in.readByteArray();
            } else if (tag == nested(13)) {
                fromMap = true;
                headerMap(in);
            } else {
                return false;
            }
            return true;
        });
        if (!fromMap) {
            plain.forEach(
                    (name, value) -> headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                            .add(value));
        } else {
            // Whoever sends both says the same twice; a header in only one of them isn't lost.
            plain.forEach((name, value) -> headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), n -> List.of(value)));
        }
    }

    /** An entry of {@code map<string, string>}; a key that comes again replaces the one before. */
    private static void entry(CodedInputStream in, Map<String, String> map) throws IOException {
        String[] entry = {"", ""};
        message(in, tag -> {
            if (tag == nested(1)) {
                entry[0] = in.readStringRequireUtf8();
            } else if (tag == nested(2)) {
                entry[1] = in.readStringRequireUtf8();
            } else {
                return false;
            }
            return true;
        });
        map.put(entry[0], entry[1]);
    }

    private void headerMap(CodedInputStream in) throws IOException {
        message(in, tag -> {
            if (tag != nested(1)) {
                return false;
            }
            String[] header = {"", "", null};
            message(in, field -> {
                if (field == nested(1)) {
                    header[0] = in.readStringRequireUtf8();
                } else if (field == nested(2)) {
                    header[1] = in.readStringRequireUtf8();
                } else if (field == nested(3)) {
                    header[2] = text(in.readByteArray());
                } else {
                    return false;
                }
                return true;
            });
            boolean raw = header[2] != null && !header[2].isEmpty();
            headers.computeIfAbsent(header[0].toLowerCase(Locale.ROOT), n -> new ArrayList<>(1))
                    .add(raw ? header[2] : header[1]);
            return true;
        });
    }

    private static String text(byte[] raw) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(raw))
                .toString();
    }

    /** The mapping that the route chose; empty when it left that open. */
    String mapping() {
        return extensions.getOrDefault(MAPPING, "");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return path;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public List<String> headers(String name) {
        return headers.getOrDefault(name, List.of());
    }

    @Override
    public String clientAddress() {
        return sourceAddress;
    }

    @Override
    public Optional<String> certificateName() {
        return principal.isEmpty() ? Optional.empty() : Optional.of(principal);
    }

    @Override
    public Optional<byte[]> body() {
        // Envoy sends what it has buffered; less than the whole could hide what comes after.
        if (body == null) {
            return size == 0 ? Optional.of(new byte[0]) : Optional.empty();
        }
        boolean partial = headers("x-envoy-auth-partial-body").contains("true");
        return partial || (size >= 0 && size != body.length) ? Optional.empty() : Optional.of(body.clone());
    }

    @Override
    public String scheme() {
        return scheme;
    }
}
