package dev.portcullis.corpus;

import dev.portcullis.policy.Semantics;
import dev.portcullis.policy.Semantics.Point;
import java.util.Map;
import java.util.StringJoiner;

/** How contested points are read. */
public final class Readings {

    private Readings() {}

    /** The same, but for some points. */
    static Semantics with(Semantics semantics, Map<Point, Boolean> points) {
        Semantics read = semantics;
        for (Map.Entry<Point, Boolean> point : points.entrySet()) {
            read = read.with(point.getKey(), point.getValue());
        }
        return read;
    }

    /** {@code POINT=true, OTHER=false}: how those points are read by {@code one} that {@code other} reads otherwise. */
    public static String difference(Semantics one, Semantics other) {
        StringJoiner difference = new StringJoiner(", ");
        for (Point point : Point.values()) {
            if (one.is(point) != other.is(point)) {
                difference.add(point + "=" + one.is(point));
            }
        }
        return difference.toString();
    }
}
