package dev.portcullis.benchmarks.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Times over sizes, both axes logarithmic: a line for each series, with its name at its end. */
final class LineChart {

    private static final int WIDTH = 960;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 640;
    private static final int TOP = 50;
    private static final int BOTTOM = 380;
    private static final int LABEL_HEIGHT = 17;

    /**
     * A point.
     *
     * @param x a size, positive
     * @param y a time in nanoseconds, positive
     */
    record Point(double x, double y) {}

    private final String title;
    private final String xName;
    private final DoubleFunction<String> xText;
    private final Map<String, List<Point>> series = new LinkedHashMap<>();

    LineChart(String title, String xName, DoubleFunction<String> xText) {
        this.title = title;
        this.xName = xName;
        this.xText = xText;
    }

    /** Adds a series; one without points is left out. */
    LineChart add(String name, List<Point> points) {
        if (!points.isEmpty()) {
            series.put(
                    name,
                    points.stream().sorted(Comparator.comparingDouble(Point::x)).toList());
        }
        return this;
    }

    boolean isEmpty() {
        return series.isEmpty();
    }

    /** The picture; there is at least one series. */
    String svg() {
        LogScale x =
                LogScale.over(series.values().stream().flatMap(List::stream).mapToDouble(Point::x), LEFT, RIGHT);
        LogScale y =
                LogScale.over(series.values().stream().flatMap(List::stream).mapToDouble(Point::y), BOTTOM, TOP);
        Svg svg = new Svg(WIDTH, HEIGHT, title, description());
        svg.text("heading", "start", LEFT, 26, title);
        for (double mark : y.marks()) {
            svg.line("grid", LEFT, y.at(mark), RIGHT, y.at(mark));
            svg.text("mark", "end", LEFT - 8, y.at(mark) + 4, LogScale.time(mark));
        }
        for (double mark : x.marks()) {
            svg.line("grid", x.at(mark), TOP, x.at(mark), BOTTOM);
            svg.text("mark", "middle", x.at(mark), BOTTOM + 20, xText.apply(mark));
        }
        svg.line("axis", LEFT, BOTTOM, RIGHT, BOTTOM);
        svg.text("name", "middle", (LEFT + RIGHT) / 2.0, BOTTOM + 44, xName);
        draw(svg, x, y);
        return svg.finished();
    }

    private void draw(Svg svg, LogScale x, LogScale y) {
        List<Label> labels = new ArrayList<>();
        int number = 0;
        for (Map.Entry<String, List<Point>> one : series.entrySet()) {
            int colour = number++ % Svg.COLOURS;
            List<Point> points = one.getValue();
            double[] places = new double[2 * points.size()];
            for (int i = 0; i < points.size(); i++) {
                places[2 * i] = x.at(points.get(i).x());
                places[2 * i + 1] = y.at(points.get(i).y());
            }
            svg.polyline("line stroke" + colour, places);
            for (int i = 0; i < places.length; i += 2) {
                svg.circle("fill" + colour, places[i], places[i + 1], 3.5);
            }
            Point last = points.get(points.size() - 1);
            labels.add(new Label(
                    colour,
                    places[places.length - 2],
                    places[places.length - 1],
                    one.getKey() + ", " + LogScale.time(last.y())));
        }
        label(svg, labels);
    }

    private record Label(int colour, double x, double y, String text) {}

    /** Names beside the ends of the lines, none over another. */
    private static void label(Svg svg, List<Label> labels) {
        List<Label> down =
                labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList();
        double[] places = new double[down.size()];
        double free = TOP;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(free, down.get(i).y());
            free = places[i] + LABEL_HEIGHT;
        }
        double floor = BOTTOM;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(floor, places[i]);
            floor = places[i] - LABEL_HEIGHT;
        }
        for (int i = 0; i < places.length; i++) {
            Label label = down.get(i);
            svg.line("grid", label.x() + 5, label.y(), RIGHT + 12, places[i]);
            svg.text("fill" + label.colour(), "start", RIGHT + 16, places[i] + 4, label.text());
        }
    }

    private String description() {
        StringBuilder text = new StringBuilder();
        series.forEach((name, points) -> {
            text.append(text.isEmpty() ? "" : "; ").append(name).append(": ");
            for (int i = 0; i < points.size(); i++) {
                Point point = points.get(i);
                text.append(i == 0 ? "" : ", ")
                        .append(LogScale.time(point.y()))
                        .append(" at ")
                        .append(xText.apply(point.x()));
            }
        });
        return text.append('.').toString();
    }
}
