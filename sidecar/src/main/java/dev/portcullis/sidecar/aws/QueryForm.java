package dev.portcullis.sidecar.aws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The parameters of a request in AWS's query protocol, read strictly: each once, percent-encoded UTF-8. Immutable. */
final class QueryForm {

    private static final String MEMBER = ".member.";
    private static final int INDEX_DIGITS = 6;

    private final NavigableMap<String, String> parameters;

    private QueryForm(NavigableMap<String, String> parameters) {
        this.parameters = parameters;
    }

    static QueryForm read(byte[] body) throws AwsError {
        NavigableMap<String, String> parameters = new TreeMap<>();
        int start = 0;
        while (start < body.length) {
            int end = indexOf(body, '&', start, body.length);
            if (end > start) {
                int equals = indexOf(body, '=', start, end);
                String name = decode(body, start, equals);
                String value = equals == end ? "" : decode(body, equals + 1, end);
                if (parameters.put(name, value) != null) {
                    throw malformed("the parameter " + name + " is there twice");
                }
            }
            start = end + 1;
        }
        return new QueryForm(parameters);
    }

    private static int indexOf(byte[] body, char wanted, int from, int end) {
        int at = from;
        while (at < end && body[at] != wanted) {
            at++;
        }
        return at;
    }

    private static String decode(byte[] body, int from, int end) throws AwsError {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - from);
        for (int i = from; i < end; i++) {
            byte b = body[i];
            if (b == '+') {
                bytes.write(' ');
            } else if (b == '%') {
                int high = i + 2 < end ? Character.digit(body[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(body[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("a percent sign without two hexadecimal digits");
                }
                bytes.write(high * 16 + low);
                i += 2;
            } else {
                bytes.write(b);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("a parameter is not UTF-8");
        }
    }

    private static AwsError malformed(String why) {
        return new AwsError(400, "MalformedQueryString", "The query string is malformed: " + why + ".");
    }

    /** The value of a parameter; an empty one counts as absent. */
    Optional<String> value(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** The value of a parameter, be it empty. */
    Optional<String> rawValue(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Whether anything is given below a name. */
    boolean has(String name) {
        return parameters.containsKey(name) || !below(name + ".").isEmpty();
    }

    private Set<String> below(String prefix) {
        return parameters.subMap(prefix, prefix + Character.MAX_VALUE).keySet();
    }

    /** The values {@code NAME.member.1}, {@code NAME.member.2} … in the order of their numbers. */
    List<String> list(String name) throws AwsError {
        List<String> values = new ArrayList<>();
        for (String member : members(name)) {
            String value = parameters.get(member);
            if (value == null) {
                throw malformed(member + " has no value");
            }
            values.add(value);
        }
        return values;
    }

    /** The names {@code NAME.member.1}, {@code NAME.member.2} … in the order of their numbers. */
    List<String> members(String name) throws AwsError {
        if (value(name).isPresent()) {
            throw malformed(name + " is a list");
        }
        String prefix = name + MEMBER;
        TreeMap<Integer, String> members = new TreeMap<>();
        for (String parameter : below(name + ".")) {
            if (!parameter.startsWith(prefix)) {
                throw malformed(parameter + " is no member of a list");
            }
            int dot = parameter.indexOf('.', prefix.length());
            String member = dot < 0 ? parameter : parameter.substring(0, dot);
            members.put(index(member, prefix.length()), member);
        }
        return new ArrayList<>(members.values());
    }

    private static int index(String member, int from) throws AwsError {
        int digits = member.length() - from;
        boolean number = digits > 0
                && digits <= INDEX_DIGITS
                && member.chars().skip(from).allMatch(c -> c >= '0' && c <= '9')
                && member.charAt(from) != '0';
        if (!number) {
            throw malformed(member + " is no member of a list");
        }
        return Integer.parseInt(member, from, member.length(), 10);
    }

    /** Refuses what an operation has no parameter for: it might have been meant to matter. */
    void allowOnly(Set<String> names) throws AwsError {
        for (String parameter : parameters.keySet()) {
            int dot = parameter.indexOf('.');
            String top = dot < 0 ? parameter : parameter.substring(0, dot);
            if (!names.contains(top)) {
                throw new AwsError(400, "InvalidParameterCombination", "There is no parameter " + top + " here.");
            }
        }
    }
}
