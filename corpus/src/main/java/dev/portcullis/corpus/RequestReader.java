package dev.portcullis.corpus;

import dev.portcullis.corpus.reference.Situation;
import dev.portcullis.policy.ContextValue;
import dev.portcullis.policy.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads requests, one JSON object a line:
 *
 * <pre>{"id": "r1", "principal": "arn:…", "action": "s3:GetObject", "resource": "arn:…", "context": {"aws:SourceIp": "203.0.113.7"}}</pre>
 *
 * <p>{@code id} and {@code context} may be left out; {@code resource} may be {@code {"arn", "accountId"}}; {@code
 * sessionPolicy} or {@code sessionPolicies}, {@code resourcePolicy} and {@code principalFacts} are as in a case. What
 * the format does not know is an error of that line; reading goes on with the next. For one thread.
 */
public final class RequestReader {

    private final JsonLines lines;

    /** A reader of UTF-8 text; the stream stays the caller's to close. */
    public RequestReader(InputStream in) {
        this.lines = new JsonLines(in);
    }

    /**
     * The next line that isn't blank.
     *
     * @return empty at the end
     * @throws IOException if the stream can't be read
     */
    public Optional<Line<AccessRequest>> next() throws IOException {
        return lines.next().map(RequestReader::read);
    }

    /** Reads one line that was split off already. */
    static Line<AccessRequest> read(JsonLines.RawLine raw) {
        Fields.Source source = new Fields.Source(raw.text(), raw.number());
        String noId = "line " + raw.number();
        if (raw.problem().isPresent()) {
            return new Line.Faulty<>(raw.number(), noId, List.of(raw.problem().get()));
        }
        Optional<Fields> fields = Fields.of(source);
        if (fields.isEmpty()) {
            return new Line.Faulty<>(raw.number(), noId, source.sorted());
        }
        String id = fields.get().text("id").orElse(noId);
        AccessRequest request = read(fields.get());
        return source.problems().isEmpty()
                ? new Line.Read<>(raw.number(), id, request)
                : new Line.Faulty<>(raw.number(), id, source.sorted());
    }

    private static AccessRequest read(Fields fields) {
        String principal = RequestFields.principal(fields);
        String action = RequestFields.action(fields);
        RequestFields.Resource resource = RequestFields.resource(fields);
        AccessRequest request = new AccessRequest(
                principal,
                action,
                resource.arn(),
                resource.account(),
                RequestFields.context(fields),
                RequestFields.document(fields, "resourcePolicy", RequestFields.RESOURCE_POLICY),
                RequestFields.sessionPolicies(fields, Map.of()),
                RequestFields.facts(fields, Optional.empty(), resource.awsManagedKey()));
        fields.end();
        return request;
    }

    /**
     * A request from the parts of a command line.
     *
     * @param context {@code key=value} each; a key given several times is multivalued, {@code key[]=value} makes it
     *     multivalued also when given once, and {@code key[]=} alone gives it no value
     * @throws IllegalArgumentException if a part is empty or too long, has no {@code =}, or two keys differ only in case
     *     (U12); the message names the part
     */
    public static AccessRequest ofParts(
            String principal, String action, String resource, Optional<String> resourceAccount, List<String> context) {
        checkPart("principal", principal, Limits.RESOURCE_UNITS);
        checkPart("action", action, Limits.ACTION_UNITS);
        checkPart("resource", resource, Limits.RESOURCE_UNITS);
        resourceAccount.ifPresent(account -> {
            if (!account.matches("[0-9]{12}")) {
                throw new IllegalArgumentException("the resource's account must be 12 digits: `" + account + "`");
            }
        });
        return new AccessRequest(
                principal,
                action,
                resource,
                resourceAccount,
                contextOfParts(context),
                Optional.empty(),
                Optional.empty(),
                Situation.Facts.NONE);
    }

    private static void checkPart(String name, String value, int mostUnits) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the " + name + " is empty");
        }
        if (value.length() > mostUnits) {
            throw new IllegalArgumentException("the " + name + " is longer than " + mostUnits + " characters");
        }
    }

    private static Map<String, ContextValue> contextOfParts(List<String> parts) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Map<String, Boolean> lists = new HashMap<>();
        Map<String, String> spellings = new HashMap<>();
        if (parts.size() > Limits.CONTEXT_VALUES) {
            throw new IllegalArgumentException("more than " + Limits.CONTEXT_VALUES + " context values");
        }
        for (String part : parts) {
            int equals = part.indexOf('=');
            String name = equals < 0 ? "" : part.substring(0, equals);
            boolean list = name.endsWith("[]");
            String key = list ? name.substring(0, name.length() - 2) : name;
            if (key.isEmpty()) {
                throw new IllegalArgumentException("context `" + part + "` must be key=value");
            }
            String value = part.substring(equals + 1);
            if (value.length() > Limits.CONTEXT_VALUE_UNITS) {
                throw new IllegalArgumentException(
                        "context key `" + key + "` is longer than " + Limits.CONTEXT_VALUE_UNITS + " characters");
            }
            String spelling = spellings.putIfAbsent(ContextKeys.fold(key), key);
            if (spelling != null && !spelling.equals(key)) {
                throw new IllegalArgumentException(
                        "context keys `" + spelling + "` and `" + key + "` differ only in case (U12)");
            }
            List<String> known = values.computeIfAbsent(key, k -> new ArrayList<>());
            if (!list || !value.isEmpty()) {
                known.add(value);
            }
            lists.merge(key, list, Boolean::logicalOr);
        }
        if (values.size() > Limits.CONTEXT_KEYS) {
            throw new IllegalArgumentException("more than " + Limits.CONTEXT_KEYS + " context keys");
        }
        Map<String, ContextValue> context = new LinkedHashMap<>();
        values.forEach((key, known) -> context.put(
                key,
                lists.get(key) || known.size() > 1
                        ? new ContextValue.Multiple(known)
                        : new ContextValue.Single(known.get(0))));
        return context;
    }
}
