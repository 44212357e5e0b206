package dev.portcullis.sidecar.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A path as sent, cut at its slashes. Nothing is normalized: a path that others might normalize into a different one
 * (empty segments, dot segments, encoded slashes) is refused.
 */
final class PathSegments {

    private PathSegments() {}

    /** The segments, still encoded; the last one may be empty. */
    static List<String> of(String path) throws MappingRefusal {
        PercentText.checkTarget(path);
        List<String> segments = new ArrayList<>(8);
        int from = 1;
        while (true) {
            int slash = path.indexOf('/', from);
            String segment = slash < 0 ? path.substring(from) : path.substring(from, slash);
            if (segment.isEmpty() && slash >= 0) {
                throw MappingRefusal.invalid("the path holds two slashes in a row");
            }
            check(segment);
            segments.add(segment);
            if (slash < 0) {
                return segments;
            }
            from = slash + 1;
        }
    }

    private static void check(String segment) throws MappingRefusal {
        if (isDots(segment)) {
            throw MappingRefusal.invalid("the path holds a dot segment");
        }
        if (segment.indexOf('%') >= 0) {
            String folded = segment.toLowerCase(Locale.ROOT);
            if (folded.contains("%2f") || folded.contains("%5c")) {
                throw MappingRefusal.invalid("the path holds an encoded slash");
            }
            if (isDots(PercentText.decode(segment, "the path"))) {
                throw MappingRefusal.invalid("the path holds a dot segment");
            }
        }
    }

    /** Whether a segment is {@code .} or {@code ..}, parameters aside. */
    static boolean isDots(String segment) {
        int end = segment.indexOf(';');
        String name = end < 0 ? segment : segment.substring(0, end);
        return name.equals(".") || name.equals("..");
    }
}
