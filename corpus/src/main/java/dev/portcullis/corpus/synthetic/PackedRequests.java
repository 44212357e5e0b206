package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.Request;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
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
 * little-endian; lengths are in bytes. Session policies stand once each, as a rule, before the first record that has them.
 *
 * <pre>
 * file     | "PCRQ" | 0 u16 | version u16 | policies and records … | index | count i32 |
 * index    | start of each record i32 … | end of the last i32 |
 * policy   | name length u16 | text length u16 | name | text |
 * record   | kind u8 | decision u8 | caller u8 | session policies u8 | keys u16 | principal length u16 | action length u16
 *          | resource length u16 | federating user length u16, 0 for none
 *          | principal | action | resource | federating user | start of session policy i32 … | key … |
 * key      | key length u16 | values u16, 65535 for a single one | key | value … |
 * value    | length u16 | value |
 * kind     1 hit, 2 near-miss, 3 deny, 4 missing-key, 5 unknown-action, 6 unknown-resource
 * decision 0 not known, 1 ALLOW, 2 EXPLICIT_DENY, 3 IMPLICIT_DENY
 * caller   1 principal, 2 narrowed-session, 3 federated-session, 4 federated-user, 5 service, 6 identity-provider
 * </pre>
 *
 * <p>Version 1 had neither session policies nor federating users nor callers; it isn't read any more, since the same seed
 * makes the requests anew.
 *
 * <p>Immutable, shared by all threads. Agrona's buffers need {@code --add-exports
 * java.base/jdk.internal.misc=ALL-UNNAMED}.
 */
public final class PackedRequests {

    static final String MAGIC = "PCRQ";
    static final int VERSION = 2;
    static final int SINGLE = 0xffff;

    private static final int HEADER = 8;
    private static final int NAMES = 14;

    private static final List<RequestKind> KINDS = List.of(
            RequestKind.HIT,
            RequestKind.NEAR_MISS,
            RequestKind.DENY,
            RequestKind.MISSING_KEY,
            RequestKind.UNKNOWN_ACTION,
            RequestKind.UNKNOWN_RESOURCE);
    private static final List<CallerKind> CALLERS = List.of(
            CallerKind.PRINCIPAL,
            CallerKind.NARROWED_SESSION,
            CallerKind.FEDERATED_SESSION,
            CallerKind.FEDERATED_USER,
            CallerKind.SERVICE,
            CallerKind.IDENTITY_PROVIDER);
    private static final List<Decision> DECISIONS =
            List.of(Decision.ALLOW, Decision.EXPLICIT_DENY, Decision.IMPLICIT_DENY);

    private final DirectBuffer buffer;
    private final int index;
    private final int count;
    private final PackedSessions sessions;

    private PackedRequests(DirectBuffer buffer) {
        this.buffer = buffer;
        int length = buffer.capacity();
        if (length < HEADER + 8
                || !buffer.getStringWithoutLengthAscii(0, MAGIC.length()).equals(MAGIC)) {
            throw new IllegalArgumentException("these are no packed requests");
        }
        if (u16(6) != VERSION) {
            throw new IllegalArgumentException(
                    "the packed requests are of version " + u16(6) + ", and version " + VERSION + " is read");
        }
        count = i32(length - 4);
        long start = length - 4L * (count + 2L);
        if (count < 0 || start < HEADER || i32(length - 8) != start) {
            throw new IllegalArgumentException("the packed requests are cut short");
        }
        index = (int) start;
        sessions = new PackedSessions(count);
        int end = HEADER;
        for (int i = 0; i < count; i++) {
            try {
                end = check(i, end);
            } catch (IndexOutOfBoundsException | CharacterCodingException e) {
                throw damaged(i, e);
            }
        }
        if (end != index) {
            throw damaged(count, null);
        }
    }

    private static IllegalArgumentException damaged(int number, Exception cause) {
        return new IllegalArgumentException("the packed requests are damaged at request " + number, cause);
    }

