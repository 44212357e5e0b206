package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.Request;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Requests in a packed form, to be put into an engine's requests without allocating. Texts are UTF-8, numbers are
 * little-endian; lengths are in bytes.
 *
 * <pre>
 * file     | "PCRQ" | 0 u16 | version u16 | record … | index | count i32 |
 * index    | start of each record i32 … | end of the last i32 |
 * record   | kind u8 | decision u8 | keys u16 | principal length u16 | action length u16 | resource length u16
 *          | principal | action | resource | key … |
 * key      | key length u16 | values u16, 65535 for a single one | key | value … |
 * value    | length u16 | value |
 * kind     1 hit, 2 near-miss, 3 deny, 4 missing-key, 5 unknown-action, 6 unknown-resource
 * decision 0 not known, 1 ALLOW, 2 EXPLICIT_DENY, 3 IMPLICIT_DENY
 * </pre>
 *
 * <p>Immutable, shared by all threads. Agrona's buffers need {@code --add-exports
 * java.base/jdk.internal.misc=ALL-UNNAMED}.
 */
public final class PackedRequests {

    static final String MAGIC = "PCRQ";
    static final int VERSION = 1;
    static final int SINGLE = 0xffff;

    private static final int HEADER = 8;
    private static final int NAMES = 10;

    private static final List<RequestKind> KINDS = List.of(
            RequestKind.HIT,
            RequestKind.NEAR_MISS,
            RequestKind.DENY,
            RequestKind.MISSING_KEY,
            RequestKind.UNKNOWN_ACTION,
            RequestKind.UNKNOWN_RESOURCE);
    private static final List<Decision> DECISIONS =
            List.of(Decision.ALLOW, Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY);

    private final DirectBuffer buffer;
    private final int index;
    private final int count;

    private PackedRequests(DirectBuffer buffer) {
        this.buffer = buffer;
        int length = buffer.capacity();
        if (length < HEADER + 8
                || !buffer.getStringWithoutLengthAscii(0, MAGIC.length()).equals(MAGIC)
                || u16(6) != VERSION) {
            throw new IllegalArgumentException("these are no packed requests of version " + VERSION);
        }
        count = i32(length - 4);
        long start = length - 4L * (count + 2L);
        if (count < 0 || start < HEADER || i32(length - 8) != start) {
            throw new IllegalArgumentException("the packed requests are cut short");
        }
        index = (int) start;
        for (int i = 0; i < count; i++) {
            if (start(i) < HEADER || start(i + 1) < start(i) + NAMES || start(i + 1) > index) {
                throw new IllegalArgumentException("the packed requests are damaged at request " + i);
            }
        }
    }

    /**
     * Requests in a buffer, which has to stay as it is.
     *
     * @throws IllegalArgumentException if it doesn't hold any
     */
    public static PackedRequests of(DirectBuffer buffer) {
        return new PackedRequests(buffer);
    }

    /**
     * Requests of a file of at most 2 GiB.
     *
     * @throws IOException if it can't be read
     * @throws IllegalArgumentException if it doesn't hold any
     */
    public static PackedRequests read(Path file) throws IOException {
        return of(new UnsafeBuffer(Files.readAllBytes(file)));
    }

    /** How many they are. */
    public int size() {
        return count;
    }

    /** What a request was made for. */
    public RequestKind kind(int number) {
        return KINDS.get(u8(start(checked(number))) - 1);
    }

    /** What the reference evaluator says; empty when it was not asked. */
    public Optional<Decision> decision(int number) {
        int code = u8(start(checked(number)) + 1);
        return code == 0 ? Optional.empty() : Optional.of(DECISIONS.get(code - 1));
    }

    /** Puts a request into an engine's, in place of what was there. */
    public Request fill(int number, Request request) {
        int at = start(checked(number));
        int principal = at + NAMES;
        int action = principal + u16(at + 4);
        int resource = action + u16(at + 6);
        int next = resource + u16(at + 8);
        request.clear()
                .principal(buffer, principal, action - principal)
                .action(buffer, action, resource - action)
                .resource(buffer, resource, next - resource);
        for (int keys = u16(at + 2); keys > 0; keys--) {
            next = fillKey(next, request);
        }
        return request;
    }

    private int fillKey(int at, Request request) {
        int length = u16(at);
        int values = u16(at + 2);
        int key = at + 4;
        int next = key + length;
        if (values == SINGLE) {
            int value = u16(next);
            request.context(buffer, key, length, next + 2, value);
            return next + 2 + value;
        }
        request.contextList(buffer, key, length);
        for (int i = 0; i < values; i++) {
            int value = u16(next);
            request.listValue(buffer, next + 2, value);
            next += 2 + value;
        }
        return next;
    }

    /** A request as an object. */
    public AccessRequest request(int number) {
        int at = start(checked(number));
        int principal = at + NAMES;
        int action = principal + u16(at + 4);
        int resource = action + u16(at + 6);
        int next = resource + u16(at + 8);
        Map<String, ContextValue> context = new LinkedHashMap<>();
        int position = next;
        for (int keys = u16(at + 2); keys > 0; keys--) {
            int length = u16(position);
            int values = u16(position + 2);
            String key = text(position + 4, length);
            position += 4 + length;
            List<String> texts = new ArrayList<>();
            for (int i = values == SINGLE ? 1 : values; i > 0; i--) {
                texts.add(text(position + 2, u16(position)));
                position += 2 + u16(position);
            }
            context.put(
                    key, values == SINGLE ? new ContextValue.Single(texts.get(0)) : new ContextValue.Multiple(texts));
        }
        return new AccessRequest(
                text(principal, action - principal),
                text(action, resource - action),
                text(resource, next - resource),
                Optional.empty(),
                context,
                Optional.empty(),
                Optional.empty(),
                Situation.Facts.NONE);
    }

    static int code(RequestKind kind) {
        return KINDS.indexOf(kind) + 1;
    }

    static int code(Decision decision) {
        return DECISIONS.indexOf(decision) + 1;
    }

    private int checked(int number) {
        return Objects.checkIndex(number, count);
    }

    private int start(int number) {
        return i32(index + 4 * number);
    }

    private String text(int at, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int u8(int at) {
        return buffer.getByte(at) & 0xff;
    }

    private int u16(int at) {
        return buffer.getShort(at, ByteOrder.LITTLE_ENDIAN) & 0xffff;
    }

    private int i32(int at) {
        return buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
    }
}
