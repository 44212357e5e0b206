package dev.portcullis.syntax;

import dev.portcullis.policy.TextPattern;
import dev.portcullis.policy.TextPattern.Literal;
import dev.portcullis.policy.TextPattern.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An ARN's parts after {@code arn} (rule L39). Fields may be empty.
 *
 * @param resource everything after the fifth colon
 */
public record ArnText(String partition, String service, String region, String account, String resource) {

    /** Parts of an ARN, {@code arn} included. */
    public static final int FIELDS = 6;

    /** Reads an ARN: {@code arn} and five more parts (rules L39, L120). Empty for anything else. */
    public static Optional<ArnText> parse(String text) {
        String[] parts = text.split(":", FIELDS);
        if (parts.length < FIELDS || !parts[0].equals("arn")) {
            return Optional.empty();
        }
        return Optional.of(new ArnText(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /**
     * A pattern's fields, {@code arn} included: split at the first five colons of its literal text, so that the colon of
     * a variable counts for nothing. Fewer than six if there are fewer colons; a field may have no segment.
     */
    public static List<List<Segment>> fields(TextPattern pattern) {
        List<List<Segment>> fields = new ArrayList<>();
        List<Segment> field = new ArrayList<>();
        for (Segment segment : pattern.segments()) {
            if (!(segment instanceof Literal literal)) {
                field.add(segment);
                continue;
            }
            String text = literal.text();
            int start = 0;
            for (int colon = text.indexOf(':');
                    colon >= 0 && fields.size() < FIELDS - 1;
                    colon = text.indexOf(':', start)) {
                if (colon > start) {
                    field.add(new Literal(text.substring(start, colon)));
                }
                fields.add(List.copyOf(field));
                field.clear();
                start = colon + 1;
            }
            if (start < text.length()) {
                field.add(new Literal(text.substring(start)));
            }
        }
        fields.add(List.copyOf(field));
        return fields;
    }
}
