package dev.portcullis.sidecar.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A method and a path with captures: {@code POST /conversations/{id}}, {@code * /files/{name...}}. Literal segments are
 * compared as sent; a capture takes one whole segment, the last one with dots all that is left.
 */
final class RouteTemplate {

    static final String ANY_METHOD = "*";

    private enum Kind {
        LITERAL,
        ONE,
        REST
    }

    private record Segment(Kind kind, String text) {}

    private final String text;
    private final String method;
    private final List<Segment> segments;
    private final Set<String> captures;

    private RouteTemplate(String text, String method, List<Segment> segments, Set<String> captures) {
        this.text = text;
        this.method = method;
        this.segments = List.copyOf(segments);
        this.captures = Set.copyOf(captures);
    }

    /** @param problems is told what is wrong; the result is to be thrown away then */
    static RouteTemplate of(String text, List<String> problems) {
        int blank = text.indexOf(' ');
        String method = blank < 0 ? "" : text.substring(0, blank);
        String path = blank < 0 ? text : text.substring(blank + 1);
        if (!method.equals(ANY_METHOD) && !method.matches("[A-Z][A-Z0-9-]{0,30}")) {
            problems.add("`" + text + "` doesn't begin with a method in capitals, or *, and a blank");
        }
        List<Segment> segments = new ArrayList<>();
        Set<String> captures = new HashSet<>();
        if (!path.startsWith("/")) {
            problems.add("`" + text + "`: the path must begin with /");
            return new RouteTemplate(text, method, segments, captures);
        }
        String[] pieces = path.substring(1).split("/", -1);
        for (int i = 0; i < pieces.length; i++) {
            boolean last = i == pieces.length - 1;
            segments.add(segment(text, pieces[i], last, captures, problems));
        }
        return new RouteTemplate(text, method, segments, captures);
    }

    private static Segment segment(
            String text, String piece, boolean last, Set<String> captures, List<String> problems) {
        if (piece.startsWith("{") && piece.endsWith("}")) {
            boolean rest = piece.endsWith("...}");
            String name = piece.substring(1, piece.length() - (rest ? 4 : 1));
            if (!name.matches("[A-Za-z][A-Za-z0-9_-]*")) {
                problems.add("`" + text + "`: `" + piece + "` is no name");
            } else if (!captures.add(name)) {
                problems.add("`" + text + "`: {" + name + "} is there twice");
            }
            if (rest && !last) {
                problems.add("`" + text + "`: only the last segment can have dots");
            }
            return new Segment(rest ? Kind.REST : Kind.ONE, name);
        }
        if (piece.isEmpty() && !last) {
            problems.add("`" + text + "`: two slashes in a row are never matched");
        }
        if (!piece.matches("(?:[A-Za-z0-9._~!$&'()*+,=:@-]|%[0-9A-Fa-f]{2})*") || PathSegments.isDots(piece)) {
            problems.add("`" + text + "`: `" + piece + "` is no path segment; a capture is a whole segment");
        }
        return new Segment(Kind.LITERAL, piece);
    }

    Set<String> captures() {
        return captures;
    }

    /** The captures, decoded; null when the route is another. */
    Map<String, String> match(String asked, List<String> path) throws MappingRefusal {
        if (!method.equals(asked) && !method.equals(ANY_METHOD)) {
            return null;
        }
        boolean open = segments.get(segments.size() - 1).kind == Kind.REST;
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return null;
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.kind == Kind.LITERAL
                    ? !segment.text.equals(path.get(i))
                    : path.get(i).isEmpty()) {
                return null;
            }
        }
        if (captures.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            if (segment.kind == Kind.ONE) {
                found.put(segment.text, capture(path.get(i)));
            } else if (segment.kind == Kind.REST) {
                StringBuilder rest = new StringBuilder();
                for (int j = i; j < path.size(); j++) {
                    rest.append(j > i ? "/" : "").append(capture(path.get(j)));
                }
                found.put(segment.text, rest.toString());
            }
        }
        return found;
    }

    private static String capture(String segment) throws MappingRefusal {
        if (segment.indexOf(';') >= 0) {
            throw MappingRefusal.invalid("the path holds a segment with parameters");
        }
        return PercentText.decode(segment, "the path");
    }

    /** Whether every request of this shape is one of the other's shape too, and the other way round. */
    boolean sameShape(RouteTemplate other) {
        if (!method.equals(other.method) || segments.size() != other.segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Segment one = segments.get(i);
            Segment two = other.segments.get(i);
            if (one.kind != two.kind || (one.kind == Kind.LITERAL && !one.text.equals(two.text))) {
                return false;
            }
        }
        return true;
    }

    /** Orders routes by which is asked first: a literal before a capture, from left to right; a method before any. */
    int compare(RouteTemplate other) {
        for (int i = 0; i < Math.min(segments.size(), other.segments.size()); i++) {
            int order = segments.get(i).kind.compareTo(other.segments.get(i).kind);
            if (order != 0) {
                return order;
            }
        }
        int order = Integer.compare(other.segments.size(), segments.size());
        return order != 0 ? order : Boolean.compare(method.equals(ANY_METHOD), other.method.equals(ANY_METHOD));
    }

    @Override
    public String toString() {
        return text;
    }
}