    /**
     * Checks a record and the policies before it, and remembers its session policies.
     *
     * @param from where the record before it ends
     * @return where it ends
     */
    private int check(int number, int from) throws CharacterCodingException {
        int start = start(number);
        Objects.checkFromToIndex(from, start, index);
        int at = from;
        while (at < start) {
            int text = at + 4 + u16(at);
            int end = text + u16(at + 2);
            Objects.checkFromToIndex(at, end, start);
            sessions.policy(at, strict(at + 4, text), strict(text, end));
            at = end;
        }
        Objects.checkFromIndexSize(start, NAMES, index);
        Objects.checkIndex(u8(start) - 1, KINDS.size());
        Objects.checkIndex(u8(start + 1), DECISIONS.size() + 1);
        Objects.checkIndex(u8(start + 2) - 1, CALLERS.size());
        int policies = Objects.checkIndex(u8(start + 3), Limits.SESSION_POLICIES + 1);
        int end = user(start) + u16(start + 12);
        Objects.checkFromIndexSize(end, 4 * policies, index);
        int[] places = new int[policies];
        for (int i = 0; i < policies; i++, end += 4) {
            places[i] = i32(end);
        }
        sessions.request(number, places);
        for (int keys = u16(start + 4); keys > 0; keys--) {
            end = checkKey(end);
        }
        return end;
    }

    private int checkKey(int at) {
        Objects.checkFromIndexSize(at, 4, index);
        int end = at + 4 + u16(at);
        int values = u16(at + 2);
        for (int i = values == SINGLE ? 1 : values; i > 0; i--) {
            Objects.checkFromIndexSize(end, 2, index);
            end += 2 + u16(end);
        }
        Objects.checkFromToIndex(at, end, index);
        return end;
    }

    private String strict(int from, int to) throws CharacterCodingException {
        byte[] bytes = new byte[to - from];
        buffer.getBytes(from, bytes);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /**
     * Requests in a buffer, which has to stay as it is.
     *
     * @throws IllegalArgumentException if it doesn't hold any, or is damaged; the message says where
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

    /** Who asks. */
    public CallerKind caller(int number) {
        return CALLERS.get(u8(start(checked(number)) + 2) - 1);
    }

    /** Puts a request into an engine's, in place of what was there. Session policies go there by their texts. */
    public Request fill(int number, Request request) {
        int at = start(checked(number));
        int principal = at + NAMES;
        int action = principal + u16(at + 6);
        int resource = action + u16(at + 8);
        int next = user(at);
        request.clear()
                .principal(buffer, principal, action - principal)
                .action(buffer, action, resource - action)
                .resource(buffer, resource, next - resource);
        int user = u16(at + 12);
        if (user > 0) {
            request.federatingUser(buffer, next, user);
        }
        int policies = u8(at + 3);
        if (policies > 0) {
            request.sessionPolicies(sessions.texts(number));
        }
        next += user + 4 * policies;
        for (int keys = u16(at + 4); keys > 0; keys--) {
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
        int action = principal + u16(at + 6);
        int resource = action + u16(at + 8);
        int user = user(at);
        int policies = user + u16(at + 12);
        Map<String, ContextValue> context = new LinkedHashMap<>();
        int position = policies + 4 * u8(at + 3);
        for (int keys = u16(at + 4); keys > 0; keys--) {
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
                text(resource, user - resource),
                Optional.empty(),
                context,
                Optional.empty(),
                sessions.sources(number),
                Situation.Facts.NONE.withFederatingUser(
                        policies == user ? Optional.empty() : Optional.of(text(user, policies - user))));
    }

    static int code(RequestKind kind) {
        return KINDS.indexOf(kind) + 1;
    }

    static int code(CallerKind kind) {
        return CALLERS.indexOf(kind) + 1;
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

    /** Where the federating user of a record stands. */
    private int user(int start) {
        return start + NAMES + u16(start + 6) + u16(start + 8) + u16(start + 10);
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
