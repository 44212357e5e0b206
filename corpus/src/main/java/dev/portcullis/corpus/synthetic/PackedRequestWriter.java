package dev.portcullis.corpus.synthetic;

import dev.portcullis.Decision;
import dev.portcullis.corpus.AccessRequest;
import dev.portcullis.corpus.PolicySource;
import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes requests in the packed form that {@link PackedRequests} draws. For one thread. */
public final class PackedRequestWriter implements Closeable {

    private static final String TOO_LONG = "packed requests are longer than 2 GiB";

    /** Session policies that are written once although many requests have them. */
    private static final int REMEMBERED = 4_096;

    private final OutputStream out;
    private int[] starts = new int[1024];
    private int count;
    private int position;

    /** Where policies stand; those that were asked for lately, so that this doesn't grow with the requests. */
    private final Map<PolicySource, Integer> written = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PolicySource, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

    /**
     * A writer to a stream, which it closes.
     *
     * @throws IOException if the stream can't be written
     */
    public PackedRequestWriter(OutputStream out) throws IOException {
        this.out = new BufferedOutputStream(out, 1 << 16);
        bytes(PackedRequests.MAGIC.getBytes(StandardCharsets.US_ASCII));
        u16(0);
        u16(PackedRequests.VERSION);
    }

    /**
     * Adds a request.
     *
     * @param decision what the reference evaluator says; empty when it was not asked
     * @throws IllegalArgumentException for a request with a resource policy, a resource account, or facts other than the
     *     federating user, which the form has no room for
     * @throws IOException if the stream can't be written, or more than 2 GiB were
     */
    public void add(SyntheticRequest made, Optional<Decision> decision) throws IOException {
        AccessRequest request = made.request();
        Optional<String> user = request.facts().federatingUserArn();
        if (request.resourcePolicy().isPresent()
                || request.resourceAccount().isPresent()
                || !request.facts().equals(Situation.Facts.NONE.withFederatingUser(user))) {
            throw new IllegalArgumentException(
                    "a packed request has names, context keys, session policies and a federating user only");
        }
        List<PolicySource> sources = request.sessionPolicies().orElse(List.of());
        if (request.sessionPolicies().isPresent() == sources.isEmpty() || sources.size() > Limits.SESSION_POLICIES) {
            throw new IllegalArgumentException("a packed request has 1 to " + Limits.SESSION_POLICIES
                    + " session policies or does without, and not " + sources.size());
        }
        int[] policies = new int[sources.size()];
        for (int i = 0; i < policies.length; i++) {
            policies[i] = policy(sources.get(i));
        }
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
        }
        starts[count++] = position;
        byte[] principal = utf8(request.principal());
        byte[] action = utf8(request.action());
        byte[] resource = utf8(request.resource());
        byte[] federatingUser = utf8(user.orElse(""));
        u8(PackedRequests.code(made.kind()));
        u8(decision.map(PackedRequests::code).orElse(0));
        u8(PackedRequests.code(made.caller()));
        u8(policies.length);
        u16(request.context().size());
        u16(principal.length);
        u16(action.length);
        u16(resource.length);
        u16(federatingUser.length);
        bytes(principal);
        bytes(action);
        bytes(resource);
        bytes(federatingUser);
        for (int policy : policies) {
            i32(policy);
        }
        for (Map.Entry<String, ContextValue> entry : request.context().entrySet()) {
            context(utf8(entry.getKey()), entry.getValue());
        }
    }

    /** Where the policy stands; writes it unless it was written lately. */
    private int policy(PolicySource source) throws IOException {
        PolicySource plain = PolicySource.of(source.name(), source.documentText());
        Integer known = written.get(plain);
        if (known != null) {
            return known;
        }
        int start = position;
        byte[] name = utf8(plain.name());
        byte[] text = utf8(plain.text());
        u16(name.length);
        u16(text.length);
        bytes(name);
        bytes(text);
        written.put(plain, start);
        return start;
    }

    private void context(byte[] key, ContextValue value) throws IOException {
        u16(key.length);
        u16(
                value instanceof ContextValue.Single
                        ? PackedRequests.SINGLE
                        : value.values().size());
        bytes(key);
        for (String text : value.values()) {
            byte[] one = utf8(text);
            u16(one.length);
            bytes(one);
        }
    }

    /** Writes the index and closes the stream. */
    @Override
    public void close() throws IOException {
        try (OutputStream closing = out) {
            if (position + 4L * (count + 2) > Integer.MAX_VALUE) {
                throw new IOException(TOO_LONG);
            }
            int end = position;
            for (int i = 0; i < count; i++) {
                i32(starts[i]);
            }
            i32(end);
            i32(count);
            closing.flush();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void bytes(byte[] bytes) throws IOException {
        if (bytes.length > Integer.MAX_VALUE - 8 - position) {
            throw new IOException(TOO_LONG);
        }
        out.write(bytes);
        position += bytes.length;
    }

    private void u8(int value) throws IOException {
        out.write(value);
        position++;
    }

    private void u16(int value) throws IOException {
        if (value > PackedRequests.SINGLE) {
            throw new IllegalArgumentException("a part of a packed request is longer than 65535");
        }
        u8(value & 0xff);
        u8(value >>> 8);
    }

    private void i32(int value) throws IOException {
        u16(value & 0xffff);
        u16(value >>> 16);
    }
}
